// How much of the store a builder's documents may take: asked before a file arrives, and held when it is kept.
import type { Db, Scope } from '#db/scope.ts'
import { storedBytes, takeStorage } from '#db/storage-use.ts'
import { config } from './config.ts'
import { type Failure, failure } from './failure.ts'

export type StorageUse = { usedBytes: number; bytesMax: number }

/** So that nobody sends a file that cannot be kept; what holds is `takeRoom`. @throws Failure `storage_full` */
export async function checkRoom(db: Db, scope: Scope, declaredBytes = 1): Promise<void> {
  const usedBytes = await storedBytes(db, scope.tenantId)
  if (usedBytes + declaredBytes > config().TENANT_STORAGE_BYTES_MAX) throw full(usedBytes, declaredBytes)
}

/** In the transaction that keeps the file: both or neither. @throws Failure `storage_full` with the figures */
export async function takeRoom(db: Db, scope: Scope, bytes: number): Promise<void> {
  const { tenantId } = scope
  const bytesMax = config().TENANT_STORAGE_BYTES_MAX
  if (!(await takeStorage(db, { tenantId, bytes, bytesMax })))
    throw full(await storedBytes(db, tenantId), bytes)
}

export const storageUse = (usedBytes: number): StorageUse => ({
  usedBytes,
  bytesMax: config().TENANT_STORAGE_BYTES_MAX,
})

function full(usedBytes: number, bytes: number): Failure {
  const of = `${megabytes(usedBytes)} of ${megabytes(config().TENANT_STORAGE_BYTES_MAX)} MB are used`
  const message = `There is no room for ${bytes > 1 ? `this file of ${megabytes(bytes)} MB` : 'another file'}: ${of}. Deleted documents give their room back after 30 days; OpenHouse can give you more.`
  return failure('storage_full', { fields: [{ path: 'file', message }] })
}

/** Tenths, and never as if nothing were used. */
const megabytes = (bytes: number) =>
  (bytes === 0 ? 0 : Math.max(0.1, bytes / 1_000_000)).toLocaleString('en-IE', { maximumFractionDigits: 1 })

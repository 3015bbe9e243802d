// How much of the store a builder's files may take: asked before a file arrives, and held when it is kept.
import type { Db, Scope } from '#db/scope.ts'
import { type StoredBytes, type StoredKind, storedBytes, takeStorage } from '#db/storage-use.ts'
import { config } from './config.ts'
import { type Failure, failure } from './failure.ts'

export type StorageUse = { usedBytes: number; parts: StoredBytes; bytesMax: number }

/** So that nobody sends a file that cannot be kept; what holds is `takeRoom`. @throws Failure `storage_full` */
export async function checkRoom(db: Db, scope: Scope, declaredBytes = 1): Promise<void> {
  const { usedBytes, bytesMax } = storageUse(await storedBytes(db, scope.tenantId))
  if (usedBytes + declaredBytes > bytesMax) throw full(usedBytes, declaredBytes)
}

/** In the transaction that keeps the file: both or neither. @throws Failure `storage_full` with the figures */
export async function takeRoom(db: Db, scope: Scope, bytes: number, kind: StoredKind): Promise<void> {
  const { tenantId } = scope
  const bytesMax = config().TENANT_STORAGE_BYTES_MAX
  if (!(await takeStorage(db, { tenantId, kind, bytes, bytesMax })))
    throw full(storageUse(await storedBytes(db, tenantId)).usedBytes, bytes)
}

/** Counts what a household sends or asks for: never refused for want of its builder's room (docs/decisions/038). */
export async function addToUse(db: Db, scope: Scope, bytes: number, kind: StoredKind): Promise<void> {
  await takeStorage(db, { tenantId: scope.tenantId, kind, bytes, bytesMax: null })
}

export const storageUse = (parts: StoredBytes): StorageUse => ({
  usedBytes: parts.documents + parts.pictures + parts.exports,
  parts,
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

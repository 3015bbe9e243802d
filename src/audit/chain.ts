// The arithmetic of the chain: each seal is made of the one before it and of its row.
import { createHash } from 'node:crypto'
import type { SealedRow } from '#db/audit.ts'

const NOTHING = Buffer.alloc(32)

/** `previous` is null for the first row of a chain. */
export function sealOf(
  previous: Uint8Array | null,
  sequence: number,
  row: Omit<SealedRow, 'chainId'>,
): Buffer<ArrayBuffer> {
  const fields = [
    sequence,
    row.id,
    row.tenantId,
    row.actorType,
    row.actorId,
    row.action,
    row.targetType,
    row.targetId,
    Buffer.from(row.payloadSha256).toString('hex'),
    row.requestId,
    new Date(row.createdAtMs).toISOString(),
  ]
  return createHash('sha256')
    .update(previous ?? NOTHING)
    .update(JSON.stringify(fields))
    .digest() as Buffer<ArrayBuffer>
}

export const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

// Statements about requests that programs may send twice.
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { idempotentRequests } from './schema/index.ts'

export type RequestName = { tenantId: string; apiKeyId: string; route: string; keyHash: Uint8Array }

/** True when the request is the first of its name, or the one before is too old to count or never came to an end. */
export async function claimRequest(
  db: Db,
  row: RequestName & { id: string; requestHash: Uint8Array },
  counts: { hours: number; unansweredS: number },
): Promise<boolean> {
  const rows = await db
    .insert(idempotentRequests)
    .values(row)
    .onConflictDoUpdate({
      target: [
        idempotentRequests.tenantId,
        idempotentRequests.apiKeyId,
        idempotentRequests.route,
        idempotentRequests.keyHash,
      ],
      set: {
        id: row.id,
        requestHash: row.requestHash,
        sealedAnswer: null,
        answeredAt: null,
        createdAt: sql`now()`,
      },
      setWhere: sql`${idempotentRequests.createdAt} < now() - make_interval(hours => ${counts.hours})
        or (${idempotentRequests.answeredAt} is null and ${idempotentRequests.createdAt} < now() - make_interval(secs => ${counts.unansweredS}))`,
    })
    .returning({ id: idempotentRequests.id })
  return rows.length > 0
}

/** Null when it was given back in the meantime. */
export async function requestByName(
  db: Db,
  name: RequestName,
): Promise<{ requestHash: Uint8Array; sealedAnswer: Uint8Array | null } | null> {
  const [row] = await db
    .select({ requestHash: idempotentRequests.requestHash, sealedAnswer: idempotentRequests.sealedAnswer })
    .from(idempotentRequests)
    .where(
      and(
        eq(idempotentRequests.apiKeyId, name.apiKeyId),
        eq(idempotentRequests.route, name.route),
        eq(idempotentRequests.keyHash, name.keyHash),
      ),
    )
    .limit(1)
  return row ?? null
}

export async function setRequestAnswer(db: Db, id: string, sealedAnswer: Uint8Array): Promise<void> {
  await db
    .update(idempotentRequests)
    .set({ sealedAnswer, answeredAt: sql`now()` })
    .where(eq(idempotentRequests.id, id))
}

export async function deleteUnanswered(db: Db, id: string): Promise<void> {
  await db
    .delete(idempotentRequests)
    .where(and(eq(idempotentRequests.id, id), isNull(idempotentRequests.answeredAt)))
}

// Statements about events: written with what they tell of, read as a feed in the order of their transactions.
import { and, asc, eq, gt, or, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { events } from './schema/index.ts'

const columns = {
  id: events.id,
  name: events.name,
  data: events.data,
  transactionId: events.transactionId,
  createdAt: events.createdAt,
}

export type EventRow = { [K in keyof typeof columns]: (typeof events.$inferSelect)[K] }

export async function insertEvent(
  db: Db,
  row: { id: string; tenantId: string; name: string; data: Record<string, unknown> },
): Promise<void> {
  await db.insert(events).values(row)
}

/**
 * Oldest first; one row more than `limit` when there is a next page. Nothing of a transaction that could still be
 * overtaken by one that began before it: whoever reads on from a row never misses one.
 */
export const listEvents = (
  db: Db,
  page: {
    name?: string | undefined
    after?: { transactionId: bigint; id: string } | undefined
    limit: number
  },
): Promise<EventRow[]> => {
  const { after } = page
  return db
    .select(columns)
    .from(events)
    .where(
      and(
        sql`${events.transactionId} < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint`,
        page.name ? eq(events.name, page.name) : undefined,
        after
          ? or(
              gt(events.transactionId, after.transactionId),
              and(eq(events.transactionId, after.transactionId), gt(events.id, after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(asc(events.transactionId), asc(events.id))
    .limit(page.limit + 1)
}

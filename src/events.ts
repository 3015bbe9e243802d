// The feed of a tenant's events, for programs that ask instead of being told: nothing missed, nothing twice.
import { type EventRow, listEvents } from '#db/events.ts'
import { type Scope, within } from '#db/scope.ts'
import { makeCursor, readCursor } from './paging.ts'

export type { EventRow }

const LIST = 'events'

/**
 * Always with a cursor, also at the end: read again from it, the feed goes on with what has happened since.
 * @throws Failure `invalid` for a cursor of another list
 */
export async function eventsPage(
  scope: Scope,
  query: { type?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ rows: EventRow[]; cursor: string | null; hasMore: boolean }> {
  const position = readCursor(LIST, query.cursor, 2)
  const after = position
    ? { transactionId: BigInt(position[0] as string), id: position[1] as string }
    : undefined
  const { type: name, limit } = query
  const found = await within(scope, (db) => listEvents(db, { name, after, limit }))
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return {
    rows,
    cursor: last ? makeCursor(LIST, [String(last.transactionId), last.id]) : (query.cursor ?? null),
    hasMore: found.length > limit,
  }
}

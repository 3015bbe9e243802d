// Statements about visits to the documents of a home.
import { eq, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { documentVisits } from './schema/index.ts'

/**
 * Notes that the person looks now, and says since when something is new to them. Looks less than `gapMinutes` apart
 * are one visit, during which that stays the same.
 */
export async function noteVisit(
  db: Db,
  row: { tenantId: string; unitId: string; readerId: string },
  gapMinutes: number,
): Promise<Date | null> {
  const [noted] = await db.execute<{ newSince: string | null }>(sql`
    insert into document_visits as v (tenant_id, unit_id, reader_id)
    values (${row.tenantId}, ${row.unitId}, ${row.readerId})
    on conflict (tenant_id, reader_id) do update set last_seen_at = now(), unit_id = excluded.unit_id,
      new_since = case when v.last_seen_at < now() - make_interval(mins => ${gapMinutes}) then v.last_seen_at
        else v.new_since end
    returning new_since as "newSince"`)
  return noted?.newSince ? new Date(noted.newSince) : null
}

/** For the copy of a person's data. */
export const visitsOfReader = (db: Db, readerId: string) =>
  db
    .select({ lastSeenAt: documentVisits.lastSeenAt, newSince: documentVisits.newSince })
    .from(documentVisits)
    .where(eq(documentVisits.readerId, readerId))
    .limit(1)

export async function deleteVisits(db: Db, readerId: string): Promise<number> {
  const rows = await db
    .delete(documentVisits)
    .where(eq(documentVisits.readerId, readerId))
    .returning({ readerId: documentVisits.readerId })
  return rows.length
}

// What the page of a development's documents says beside the list: one statement for all of it.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { houseTypesAsJson } from './estate-summary.ts'
import { type StoredBytes, storedBytesAsJson } from './storage-use.ts'

export type LibrarySummary = {
  houseTypes: { code: string; name: string }[]
  /** Of all files of the tenant, whatever the development. */
  stored: StoredBytes
}

export async function librarySummary(
  db: Db,
  { tenantId, developmentId }: { tenantId: string; developmentId: string },
): Promise<LibrarySummary> {
  const [row] = await db.execute<LibrarySummary>(sql`
    select
      ${houseTypesAsJson(developmentId)} as "houseTypes",
      ${storedBytesAsJson(tenantId)} as stored`)
  if (!row) throw new Error('a list of subqueries without a row')
  return row
}

// What pages about a development's homes say beside them: one statement for all of it.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import type { TransferSide } from './transfers.ts'

const HOUSE_TYPES_MAX = 100
const PHASES_MAX = 50
const TRANSFERS_MAX = 50

export type OpenTransfer = {
  unitId: string
  address: string
  /** Null once both have confirmed. */
  awaits: TransferSide | null
  /** ISO; null once both have confirmed. */
  expiresAt: string | null
}

export type EstateSummary = {
  houseTypes: { code: string; name: string }[]
  /** As its homes say, in no order of building. */
  phases: string[]
  /** The oldest first; some may have run out. */
  transfers: OpenTransfer[]
}

export async function estateSummary(db: Db, developmentId: string): Promise<EstateSummary> {
  const [row] = await db.execute<EstateSummary>(sql`
    select
      ${houseTypesAsJson(developmentId)} as "houseTypes",
      (select coalesce(json_agg(p.phase), '[]') from (
        select distinct phase from units where development_id = ${developmentId} and phase is not null
        order by phase limit ${PHASES_MAX}::int) p) as phases,
      (select coalesce(json_agg(o), '[]') from (
        select h.unit_id as "unitId", u.address_line as address,
          case when h.household_confirmed_at is null then 'household'
            when h.builder_confirmed_at is null then 'builder' end as awaits,
          case when h.settled_at is null then h.expires_at end as "expiresAt"
        from home_transfers h join units u on u.tenant_id = h.tenant_id and u.id = h.unit_id
        where h.development_id = ${developmentId} and h.ended_at is null
        order by h.id limit ${TRANSFERS_MAX}::int) o) as transfers`)
  if (!row) throw new Error('a list of subqueries without a row')
  return row
}

/** A subquery of one value, for statements about a development that list its house types beside other things. */
export const houseTypesAsJson = (developmentId: string) => sql`
  (select coalesce(json_agg(t), '[]') from (
    select code, name from house_types where development_id = ${developmentId}
    order by code, id limit ${HOUSE_TYPES_MAX}::int) t)`

// What the open snags of a development amount to: how many, how old, and which of them are the house type's.
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import type { SnagCategory } from './schema/snags.ts'

/** Open for longer than that is late; the board says so in red. */
const LATE_DAYS = 14
const CLUSTER_HOMES_MIN = 3
const CLUSTERS_SHOWN = 6

export type SnagFigures = {
  openSnags: number
  openSnagsBefore: number
  lateSnags: number
  /** Whole days that the oldest has been open; null when none is. */
  oldestSnagDays: number | null
  saidDoneSnags: number
}

/** As a query of one row, for the statement that tells more. `before` is the moment to compare with. */
export const snagFiguresQuery = (developmentId: string, before: SQL): SQL => sql`
  select count(*) filter (where s.closed_at is null)::int as "openSnags",
    count(*) filter (where s.created_at < ${before} and (s.closed_at is null or s.closed_at >= ${before}))::int as "openSnagsBefore",
    count(*) filter (where s.closed_at is null and s.created_at < now() - make_interval(days => ${LATE_DAYS + 1}::int))::int as "lateSnags",
    floor(extract(epoch from now() - min(s.created_at) filter (where s.closed_at is null)) / 86400)::int as "oldestSnagDays",
    count(*) filter (where s.closed_at is null and exists (select from contractor_link_snags l
      where l.tenant_id = s.tenant_id and l.snag_id = s.id and l.done_at is not null))::int as "saidDoneSnags"
  from snags s where s.development_id = ${developmentId} and (s.closed_at is null or s.closed_at >= ${before})`

export type SnagCluster = { houseTypeCode: string; category: SnagCategory; homes: number }

/** What stands around the list of a board: the house types to choose among, and the clusters. */
export type SnagFrame = { houseTypeCodes: string[]; clusters: SnagCluster[] }

/** The same kind of open fault in several homes of a type: more often the plan's fault than the homes'. */
export async function snagFrame(db: Db, developmentId: string): Promise<SnagFrame> {
  const [row] = await db.execute<{ houseTypeCodes: string[]; clusters: SnagCluster[] | string }>(sql`
    select array(select code from house_types where development_id = ${developmentId} order by code limit 100) as "houseTypeCodes",
      coalesce((select json_agg(c) from (
        select h.code as "houseTypeCode", s.category, count(distinct s.unit_id)::int as homes
        from snags s join units u on u.tenant_id = s.tenant_id and u.id = s.unit_id
        join house_types h on h.tenant_id = u.tenant_id and h.id = u.house_type_id
        where s.development_id = ${developmentId} and s.closed_at is null
        group by h.code, s.category having count(distinct s.unit_id) >= ${CLUSTER_HOMES_MIN}
        order by homes desc, h.code, s.category limit ${CLUSTERS_SHOWN}) c), '[]') as clusters`)
  if (!row) throw new Error('a statement of one row without a row')
  const { houseTypeCodes, clusters } = row
  return { houseTypeCodes, clusters: typeof clusters === 'string' ? JSON.parse(clusters) : clusters }
}

// Which kinds of documents the homes of each house type have: the statement behind the coverage of a development.
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import type { DocumentKind } from './document-kinds.ts'

export type CoverageRow = {
  houseTypeCode: string
  houseTypeName: string
  homes: number
  /** Null for a house type whose homes see no document at all. */
  kind: DocumentKind | null
  /** Documents of the type itself or of the whole development. */
  documents: number
  /** Homes that have one of their own. */
  homesWithOwn: number
}

const ROWS_MAX = 5_000
const QUESTIONS_MAX = 2_000

/** Counts what is live and not deprecated, by the same rule as a home's own list. */
export const coverageOfDevelopment = (db: Db, developmentId: string): Promise<CoverageRow[]> =>
  db.execute<CoverageRow>(coverageQuery(developmentId))

/** As it was at the end of a day: what had been read by then and was neither deprecated nor deleted. */
export const coverageThen = (db: Db, developmentId: string, day: string): Promise<CoverageRow[]> => {
  const end = sql`((${day}::date + 1)::timestamp at time zone 'Europe/Dublin')`
  return db.execute<CoverageRow>(
    coverageOf(
      developmentId,
      sql`(d.deleted_at is null or d.deleted_at >= ${end}) and (d.deprecated_at is null or d.deprecated_at >= ${end})
        and exists (select 1 from document_versions v where v.tenant_id = d.tenant_id and v.document_id = d.id and v.ready_at < ${end})`,
    ),
  )
}

/** The same as a query, for statements that tell more. */
export const coverageQuery = (developmentId: string): SQL =>
  coverageOf(
    developmentId,
    sql`d.live_version_id is not null and d.deleted_at is null and d.deprecated_at is null`,
  )

/**
 * Documents are counted by kind before they meet the house
 * types: a development has a dozen types and thousands of documents.
 */
const coverageOf = (developmentId: string, counts: SQL): SQL => sql`
    with live as materialized (
      select d.tenant_id, d.id, d.kind, d.unit_id,
        exists (select 1 from document_house_types t where t.tenant_id = d.tenant_id and t.document_id = d.id) as is_tagged
      from documents d
      where d.development_id = ${developmentId} and ${counts}
    ), seen as (
      select h.id as house_type_id, l.kind, l.documents, 0 as "homesWithOwn"
        from house_types h cross join (select kind, count(*)::int as documents from live where unit_id is null and not is_tagged group by kind) l
        where h.development_id = ${developmentId}
      union all
      select t.house_type_id, l.kind, count(*)::int, 0
        from live l join document_house_types t on t.tenant_id = l.tenant_id and t.document_id = l.id
        where l.unit_id is null group by t.house_type_id, l.kind
      union all
      select u.house_type_id, l.kind, 0, count(distinct l.unit_id)::int
        from live l join units u on u.tenant_id = l.tenant_id and u.id = l.unit_id group by u.house_type_id, l.kind
    ), built as (
      select house_type_id, count(*)::int as homes from units where development_id = ${developmentId} group by house_type_id
    )
    select h.code as "houseTypeCode", h.name as "houseTypeName", coalesce(b.homes, 0) as "homes", s.kind,
      coalesce(sum(s.documents), 0)::int as "documents", coalesce(sum(s."homesWithOwn"), 0)::int as "homesWithOwn"
    from house_types h
    left join built b on b.house_type_id = h.id
    left join seen s on s.house_type_id = h.id
    where h.development_id = ${developmentId}
    group by h.code, h.name, b.homes, s.kind
    order by h.code, s.kind limit ${ROWS_MAX}`

/** What is open of a development, newest first, with the house type of whoever asked. */
export const openQuestionsByType = (
  db: Db,
  developmentId: string,
): Promise<{ question: string; houseTypeCode: string }[]> =>
  db.execute<{ question: string; houseTypeCode: string }>(sql`
    select g.question, h.code as "houseTypeCode" from gaps g
    join house_types h on h.tenant_id = g.tenant_id and h.id = g.house_type_id
    where g.development_id = ${developmentId} and g.status = 'open'
    order by g.created_at desc, g.id desc limit ${QUESTIONS_MAX}`)

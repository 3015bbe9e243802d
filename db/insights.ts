// What the deep dives of a development show that no tally tells: which homes, which documents, which positions.
import { sql } from 'drizzle-orm'
import type { Span } from './analytics.ts'
import type { Db } from './client.ts'
import { homeDays } from './home-activity.ts'
import { talliesQuery } from './tallies.ts'

const ROWS_SHOWN = 20

type DevelopmentSpan = Span & { developmentId: string }

export type EngagedHome = {
  id: string
  address: string
  activeDays: number
  questions: number
  opened: number
}
export type Engagement = {
  claimed: number
  active: number
  /** Homes by on how many days of the span somebody did something. */
  once: number
  few: number
  often: number
  most: EngagedHome[]
  quiet: { id: string; address: string }[]
  quietCount: number
  days: { day: string; active: number; opened: number }[]
}

/**
 * A home has one row a day. `few`: on two to seven days; `often`: on more. Quiet homes are claimed and were not active.
 * Summed by home and by day while it is read once: kept aside row by row, the days of a quarter would not fit in memory.
 */
export async function engagementOf(db: Db, span: DevelopmentSpan): Promise<Engagement> {
  const [row] = await db.execute<Record<keyof Engagement, unknown>>(sql`
    with did as materialized (
      select d.unit_id, d.day, count(*) filter (where d.is_active)::int as active, sum(d.questions)::int as questions,
        sum(d.documents_opened)::int as opened
      from (${homeDays(span)}) d group by grouping sets ((d.unit_id), (d.day))
    ),
    active as (select unit_id, active as days, questions, opened from did where unit_id is not null and active > 0),
    quiet as (
      select u.id, u.address_line as address from units u where u.development_id = ${span.developmentId}
        and u.claimed_at is not null and u.id not in (select unit_id from active)
    )
    select (select count(*)::int from units u where u.development_id = ${span.developmentId} and u.claimed_at is not null) as claimed,
      count(*)::int as active,
      count(*) filter (where days = 1)::int as once,
      count(*) filter (where days between 2 and 7)::int as few,
      count(*) filter (where days > 7)::int as often,
      coalesce((select json_agg(m) from (
        select u.id, u.address_line as address, a.days as "activeDays", a.questions, a.opened
        from active a join units u on u.id = a.unit_id order by a.days desc, a.questions desc, u.id limit ${ROWS_SHOWN}) m), '[]') as most,
      coalesce((select json_agg(q) from (select id, address from quiet order by id limit ${ROWS_SHOWN}) q), '[]') as quiet,
      (select count(*)::int from quiet) as "quietCount",
      coalesce((select json_agg(e) from (
        select d.day::text as day, d.active, d.opened from did d where d.day is not null order by d.day) e), '[]') as days
    from active`)
  return parsed<Engagement>(row, ['most', 'quiet', 'days'])
}

export type UsedDocument = { id: string; title: string; opened: number; cited: number }
export type DocumentUse = {
  live: number
  opened: number
  cited: number
  used: number
  most: UsedDocument[]
  unused: { id: string; title: string }[]
  days: { day: string; opened: number; cited: number }[]
}

/** How often each live document was opened by homes and quoted in answers; summed by document and by day in one pass. */
export async function documentUseOf(db: Db, span: DevelopmentSpan): Promise<DocumentUse> {
  const [row] = await db.execute<Record<keyof DocumentUse, unknown>>(sql`
    with tally as materialized (
      select t.key, t.day, coalesce(sum(t.count) filter (where t.subject = 'opened'), 0)::int as opened,
        coalesce(sum(t.count) filter (where t.subject = 'cited'), 0)::int as cited
      from (${talliesQuery(span, ['opened', 'cited'])}) t group by grouping sets ((t.key), (t.day))
    ),
    -- Added up and not joined: the planner takes the tallies for a few rows and would read them once a document.
    live as (
      select id, max(title) as title, sum(opened)::int as opened, sum(cited)::int as cited
      from (
        select d.id, d.title, 0 as opened, 0 as cited from documents d
          where d.development_id = ${span.developmentId} and d.live_version_id is not null and d.deleted_at is null and d.deprecated_at is null
        union all
        select t.key::uuid, null, t.opened, t.cited from tally t where t.key is not null
      ) each group by id having max(title) is not null
    )
    select count(*)::int as live, count(*) filter (where opened + cited > 0)::int as used,
      (select coalesce(sum(opened), 0)::int from tally where day is not null) as opened,
      (select coalesce(sum(cited), 0)::int from tally where day is not null) as cited,
      coalesce((select json_agg(m) from (select id, title, opened, cited from live where opened + cited > 0
        order by opened + cited desc, id limit ${ROWS_SHOWN}) m), '[]') as most,
      coalesce((select json_agg(n) from (select id, title from live where opened + cited = 0 order by id limit ${ROWS_SHOWN}) n), '[]') as unused,
      coalesce((select json_agg(e) from (
        select t.day::text as day, t.opened, t.cited from tally t where t.day is not null order by t.day) e), '[]') as days
    from live`)
  return parsed<DocumentUse>(row, ['most', 'unused', 'days'])
}

export type GeocodingProblem = {
  id: string
  address: string
  problem: 'none' | 'failed' | 'approximate'
  code: string | null
}
export type Geocoding = {
  homes: number
  entered: number
  found: number
  approximate: number
  failed: number
  none: number
  problems: GeocodingProblem[]
}

/**
 * Where the homes stand and how that is known; those with a problem a page at a time, in order of their ids, one row
 * more than `limit` when there is a next page. `none`: nobody entered a position or looked for one yet.
 */
export async function geocodingOf(
  db: Db,
  developmentId: string,
  page: { after: string | null; limit: number },
): Promise<Geocoding> {
  const [row] = await db.execute<Record<keyof Geocoding, unknown>>(sql`
    with placed as (
      select u.id, u.address_line as address, u.geocode_failure_code as code,
        case when u.latitude is null and u.geocode_failure_code is not null then 'failed' when u.latitude is null then 'none'
          when u.location_source = 'entered' then 'entered' when u.geocode_quality = 'area' then 'approximate' else 'found' end as state
      from units u where u.development_id = ${developmentId}
    )
    select count(*)::int as homes, count(*) filter (where state = 'entered')::int as entered,
      count(*) filter (where state = 'found')::int as found, count(*) filter (where state = 'approximate')::int as approximate,
      count(*) filter (where state = 'failed')::int as failed, count(*) filter (where state = 'none')::int as none,
      coalesce((select json_agg(p) from (
        select id, address, state as problem, code from placed where state in ('none', 'failed', 'approximate')
          and (${page.after}::uuid is null or id > ${page.after}::uuid) order by id limit ${page.limit + 1}) p), '[]') as problems
    from placed`)
  return parsed<Geocoding>(row, ['problems'])
}

/** How many places of each kind are on record near a development. */
export const placesByCategory = (
  db: Db,
  developmentId: string,
): Promise<{ category: string; count: number }[]> =>
  db.execute<{ category: string; count: number }>(sql`
    select category, count(*)::int as count from places
    where development_id = ${developmentId} and (expires_at is null or expires_at > now())
    group by category order by count desc, category limit 100`)

/** Aggregates of JSON come as text or parsed, as the driver likes. */
function parsed<T>(row: Record<string, unknown> | undefined, names: readonly (keyof T & string)[]): T {
  if (!row) throw new Error('an aggregate without a row')
  const lists = names.map((name) => [name, typeof row[name] === 'string' ? JSON.parse(row[name]) : row[name]])
  return { ...row, ...Object.fromEntries(lists) } as T
}

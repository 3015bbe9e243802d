// Figures a day: counted from the rows, kept as daily roll-ups, read as one series.
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'

export const FIGURES = [
  'active_homes',
  'questions',
  'answered',
  'unanswered',
  'documents_opened',
  'scans',
  'claims',
] as const

export type Figures = Record<(typeof FIGURES)[number], number>
export type DayFigures = Figures & { developmentId: string; day: string }

export const TIME_ZONE = sql`'Europe/Dublin'`
/** Of figures a day: developments of a tenant times the days of a span. */
const ROWS_MAX = 100_000

const list = (of: (name: SQL) => SQL): SQL =>
  sql.join(
    FIGURES.map((name) => of(sql.identifier(name) as unknown as SQL)),
    sql`, `,
  )

export type Span = {
  from: string | SQL
  to: string | SQL
  developmentId?: string | undefined
  /** For whoever sees more than one tenant: what stands before the time in every index. */
  tenantId?: SQL | undefined
}

/** True for moments of the span, in Irish days. */
export const momentIn = (column: SQL, { from, to }: Span): SQL =>
  sql`${column} >= ${from}::date::timestamp at time zone ${TIME_ZONE}
    and ${column} < (${to}::date + 1)::timestamp at time zone ${TIME_ZONE}`

/** Whose conversation or home something is, looked up for each row: the rows of a span are few beside all there are. */
const lookup = (columns: SQL, table: SQL, tenantId: SQL, id: SQL, alias: SQL): SQL =>
  sql`cross join lateral (select ${columns} from ${table} x where x.tenant_id = ${tenantId} and x.id = ${id} offset 0) ${alias}`
export const conversationOf = (message: SQL): SQL =>
  lookup(
    sql`x.tenant_id, x.unit_id, x.origin`,
    sql`conversations`,
    sql`${message}.tenant_id`,
    sql`${message}.conversation_id`,
    sql`c`,
  )
export const homeOf = (row: SQL): SQL =>
  lookup(sql`x.development_id`, sql`units`, sql`${row}.tenant_id`, sql`${row}.unit_id`, sql`u`)

/**
 * A query of what happened in homes on the days of the span. `is_home`: by somebody of the home, in the app. The
 * branches look homes up by themselves, because the planner takes what comes out of a union for a handful of rows.
 */
export function events(span: Span): SQL {
  const site = span.developmentId ? sql`and u.development_id = ${span.developmentId}` : sql``
  const of = (tenantId: SQL) => (span.tenantId ? sql`and ${tenantId} = ${span.tenantId} ${site}` : site)
  const day = (at: SQL) => sql`(${at} at time zone ${TIME_ZONE})::date`
  return sql`
    select u.development_id as "developmentId", ${day(sql`m.created_at`)} as day, c.unit_id, 'question' as kind, m.stage, c.origin <> 'api' as is_home
      from messages m ${conversationOf(sql`m`)} ${homeOf(sql`c`)} where ${momentIn(sql`m.created_at`, span)} ${of(sql`m.tenant_id`)}
    union all
    select u.development_id, ${day(sql`a.created_at`)}, a.unit_id, case a.action when 'document.file' then 'opened' else 'map' end, null,
        a.action = 'document.file'
      from data_access_log a ${homeOf(sql`a`)}
      where a.actor_type = 'purchaser' and (a.action = 'document.file' or a.action like 'map.%') and ${momentIn(sql`a.created_at`, span)} ${of(sql`a.tenant_id`)}
    union all
    select u.development_id, ${day(sql`s.created_at`)}, s.unit_id, case s.outcome when 'opened' then 'scan' else 'joined' end, null, s.outcome = 'claimed'
      from qr_scans s ${homeOf(sql`s`)}
      where s.outcome in ('opened','claimed') and ${momentIn(sql`s.created_at`, span)} ${of(sql`s.tenant_id`)}
    union all
    select u.development_id, ${day(sql`u.claimed_at`)}, u.id, 'claim', null, true
      from units u where ${momentIn(sql`u.claimed_at`, span)} ${of(sql`u.tenant_id`)}`
}

/** A query of the figures as the rows tell them now, for the days of the span. */
const counted = (span: Span): SQL => sql`
    select "developmentId", day,
      count(distinct unit_id) filter (where is_home)::int as active_homes,
      count(*) filter (where kind = 'question')::int as questions,
      count(*) filter (where kind = 'question' and stage <> 'gap')::int as answered,
      count(*) filter (where kind = 'question' and stage = 'gap')::int as unanswered,
      count(*) filter (where kind = 'opened')::int as documents_opened,
      count(*) filter (where kind = 'scan')::int as scans,
      count(*) filter (where kind = 'claim')::int as claims
    from (${events(span)}) events group by "developmentId", day`

/** What the rows alone say; erasing compares this before and after. */
export const countedFigures = (db: Db, span: Span): Promise<DayFigures[]> =>
  db.execute<DayFigures>(
    sql`select c."developmentId", c.day::text as day, ${list((name) => name)} from (${counted(span)}) c limit ${ROWS_MAX}`,
  )

/** Writes the figures of every development and day of the span. The same again leaves the same. */
export async function upsertDailyActivity(db: Db, tenantId: string, span: Span): Promise<number> {
  const rows = await db.execute(sql`
    insert into daily_activity (tenant_id, development_id, day, ${list((name) => name)})
    select ${tenantId}, d.id, days.day::date, ${list((name) => sql`coalesce(c.${name}, 0) + coalesce(e.${name}, 0)`)}
    from developments d
    cross join generate_series(${span.from}::date, ${span.to}::date, interval '1 day') as days (day)
    left join (${counted(span)}) c on c."developmentId" = d.id and c.day = days.day::date
    left join daily_erased e on e.tenant_id = d.tenant_id and e.development_id = d.id and e.day = days.day::date
    on conflict (tenant_id, development_id, day) do update set ${list((name) => sql`${name} = excluded.${name}`)}
    returning day`)
  return rows.length
}

/** The first day of the span that is read from the rows: the one after the newest that is rolled up, or today. */
export const tailQuery = ({ from }: Span): SQL => sql`
      select case when max(a.day) is null then ${from}::date
        else greatest(least(max(a.day) + 1, (now() at time zone ${TIME_ZONE})::date), ${from}::date) end as day
      from daily_activity a`

/**
 * The rolled-up days of the span, and for those after the newest of them the count of the rows as they are now.
 * Today is never over, whatever a run may have written of it.
 */
export const dailyFigures = (db: Db, span: Span & { from: string }): Promise<DayFigures[]> => {
  const of = (alias: SQL) =>
    span.developmentId ? sql`and ${alias}.development_id = ${span.developmentId}` : sql``
  const tailFrom = sql`(select day from tail)`
  return db.execute<DayFigures>(sql`
    with tail as (${tailQuery(span)})
    select "developmentId", day::text as day, ${list((name) => sql`sum(${name})::int as ${name}`)} from (
      select r.development_id as "developmentId", r.day, ${list((name) => sql`r.${name}`)} from daily_activity r
        where r.day >= ${span.from}::date and r.day < least(${tailFrom}, ${span.to}::date + 1) ${of(sql`r`)}
      union all
      select c."developmentId", c.day, ${list((name) => sql`c.${name}`)} from (${counted({ ...span, from: tailFrom })}) c
      union all
      select e.development_id, e.day, ${list((name) => sql`e.${name}`)} from daily_erased e
        where e.day >= ${tailFrom} and e.day <= ${span.to}::date ${of(sql`e`)}
    ) f group by "developmentId", day order by day, "developmentId" limit ${ROWS_MAX}`)
}

/** The newest day that is rolled up, and today, both in Irish time. */
export async function rolledUpTo(db: Db): Promise<{ rolledUpTo: string | null; today: string }> {
  const [row] = await db.execute<{ rolledUpTo: string | null; today: string }>(sql`
    select (select max(day)::text from daily_activity) as "rolledUpTo",
      (now() at time zone ${TIME_ZONE})::date::text as today`)
  if (!row) throw new Error('an aggregate without a row')
  return row
}

/** Adds what was erased to the days it is missing from. */
export async function addErased(db: Db, tenantId: string, rows: readonly DayFigures[]): Promise<void> {
  if (rows.length === 0) return
  await db.execute(sql`
    insert into daily_erased as e (tenant_id, development_id, day, ${list((name) => name)})
    select ${tenantId}, "developmentId", day, ${list((name) => name)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("developmentId" uuid, day date, ${list((name) => sql`${name} int`)})
    on conflict (tenant_id, development_id, day) do update set ${list((name) => sql`${name} = e.${name} + excluded.${name}`)}`)
}

/** Tenants with developments, in order, through the queue's door. */
export async function tenantsAfter(db: Db, after: string | null, limit: number): Promise<string[]> {
  const rows = await db.execute<{ tenantId: string }>(sql`
    select distinct tenant_id as "tenantId" from developments
    where ${after}::uuid is null or tenant_id > ${after}::uuid order by tenant_id limit ${limit}`)
  return rows.map(({ tenantId }) => tenantId)
}

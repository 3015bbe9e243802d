// The figures of the builder's first page that no roll-up knows: homes, cards, documents, what waits for an answer.
import { type SQL, sql } from 'drizzle-orm'
import { hasUnread, mustRead } from './acknowledgements.ts'
import type { Db } from './client.ts'
import { type CoverageRow, coverageQuery } from './coverage.ts'
import { homeDays } from './home-activity.ts'
import { type SnagFigures, snagFiguresQuery } from './snag-figures.ts'

export type TodayRow = SnagFigures & {
  homes: number
  handedOver: number
  handedOverClaimed: number
  handedOverBefore: number
  handedOverClaimedBefore: number
  printed: number
  scanned: number
  claimed: number
  asked: number
  activeThisWeek: number
  activeLastWeek: number
  documents: number
  ready: number
  processing: number
  failed: number
  openQuestions: number
  openQuestionsBefore: number
  mustReadHomes: number
  mustReadDone: number
  questions: { id: string; question: string; homes: number }[]
  coverage: CoverageRow[]
}

const QUESTIONS_SHOWN = 10
const WEEK_DAYS = 7

/** One statement. `daysBefore` is how long ago "before" is. */
export async function todayRow(db: Db, developmentId: string, daysBefore: number): Promise<TodayRow> {
  const today = sql`(now() at time zone 'Europe/Dublin')::date`
  const dayStart = (daysAgo: number) =>
    sql`(${today} - ${daysAgo}::int)::timestamp at time zone 'Europe/Dublin'`
  const before = dayStart(daysBefore)
  const [row] = await db.execute<Record<keyof TodayRow, unknown>>(sql`
    with home as (
      select u.id, u.claimed_at, u.card_printed_at is not null as is_printed,
        u.handed_over_on <= ${today} as is_handed_over, u.handed_over_on <= ${today} - ${daysBefore}::int as was_handed_over,
        exists (select 1 from qr_scans s where s.tenant_id = u.tenant_id and s.unit_id = u.id and s.outcome in ('opened','claimed')) as is_scanned,
        exists (select 1 from conversations c join messages m on m.tenant_id = c.tenant_id and m.conversation_id = c.id
          where c.tenant_id = u.tenant_id and c.unit_id = u.id and c.origin <> 'api') as has_asked,
        ${mustRead} as must_read, ${hasUnread} as has_unread
      from units u where u.development_id = ${developmentId}
    ), homes as (
      select count(*)::int as "homes",
        count(*) filter (where is_handed_over)::int as "handedOver",
        count(*) filter (where is_handed_over and claimed_at is not null)::int as "handedOverClaimed",
        count(*) filter (where was_handed_over)::int as "handedOverBefore",
        count(*) filter (where was_handed_over and claimed_at < ${before})::int as "handedOverClaimedBefore",
        count(*) filter (where is_printed or is_scanned or claimed_at is not null)::int as "printed",
        count(*) filter (where is_scanned or claimed_at is not null)::int as "scanned",
        count(*) filter (where claimed_at is not null)::int as "claimed",
        count(*) filter (where claimed_at is not null and has_asked)::int as "asked",
        count(*) filter (where must_read)::int as "mustReadHomes",
        count(*) filter (where must_read and not has_unread)::int as "mustReadDone"
      from home
    ), active as (
      select count(distinct e.unit_id) filter (where e.day > ${today} - ${WEEK_DAYS}::int)::int as "activeThisWeek",
        count(distinct e.unit_id) filter (where e.day <= ${today} - ${WEEK_DAYS}::int)::int as "activeLastWeek"
      from (${homeDays({ developmentId, from: sql`(${today} - ${2 * WEEK_DAYS - 1}::int)`, to: today })}) e
      where e.is_active
    ), files as (
      select count(*)::int as "documents", count(*) filter (where status = 'ready')::int as "ready",
        count(*) filter (where status in ('queued', 'processing'))::int as "processing",
        count(*) filter (where status = 'failed')::int as "failed"
      from (${shownStatuses(developmentId)}) shown
    ), waiting as (
      select (array_agg(id order by id))[1] as id, (array_agg(question order by id))[1] as question,
        count(distinct unit_id)::int as homes
      from gaps where development_id = ${developmentId} and status = 'open' group by group_id
    )
    select homes.*, active.*, files.*, faults.*,
      (select count(*)::int from waiting) as "openQuestions",
      (select count(distinct group_id)::int from gaps where development_id = ${developmentId}
        and created_at < ${before} and (status = 'open' or answered_at >= ${before})) as "openQuestionsBefore",
      coalesce((select json_agg(q) from (select id, question, homes from waiting order by homes desc, id limit ${QUESTIONS_SHOWN}) q), '[]') as "questions",
      coalesce((select json_agg(c) from (${coverageQuery(developmentId)}) c), '[]') as "coverage"
    from homes, active, files, (${snagFiguresQuery(developmentId, before)}) faults`)
  if (!row) throw new Error('an aggregate without a row')
  const parsed = (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value)
  return { ...row, questions: parsed(row.questions), coverage: parsed(row.coverage) } as TodayRow
}

/** A query of the state of each document by the version that staff are shown: the choice of `shownVersion`, for all at once. */
const shownStatuses = (developmentId: string): SQL => sql`
  select distinct on (d.id) d.id, v.status from documents d
  join document_versions v on v.tenant_id = d.tenant_id and v.document_id = d.id and v.development_id = d.development_id
  left join document_versions l on l.tenant_id = d.tenant_id and l.id = d.live_version_id
  where d.development_id = ${developmentId} and d.deleted_at is null
  order by d.id, (v.status <> 'ready' and v.withdrawn_at is null and v.number > coalesce(l.number, 0)) desc,
    (v.id is not distinct from l.id) desc, v.number desc`

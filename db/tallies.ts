// How often something of a kind was seen on a day: answers by stage, openings by document, searches by outcome.
import { type SQL, sql } from 'drizzle-orm'
import { conversationOf, homeOf, momentIn, type Span, TIME_ZONE, tailQuery } from './analytics.ts'
import type { Db } from './client.ts'

export type TallySubject =
  | 'stage'
  | 'mode'
  | 'hour'
  | 'feedback'
  | 'opened'
  | 'cited'
  | 'map'
  | 'place'
  | 'search'
  | 'speed'

export type Tally = { subject: TallySubject; key: string; day: string; count: number; total: number }

const TALLIES_MAX = 20_000

const dayOf = (column: SQL) => sql`(${column} at time zone ${TIME_ZONE})::date`

/**
 * A query of the tallies as the rows tell them now, for the days of the span. Feedback counts on the day it was
 * given; a search is an answer that got as far as the index of the development's documents.
 */
function counted(span: Span): SQL {
  const of = (column: SQL) => (span.developmentId ? sql`and ${column} = ${span.developmentId}` : sql``)
  const asked = sql`from messages m ${conversationOf(sql`m`)} ${homeOf(sql`c`)}`
  const ofHome = of(sql`u.development_id`)
  return sql`
    with asked as (
      select u.development_id, ${dayOf(sql`m.created_at`)} as day, m.stage, m.mode, m.reason,
        to_char(m.created_at at time zone ${TIME_ZONE}, 'HH24') as hour
      ${asked} where ${momentIn(sql`m.created_at`, span)} ${ofHome}
    ), opened as (
      select u.development_id, ${dayOf(sql`a.created_at`)} as day, a.action, a.document_id
      from data_access_log a ${homeOf(sql`a`)}
      where a.actor_type = 'purchaser' and ${momentIn(sql`a.created_at`, span)} ${ofHome}
    ), ran as (
      select r.development_id, ${dayOf(sql`r.created_at`)} as day, r.stage, r.index_version, r.candidate_count, r.duration_ms
      from rag_log r where ${momentIn(sql`r.created_at`, span)} ${of(sql`r.development_id`)}
    )
    select development_id as "developmentId", day, 'stage' as subject, coalesce(stage, 'none') as key, count(*)::int as count, 0::bigint as total
      from asked group by 1, 2, 4
    union all
    select development_id, day, 'mode', mode, count(*)::int, 0 from asked where mode is not null group by 1, 2, 4
    union all
    select development_id, day, 'hour', hour, count(*)::int, 0 from asked group by 1, 2, 4
    union all
    select development_id, day, 'place', coalesce(reason, 'other'), count(*)::int, 0 from asked where stage = 'place' group by 1, 2, 4
    union all
    select u.development_id, ${dayOf(sql`m.feedback_at`)}, 'feedback', m.feedback, count(*)::int, 0
      ${asked} where m.feedback is not null and ${momentIn(sql`m.feedback_at`, span)} ${ofHome} group by 1, 2, 4
    union all
    select development_id, day, 'opened', document_id::text, count(*)::int, 0 from opened
      where action = 'document.file' and document_id is not null group by 1, 2, 4
    union all
    select development_id, day, 'map', substr(action, 5), count(*)::int, 0 from opened where action like 'map.%' group by 1, 2, 4
    union all
    select d.development_id, ${dayOf(sql`q.created_at`)}, 'cited', q.document_id::text, count(distinct q.message_id)::int, 0
      from message_citations q join documents d on d.tenant_id = q.tenant_id and d.id = q.document_id ${of(sql`d.development_id`)}
      where ${momentIn(sql`q.created_at`, span)} group by 1, 2, 4
    union all
    select development_id, day, 'search',
      case when stage = 'document' then 'found' when candidate_count = 0 then 'empty' else 'unused' end,
      count(*)::int, sum(candidate_count)::bigint
      from ran where index_version is not null group by 1, 2, 4
    union all
    select development_id, day, 'speed',
      case when duration_ms < 300 then '300' when duration_ms < 1000 then '1000' when duration_ms < 3000 then '3000' else 'slower' end,
      count(*)::int, sum(duration_ms)::bigint
      from ran group by 1, 2, 4`
}

/** Writes the tallies of every development. What was counted once stays, whatever became of its rows. */
export async function upsertDailyTallies(db: Db, tenantId: string, span: Span): Promise<void> {
  await db.execute(sql`
    insert into daily_tallies as t (tenant_id, development_id, day, subject, key, count, total)
    select ${tenantId}, c."developmentId", c.day, c.subject, c.key, c.count, c.total from (${counted(span)}) c
    on conflict (tenant_id, development_id, subject, day, key) do update set
      count = greatest(t.count, excluded.count), total = greatest(t.total, excluded.total)`)
}

/** A query of the tallies of some subjects, rolled up or not: a row for a day and key, or two around the tail. */
export const talliesQuery = (
  span: Span & { developmentId: string },
  subjects: readonly TallySubject[],
): SQL => sql`
  select t.subject, t.key, t.day, t.count, t.total from daily_tallies t
    where t.development_id = ${span.developmentId} and t.subject in ${[...subjects]} and t.day >= ${span.from}::date
      and t.day < least((${tailQuery(span)}), ${span.to}::date + 1)
  union all
  select c.subject, c.key, c.day, c.count, c.total from (${counted({ ...span, from: sql`(${tailQuery(span)})` })}) c
    where c.subject in ${[...subjects]}`

/** Of a development over the span, day by day. */
export const talliesOf = (
  db: Db,
  span: Span & { developmentId: string },
  subjects: readonly TallySubject[],
): Promise<Tally[]> =>
  db.execute<Tally>(sql`
    select subject, key, day::text as day, sum(count)::int as count, sum(total)::float8 as total
    from (${talliesQuery(span, subjects)}) t group by subject, key, day order by subject, day, key limit ${TALLIES_MAX}`)

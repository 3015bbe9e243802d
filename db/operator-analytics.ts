// The figures of all builders side by side, from the roll-ups and the rows of today; and how the answers of a day came about.
import { type SQL, sql } from 'drizzle-orm'
import { events, momentIn, TIME_ZONE } from './analytics.ts'
import type { Db } from './client.ts'

/** Counts the answers of a span; the same again leaves the same. */
export async function upsertDailyAnswers(
  db: Db,
  tenantId: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await db.execute(sql`
    insert into daily_answers (tenant_id, development_id, day, answers, model_answers, gaps, helpful, unhelpful, prompt_tokens, completion_tokens)
    select ${tenantId}, r.development_id, (r.created_at at time zone ${TIME_ZONE})::date, count(*),
      count(*) filter (where r.model is not null), count(*) filter (where r.stage = 'gap'),
      count(*) filter (where m.feedback = 'helpful'), count(*) filter (where m.feedback = 'not_helpful'),
      coalesce(sum(r.prompt_tokens), 0), coalesce(sum(r.completion_tokens), 0)
    from rag_log r left join messages m on m.tenant_id = r.tenant_id and m.id = r.message_id
    where r.created_at >= ${from}::date::timestamp at time zone ${TIME_ZONE}
      and r.created_at < (${to}::date + 1)::timestamp at time zone ${TIME_ZONE}
    group by 2, 3
    on conflict (tenant_id, development_id, day) do update set answers = excluded.answers,
      model_answers = excluded.model_answers, gaps = excluded.gaps, helpful = excluded.helpful,
      unhelpful = excluded.unhelpful, prompt_tokens = excluded.prompt_tokens, completion_tokens = excluded.completion_tokens`)
}

export type ComparedFigures = {
  id: string
  name: string
  homes: number
  claimed: number
  /** The mean of the days, of homes that did something. */
  activeHomes: number
  questions: number
  unanswered: number
  documentsOpened: number
  modelAnswers: number
  helpful: number
  unhelpful: number
  promptTokens: number
  completionTokens: number
}

const ROWS_MAX = 200

/**
 * Days that are counted from the rows where they are not rolled up yet: today, and until the run of the night
 * yesterday. A builder whose roll-ups are older waits for that run, or one would read months to show a page.
 */
const LIVE_DAYS = 2

/** A line a builder, or of one builder a line a development; sums over the last `days` days, today included. */
export const comparedFigures = (
  db: Db,
  of: { days: number; tenantId: string | undefined },
): Promise<ComparedFigures[]> => {
  const [key, name] = of.tenantId ? [sql`d.id`, sql`d.name`] : [sql`t.id`, sql`t.name`]
  const today = sql`(now() at time zone ${TIME_ZONE})::date`
  const since = sql`${today} - ${of.days}::int + 1`
  const live = { from: sql`(${today} - ${LIVE_DAYS}::int + 1)`, to: today, tenantId: sql`r.id` }
  const wanted = of.tenantId ? sql`t.id = ${of.tenantId}` : sql`true`
  const isLive = (day: SQL) => sql`(${day} = ${today} or ${day} > coalesce(r.day, '-infinity'::date))`
  const answeredOn = sql`(r2.created_at at time zone ${TIME_ZONE})::date`
  return db.execute<ComparedFigures>(sql`
    with rolled as materialized (
      select t.id, (select max(a.day) from daily_activity a where a.tenant_id = t.id and a.day >= ${live.from}) as day
      from tenants t where ${wanted}
    ), live_activity as (
      select e."developmentId" as development_id, e.day, count(distinct e.unit_id) filter (where e.is_home) as active_homes,
        count(*) filter (where e.kind = 'question') as questions,
        count(*) filter (where e.kind = 'question' and e.stage = 'gap') as unanswered,
        count(*) filter (where e.kind = 'opened') as documents_opened
      from rolled r cross join lateral (${events(live)}) e
      where ${isLive(sql`e.day`)} group by 1, 2
    ), activity as (
      select development_id, sum(active_homes)::float8 / ${of.days}::int as active, sum(questions)::int as questions,
        sum(unanswered)::int as unanswered, sum(documents_opened)::int as opened
      from (
        select development_id, active_homes, questions, unanswered, documents_opened from daily_activity
          where day >= ${since} and day < ${today}
        union all
        select development_id, active_homes, questions, unanswered, documents_opened from live_activity
      ) a group by development_id
    ), answers as (
      select development_id, sum(model_answers)::int as written, sum(helpful)::int as helpful, sum(unhelpful)::int as unhelpful,
        sum(prompt_tokens)::float8 as prompt, sum(completion_tokens)::float8 as completion
      from (
        select development_id, model_answers, helpful, unhelpful, prompt_tokens, completion_tokens from daily_answers
          where day >= ${since} and day < ${today}
        union all
        select r2.development_id, (r2.model is not null)::int, (m.feedback = 'helpful')::int,
          (m.feedback = 'not_helpful')::int, r2.prompt_tokens, r2.completion_tokens
        from rolled r cross join lateral (
          select x.development_id, x.tenant_id, x.message_id, x.model, x.prompt_tokens, x.completion_tokens, x.created_at
            from rag_log x where x.tenant_id = r.id and ${momentIn(sql`x.created_at`, live)} offset 0
        ) r2 left join messages m on m.tenant_id = r2.tenant_id and m.id = r2.message_id
        where ${isLive(answeredOn)}
      ) w group by development_id
    ), homes as (
      select development_id, count(*)::int as homes, count(claimed_at)::int as claimed from units group by development_id
    )
    select ${key} as id, ${name} as name, coalesce(sum(h.homes), 0)::int as homes, coalesce(sum(h.claimed), 0)::int as claimed,
      coalesce(sum(a.active), 0)::float8 as "activeHomes", coalesce(sum(a.questions), 0)::int as questions,
      coalesce(sum(a.unanswered), 0)::int as unanswered, coalesce(sum(a.opened), 0)::int as "documentsOpened",
      coalesce(sum(w.written), 0)::int as "modelAnswers", coalesce(sum(w.helpful), 0)::int as helpful,
      coalesce(sum(w.unhelpful), 0)::int as unhelpful, coalesce(sum(w.prompt), 0)::float8 as "promptTokens",
      coalesce(sum(w.completion), 0)::float8 as "completionTokens"
    from tenants t left join developments d on d.tenant_id = t.id
    left join homes h on h.development_id = d.id left join activity a on a.development_id = d.id
    left join answers w on w.development_id = d.id
    where ${of.tenantId ? sql`t.id = ${of.tenantId} and d.id is not null` : sql`true`}
    group by 1, 2 order by 2, 1 limit ${ROWS_MAX}`)
}

export type TopGap = { question: string; times: number; tenants: number; homes: number }

const GAPS_SHOWN = 20

/** What homes of all builders asked in vain, by the words without their punctuation; open ones only. */
export const topGaps = (db: Db, of: { days: number; tenantId: string | undefined }): Promise<TopGap[]> =>
  db.execute<TopGap>(sql`
    select min(question) as question, count(*)::int as times, count(distinct tenant_id)::int as tenants,
      count(distinct unit_id)::int as homes
    from gaps where status = 'open' and created_at > now() - ${of.days}::int * interval '1 day'
      and ${of.tenantId ? sql`tenant_id = ${of.tenantId}` : sql`true`}
    group by btrim(regexp_replace(lower(question), '[^[:alnum:]]+', ' ', 'g'))
    order by 2 desc, 3 desc, 1 limit ${GAPS_SHOWN}`)

export async function rolledUpDay(db: Db): Promise<string | null> {
  const [row] = await db.execute<{ day: string | null }>(
    sql`select max(day)::text as day from daily_activity`,
  )
  return row?.day ?? null
}

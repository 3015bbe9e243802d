// What alerts are judged by, counted through the keeper's door; and how each rule stood the last time.
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'

export type WindowCounts = Record<5 | 30 | 60 | 360, { bad: number; total: number }>

/** A stream is as long as its reader stays. */
const IS_STREAM = sql`route ~ '/(?:events|stream|answer)$'`
/** Asked by a proxy every few seconds: a 503 is its answer while a process starts or drains, and no failure. */
const IS_PROBE = sql`route = '/readyz'`
const SLOW_MS = 2_000
const OLD_JOB_MS = 5 * 60_000

const SOURCES = {
  availability: { from: sql`request_log`, isBad: sql`status >= 500`, where: sql`not ${IS_PROBE}` },
  latency: {
    from: sql`request_log`,
    isBad: sql`duration_ms > ${SLOW_MS}::int`,
    where: sql`method = 'GET' and not ${IS_STREAM}`,
  },
  answers: {
    from: sql`rag_log r`,
    isBad: sql`exists (select from llm_error_log e where e.request_id = r.request_id)`,
    where: sql`true`,
  },
  ingestion: { from: sql`ingestion_log`, isBad: sql`outcome = 'failed'`, where: sql`true` },
  queue: { from: sql`load_samples`, isBad: sql`queue_age_ms > ${OLD_JOB_MS}::int`, where: sql`true` },
} satisfies Record<string, { from: SQL; isBad: SQL; where: SQL }>

type CountRow = Record<'b5' | 't5' | 'b30' | 't30' | 'b60' | 't60' | 'b360' | 't360', number>

/** What happened before `now` and in each window, from one pass over the longest. */
export async function windowCounts(db: Db, rule: keyof typeof SOURCES, now: Date): Promise<WindowCounts> {
  const { from, isBad, where } = SOURCES[rule]
  const at = sql`${now.toISOString()}::timestamptz`
  const within = (minutes: number) => sql`created_at > ${at} - ${minutes}::int * interval '1 minute'`
  const [row] = await db.execute<CountRow>(sql`
    select count(*) filter (where ${within(5)} and bad)::int as b5, count(*) filter (where ${within(5)})::int as t5,
      count(*) filter (where ${within(30)} and bad)::int as b30, count(*) filter (where ${within(30)})::int as t30,
      count(*) filter (where ${within(60)} and bad)::int as b60, count(*) filter (where ${within(60)})::int as t60,
      count(*) filter (where bad)::int as b360, count(*)::int as t360
    from (select created_at, ${isBad} as bad from ${from}
      where ${within(360)} and created_at <= ${at} and ${where}) seen`)
  if (!row) throw new Error('an aggregate without a row')
  return {
    5: { bad: row.b5, total: row.t5 },
    30: { bad: row.b30, total: row.t30 },
    60: { bad: row.b60, total: row.t60 },
    360: { bad: row.b360, total: row.t360 },
  }
}

/** Of the tenants that used the language model today, those that used more than so many tokens. */
export async function tenantsOverBudget(
  db: Db,
  tokens: number,
  now: Date,
): Promise<{ bad: number; total: number }> {
  const [row] = await db.execute<{ bad: number; total: number }>(sql`
    select count(*) filter (where token_count > ${tokens})::int as bad, count(*)::int as total from llm_usage
    where day = (${now.toISOString()}::timestamptz at time zone 'Europe/Dublin')::date`)
  return row ?? { bad: 0, total: 0 }
}

export type AlertReading = {
  rule: string
  evaluatedAt: Date
  firingSince: Date | null
  burnShort: number
  burnLong: number
  badCount: number
  totalCount: number
}

type ReadingTexts = Omit<AlertReading, 'evaluatedAt' | 'firingSince'> & {
  evaluatedAt: string
  firingSince: string | null
}

export async function listAlertReadings(db: Db): Promise<AlertReading[]> {
  const rows = await db.execute<ReadingTexts>(sql`
    select rule, evaluated_at as "evaluatedAt", firing_since as "firingSince", burn_short as "burnShort",
      burn_long as "burnLong", bad_count as "badCount", total_count as "totalCount"
    from alert_readings order by rule limit 50`)
  return rows.map((row) => ({
    ...row,
    evaluatedAt: new Date(row.evaluatedAt),
    firingSince: row.firingSince ? new Date(row.firingSince) : null,
  }))
}

export type NewReading = Omit<AlertReading, 'firingSince'> & { isFiring: boolean }

export async function upsertAlertReading(db: Db, reading: NewReading): Promise<void> {
  const { rule, burnShort, burnLong, badCount, totalCount, isFiring } = reading
  const at = sql`${reading.evaluatedAt.toISOString()}::timestamptz`
  await db.execute(sql`
    insert into alert_readings as r (rule, evaluated_at, firing_since, burn_short, burn_long, bad_count, total_count)
    values (${rule}, ${at}, ${isFiring ? at : sql`null`}, ${burnShort}, ${burnLong}, ${badCount}, ${totalCount})
    on conflict (rule) do update set evaluated_at = excluded.evaluated_at,
      firing_since = case when ${isFiring}::boolean then coalesce(r.firing_since, excluded.evaluated_at) end,
      burn_short = excluded.burn_short, burn_long = excluded.burn_long,
      bad_count = excluded.bad_count, total_count = excluded.total_count`)
}

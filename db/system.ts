// What the database says of itself, and the minutes that the processes noted of themselves.
import { type SQL, sql } from 'drizzle-orm'
import { current, type Db } from './client.ts'
import { loadSamples } from './schema/index.ts'

export type DatabaseFigures = {
  sizeBytes: number
  /** Of the blocks that were read, those that were in the server's memory; null before anything was read. */
  bufferHitShare: number | null
  connectionsMax: number
  deadlocks: number
}

export async function databaseFigures(db: Db): Promise<DatabaseFigures> {
  const [row] = await db.execute<DatabaseFigures>(sql`
    select pg_database_size(datname)::float8 as "sizeBytes",
      (blks_hit::float8 / nullif(blks_hit + blks_read, 0)) as "bufferHitShare",
      current_setting('max_connections')::int as "connectionsMax", deadlocks::int as deadlocks
    from pg_stat_database where datname = current_database()`)
  if (!row) throw new Error('the database does not know itself')
  return row
}

export type RunningStatement = {
  pid: number
  state: string
  seconds: number
  waitsFor: string | null
  text: string
}

const RUNNING_SHOWN = 20
const CONNECTIONS_STATEMENT = `
  select coalesce(state, 'unknown') as state, count(*)::int as count from pg_stat_activity
  where datname = current_database() group by 1 order by 2 desc, 1 limit 10`
const RUNNING_STATEMENT = `
  select pid, coalesce(state, 'unknown') as state, wait_event_type || ': ' || wait_event as "waitsFor",
    extract(epoch from clock_timestamp() - coalesce(xact_start, query_start))::float8 as seconds, left(query, 300) as text
  from pg_stat_activity
  where datname = current_database() and usename = session_user and state <> 'idle' and pid <> pg_backend_pid()
  order by 4 desc nulls last, pid limit ${RUNNING_SHOWN}`

/**
 * The application's connections, and what they run now. As the login role itself and behind no door: a role that was
 * changed into is not told what the connections of others do. The view holds no rows of anybody.
 */
export async function connectionFigures(): Promise<{
  connections: { state: string; count: number }[]
  running: RunningStatement[]
}> {
  const { client } = current()
  const connections = await client.unsafe<{ state: string; count: number }[]>(CONNECTIONS_STATEMENT)
  const running = await client.unsafe<RunningStatement[]>(RUNNING_STATEMENT)
  return { connections: [...connections], running: [...running] }
}

export type LlmFigures = {
  calls: number
  msP50: number | null
  msP95: number | null
  promptTokens: number
  completionTokens: number
  failures: number
}

/** Of the answers that the model wrote in the last so many minutes; the time is that of its stage. */
export async function llmFigures(db: Db, minutes: number): Promise<LlmFigures> {
  const since = sql`now() - ${minutes}::int * interval '1 minute'`
  const [row] = await db.execute<LlmFigures>(sql`
    select count(*)::int as calls, percentile_cont(0.5) within group (order by ms)::float8 as "msP50",
      percentile_cont(0.95) within group (order by ms)::float8 as "msP95",
      coalesce(sum(prompt_tokens), 0)::float8 as "promptTokens",
      coalesce(sum(completion_tokens), 0)::float8 as "completionTokens",
      (select count(*)::int from llm_error_log where id >= ${firstIdSince(since)} and created_at > ${since}) as failures
    from (
      select prompt_tokens, completion_tokens, (
          select (s ->> 'ms')::float8 from jsonb_array_elements(stages) s where s ->> 'stage' = 'compose' limit 1
        ) as ms
      from rag_log where id >= ${firstIdSince(since)} and created_at > ${since} and model is not null
    ) answers`)
  if (!row) throw new Error('an aggregate without a row')
  return row
}

/** Ids begin with their millisecond, so that the primary key finds where a time begins. */
const firstIdSince = (since: SQL) =>
  sql`(lpad(to_hex((extract(epoch from ${since}) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid`

export async function insertLoadSample(db: Db, row: typeof loadSamples.$inferInsert): Promise<void> {
  await db.insert(loadSamples).values(row)
}

/** How many jobs are due, and how long the oldest of them has been; through the queue's door. */
export async function queueFigures(db: Db): Promise<{ depth: number; ageMs: number }> {
  const [row] = await db.execute<{ depth: number; ageMs: number }>(sql`
    select count(*)::int as depth, coalesce(extract(epoch from now() - min(scheduled_at)) * 1000, 0)::float8 as "ageMs"
    from job_status where state in ('available','scheduled','retryable') and scheduled_at <= now()
      and kind not in (select kind from paused_job_kinds)
      and not exists (select from tenants t where t.id = tenant_id and t.suspended_at is not null)`)
  return row ?? { depth: 0, ageMs: 0 }
}

export type LoadBucket = {
  at: Date
  cpuPercent: number
  rssMegabytes: number
  lagMs: number
  requests: number
  failures: number
  streams: number
  queueDepth: number
  queueAgeMs: number
  release: string
}

const BUCKETS_MAX = 400

/** The minutes of all processes together, in buckets: requests are summed, of lag and age the worst counts. */
export async function loadBuckets(
  db: Db,
  span: { minutes: number; bucketMinutes: number },
): Promise<LoadBucket[]> {
  const rows = await db.execute<Omit<LoadBucket, 'at'> & { at: string }>(sql`
    with of_process as (
      select date_bin(${span.bucketMinutes}::int * interval '1 minute', created_at, 'epoch') as at, process,
        avg(cpu_percent) as cpu, avg(rss_megabytes) as rss, max(lag_ms) as lag, sum(requests) as requests,
        sum(failures) as failures, max(streams) as streams, max(queue_depth) as depth, max(queue_age_ms) as age,
        (array_agg(release order by created_at desc))[1] as release
      from load_samples where created_at > now() - ${span.minutes}::int * interval '1 minute'
      group by 1, 2
    )
    select at, sum(cpu)::float8 as "cpuPercent", sum(rss)::float8 as "rssMegabytes", max(lag)::float8 as "lagMs",
      sum(requests)::int as requests, sum(failures)::int as failures, sum(streams)::int as streams,
      max(depth)::int as "queueDepth", max(age)::int as "queueAgeMs", max(release) as release
    from of_process group by at order by at limit ${BUCKETS_MAX}`)
  return rows.map((row) => ({ ...row, at: new Date(row.at) }))
}

// What the operator sees of the queue: figures a kind, worker processes, newest ticks, kinds that are paused.
import { sql } from 'drizzle-orm'
import type { JobState } from './jobs.ts'
import type { Db } from './scope.ts'

const WORKERS_SHOWN = 50

export type KindFigures = {
  kind: string
  available: number
  scheduled: number
  running: number
  retryable: number
  /** Those that are over: of the last 24 hours. */
  completed: number
  cancelled: number
  discarded: number
  completedLastHour: number
  /** Of those that ended in the last hour. */
  waitMsP95: number | null
  runMsP95: number | null
  /** How long the oldest due job has been waiting; null when none is. */
  oldestWaitMs: number | null
}

/** Waiting and running jobs and those that ended in the last day: partial indexes hold both. */
export async function kindFigures(db: Db): Promise<KindFigures[]> {
  return db.execute<KindFigures>(sql`
    select kind, count(*) filter (where state = 'available')::int as available,
      count(*) filter (where state = 'scheduled')::int as scheduled,
      count(*) filter (where state = 'running')::int as running,
      count(*) filter (where state = 'retryable')::int as retryable,
      count(*) filter (where state = 'completed')::int as completed,
      count(*) filter (where state = 'cancelled')::int as cancelled,
      count(*) filter (where state = 'discarded')::int as discarded,
      count(*) filter (where state = 'completed' and finalized_at > now() - interval '1 hour')::int as "completedLastHour",
      percentile_cont(0.95) within group (order by extract(epoch from attempted_at - greatest(created_at, scheduled_at)) * 1000)
        filter (where finalized_at > now() - interval '1 hour' and attempted_at is not null)::float8 as "waitMsP95",
      percentile_cont(0.95) within group (order by extract(epoch from finalized_at - attempted_at) * 1000)
        filter (where finalized_at > now() - interval '1 hour' and attempted_at is not null)::float8 as "runMsP95",
      (extract(epoch from now() - min(scheduled_at) filter (
        where state in ('available','scheduled','retryable') and scheduled_at <= now())) * 1000)::float8 as "oldestWaitMs"
    from job_status
    where state in ('available','scheduled','retryable') or state = 'running'
      or (finalized_at is not null and finalized_at > now() - interval '1 day')
    group by kind order by kind`)
}

export type WorkerRow = {
  processNumber: number
  host: string
  pid: number
  threadCount: number
  runningCount: number
  replacementCount: number
  startedAt: Date
  heartbeatAgeMs: number
}

export async function listWorkers(db: Db): Promise<WorkerRow[]> {
  const rows = await db.execute<Omit<WorkerRow, 'startedAt'> & { startedAt: string }>(sql`
    select process_number as "processNumber", host, pid, thread_count as "threadCount", running_count as "runningCount",
      replacement_count as "replacementCount", started_at as "startedAt",
      (extract(epoch from now() - heartbeat_at) * 1000)::float8 as "heartbeatAgeMs"
    from job_workers order by heartbeat_at desc, process_number limit ${WORKERS_SHOWN}`)
  return rows.map((row) => ({ ...row, startedAt: new Date(row.startedAt) }))
}

export type TickRow = {
  task: string
  tickAt: Date
  firedAt: Date
  jobId: string | null
  state: JobState | null
}

/** The newest tick of every task, and what became of its job. */
export async function newestTicks(db: Db): Promise<TickRow[]> {
  const rows = await db.execute<
    Omit<TickRow, 'tickAt' | 'firedAt'> & { tickAt: string; firedAt: string }
  >(sql`
    select distinct on (t.task) t.task, t.tick_at as "tickAt", t.fired_at as "firedAt", j.id as "jobId", j.state
    from cron_ticks t left join job_status j on j.id = t.job_id
    order by t.task, t.tick_at desc`)
  return rows.map((row) => ({ ...row, tickAt: new Date(row.tickAt), firedAt: new Date(row.firedAt) }))
}

/** Since when each is paused. */
export async function pausedKinds(db: Db): Promise<Map<string, Date>> {
  const rows = await db.execute<{ kind: string; pausedAt: string }>(
    sql`select kind, paused_at as "pausedAt" from paused_job_kinds order by kind`,
  )
  return new Map(rows.map(({ kind, pausedAt }) => [kind, new Date(pausedAt)]))
}

/** False when it was paused already. */
export async function pauseKind(db: Db, kind: string): Promise<boolean> {
  const rows = await db.execute(
    sql`insert into paused_job_kinds (kind) values (${kind}) on conflict do nothing returning kind`,
  )
  return rows.length > 0
}

/** Tells the threads, too. False when it was not paused. */
export async function resumeKind(db: Db, kind: string): Promise<boolean> {
  const rows = await db.execute(sql`
    with resumed as (delete from paused_job_kinds where kind = ${kind} returning kind)
    select kind, pg_notify('jobs_available', '')::text from resumed`)
  return rows.length > 0
}

// Counts of the queue, and the removal of what is long over.
import { sql } from 'drizzle-orm'
import type { Db } from './scope.ts'

export type QueueDepth = {
  waiting: number
  scheduled: number
  retryable: number
  running: number
  discardedLastDay: number
  /** How long the oldest due job has been waiting. */
  oldestWaitMs: number
}

export async function queueDepth(db: Db): Promise<QueueDepth> {
  const [row] = await db.execute<QueueDepth>(sql`
    select count(*) filter (where state = 'available')::int as waiting,
      count(*) filter (where state = 'scheduled')::int as scheduled,
      count(*) filter (where state = 'retryable')::int as retryable,
      count(*) filter (where state = 'running')::int as running,
      count(*) filter (where state = 'discarded')::int as "discardedLastDay",
      greatest(0, coalesce(extract(epoch from now() - min(scheduled_at)
        filter (where state in ('available','scheduled','retryable'))), 0) * 1000)::float8 as "oldestWaitMs"
    from job_status
    where state in ('available','scheduled','retryable','running')
      or (state = 'discarded' and finalized_at is not null and finalized_at > now() - interval '1 day')`)
  if (!row) throw new Error('an aggregate without a row')
  return row
}

export type Retention = { completedDays: number; cancelledDays: number; discardedDays: number }

/** Removes up to `limit` finished jobs past their time, with their attempts. Returns how many. */
export async function deleteOldJobs(db: Db, retention: Retention, limit: number): Promise<number> {
  const rows = await db.execute(sql`
    delete from job_status where id in (
      select id from job_status where finalized_at is not null and finalized_at < now() - case state
        when 'completed' then ${retention.completedDays} * interval '1 day'
        when 'cancelled' then ${retention.cancelledDays} * interval '1 day'
        else ${retention.discardedDays} * interval '1 day' end
      order by finalized_at limit ${limit}
    ) returning id`)
  return rows.length
}

/** The newest tick of each task stays, because it tells from when ticks were missed. */
export async function deleteOldTicks(db: Db, days: number): Promise<void> {
  await db.execute(sql`
    delete from cron_ticks t where tick_at < now() - ${days} * interval '1 day'
      and exists (select from cron_ticks newer where newer.task = t.task and newer.tick_at > t.tick_at)`)
}

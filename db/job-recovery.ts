// Jobs whose worker stopped, died or fell silent: put back so that another runs them.
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './scope.ts'

/** A job that keeps losing its process is more likely the cause than the victim. */
const LOST_COUNT_MAX = 10
const BATCH = 1_000
/** First key of the advisory locks that processes with workers hold while they live. */
const PROCESS_LOCK_CLASS = 28_520

/** Puts back, uncounted, what a stopped thread or process still held. Returns the jobs' ids. */
export async function releaseOwned(db: Db, ownerPrefix: string): Promise<string[]> {
  return takeBack(
    db,
    'released',
    sql`select id from job_status
    where state = 'running' and starts_with(lease_owner, ${ownerPrefix}) for update`,
  )
}

/** Puts back what nobody has renewed for the length of a lease. */
export async function reapExpired(db: Db): Promise<string[]> {
  return takeBack(
    db,
    'lost',
    sql`select id from job_status
    where state = 'running' and lease_expires_at < now() limit ${BATCH} for update skip locked`,
  )
}

/** Puts back what processes held whose lock is gone, which is sooner than their leases would tell. */
export async function requeueOrphans(db: Db, silentMs: number): Promise<string[]> {
  return takeBack(
    db,
    'lost',
    sql`select id from job_status
    where state = 'running' and heartbeat_at <= now() - ${silentMs} * interval '1 ms'
      and split_part(lease_owner, '.', 1)::bigint not in (
        select objid::bigint from pg_locks
        where locktype = 'advisory' and classid = ${PROCESS_LOCK_CLASS} and objsubid = 2 and granted
          and database = (select oid from pg_database where datname = current_database()))
    limit ${BATCH} for update skip locked`,
  )
}

/** Says to every process that this one lives, for as long as the connection does. */
export async function lockProcess(db: Db, processNumber: number): Promise<void> {
  await db.execute(sql`select pg_advisory_lock(${PROCESS_LOCK_CLASS}::int, ${processNumber}::int)`)
}

async function takeBack(db: Db, outcome: 'released' | 'lost', rows: SQL): Promise<string[]> {
  const isLost = outcome === 'lost'
  const taken = await db.execute<{ id: string }>(sql`
    with found as (${rows}), verdict as (
      select s.id, s.lease_owner as worker, case
        when s.cancel_requested_at is not null then 'cancelled'
        when ${isLost} and s.lost_count + 1 >= ${LOST_COUNT_MAX} then 'discarded'
        else 'available' end as state
      from job_status s join found using (id)
    ), moved as (
      update job_status s set state = v.state, attempt = attempt - 1, lost_count = lost_count + ${isLost ? 1 : 0}::int,
        lease_owner = null, lease_expires_at = null,
        error_code = case v.state when 'cancelled' then 'cancelled_on_request' when 'discarded' then 'worker_lost' end,
        finalized_at = case when v.state <> 'available' then now() end
      from verdict v where s.id = v.id
      returning s.id
    ), closed as (
      update job_attempts a set outcome = ${outcome}, finished_at = now(),
        error_code = case when ${isLost} then 'worker_lost' end
      from verdict v where a.job_id = v.id and a.worker = v.worker and a.finished_at is null
    )
    select id from moved`)
  return taken.map((row) => row.id)
}

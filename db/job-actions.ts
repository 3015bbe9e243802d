// What people and programs do to jobs, many at once: run again, stop, give up.
import { sql } from 'drizzle-orm'
import type { JobState } from './jobs.ts'
import type { Db } from './scope.ts'

/** Rows are locked in one order, so that two bulk actions wait for each other instead of ending in a deadlock. */
const locked = (ids: readonly string[]) =>
  sql`select id from job_status where id = any(${uuids(ids)}) order by id for update`

const uuids = (ids: readonly string[]) => sql`${`{${ids.join(',')}}`}::uuid[]`

/** Kind and state of those that are there, for telling what an action found. */
export async function statesOfJobs(
  db: Db,
  ids: readonly string[],
): Promise<{ id: string; kind: string; state: JobState }[]> {
  return db.execute<{ id: string; kind: string; state: JobState }>(
    sql`select id, kind, state from job_status where id = any(${uuids(ids)}) order by id`,
  )
}

/**
 * Runs those that ended badly once more with a fresh budget, and those that wait at once. One whose dedupe key is
 * alive in another job stays as it is, and of several with one key the newest is taken. Returns the ids that run.
 * @param attempts the budget by kind; kinds that are not named get one attempt
 * @throws unique_violation when a job of the same dedupe key came in meanwhile
 */
export async function retryJobs(
  db: Db,
  ids: readonly string[],
  attempts: Record<string, number>,
): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    with found as materialized (${locked(ids)}), fit as (
      select distinct on (s.tenant_id, s.kind, coalesce(s.dedupe_key, s.id::text)) s.id
      from job_status s join found using (id)
      where s.state in ('cancelled','discarded','retryable','scheduled')
        and (s.dedupe_key is null or s.finalized_at is null or not exists (
          select from job_status live
          where live.tenant_id is not distinct from s.tenant_id and live.kind = s.kind
            and live.dedupe_key = s.dedupe_key and live.id <> s.id
            and live.state in ('available','scheduled','running','retryable')))
      order by s.tenant_id, s.kind, coalesce(s.dedupe_key, s.id::text), s.created_at desc, s.id desc
    ), retried as (
      update job_status s set state = 'available', scheduled_at = now(), finalized_at = null, error_code = null,
        cancel_requested_at = null, lost_count = 0,
        max_attempts = case when s.finalized_at is null then s.max_attempts
          else s.attempt + coalesce((${JSON.stringify(attempts)}::jsonb->>s.kind)::int, 1) end
      from fit where s.id = fit.id
      returning s.id
    )
    select id, pg_notify('jobs_available', '')::text from retried`)
  return rows.map(({ id }) => id)
}

export type Stopped = { id: string; state: 'cancelled' | 'running' }

/** Ends those that wait at once and asks those that run to stop. What is over, or not there, is left out. */
export async function cancelJobs(db: Db, ids: readonly string[]): Promise<Stopped[]> {
  return db.execute<Stopped>(sql`
    with found as materialized (${locked(ids)}), asked as (
      update job_status s set cancel_requested_at = coalesce(cancel_requested_at, now()),
        state = case when state = 'running' then state else 'cancelled' end,
        finalized_at = case when state = 'running' then null else now() end,
        error_code = case when state = 'running' then null else 'cancelled_on_request' end
      from found where s.id = found.id and s.state in ('available','scheduled','running','retryable')
      returning s.id, s.state
    )
    select id, state, pg_notify('jobs_cancelled', id::text)::text from asked`)
}

/** Gives up those that wait; they stay listed among the failed and can be retried. Returns their ids. */
export async function discardJobs(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    with found as materialized (${locked(ids)})
    update job_status s set state = 'discarded', finalized_at = now(), error_code = 'discarded_by_operator'
    from found where s.id = found.id and s.state in ('available','scheduled','retryable')
    returning s.id`)
  return rows.map(({ id }) => id)
}

// Jobs as running workers move them: claim, renew, note progress, settle, and prove that a run is the current one.
import { sql } from 'drizzle-orm'
import type { Db } from './scope.ts'

/** Long enough for a main thread that stalls, short enough that a dead worker's job runs again within a minute. */
const LEASE_MS = 50_000
const ERROR_DETAIL_CHARS_MAX = 8_000
/** Other workers may be locking the front of the line, so each tenant offers more rows than are wanted. */
const CANDIDATES_PER_SLOT = 4

/** Kinds that draw on the same free slots. */
export type Lane = { kinds: readonly string[]; free: number }

/** What proves that a run of a job is the current one. An owner names one claim of one thread, never two. */
export type Lease = { id: string; owner: string; attempt: number }

export type ClaimedJob = Lease & {
  tenantId: string | null
  kind: string
  payload: unknown
  maxAttempts: number
  timeoutMs: number
  requestId: string | null
}

/**
 * Leases due jobs to `owner`: by priority, then the tenant with the fewest running (counting those picked
 * before it here), then age. Each lane gets at most what it has free.
 */
export async function claimJobs(db: Db, owner: string, lanes: readonly Lane[]): Promise<ClaimedJob[]> {
  return db.execute<ClaimedJob>(sql`
    with recursive lane as (
      select array(select unnest(l.kinds) except select kind from paused_job_kinds) as kinds, free
      from jsonb_to_recordset(${JSON.stringify(lanes)}::jsonb) as l(kinds text[], free int)
    ), waiting(tenant) as (
      (select coalesce(tenant_id, '00000000-0000-0000-0000-000000000000') from job_status
        where state in ('available','scheduled','retryable')
        order by coalesce(tenant_id, '00000000-0000-0000-0000-000000000000') limit 1)
      union all
      select (select coalesce(tenant_id, '00000000-0000-0000-0000-000000000000') from job_status
        where state in ('available','scheduled','retryable')
          and coalesce(tenant_id, '00000000-0000-0000-0000-000000000000') > w.tenant
        order by coalesce(tenant_id, '00000000-0000-0000-0000-000000000000') limit 1)
      from waiting w where w.tenant is not null
    ), busy as (
      select coalesce(tenant_id, '00000000-0000-0000-0000-000000000000') as tenant, count(*) as running
      from job_status where state = 'running' group by 1
    ), candidate as materialized (
      select j.id, lane.kinds, j.priority, j.scheduled_at, coalesce(busy.running, 0)
        + row_number() over (partition by w.tenant, lane.kinds order by j.priority, j.scheduled_at, j.id) as turn
      from waiting w left join busy using (tenant) cross join lane
      cross join lateral (
        select id, priority, scheduled_at from job_status
        where coalesce(tenant_id, '00000000-0000-0000-0000-000000000000') = w.tenant
          and state in ('available','scheduled','retryable') and scheduled_at <= now() and kind = any(lane.kinds)
        order by priority, scheduled_at, id limit lane.free * ${CANDIDATES_PER_SLOT}::int
      ) j
      where not exists (select from tenants t where t.id = w.tenant and t.suspended_at is not null)
    ), picked as (
      select p.id from lane cross join lateral (
        select s.id from (
          select id from candidate where kinds = lane.kinds order by priority, turn, scheduled_at, id
        ) c cross join lateral (
          -- One row at a time in that order, so that no more are locked than are taken. The time is asked again: a job
          -- that was taken, failed and put off since this statement began is seen here as it is now.
          select id from job_status
          where id = c.id and state in ('available','scheduled','retryable') and scheduled_at <= now()
          for update skip locked
        ) s limit lane.free
      ) p
    ), claimed as (
      update job_status s set state = 'running', attempt = attempt + 1, lease_owner = ${owner},
        lease_expires_at = now() + ${LEASE_MS} * interval '1 ms', heartbeat_at = now(), attempted_at = now(),
        error_code = null
      from picked where s.id = picked.id
      returning s.id, s.tenant_id, s.kind, s.payload, s.attempt, s.max_attempts, s.timeout_ms, s.request_id
    ), tried as (
      insert into job_attempts (id, tenant_id, job_id, attempt, worker)
      select gen_random_uuid(), tenant_id, id, attempt, ${owner} from claimed
    )
    select id, ${owner}::text as owner, attempt, tenant_id as "tenantId", kind, payload,
      max_attempts as "maxAttempts", timeout_ms as "timeoutMs", request_id as "requestId" from claimed`)
}

/** How long until the next waiting job is due; 0 or less when one is; null when none waits. */
export async function nextDueInMs(db: Db): Promise<number | null> {
  const [row] = await db.execute<{ ms: number | null }>(sql`
    select case when exists (
      select from job_status where state in ('available','scheduled','retryable') and scheduled_at <= now()
        and kind <> all(array(select kind from paused_job_kinds))
    ) then 0 else (
      select (extract(epoch from min(scheduled_at) - now()) * 1000)::float8
      from job_status where state in ('available','scheduled','retryable')
        and kind <> all(array(select kind from paused_job_kinds))
    ) end as ms`)
  return row?.ms ?? null
}

export type Held = { id: string; owner: string; isCancelRequested: boolean }

/**
 * Extends the leases that are still held and says which those are. A row locked by a fenced write keeps its
 * old expiry until the next beat rather than making the beat wait.
 */
export async function renewLeases(db: Db, leases: readonly Lease[]): Promise<Held[]> {
  return db.execute<Held>(sql`
    with asked as (
      select id, owner, attempt from jsonb_to_recordset(${JSON.stringify(leases)}::jsonb)
        as a(id uuid, owner text, attempt int)
    ), mine as (
      select s.id, s.lease_owner, s.cancel_requested_at from job_status s join asked a on a.id = s.id
      where s.state = 'running' and s.lease_owner = a.owner and s.attempt = a.attempt
    ), free as (
      select s.id, s.lease_owner from job_status s
      where s.id in (select id from mine) for update skip locked
    ), renewed as (
      update job_status s set lease_expires_at = now() + ${LEASE_MS} * interval '1 ms', heartbeat_at = now()
      from free join mine using (id, lease_owner)
      where s.id = free.id and s.state = 'running' and s.lease_owner = mine.lease_owner
    )
    select id, lease_owner as owner, cancel_requested_at is not null as "isCancelRequested" from mine`)
}

export type Progress = { stage: string | null; done: number; total: number }

export type Settlement = {
  state: 'completed' | 'retryable' | 'scheduled' | 'cancelled' | 'discarded'
  outcome: 'completed' | 'failed' | 'cancelled' | 'snoozed'
  code: string | null
  detail: string | null
  delayMs: number
  /** A snooze is not an attempt. */
  isCounted: boolean
}

export type Settling = { lease: Lease; settlement: Settlement; progress: Progress | null }

/** Ends the current runs of jobs. Returns the ids of those that were the current ones; the others stay as they are. */
export async function settleJobs(db: Db, settlings: readonly Settling[]): Promise<string[]> {
  const rows = settlings.map(({ lease, settlement, progress }) => ({
    id: lease.id,
    owner: lease.owner,
    attempt: lease.attempt,
    stage: progress?.stage,
    done: progress?.done,
    total: progress?.total,
    state: settlement.state,
    outcome: settlement.outcome,
    code: settlement.code,
    delay_ms: settlement.delayMs,
    uncounted: settlement.isCounted ? 0 : 1,
    is_final: settlement.state !== 'retryable' && settlement.state !== 'scheduled',
    detail: settlement.detail?.slice(0, ERROR_DETAIL_CHARS_MAX),
  }))
  const settled = await db.execute<{ id: string }>(sql`
    with ending as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(id uuid, owner text, attempt int,
        stage text, done int, total int, state text, outcome text, code text, delay_ms float8, uncounted int,
        is_final boolean, detail text)
    ), settled as (
      update job_status s set
        state = case when e.is_final or cancel_requested_at is null then e.state else 'cancelled' end,
        error_code = case when e.is_final or cancel_requested_at is null then e.code else 'cancelled_on_request' end,
        finalized_at = case when e.is_final or cancel_requested_at is not null then now() end,
        attempt = s.attempt - e.uncounted,
        scheduled_at = case when e.is_final then scheduled_at else now() + e.delay_ms * interval '1 ms' end,
        stage = coalesce(e.stage, s.stage), progress_done = coalesce(e.done, progress_done),
        progress_total = coalesce(e.total, progress_total), lease_owner = null, lease_expires_at = null
      from ending e
      where s.id = e.id and s.state = 'running' and s.lease_owner = e.owner and s.attempt = e.attempt
      returning s.id, e.owner, e.outcome, e.code, e.detail
    ), closed as (
      update job_attempts a set outcome = s.outcome, error_code = s.code, error_detail = s.detail, finished_at = now()
      from settled s where a.job_id = s.id and a.worker = s.owner and a.finished_at is null
    )
    select id from settled`)
  return settled.map(({ id }) => id)
}

/** Writes down how far running jobs are. Rows that are locked or no longer held are left alone. */
export async function recordProgress(db: Db, reports: readonly (Lease & Progress)[]): Promise<void> {
  await db.execute(sql`
    with report as (
      select * from jsonb_to_recordset(${JSON.stringify(reports)}::jsonb)
        as r(id uuid, owner text, attempt int, stage text, done int, total int)
    ), free as (
      select id from job_status where id in (select id from report) for update skip locked
    )
    update job_status s set stage = r.stage, progress_done = r.done, progress_total = r.total
    from report r join free using (id)
    where s.id = r.id and s.state = 'running' and s.lease_owner = r.owner and s.attempt = r.attempt`)
}

/** True while the run is the current one. */
export async function isLeaseHeld(db: Db, lease: Lease): Promise<boolean> {
  const rows = await db.execute(sql`select id from job_status
    where id = ${lease.id} and state = 'running' and lease_owner = ${lease.owner} and attempt = ${lease.attempt}`)
  return rows.length > 0
}

/**
 * The same, and keeps it so until the transaction ends: nobody can take the job over meanwhile. `cancelled`: it is
 * still ours, but somebody wants it stopped, so nothing more may be written for it.
 */
export async function lockLease(db: Db, lease: Lease): Promise<'held' | 'cancelled' | 'lost'> {
  const [row] = await db.execute<{ isCancelRequested: boolean }>(sql`
    select cancel_requested_at is not null as "isCancelRequested" from job_status
    where id = ${lease.id} and state = 'running' and lease_owner = ${lease.owner} and attempt = ${lease.attempt}
    for update`)
  if (!row) return 'lost'
  return row.isCancelRequested ? 'cancelled' : 'held'
}

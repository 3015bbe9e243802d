// Jobs as those who enqueue and watch them see them: insert, look up, list, retry, cancel.
import { and, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { jobAttempts, jobStatus } from './schema/index.ts'
import type { Db } from './scope.ts'

export type JobState = (typeof jobStatus.$inferSelect)['state']

export type NewJob = {
  id: string
  tenantId: string | null
  kind: string
  payload: unknown
  priority: number
  maxAttempts: number
  timeoutMs: number
  delayMs: number
  dedupeKey: string | null
  requestId: string | null
}

const ATTEMPTS_LISTED_MAX = 100
const NO_TENANT = sql`'00000000-0000-0000-0000-000000000000'`

/**
 * Inserts the job, or answers with the live one of the same dedupe key. Null when that one was committed
 * while this statement waited for it: it is in the next statement's snapshot.
 */
export async function insertJob(db: Db, job: NewJob): Promise<string | null> {
  const [row] = await db.execute<{ id: string }>(sql`
    with inserted as (
      insert into job_status (id, tenant_id, kind, payload, state, priority, max_attempts, timeout_ms,
        scheduled_at, dedupe_key, request_id)
      values (${job.id}, ${job.tenantId}, ${job.kind}, ${JSON.stringify(job.payload)}::jsonb,
        ${job.delayMs > 0 ? 'scheduled' : 'available'}, ${job.priority}, ${job.maxAttempts}, ${job.timeoutMs},
        now() + ${job.delayMs} * interval '1 ms', ${job.dedupeKey}, ${job.requestId})
      on conflict (coalesce(tenant_id, ${NO_TENANT}), kind, dedupe_key)
        where dedupe_key is not null and state in ('available','scheduled','running','retryable')
        do nothing
      returning id
    )
    select id from inserted
    union all
    select id from job_status
      where kind = ${job.kind} and dedupe_key = ${job.dedupeKey} and tenant_id is not distinct from ${job.tenantId}
        and state in ('available','scheduled','running','retryable')
    limit 1`)
  return row?.id ?? null
}

/** Inserts those jobs of which no live one has the dedupe key. Returns how many that were. */
export async function insertJobs(db: Db, jobs: readonly NewJob[]): Promise<number> {
  const rows = await db.execute(sql`
    insert into job_status (id, tenant_id, kind, payload, state, priority, max_attempts, timeout_ms,
      scheduled_at, dedupe_key, request_id)
    select id, "tenantId", kind, payload, case when "delayMs" > 0 then 'scheduled' else 'available' end, priority,
      "maxAttempts", "timeoutMs", now() + "delayMs" * interval '1 ms', "dedupeKey", "requestId"
    from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) as j(id uuid, "tenantId" uuid, kind text, payload jsonb,
      priority int, "maxAttempts" int, "timeoutMs" int, "delayMs" float8, "dedupeKey" text, "requestId" text)
    on conflict (coalesce(tenant_id, ${NO_TENANT}), kind, dedupe_key)
      where dedupe_key is not null and state in ('available','scheduled','running','retryable')
      do nothing
    returning id`)
  return rows.length
}

const columns = {
  id: jobStatus.id,
  tenantId: jobStatus.tenantId,
  kind: jobStatus.kind,
  state: jobStatus.state,
  priority: jobStatus.priority,
  attempt: jobStatus.attempt,
  maxAttempts: jobStatus.maxAttempts,
  stage: jobStatus.stage,
  progressDone: jobStatus.progressDone,
  progressTotal: jobStatus.progressTotal,
  errorCode: jobStatus.errorCode,
  requestId: jobStatus.requestId,
  scheduledAt: jobStatus.scheduledAt,
  attemptedAt: jobStatus.attemptedAt,
  heartbeatAt: jobStatus.heartbeatAt,
  finalizedAt: jobStatus.finalizedAt,
  cancelRequestedAt: jobStatus.cancelRequestedAt,
  createdAt: jobStatus.createdAt,
}

export type Job = {
  [K in keyof typeof columns]: (typeof jobStatus.$inferSelect)[K]
}

export async function jobById(db: Db, id: string): Promise<Job | null> {
  const [row] = await db.select(columns).from(jobStatus).where(eq(jobStatus.id, id)).limit(1)
  return row ?? null
}

export type JobFilter = { states?: readonly JobState[]; kind?: string }
export type JobCursor = { createdAt: Date; id: string }

/** Newest first; the last row's `createdAt` and `id` are the cursor of the next page. */
export async function listJobs(
  db: Db,
  filter: JobFilter,
  page: { limit: number; after?: JobCursor | undefined },
): Promise<Job[]> {
  const conditions: (SQL | undefined)[] = []
  if (filter.states) conditions.push(inArray(jobStatus.state, [...filter.states]))
  if (filter.kind) conditions.push(eq(jobStatus.kind, filter.kind))
  if (page.after) {
    const { createdAt, id } = page.after
    const sameInstant = and(eq(jobStatus.createdAt, createdAt), lt(jobStatus.id, id))
    conditions.push(or(lt(jobStatus.createdAt, createdAt), sameInstant))
  }
  return db
    .select(columns)
    .from(jobStatus)
    .where(and(...conditions))
    .orderBy(desc(jobStatus.createdAt), desc(jobStatus.id))
    .limit(page.limit)
}

/** Every try of a job, oldest first. The stack is for staff of the platform only. */
export async function attemptsOfJob(db: Db, jobId: string) {
  return db
    .select({
      id: jobAttempts.id,
      attempt: jobAttempts.attempt,
      worker: jobAttempts.worker,
      outcome: jobAttempts.outcome,
      errorCode: jobAttempts.errorCode,
      errorDetail: jobAttempts.errorDetail,
      startedAt: jobAttempts.startedAt,
      finishedAt: jobAttempts.finishedAt,
    })
    .from(jobAttempts)
    .where(eq(jobAttempts.jobId, jobId))
    .orderBy(jobAttempts.startedAt, jobAttempts.id)
    .limit(ATTEMPTS_LISTED_MAX)
}

/** Runs a job that ended badly once more with a fresh budget, or one that waits at once. False: not such a job. */
export async function retryJob(db: Db, id: string, attemptsMore: number): Promise<boolean> {
  const rows = await db.execute(sql`
    with retried as (
      update job_status set state = 'available', scheduled_at = now(), finalized_at = null, error_code = null,
        cancel_requested_at = null, lost_count = 0,
        max_attempts = case when finalized_at is null then max_attempts else attempt + ${attemptsMore}::int end
      where id = ${id} and state in ('cancelled','discarded','retryable','scheduled')
      returning id
    )
    select id, pg_notify('jobs_available', '')::text from retried`)
  return rows.length > 0
}

/** Ends a waiting job at once and asks a running one to stop. Null: it is over already, or not there. */
export async function cancelJob(db: Db, id: string): Promise<'cancelled' | 'running' | null> {
  const [row] = await db.execute<{ state: 'cancelled' | 'running' }>(sql`
    with asked as (
      update job_status set cancel_requested_at = now(),
        state = case when state = 'running' then state else 'cancelled' end,
        finalized_at = case when state = 'running' then null else now() end,
        error_code = case when state = 'running' then null else 'cancelled_on_request' end
      where id = ${id} and state in ('available','scheduled','running','retryable')
      returning id, state
    )
    select state, pg_notify('jobs_cancelled', id::text)::text from asked`)
  return row?.state ?? null
}

// Jobs as those who enqueue and watch them see them: insert, look up, list.
import { and, desc, eq, gte, inArray, lt, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { developments, documents, imports, jobAttempts, jobStatus, tenants, units } from './schema/index.ts'
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
  tenantName: tenants.name,
  documentId: documents.id,
  documentTitle: documents.title,
  unitId: units.id,
  unitNumber: units.number,
  developmentId: developments.id,
  developmentName: developments.name,
}

type Row = typeof jobStatus.$inferSelect
type AboutColumn =
  | 'tenantName'
  | 'documentId'
  | 'documentTitle'
  | 'unitId'
  | 'unitNumber'
  | 'developmentId'
  | 'developmentName'

/** A job and what it is about; the names are null for what is gone, and for jobs about nothing of these. */
export type Job = { [K in Exclude<keyof typeof columns, AboutColumn>]: Row[K] } & Record<
  AboutColumn,
  string | null
>

const named = (key: 'documentId' | 'unitId' | 'developmentId' | 'importId') =>
  sql`(${jobStatus.payload}->>${key}::text)::uuid`

/** The jobs of those ids, beside the rows that their payloads name. */
const jobsAndSubjects = (db: Db, ids: SQLWrapper) =>
  db
    .select(columns)
    .from(jobStatus)
    .leftJoin(tenants, eq(tenants.id, jobStatus.tenantId))
    .leftJoin(
      documents,
      and(eq(documents.tenantId, jobStatus.tenantId), eq(documents.id, named('documentId'))),
    )
    .leftJoin(units, and(eq(units.tenantId, jobStatus.tenantId), eq(units.id, named('unitId'))))
    .leftJoin(
      developments,
      and(
        eq(developments.tenantId, jobStatus.tenantId),
        eq(
          developments.id,
          sql`coalesce(${named('developmentId')}, ${documents.developmentId}, ${units.developmentId})`,
        ),
      ),
    )
    .where(inArray(jobStatus.id, ids))

export async function jobById(db: Db, id: string): Promise<Job | null> {
  const [row] = await jobsAndSubjects(db, sql`(select ${id}::uuid)`).limit(1)
  return row ?? null
}

export type JobFilter = {
  states?: readonly JobState[] | undefined
  kind?: string | undefined
  tenantId?: string | undefined
  documentId?: string | undefined
  unitId?: string | undefined
  developmentId?: string | undefined
  since?: Date | undefined
  /** Only those about something of a development, for who may see some developments only. */
  isOfSites?: boolean | undefined
}
export type JobCursor = { createdAt: Date; id: string }

/**
 * Newest first; the last row's `createdAt` and `id` are the cursor of the next page. The page is cut before anything
 * is joined to it, because the planner would rather join a million jobs first.
 */
export async function listJobs(
  db: Db,
  filter: JobFilter,
  page: { limit: number; after?: JobCursor | undefined },
): Promise<Job[]> {
  const conditions: (SQL | undefined)[] = [filter.states && inStates(filter.states)]
  if (filter.kind) conditions.push(eq(jobStatus.kind, filter.kind))
  if (filter.tenantId) conditions.push(eq(jobStatus.tenantId, filter.tenantId))
  if (filter.documentId) conditions.push(eq(named('documentId'), filter.documentId))
  if (filter.unitId) conditions.push(eq(named('unitId'), filter.unitId))
  if (filter.developmentId) conditions.push(aboutDevelopment(filter.developmentId))
  if (filter.isOfSites) conditions.push(ofSites)
  if (filter.since) conditions.push(gte(jobStatus.createdAt, filter.since))
  if (page.after) {
    const { createdAt, id } = page.after
    const sameInstant = and(eq(jobStatus.createdAt, createdAt), lt(jobStatus.id, id))
    conditions.push(or(lt(jobStatus.createdAt, createdAt), sameInstant))
  }
  const ids = db
    .select({ id: jobStatus.id })
    .from(jobStatus)
    .where(and(...conditions))
    .orderBy(desc(jobStatus.createdAt), desc(jobStatus.id))
    .limit(page.limit)
  return jobsAndSubjects(db, ids).orderBy(desc(jobStatus.createdAt), desc(jobStatus.id)).limit(page.limit)
}

/** State by state as the partial indexes have them: of a million jobs few are not over. */
function inStates(states: readonly JobState[]): SQL | undefined {
  const waiting = sql`${jobStatus.state} in ('available','scheduled','retryable')`
  const open = or(waiting, sql`${jobStatus.state} = 'running'`)
  const chosen = inArray(jobStatus.state, [...states])
  return states.some((state) => OVER.includes(state)) ? chosen : and(open, chosen)
}

const OVER: readonly JobState[] = ['completed', 'cancelled', 'discarded']

const aboutDevelopment = (developmentId: string) =>
  or(
    eq(named('developmentId'), developmentId),
    sql`${named('documentId')} in (select id from ${documents} where development_id = ${developmentId})`,
    sql`${named('unitId')} in (select id from ${units} where development_id = ${developmentId})`,
  )

/** About a document, a home, a development or an import. Row-level security leaves those that the caller may see. */
const ofSites = sql`(${jobStatus.payload} ?| array['documentId','unitId','developmentId'] or exists (
  select from ${imports} i where i.tenant_id = ${jobStatus.tenantId} and i.id = ${named('importId')}))`

/** Those of the ids that are about something of a development. */
export async function jobsOfSites(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: jobStatus.id })
    .from(jobStatus)
    .where(and(inArray(jobStatus.id, [...ids]), ofSites))
    .limit(ids.length)
  return rows.map(({ id }) => id)
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

// The queue: `job_status` is both what is to be done and what was done; `job_attempts` keeps every try.
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id } from './columns.ts'
import { tenants } from './tenants.ts'

/** `tenant_id` is null for jobs of the platform itself (purges, sweeps). */
export const jobStatus = pgTable(
  'job_status',
  {
    id: id(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    kind: text('kind').notNull(),
    payload: jsonb('payload').notNull(),
    state: text('state')
      .$type<'available' | 'scheduled' | 'running' | 'retryable' | 'completed' | 'cancelled' | 'discarded'>()
      .notNull()
      .default('available'),
    priority: smallint('priority').notNull().default(2),
    /** Attempts that count. A try that was released, snoozed or lost with its process is taken back. */
    attempt: smallint('attempt').notNull().default(0),
    lostCount: smallint('lost_count').notNull().default(0),
    maxAttempts: smallint('max_attempts').notNull(),
    scheduledAt: at('scheduled_at').notNull().defaultNow(),
    timeoutMs: integer('timeout_ms').notNull(),
    leaseOwner: text('lease_owner'),
    leaseExpiresAt: at('lease_expires_at'),
    heartbeatAt: at('heartbeat_at'),
    stage: text('stage'),
    progressDone: integer('progress_done').notNull().default(0),
    progressTotal: integer('progress_total').notNull().default(0),
    errorCode: text('error_code'),
    dedupeKey: text('dedupe_key'),
    requestId: text('request_id'),
    attemptedAt: at('attempted_at'),
    finalizedAt: at('finalized_at'),
    cancelRequestedAt: at('cancel_requested_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('job_status_tenant_id_id_key').on(t.tenantId, t.id),
    // Led by the tenant so that claiming can take turns between tenants without reading anybody's whole backlog.
    index('job_status_claim')
      .on(sql`coalesce(tenant_id, '00000000-0000-0000-0000-000000000000')`, t.priority, t.scheduledAt, t.id)
      .where(sql`state in ('available','scheduled','retryable')`),
    index('job_status_leases').on(t.leaseExpiresAt).where(sql`state = 'running'`),
    index('job_status_finalized').on(t.finalizedAt).where(sql`finalized_at is not null`),
    index('job_status_recent').on(t.tenantId, t.createdAt.desc(), t.id.desc()),
    uniqueIndex('job_status_dedupe_key')
      .on(sql`coalesce(tenant_id, '00000000-0000-0000-0000-000000000000')`, t.kind, t.dedupeKey)
      .where(sql`dedupe_key is not null and state in ('available','scheduled','running','retryable')`),
    check(
      'job_status_state_known',
      sql`${t.state} in ('available','scheduled','running','retryable','completed','cancelled','discarded')`,
    ),
    check(
      'job_status_finalized',
      sql`(${t.finalizedAt} is not null) = (${t.state} in ('completed','cancelled','discarded'))`,
    ),
    check('job_status_leased', sql`(${t.leaseOwner} is not null) = (${t.state} = 'running')`),
    check('job_status_priority_range', sql`${t.priority} between 1 and 4`),
    check('job_status_attempt_range', sql`${t.attempt} between 0 and ${t.maxAttempts}`),
  ],
)

export const jobAttempts = pgTable(
  'job_attempts',
  {
    id: id(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    jobId: uuid('job_id').notNull(),
    attempt: smallint('attempt').notNull(),
    worker: text('worker').notNull(),
    outcome: text('outcome').$type<'completed' | 'failed' | 'cancelled' | 'snoozed' | 'lost' | 'released'>(),
    errorCode: text('error_code'),
    errorDetail: text('error_detail'),
    startedAt: at('started_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    index('job_attempts_job').on(t.jobId, t.attempt),
    index('job_attempts_tenant').on(t.tenantId, t.startedAt.desc(), t.id.desc()),
    check(
      'job_attempts_outcome_known',
      sql`${t.outcome} in ('completed','failed','cancelled','snoozed','lost','released')`,
    ),
    check('job_attempts_finished', sql`(${t.finishedAt} is null) = (${t.outcome} is null)`),
    foreignKey({
      name: 'job_attempts_job_fkey',
      columns: [t.jobId],
      foreignColumns: [jobStatus.id],
    }).onDelete('cascade'),
  ],
)

/** One row per tick of a cron task, whoever fires it first. */
export const cronTicks = pgTable(
  'cron_ticks',
  {
    id: id(),
    task: text('task').notNull(),
    tickAt: at('tick_at').notNull(),
    /** Null on the first tick ever seen: it marks from when ticks can be missed. */
    jobId: uuid('job_id'),
    firedAt: at('fired_at').notNull().defaultNow(),
  },
  (t) => [unique('cron_ticks_task_tick_key').on(t.task, t.tickAt)],
)

/** Processes that run jobs, as they last said of themselves. A row that fell silent is a process that died. */
export const jobWorkers = pgTable('job_workers', {
  /** Lease owners begin with it. */
  processNumber: integer('process_number').primaryKey(),
  host: text('host').notNull(),
  pid: integer('pid').notNull(),
  threadCount: smallint('thread_count').notNull(),
  runningCount: integer('running_count').notNull().default(0),
  /** Threads that had to be replaced since the start. */
  replacementCount: integer('replacement_count').notNull().default(0),
  startedAt: at('started_at').notNull().defaultNow(),
  heartbeatAt: at('heartbeat_at').notNull().defaultNow(),
})

/** Kinds of which nothing is claimed until the row is gone; what runs already goes on. */
export const pausedJobKinds = pgTable('paused_job_kinds', {
  kind: text('kind').primaryKey(),
  pausedAt: at('paused_at').notNull().defaultNow(),
})

// What happened, for the people who must know: activity, errors, scans, ingestion, denials, access to data.
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  real,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, bytes, createdAt, id, tenantId } from './columns.ts'
import { documents } from './documents.ts'
import { tenants } from './tenants.ts'
import { units } from './units.ts'

/**
 * Append-only; rows are written in the transaction of what they tell of and sealed into a chain soon after. What
 * may have to be erased one day (`activity_payloads`) is here as a salted hash only.
 */
export const activityLog = pgTable(
  'activity_log',
  {
    id: id(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    actorType: text('actor_type').notNull(),
    actorId: text('actor_id').notNull(),
    action: text('action').notNull(),
    targetType: text('target_type').notNull(),
    targetId: text('target_id').notNull(),
    /** SHA-256 of salt and payload. */
    payloadSha256: bytes('payload_sha256').notNull(),
    requestId: text('request_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('activity_log_tenant_id_id_key').on(t.tenantId, t.id),
    index('activity_log_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('activity_log_actor').on(t.tenantId, t.actorId),
    index('activity_log_target').on(t.tenantId, t.targetId, t.createdAt.desc().nullsFirst()),
    index('activity_log_request').on(t.requestId),
  ],
)

/** Failures nobody expected, grouped by fingerprint when shown. `tenant_id` is null before anyone is known. */
export const errorLog = pgTable(
  'error_log',
  {
    id: id(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    source: text('source').notNull(),
    fingerprint: text('fingerprint').notNull(),
    message: text('message').notNull(),
    stack: text('stack'),
    context: jsonb('context').notNull(),
    release: text('release').notNull().default('unreleased'),
    requestId: text('request_id'),
    createdAt: createdAt(),
  },
  (t) => [
    index('error_log_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('error_log_fingerprint').on(t.fingerprint, t.id.desc().nullsFirst()),
    index('error_log_request').on(t.requestId),
    check('error_log_source_known', sql`${t.source} in ('http','job','worker','stream','browser')`),
  ],
)

export const llmErrorLog = pgTable(
  'llm_error_log',
  {
    id: id(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    code: text('code').notNull(),
    model: text('model').notNull(),
    attempt: integer('attempt').notNull(),
    latencyMs: integer('latency_ms').notNull(),
    httpStatus: integer('http_status'),
    message: text('message').notNull(),
    requestId: text('request_id'),
    createdAt: createdAt(),
  },
  (t) => [
    index('llm_error_log_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('llm_error_log_request').on(t.requestId),
  ],
)

export const requestLog = pgTable(
  'request_log',
  {
    id: id(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    requestId: text('request_id').notNull(),
    route: text('route').notNull(),
    method: text('method').notNull(),
    status: integer('status').notNull(),
    durationMs: real('duration_ms').notNull(),
    actorType: text('actor_type').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('request_log_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('request_log_newest').on(t.createdAt.desc().nullsFirst()),
    index('request_log_request').on(t.requestId),
  ],
)

export const ingestionLog = pgTable(
  'ingestion_log',
  {
    id: id(),
    tenantId: tenantId(),
    documentId: uuid('document_id').notNull(),
    versionId: uuid('version_id').notNull(),
    stage: text('stage').notNull(),
    outcome: text('outcome').notNull(),
    detail: jsonb('detail').notNull(),
    durationMs: integer('duration_ms').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('ingestion_log_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('ingestion_log_document').on(t.tenantId, t.documentId),
    foreignKey({
      name: 'ingestion_log_document_fkey',
      columns: [t.tenantId, t.documentId],
      foreignColumns: [documents.tenantId, documents.id],
    }).onDelete('cascade'),
  ],
)

/** Every scan of a printed code; `unit_id` is null when the link is unknown or was rotated away. */
export const qrScans = pgTable(
  'qr_scans',
  {
    id: id(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    unitId: uuid('unit_id'),
    outcome: text('outcome').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    requestId: text('request_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('qr_scans_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('qr_scans_request').on(t.requestId),
    index('qr_scans_unit').on(t.tenantId, t.unitId, t.createdAt.desc().nullsFirst()),
    check(
      'qr_scans_outcome_known',
      sql`${t.outcome} in ('opened','unknown_link','wrong_code','limited','claimed')`,
    ),
    foreignKey({
      name: 'qr_scans_unit_fkey',
      columns: [t.tenantId, t.unitId],
      foreignColumns: [units.tenantId, units.id],
    }).onDelete('cascade'),
  ],
)

export const rateLimitLog = pgTable(
  'rate_limit_log',
  {
    id: id(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    policy: text('policy').notNull(),
    subject: text('subject').notNull(),
    route: text('route').notNull(),
    requestId: text('request_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('rate_limit_log_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('rate_limit_log_request').on(t.requestId),
  ],
)

/** Who opened what of a home: the "who looked at my data" list. */
export const dataAccessLog = pgTable(
  'data_access_log',
  {
    id: id(),
    tenantId: tenantId(),
    unitId: uuid('unit_id'),
    documentId: uuid('document_id'),
    actorType: text('actor_type').notNull(),
    actorId: text('actor_id').notNull(),
    action: text('action').notNull(),
    requestId: text('request_id').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('data_access_log_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('data_access_log_request').on(t.requestId),
    index('data_access_log_unit').on(t.tenantId, t.unitId, t.createdAt.desc().nullsFirst()),
    index('data_access_log_document').on(t.tenantId, t.documentId),
    foreignKey({
      name: 'data_access_log_unit_fkey',
      columns: [t.tenantId, t.unitId],
      foreignColumns: [units.tenantId, units.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'data_access_log_document_fkey',
      columns: [t.tenantId, t.documentId],
      foreignColumns: [documents.tenantId, documents.id],
    }).onDelete('cascade'),
  ],
)

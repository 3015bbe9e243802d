// What happened, for other programs: events as a feed, their webhooks, and every delivery to one.
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { tenants } from './tenants.ts'

/** Ids only, never a person's words: who wants to know more reads it with the rights of a key. */
export const events = pgTable(
  'events',
  {
    id: id(),
    tenantId: tenantId().references(() => tenants.id),
    name: text('name').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    /** The transaction that wrote it. Ids are made before it commits, so they would not be in the order of a feed. */
    transactionId: bigint('transaction_id', { mode: 'bigint' })
      .notNull()
      .default(sql`(pg_current_xact_id()::text)::bigint`),
    createdAt: createdAt(),
  },
  (t) => [index('events_feed').on(t.tenantId, t.transactionId, t.id), index('events_age').on(t.createdAt)],
)

export const webhooks = pgTable(
  'webhooks',
  {
    id: id(),
    tenantId: tenantId().references(() => tenants.id),
    url: text('url').notNull(),
    events: text('events').array().notNull(),
    /** Deliveries given up one after the other; a success sets it back. */
    failureCount: integer('failure_count').notNull().default(0),
    disabledAt: at('disabled_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('webhooks_tenant_id_id_key').on(t.tenantId, t.id),
    check('webhooks_url_length', sql`length(${t.url}) between 1 and 2000`),
    check('webhooks_events_some', sql`cardinality(${t.events}) > 0`),
  ],
)

export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: id(),
    tenantId: tenantId(),
    webhookId: uuid('webhook_id').notNull(),
    /** The same for every webhook and replay: receivers tell by it what they have seen. */
    eventId: uuid('event_id').notNull(),
    event: text('event').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    state: text('state').$type<'pending' | 'delivered' | 'failed'>().notNull().default('pending'),
    attemptCount: integer('attempt_count').notNull().default(0),
    responseStatus: integer('response_status'),
    durationMs: integer('duration_ms'),
    failureCode: text('failure_code'),
    jobId: uuid('job_id'),
    deliveredAt: at('delivered_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('webhook_deliveries_tenant_id_id_key').on(t.tenantId, t.id),
    index('webhook_deliveries_recent').on(
      t.tenantId,
      t.webhookId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    check('webhook_deliveries_state_known', sql`${t.state} in ('pending','delivered','failed')`),
    check(
      'webhook_deliveries_delivered_whole',
      sql`(${t.state} = 'delivered') = (${t.deliveredAt} is not null)`,
    ),
    foreignKey({
      name: 'webhook_deliveries_webhook_fkey',
      columns: [t.tenantId, t.webhookId],
      foreignColumns: [webhooks.tenantId, webhooks.id],
    }).onDelete('cascade'),
  ],
)

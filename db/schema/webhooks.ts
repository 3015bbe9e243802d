// Webhooks of other programs, and every event that was to be delivered to one.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { tenants } from './tenants.ts'

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

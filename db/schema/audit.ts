// What makes the activity log tell when it was altered: erasable payloads, seals in a chain, what checks found.
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, createdAt, id } from './columns.ts'
import { activityLog } from './logs.ts'
import { tenants } from './tenants.ts'

/** `payload` is text, not jsonb, because its very bytes were hashed. */
export const activityPayloads = pgTable(
  'activity_payloads',
  {
    activityId: uuid('activity_id').primaryKey(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    salt: bytes('salt').notNull(),
    payload: text('payload').notNull(),
    /** Not part of what is hashed, because it is shortened when it has been kept long enough. */
    ipAddress: text('ip_address'),
  },
  (t) => [
    index('activity_payloads_tenant').on(t.tenantId, t.activityId),
    foreignKey({
      name: 'activity_payloads_activity_fkey',
      columns: [t.tenantId, t.activityId],
      foreignColumns: [activityLog.tenantId, activityLog.id],
    }),
  ],
)

/**
 * `hash` is made of the seal before it and of the row. The chain of the platform's own staff, who have no tenant,
 * is the nil UUID. No foreign key: a seal must outlive a row that was taken away.
 */
export const activitySeals = pgTable(
  'activity_seals',
  {
    chainId: uuid('chain_id').notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    activityId: uuid('activity_id').notNull().unique('activity_seals_activity_id_key'),
    hash: bytes('hash').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'activity_seals_pkey', columns: [t.chainId, t.sequence] }),
    index('activity_seals_tenant').on(t.tenantId, t.sequence),
    check('activity_seals_sequence_positive', sql`${t.sequence} > 0`),
  ],
)

/** The newest seal of each chain: shows a tail that was cut off before the day's anchor was. */
export const activityChains = pgTable(
  'activity_chains',
  {
    chainId: uuid('chain_id').primaryKey(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    hash: bytes('hash').notNull(),
  },
  (t) => [index('activity_chains_tenant').on(t.tenantId)],
)

/** Rows that wait for their seal; a trigger puts them here, so that sealing never searches the whole log. */
export const activityUnsealed = pgTable('activity_unsealed', {
  activityId: uuid('activity_id').primaryKey(),
})

export const chainChecks = pgTable(
  'chain_checks',
  {
    id: id(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    chainId: uuid('chain_id').notNull(),
    outcome: text('outcome').$type<'intact' | 'changed' | 'missing' | 'cut'>().notNull(),
    checkedCount: integer('checked_count').notNull(),
    /** Rows whose payload was erased; that is no fault. */
    erasedCount: integer('erased_count').notNull(),
    /** The first row that is not what was sealed. */
    brokenActivityId: uuid('broken_activity_id'),
    brokenSequence: bigint('broken_sequence', { mode: 'number' }),
    createdAt: createdAt(),
  },
  (t) => [
    index('chain_checks_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    check('chain_checks_outcome_known', sql`${t.outcome} in ('intact','changed','missing','cut')`),
  ],
)

// When the platform's operator looked at the application as somebody else: why, until when, and how it ended.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { staff } from './staff.ts'
import { tenants } from './tenants.ts'
import { units } from './units.ts'

/** The operator has no tenant, so no key of the tenant's can lead to them: their name is kept beside the id. */
export const impersonations = pgTable(
  'impersonations',
  {
    id: id(),
    tenantId: tenantId().references(() => tenants.id),
    operatorId: uuid('operator_id').notNull(),
    operatorName: text('operator_name').notNull(),
    staffId: uuid('staff_id'),
    unitId: uuid('unit_id'),
    reason: text('reason').notNull(),
    /** SHA-256 of the cookie, which is stored nowhere. */
    tokenHash: text('token_hash').notNull().unique('impersonations_token_hash_key'),
    expiresAt: at('expires_at').notNull(),
    endedAt: at('ended_at'),
    ending: text('ending').$type<'stopped' | 'expired'>(),
    createdAt: createdAt(),
  },
  (t) => [
    index('impersonations_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('impersonations_unit').on(t.tenantId, t.unitId),
    index('impersonations_staff').on(t.tenantId, t.staffId),
    index('impersonations_open').on(t.expiresAt).where(sql`${t.endedAt} is null`),
    check('impersonations_one_subject', sql`(${t.staffId} is null) <> (${t.unitId} is null)`),
    check('impersonations_reason_given', sql`length(${t.reason}) between 10 and 500`),
    check(
      'impersonations_at_most_half_an_hour',
      sql`${t.expiresAt} <= ${t.createdAt} + interval '30 minutes 5 seconds'`,
    ),
    check('impersonations_ended_whole', sql`(${t.endedAt} is null) = (${t.ending} is null)`),
    foreignKey({
      name: 'impersonations_staff_fkey',
      columns: [t.tenantId, t.staffId],
      foreignColumns: [staff.tenantId, staff.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'impersonations_unit_fkey',
      columns: [t.tenantId, t.unitId],
      foreignColumns: [units.tenantId, units.id],
    }).onDelete('cascade'),
  ],
)

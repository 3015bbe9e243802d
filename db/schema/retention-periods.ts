// How long a builder keeps what it may keep for less time than everybody else.
import { sql } from 'drizzle-orm'
import { check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { at, tenantId } from './columns.ts'
import { tenants } from './tenants.ts'

/** A row shortens a rule of retention for one builder; what has none is kept as long as it is for all. */
export const retentionPeriods = pgTable(
  'retention_periods',
  {
    tenantId: tenantId().references(() => tenants.id),
    rule: text('rule').notNull(),
    days: integer('days').notNull(),
    changedAt: at('changed_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'retention_periods_pkey', columns: [t.tenantId, t.rule] }),
    check('retention_periods_days_range', sql`${t.days} between 7 and 730`),
  ],
)

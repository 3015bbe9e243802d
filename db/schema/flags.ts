// Feature flags: what was set differently from the code's own default, for everybody or for one tenant.
import { sql } from 'drizzle-orm'
import { check, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { at, id } from './columns.ts'
import { tenants } from './tenants.ts'

/** Without a tenant: for all that have no row of their own. */
export const featureFlags = pgTable(
  'feature_flags',
  {
    id: id(),
    tenantId: uuid('tenant_id').references(() => tenants.id),
    name: text('name').notNull(),
    setting: text('setting').$type<'on' | 'off'>().notNull(),
    changedAt: at('changed_at').notNull().defaultNow(),
  },
  (t) => [
    unique('feature_flags_one_setting').on(t.tenantId, t.name).nullsNotDistinct(),
    check('feature_flags_setting_known', sql`${t.setting} in ('on','off')`),
  ],
)

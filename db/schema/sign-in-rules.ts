// What a builder asks of its staff when they sign in.
import { pgTable } from 'drizzle-orm/pg-core'
import { at, tenantId } from './columns.ts'
import { tenants } from './tenants.ts'

/** One row a builder that asked for something; none: a second factor is everybody's own choice. */
export const signInRules = pgTable('sign_in_rules', {
  tenantId: tenantId()
    .primaryKey()
    .references(() => tenants.id),
  secondFactorRequiredAt: at('second_factor_required_at'),
})

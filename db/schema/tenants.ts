// Tenants: the house-building companies. The only noun without a `tenant_id`: its own id is the tenant.
import { pgTable, text } from 'drizzle-orm/pg-core'
import { at, createdAt, id } from './columns.ts'

export const tenants = pgTable('tenants', {
  id: id(),
  slug: text('slug').notNull().unique('tenants_slug_key'),
  name: text('name').notNull(),
  suspendedAt: at('suspended_at'),
  createdAt: createdAt(),
})

// How many bytes of files a tenant has stored, so that an upload can be refused before the store is full.
import { sql } from 'drizzle-orm'
import { bigint, check, pgTable } from 'drizzle-orm/pg-core'
import { tenantId } from './columns.ts'
import { tenants } from './tenants.ts'

/** One row a builder from its first document on; it is what uploads of one builder wait for, in every process. */
export const storageUse = pgTable(
  'storage_use',
  {
    tenantId: tenantId()
      .primaryKey()
      .references(() => tenants.id),
    usedBytes: bigint('used_bytes', { mode: 'number' }).notNull(),
  },
  (t) => [check('storage_use_positive', sql`${t.usedBytes} >= 0`)],
)

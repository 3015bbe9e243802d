// How many bytes of files a tenant has stored, so that an upload can be refused before the store is full.
import { sql } from 'drizzle-orm'
import { bigint, check, pgTable } from 'drizzle-orm/pg-core'
import { tenantId } from './columns.ts'
import { tenants } from './tenants.ts'

/** One row a builder from its first file on; it is what uploads of one builder wait for, in every process. */
export const storageUse = pgTable(
  'storage_use',
  {
    tenantId: tenantId()
      .primaryKey()
      .references(() => tenants.id),
    /** Of documents with all their versions; its name is older than the other two. */
    usedBytes: bigint('used_bytes', { mode: 'number' }).notNull(),
    /** Of snags and of the builder's mark. */
    pictureBytes: bigint('picture_bytes', { mode: 'number' }).notNull().default(0),
    /** Of lists as files and of people's copies of their data, until their time is over. */
    exportBytes: bigint('export_bytes', { mode: 'number' }).notNull().default(0),
  },
  (t) => [
    check('storage_use_positive', sql`${t.usedBytes} >= 0`),
    check('storage_use_parts_positive', sql`${t.pictureBytes} >= 0 and ${t.exportBytes} >= 0`),
  ],
)

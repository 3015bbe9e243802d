// How a builder's name looks in its own portal and in the app of its homes.
import { sql } from 'drizzle-orm'
import { bigint, check, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, tenantId } from './columns.ts'
import { tenants } from './tenants.ts'

/** One row a builder; none: the colours and the mark of OpenHouse. */
export const brandings = pgTable(
  'brandings',
  {
    tenantId: tenantId()
      .primaryKey()
      .references(() => tenants.id),
    /** `#rrggbb`, lower case; legible as the rules of branding say. */
    accent: text('accent'),
    /** Names the stored picture; a new picture has a new one. */
    logoId: uuid('logo_id'),
    /** Null where it was never weighed; says nothing once the picture is gone. */
    logoBytes: bigint('logo_bytes', { mode: 'number' }),
    changedAt: at('changed_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    check('brandings_accent_shape', sql`${t.accent} ~ '^#[0-9a-f]{6}$'`),
    check('brandings_logo_weighs_something', sql`${t.logoBytes} >= 0`),
  ],
)

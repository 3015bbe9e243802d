// When a person last looked at the documents of their home: what came since is new to them.
import { foreignKey, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { at, tenantId } from './columns.ts'
import { units } from './units.ts'

export const documentVisits = pgTable(
  'document_visits',
  {
    tenantId: tenantId(),
    unitId: uuid('unit_id').notNull(),
    /** The person of the household, or the home itself where no names are recorded. */
    readerId: uuid('reader_id').notNull(),
    /** The end of the visit before; null during the first one, when nothing is new. */
    newSince: at('new_since'),
    lastSeenAt: at('last_seen_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'document_visits_pkey', columns: [t.tenantId, t.readerId] }),
    index('document_visits_unit').on(t.tenantId, t.unitId),
    foreignKey({
      name: 'document_visits_unit_fkey',
      columns: [t.tenantId, t.unitId],
      foreignColumns: [units.tenantId, units.id],
    }).onDelete('cascade'),
  ],
)

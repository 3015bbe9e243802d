// What was removed because its time was over: one row a rule and night.
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { at, createdAt, id } from './columns.ts'

/** Counts over all tenants, so the table has none. */
export const purges = pgTable(
  'purges',
  {
    id: id(),
    rule: text('rule').notNull(),
    rowCount: integer('row_count').notNull(),
    /** What was older than this went. */
    cutoffAt: at('cutoff_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('purges_recent').on(t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst())],
)

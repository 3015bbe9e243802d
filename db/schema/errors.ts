// One row a bug: what its occurrences in the error log have in common, and whether somebody has dealt with it.
import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

/** Over all tenants, so the table has none: whom it hit stands on the occurrences. */
export const errorGroups = pgTable(
  'error_groups',
  {
    fingerprint: text('fingerprint').primaryKey(),
    source: text('source').notNull(),
    /** What and where, in the words of the code: a message may hold a person's, and belongs to an occurrence. */
    title: text('title').notNull(),
    occurrenceCount: integer('occurrence_count').notNull(),
    firstRelease: text('first_release').notNull(),
    lastRelease: text('last_release').notNull(),
    firstSeenAt: at('first_seen_at').notNull().defaultNow(),
    lastSeenAt: at('last_seen_at').notNull().defaultNow(),
    resolvedAt: at('resolved_at'),
    /** When it last came back after it had been resolved. */
    reopenedAt: at('reopened_at'),
  },
  (t) => [
    index('error_groups_recent').on(t.lastSeenAt.desc().nullsFirst(), t.fingerprint.desc().nullsFirst()),
    check('error_groups_source_known', sql`${t.source} in ('http','job','worker','stream','browser')`),
    check('error_groups_counted', sql`${t.occurrenceCount} > 0`),
  ],
)

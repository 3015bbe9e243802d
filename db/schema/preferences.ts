// What a person of a household wants to be told, and in which language; nobody has a row before they chose.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { at, tenantId } from './columns.ts'
import { units } from './units.ts'

export type NotificationTopic = 'notices' | 'answers' | 'snags'
export type Notification = `mail:${NotificationTopic}` | 'app:notices' | 'app:answers'

export const personPreferences = pgTable(
  'person_preferences',
  {
    tenantId: tenantId(),
    unitId: uuid('unit_id').notNull(),
    /** The person of the household, or the home itself for somebody who is not on the contract. */
    readerId: uuid('reader_id').notNull(),
    /** Two letters; null: as the browser asks for when the home is opened first. */
    language: text('language'),
    /** What is not wanted: everything that is added later is, until somebody says otherwise. */
    muted: text('muted').array().$type<Notification[]>().notNull().default(sql`'{}'`),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'person_preferences_pkey', columns: [t.tenantId, t.readerId] }),
    index('person_preferences_unit').on(t.tenantId, t.unitId),
    check('person_preferences_language_shape', sql`${t.language} ~ '^[a-z]{2}$'`),
    check(
      'person_preferences_muted_known',
      sql`${t.muted} <@ array['mail:notices','mail:answers','mail:snags','app:notices','app:answers']`,
    ),
    foreignKey({
      name: 'person_preferences_unit_fkey',
      columns: [t.tenantId, t.unitId],
      foreignColumns: [units.tenantId, units.id],
    }).onDelete('cascade'),
  ],
)

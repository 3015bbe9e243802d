// What is wrong with the platform: how each alert rule stands, and the incidents with all that became of them.
import { sql } from 'drizzle-orm'
import {
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id } from './columns.ts'

/** One row a rule, written at every evaluation. */
export const alertReadings = pgTable('alert_readings', {
  rule: text('rule').primaryKey(),
  evaluatedAt: at('evaluated_at').notNull(),
  /** Null while all is well. */
  firingSince: at('firing_since'),
  /** How fast the budget of errors burns over the shorter and the longer window; 1 uses it up exactly. */
  burnShort: doublePrecision('burn_short').notNull(),
  burnLong: doublePrecision('burn_long').notNull(),
  badCount: integer('bad_count').notNull(),
  totalCount: integer('total_count').notNull(),
})

/** Of the platform, so without a tenant. `rule` is null for one that the operator opened by hand. */
export const incidents = pgTable(
  'incidents',
  {
    id: id(),
    rule: text('rule'),
    title: text('title').notNull(),
    acknowledgedAt: at('acknowledged_at'),
    resolvedAt: at('resolved_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('incidents_one_open_a_rule').on(t.rule).where(sql`${t.resolvedAt} is null`),
    index('incidents_open').on(t.id).where(sql`${t.resolvedAt} is null`),
    check('incidents_title_length', sql`length(${t.title}) between 1 and 200`),
  ],
)

export const incidentEvents = pgTable(
  'incident_events',
  {
    id: id(),
    incidentId: uuid('incident_id').notNull(),
    kind: text('kind')
      .$type<'opened' | 'calm' | 'again' | 'acknowledged' | 'note' | 'resolved' | 'told' | 'not_told'>()
      .notNull(),
    /** The operator; null when it happened by itself. */
    actorId: uuid('actor_id'),
    actorName: text('actor_name'),
    note: text('note').notNull().default(''),
    figures: jsonb('figures').notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    index('incident_events_incident').on(t.incidentId, t.id),
    check('incident_events_note_length', sql`length(${t.note}) <= 2000`),
    check(
      'incident_events_kind_known',
      sql`${t.kind} in ('opened','calm','again','acknowledged','note','resolved','told','not_told')`,
    ),
    foreignKey({
      name: 'incident_events_incident_fkey',
      columns: [t.incidentId],
      foreignColumns: [incidents.id],
    }).onDelete('cascade'),
  ],
)

// Figures of each day and development: what happened, counted once, so that it stays known when its rows go.
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { tenantId } from './columns.ts'
import { developments } from './developments.ts'
import { units } from './units.ts'

const figures = () => ({
  activeHomes: integer('active_homes').notNull().default(0),
  questions: integer('questions').notNull().default(0),
  answered: integer('answered').notNull().default(0),
  unanswered: integer('unanswered').notNull().default(0),
  documentsOpened: integer('documents_opened').notNull().default(0),
  scans: integer('scans').notNull().default(0),
  claims: integer('claims').notNull().default(0),
})

const dayColumns = () => ({
  tenantId: tenantId(),
  developmentId: uuid('development_id').notNull(),
  /** In Irish time. */
  day: date('day', { mode: 'string' }).notNull(),
})

export const dailyActivity = pgTable('daily_activity', { ...dayColumns(), ...figures() }, (t) => [
  primaryKey({ name: 'daily_activity_pkey', columns: [t.tenantId, t.developmentId, t.day] }),
  index('daily_activity_day').on(t.tenantId, t.day),
  check('daily_activity_answered_range', sql`${t.answered} + ${t.unanswered} <= ${t.questions}`),
  foreignKey({
    name: 'daily_activity_development_fkey',
    columns: [t.tenantId, t.developmentId],
    foreignColumns: [developments.tenantId, developments.id],
  }).onDelete('cascade'),
])

/** What went with erased people. Added to the count of the rows that are left, so that figures stay as they were. */
export const dailyErased = pgTable('daily_erased', { ...dayColumns(), ...figures() }, (t) => [
  primaryKey({ name: 'daily_erased_pkey', columns: [t.tenantId, t.developmentId, t.day] }),
  foreignKey({
    name: 'daily_erased_development_fkey',
    columns: [t.tenantId, t.developmentId],
    foreignColumns: [developments.tenantId, developments.id],
  }).onDelete('cascade'),
])

/** What each home did on a day, for what sums over days cannot tell: how many different homes were active. */
export const dailyHomeActivity = pgTable(
  'daily_home_activity',
  {
    ...dayColumns(),
    unitId: uuid('unit_id').notNull(),
    /** Somebody of the home did something in the app; a program that asked for it does not count. */
    isActive: boolean('is_active').notNull(),
    questions: integer('questions').notNull().default(0),
    documentsOpened: integer('documents_opened').notNull().default(0),
    scans: integer('scans').notNull().default(0),
    mapOpened: integer('map_opened').notNull().default(0),
  },
  (t) => [
    primaryKey({
      name: 'daily_home_activity_pkey',
      columns: [t.tenantId, t.developmentId, t.day, t.unitId],
    }),
    index('daily_home_activity_unit').on(t.tenantId, t.developmentId, t.unitId, t.day),
    index('daily_home_activity_day').on(t.day),
    foreignKey({
      name: 'daily_home_activity_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
  ],
)

/**
 * How often something of a kind was seen on a day: answers by stage, openings by document, searches by outcome. One
 * table, because each kind is counted, kept and read the same way; `subject` says what `key` is.
 */
export const dailyTallies = pgTable(
  'daily_tallies',
  {
    ...dayColumns(),
    subject: text('subject').notNull(),
    key: text('key').notNull(),
    count: integer('count').notNull(),
    /** The sum of what was measured with each, where something was: milliseconds, passages. */
    total: bigint('total', { mode: 'number' }).notNull().default(0),
  },
  (t) => [
    primaryKey({
      name: 'daily_tallies_pkey',
      columns: [t.tenantId, t.developmentId, t.subject, t.day, t.key],
    }),
    check(
      'daily_tallies_subject_known',
      sql`${t.subject} in ('stage','mode','hour','feedback','opened','cited','map','place','search','speed')`,
    ),
    foreignKey({
      name: 'daily_tallies_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)

/** How the answers of a day came about and what they cost; tokens, because prices change. */
export const dailyAnswers = pgTable(
  'daily_answers',
  {
    ...dayColumns(),
    answers: integer('answers').notNull().default(0),
    modelAnswers: integer('model_answers').notNull().default(0),
    gaps: integer('gaps').notNull().default(0),
    helpful: integer('helpful').notNull().default(0),
    unhelpful: integer('unhelpful').notNull().default(0),
    promptTokens: bigint('prompt_tokens', { mode: 'number' }).notNull().default(0),
    completionTokens: bigint('completion_tokens', { mode: 'number' }).notNull().default(0),
  },
  (t) => [
    primaryKey({ name: 'daily_answers_pkey', columns: [t.tenantId, t.developmentId, t.day] }),
    index('daily_answers_day').on(t.day),
    foreignKey({
      name: 'daily_answers_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)

// Figures of each day and development: what happened, counted once, so that it stays known when its rows go.
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  uuid,
} from 'drizzle-orm/pg-core'
import { tenantId } from './columns.ts'
import { developments } from './developments.ts'

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

// Questions whose answers the builder vouches for, and what came of asking them all.
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, createdAt, id, tenantId } from './columns.ts'
import { developments, houseTypes } from './developments.ts'
import { documents } from './documents.ts'
import { staff } from './staff.ts'

export const goldenQuestions = pgTable(
  'golden_questions',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    /** The asking home is of this type; null: any home of the development. */
    houseTypeId: uuid('house_type_id'),
    question: text('question').notNull(),
    expectedPhrase: text('expected_phrase'),
    expectedDocumentId: uuid('expected_document_id'),
    expectedPage: integer('expected_page'),
    /** Right is that nothing is found: a question the documents do not answer. */
    mustBeGap: boolean('must_be_gap').notNull().default(false),
    /** Null when a program added it with an API key; the name is kept as it was. */
    authorId: uuid('author_id'),
    authorName: text('author_name').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('golden_questions_in_development_key').on(t.tenantId, t.developmentId, t.id),
    index('golden_questions_development').on(
      t.tenantId,
      t.developmentId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('golden_questions_house_type').on(t.tenantId, t.developmentId, t.houseTypeId),
    index('golden_questions_document').on(t.tenantId, t.developmentId, t.expectedDocumentId),
    index('golden_questions_author').on(t.tenantId, t.authorId),
    check('golden_questions_question_length', sql`length(${t.question}) between 1 and 2000`),
    check('golden_questions_phrase_length', sql`length(${t.expectedPhrase}) between 1 and 500`),
    check('golden_questions_page_positive', sql`${t.expectedPage} > 0`),
    check(
      'golden_questions_page_of_document',
      sql`${t.expectedPage} is null or ${t.expectedDocumentId} is not null`,
    ),
    check(
      'golden_questions_expects_something',
      sql`${t.mustBeGap} = (${t.expectedPhrase} is null and ${t.expectedDocumentId} is null)`,
    ),
    foreignKey({
      name: 'golden_questions_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'golden_questions_house_type_fkey',
      columns: [t.tenantId, t.developmentId, t.houseTypeId],
      foreignColumns: [houseTypes.tenantId, houseTypes.developmentId, houseTypes.id],
    }).onDelete('cascade'),
    // A document that is gone can be cited no more, so the expectation goes with it.
    foreignKey({
      name: 'golden_questions_document_fkey',
      columns: [t.tenantId, t.developmentId, t.expectedDocumentId],
      foreignColumns: [documents.tenantId, documents.developmentId, documents.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'golden_questions_author_fkey',
      columns: [t.tenantId, t.authorId],
      foreignColumns: [staff.tenantId, staff.id],
    }),
  ],
)

/** `accepted`, `rejected`: by staff, after a drop. `swapped`: searches use the vectors now. */
export type GoldenDecision = 'accepted' | 'rejected' | 'swapped'

export const goldenRuns = pgTable(
  'golden_runs',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    trigger: text('trigger').$type<'manual' | 'reindex' | 'ingest'>().notNull(),
    /** Both null until the run is finished. */
    total: integer('total'),
    passed: integer('passed'),
    /** Of a run before a re-index: the vectors it was asked with, and how many passed with those in use. */
    embeddingModel: text('embedding_model'),
    embeddingDimensions: integer('embedding_dimensions'),
    passedBefore: integer('passed_before'),
    /** What became of the vectors; null while nobody has decided, or nobody has to. */
    decision: text('decision').$type<GoldenDecision>(),
    decidedByName: text('decided_by_name'),
    startedAt: createdAt(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    unique('golden_runs_in_development_key').on(t.tenantId, t.developmentId, t.id),
    check('golden_runs_trigger', sql`${t.trigger} in ('manual', 'reindex', 'ingest')`),
    check('golden_runs_counts', sql`${t.passed} between 0 and ${t.total}`),
    check('golden_runs_counts_before', sql`${t.passedBefore} between 0 and ${t.total}`),
    check('golden_runs_decision', sql`${t.decision} in ('accepted', 'rejected', 'swapped')`),
    check(
      'golden_runs_reindex_whole',
      sql`(${t.trigger} = 'reindex') = (${t.embeddingModel} is not null) and (${t.embeddingModel} is null) = (${t.embeddingDimensions} is null)`,
    ),
    check(
      'golden_runs_finished_whole',
      sql`(${t.finishedAt} is null) = (${t.total} is null) and (${t.finishedAt} is null) = (${t.passed} is null)`,
    ),
    foreignKey({
      name: 'golden_runs_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
  ],
)

export const goldenFailures = pgTable(
  'golden_failures',
  {
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    runId: uuid('run_id').notNull(),
    goldenQuestionId: uuid('golden_question_id').notNull(),
    stage: text('stage').notNull(),
    answer: text('answer').notNull(),
    /** True when it passed with the vectors in use and fails with those of the re-index. */
    isLost: boolean('is_lost').notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'golden_failures_pkey', columns: [t.tenantId, t.runId, t.goldenQuestionId] }),
    index('golden_failures_run').on(t.tenantId, t.developmentId, t.runId),
    index('golden_failures_question').on(t.tenantId, t.developmentId, t.goldenQuestionId),
    foreignKey({
      name: 'golden_failures_run_fkey',
      columns: [t.tenantId, t.developmentId, t.runId],
      foreignColumns: [goldenRuns.tenantId, goldenRuns.developmentId, goldenRuns.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'golden_failures_question_fkey',
      columns: [t.tenantId, t.developmentId, t.goldenQuestionId],
      foreignColumns: [goldenQuestions.tenantId, goldenQuestions.developmentId, goldenQuestions.id],
    }).onDelete('cascade'),
  ],
)

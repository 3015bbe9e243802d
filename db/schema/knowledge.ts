// What the builder's people have answered themselves, and which homes each answer is for.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { at, bytes, createdAt, id, tenantId } from './columns.ts'
import { developments, houseTypes } from './developments.ts'
import { staff } from './staff.ts'
import { units } from './units.ts'

/** `unit_id` set: only that home; else the rows of `knowledge_house_types`, none meaning the whole development. */
export const knowledge = pgTable(
  'knowledge',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    unitId: uuid('unit_id'),
    question: text('question').notNull(),
    answer: text('answer').notNull(),
    /** Null when a program answered with an API key; the name is kept as it was. */
    authorId: uuid('author_id'),
    authorName: text('author_name').notNull(),
    /** Of the question, when a model was configured; another model's vectors are never compared. */
    embedding: bytes('embedding'),
    embeddingModel: text('embedding_model'),
    /** Answers no more since then: taken back by staff, or replaced by a newer answer to the same question. */
    retiredAt: at('retired_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('knowledge_tenant_id_id_key').on(t.tenantId, t.id),
    unique('knowledge_in_development_key').on(t.tenantId, t.developmentId, t.id),
    index('knowledge_development').on(
      t.tenantId,
      t.developmentId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('knowledge_unit').on(t.tenantId, t.unitId),
    index('knowledge_author').on(t.tenantId, t.authorId),
    check('knowledge_question_length', sql`length(${t.question}) between 1 and 2000`),
    check('knowledge_answer_length', sql`length(${t.answer}) between 1 and 4000`),
    check('knowledge_embedding_whole', sql`(${t.embedding} is null) = (${t.embeddingModel} is null)`),
    foreignKey({
      name: 'knowledge_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'knowledge_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'knowledge_author_fkey',
      columns: [t.tenantId, t.authorId],
      foreignColumns: [staff.tenantId, staff.id],
    }),
  ],
)

export const knowledgeHouseTypes = pgTable(
  'knowledge_house_types',
  {
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    knowledgeId: uuid('knowledge_id').notNull(),
    houseTypeId: uuid('house_type_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'knowledge_house_types_pkey', columns: [t.tenantId, t.knowledgeId, t.houseTypeId] }),
    index('knowledge_house_types_house_type').on(t.tenantId, t.developmentId, t.houseTypeId),
    foreignKey({
      name: 'knowledge_house_types_knowledge_fkey',
      columns: [t.tenantId, t.developmentId, t.knowledgeId],
      foreignColumns: [knowledge.tenantId, knowledge.developmentId, knowledge.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'knowledge_house_types_house_type_fkey',
      columns: [t.tenantId, t.developmentId, t.houseTypeId],
      foreignColumns: [houseTypes.tenantId, houseTypes.developmentId, houseTypes.id],
    }).onDelete('cascade'),
  ],
)

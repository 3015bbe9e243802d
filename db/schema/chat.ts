// Conversations of a home, their messages, and the gaps: questions nobody could answer yet.
import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, bytes, createdAt, id, tenantId } from './columns.ts'
import { developments, houseTypes } from './developments.ts'
import { documentVersions } from './documents.ts'
import { knowledge } from './knowledge.ts'
import { purchasers, units } from './units.ts'

/** `purchaser_id` is null when an API client asked for the home. */
export const conversations = pgTable(
  'conversations',
  {
    id: id(),
    tenantId: tenantId(),
    unitId: uuid('unit_id').notNull(),
    purchaserId: uuid('purchaser_id'),
    /** A program's conversations are not shown in anybody's app, sealed ones (see repairs) to nobody. */
    origin: text('origin').$type<'app' | 'api' | 'sealed'>().notNull(),
    title: text('title').notNull(),
    lastMessageAt: at('last_message_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('conversations_tenant_id_id_key').on(t.tenantId, t.id),
    unique('conversations_in_unit_key').on(t.tenantId, t.unitId, t.id),
    index('conversations_recent').on(
      t.tenantId,
      t.unitId,
      t.lastMessageAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    check('conversations_origin_known', sql`${t.origin} in ('app','api','sealed')`),
    index('conversations_purchaser').on(t.tenantId, t.purchaserId),
    foreignKey({
      name: 'conversations_unit_fkey',
      columns: [t.tenantId, t.unitId],
      foreignColumns: [units.tenantId, units.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'conversations_purchaser_fkey',
      columns: [t.tenantId, t.unitId, t.purchaserId],
      foreignColumns: [purchasers.tenantId, purchasers.unitId, purchasers.id],
    }),
  ],
)

/** One row per turn: the question, and the answer once there is one. */
export const messages = pgTable(
  'messages',
  {
    id: id(),
    tenantId: tenantId(),
    conversationId: uuid('conversation_id').notNull(),
    /** Made by the page before sending, so that a retry after a lost connection finds the first attempt. */
    clientKey: text('client_key').notNull(),
    question: text('question').notNull(),
    answer: text('answer'),
    stage: text('stage'),
    reason: text('reason'),
    mode: text('mode'),
    /** Citations, download cards, emergency contacts and the offer made, as the answer pipeline returned them. */
    details: jsonb('details'),
    requestId: text('request_id').notNull(),
    answeredAt: at('answered_at'),
    /** What the asker thought of the answer, the last word counts. */
    feedback: text('feedback').$type<'helpful' | 'not_helpful'>(),
    feedbackReason: text('feedback_reason'),
    feedbackAt: at('feedback_at'),
    /** Kept by the asker for later. */
    savedAt: at('saved_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('messages_tenant_id_id_key').on(t.tenantId, t.id),
    unique('messages_client_key').on(t.tenantId, t.conversationId, t.clientKey),
    index('messages_recent').on(t.tenantId, t.createdAt),
    index('messages_conversation').on(
      t.tenantId,
      t.conversationId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('messages_feedback')
      .on(t.tenantId, t.feedbackAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`feedback is not null`),
    check('messages_question_length', sql`length(${t.question}) between 1 and 2000`),
    check('messages_stage_known', sql`${t.stage} in ('safety','refusal','fact','place','document','gap')`),
    check('messages_mode_known', sql`${t.mode} in ('llm','extractive')`),
    check('messages_feedback_known', sql`${t.feedback} in ('helpful','not_helpful')`),
    check('messages_feedback_whole', sql`(${t.feedback} is null) = (${t.feedbackAt} is null)`),
    check('messages_feedback_reason_length', sql`length(${t.feedbackReason}) between 1 and 500`),
    check('messages_answered_whole', sql`(${t.answeredAt} is null) = (${t.answer} is null)`),
    foreignKey({
      name: 'messages_conversation_fkey',
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete('cascade'),
  ],
)

/** Which version of which document an answer quoted: the words may have been replaced since. */
export const messageCitations = pgTable(
  'message_citations',
  {
    tenantId: tenantId(),
    messageId: uuid('message_id').notNull(),
    position: smallint('position').notNull(),
    documentId: uuid('document_id').notNull(),
    versionId: uuid('version_id').notNull(),
    page: integer('page').notNull(),
    quote: text('quote').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'message_citations_pkey', columns: [t.tenantId, t.messageId, t.position] }),
    index('message_citations_document').on(
      t.tenantId,
      t.documentId,
      t.createdAt.desc().nullsFirst(),
      t.messageId.desc().nullsFirst(),
      t.position,
    ),
    index('message_citations_version').on(t.tenantId, t.documentId, t.versionId),
    foreignKey({
      name: 'message_citations_message_fkey',
      columns: [t.tenantId, t.messageId],
      foreignColumns: [messages.tenantId, messages.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'message_citations_version_fkey',
      columns: [t.tenantId, t.documentId, t.versionId],
      foreignColumns: [documentVersions.tenantId, documentVersions.documentId, documentVersions.id],
    }).onDelete('cascade'),
  ],
)

/** A question without an answer, in the group of those that mean the same in its development. */
export const gaps = pgTable(
  'gaps',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    unitId: uuid('unit_id').notNull(),
    houseTypeId: uuid('house_type_id').notNull(),
    messageId: uuid('message_id').notNull(),
    question: text('question').notNull(),
    /** The first gap of the group, which may be gone: the value only says who belongs together. */
    groupId: uuid('group_id').notNull(),
    embedding: bytes('embedding'),
    embeddingModel: text('embedding_model'),
    status: text('status').$type<'open' | 'answered' | 'closed'>().notNull().default('open'),
    askedBuilderAt: at('asked_builder_at'),
    /** What the pipeline says since a replay, for the asker to read where the question stands. */
    answer: text('answer'),
    answerDetails: jsonb('answer_details'),
    /** The builder's answer that closed it; null when documents or facts did. */
    knowledgeId: uuid('knowledge_id'),
    answeredAt: at('answered_at'),
    /** When the asker opened the conversation with the answer in it. */
    answerSeenAt: at('answer_seen_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('gaps_tenant_id_id_key').on(t.tenantId, t.id),
    uniqueIndex('gaps_message_key').on(t.tenantId, t.messageId),
    index('gaps_open').on(
      t.tenantId,
      t.developmentId,
      t.status,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('gaps_unit').on(t.tenantId, t.unitId),
    index('gaps_group').on(t.tenantId, t.developmentId, t.groupId),
    index('gaps_knowledge').on(t.tenantId, t.knowledgeId),
    index('gaps_house_type').on(t.tenantId, t.developmentId, t.houseTypeId),
    check('gaps_status_known', sql`${t.status} in ('open','answered','closed')`),
    check(
      'gaps_answered_whole',
      sql`(${t.status} = 'answered') = (${t.answer} is not null) and (${t.answer} is null) = (${t.answeredAt} is null)`,
    ),
    check('gaps_embedding_whole', sql`(${t.embedding} is null) = (${t.embeddingModel} is null)`),
    foreignKey({
      name: 'gaps_knowledge_fkey',
      columns: [t.tenantId, t.knowledgeId],
      foreignColumns: [knowledge.tenantId, knowledge.id],
    }),
    foreignKey({
      name: 'gaps_development_fkey',
      columns: [t.tenantId, t.developmentId],
      foreignColumns: [developments.tenantId, developments.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'gaps_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'gaps_house_type_fkey',
      columns: [t.tenantId, t.developmentId, t.houseTypeId],
      foreignColumns: [houseTypes.tenantId, houseTypes.developmentId, houseTypes.id],
    }),
    foreignKey({
      name: 'gaps_message_fkey',
      columns: [t.tenantId, t.messageId],
      foreignColumns: [messages.tenantId, messages.id],
    }).onDelete('cascade'),
  ],
)

/** What the pipeline did with a question: for the operator, not for display to others. */
export const ragLog = pgTable(
  'rag_log',
  {
    id: id(),
    tenantId: tenantId(),
    developmentId: uuid('development_id').notNull(),
    unitId: uuid('unit_id').notNull(),
    messageId: uuid('message_id'),
    requestId: text('request_id').notNull(),
    stage: text('stage').notNull(),
    reason: text('reason').notNull(),
    mode: text('mode').notNull(),
    model: text('model'),
    promptTokens: integer('prompt_tokens'),
    completionTokens: integer('completion_tokens'),
    indexVersion: integer('index_version'),
    candidateCount: integer('candidate_count').notNull().default(0),
    filteredOutCount: integer('filtered_out_count').notNull().default(0),
    chunkIds: uuid('chunk_ids').array().notNull(),
    stages: jsonb('stages').notNull(),
    durationMs: integer('duration_ms').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('rag_log_recent').on(t.tenantId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('rag_log_development').on(
      t.tenantId,
      t.developmentId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('rag_log_message').on(t.tenantId, t.messageId),
    index('rag_log_unit').on(t.tenantId, t.unitId),
    index('rag_log_request').on(t.requestId),
    foreignKey({
      name: 'rag_log_unit_fkey',
      columns: [t.tenantId, t.developmentId, t.unitId],
      foreignColumns: [units.tenantId, units.developmentId, units.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'rag_log_message_fkey',
      columns: [t.tenantId, t.messageId],
      foreignColumns: [messages.tenantId, messages.id],
    }).onDelete('cascade'),
  ],
)

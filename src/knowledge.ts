// What the builder's people have answered: finding the answer for a home, adding one, taking it back.

import { developmentById } from '#db/developments.ts'
import {
  type HomeKnowledge,
  insertKnowledge,
  insertKnowledgeHouseTypes,
  type KnowledgeRow,
  knowledgeById,
  knowledgeOfHome,
  knowledgeOfTenant,
  retireReplaced,
  retireKnowledge as retireRow,
} from '#db/knowledge.ts'
import { type Db, type HomeScope, type Scope, within } from '#db/scope.ts'
import { unitById } from '#db/units.ts'
import { enqueue } from '#jobs/queue.ts'
import { noteActivity } from './activity.ts'
import type { Knowledge } from './answers/question.ts'
import { meaningOf, SIMILAR_QUESTION_MIN, similarity } from './answers/same-question.ts'
import { meaningEmbedder } from './clients/models.ts'
import { failure } from './failure.ts'
import { houseTypeIdsOf } from './house-types.ts'
import { keptRead } from './kept-reads.ts'
import { type Page, pageOf, readCursor } from './paging.ts'
import { decodeEmbedding, encodeEmbedding } from './retrieval/embedding-bytes.ts'
import { storableWords } from './staff-words.ts'

const KNOWLEDGE_QUESTION_CHARS_MAX = 500
const KNOWLEDGE_ANSWER_CHARS_MAX = 4_000
/** Purchasers are told that their builder answered; which of its people did is for the portal. */
const AUTHOR_FOR_PURCHASERS = 'your builder'

export type { KnowledgeRow } from '#db/knowledge.ts'

/** What a home may be answered from, to be read with whatever else is asked about it. */
export const readKnowledge = (db: Db, home: HomeScope): Promise<HomeKnowledge[]> =>
  knowledgeOfHome(db, home, meaningEmbedder(home)?.model ?? null)

/** The nearest of the staff answers for this home; the newer of two that are equally near. Null when none is near. */
export async function nearestKnowledge(
  home: HomeScope,
  rows: readonly HomeKnowledge[],
  text: string,
): Promise<Knowledge | null> {
  if (rows.length === 0) return null
  const embedder = meaningEmbedder(home)
  const hasVectors = rows.some((row) => row.embedding !== null)
  const asked = meaningOf(text, hasVectors && embedder ? await embedder.embed(text) : null)
  let best: { row: (typeof rows)[number]; similarity: number } | null = null
  for (const row of rows) {
    const known = meaningOf(row.question, row.embedding ? decodeEmbedding(row.embedding) : null)
    const near = similarity(asked, known)
    if (near >= SIMILAR_QUESTION_MIN && near > (best?.similarity ?? 0)) best = { row, similarity: near }
  }
  if (best === null) return null
  const { id, question, answer, createdAt } = best.row
  return {
    knowledgeId: id,
    question,
    answer,
    similarity: best.similarity,
    author: AUTHOR_FOR_PURCHASERS,
    answeredOn: createdAt.toISOString(),
  }
}

export type NewKnowledge = {
  developmentId: string
  question: string
  answer: string
  /** Codes such as `BD01`; empty for every home of the development. */
  houseTypeCodes: readonly string[]
  /** Only this home. */
  unitId: string | null
}

/** `id` is null for programs, whose name is that of their key. */
export type Author = { id: string | null; name: string }

/** Where an answer comes from: the group of gaps it is for, if it is for one. */
export type AnswersGroup = { groupId: string } | null

/**
 * Adds an answer, which homes get from then on, and enqueues the replay of the gaps it may close.
 * @throws Failure `not_found`, `unknown_house_type`, `invalid`
 */
export async function addKnowledge(
  scope: Scope,
  author: Author,
  asked: NewKnowledge,
  group: AnswersGroup = null,
): Promise<{ knowledgeId: string; jobId: string }> {
  const fresh = {
    ...asked,
    question: storableWords(asked.question, 'question', KNOWLEDGE_QUESTION_CHARS_MAX),
    answer: storableWords(asked.answer, 'answer', KNOWLEDGE_ANSWER_CHARS_MAX),
  }
  await within(scope, (db) => checkTarget(db, fresh))
  const embedder = meaningEmbedder(scope)
  const vector = embedder ? await embedder.embed(fresh.question) : null
  const embedding =
    embedder && vector
      ? { embedding: encodeEmbedding(vector), embeddingModel: embedder.model }
      : { embedding: null, embeddingModel: null }
  return within(scope, async (db) => {
    const houseTypeIds = await checkTarget(db, fresh)
    const { tenantId, requestId } = scope
    const { developmentId, unitId, question, answer } = fresh
    const id = Bun.randomUUIDv7()
    const of = { tenantId, developmentId }
    await insertKnowledge(db, {
      id,
      ...of,
      unitId,
      question,
      answer,
      authorId: author.id,
      authorName: author.name,
      ...embedding,
    })
    await insertKnowledgeHouseTypes(db, { ...of, knowledgeId: id }, houseTypeIds)
    const replaced = await retireReplaced(db, { id, developmentId, unitId, question }, houseTypeIds)
    await note(db, scope, 'knowledge.added', id, {
      question,
      houseTypes: fresh.houseTypeCodes,
      replaced,
    })
    const payload = { tenantId, developmentId, knowledgeId: id, groupId: group?.groupId ?? null }
    return { knowledgeId: id, jobId: await enqueue(db, 'replay-gaps', payload, { requestId }) }
  })
}

/** The ids of the house types; checks that development, types and home belong together. */
async function checkTarget(db: Db, { developmentId, houseTypeCodes, unitId }: NewKnowledge) {
  if (!(await developmentById(db, developmentId))) throw failure('not_found')
  const unit = unitId === null ? null : await unitById(db, unitId)
  if (unitId !== null && unit?.developmentId !== developmentId) throw failure('not_found')
  if (unitId !== null && houseTypeCodes.length > 0)
    throw failure('invalid', {
      fields: [{ path: 'house_types', message: 'cannot be combined with a single home' }],
    })
  return houseTypeIdsOf(db, developmentId, houseTypeCodes)
}

/** Takes an answer back: no home gets it any more; what was told stays told. @throws Failure `not_found` */
export async function retireKnowledge(scope: Scope, id: string): Promise<{ developmentId: string }> {
  return within(scope, async (db) => {
    const row = await retireRow(db, id)
    if (!row) throw failure('not_found')
    await note(db, scope, 'knowledge.retired', id, {})
    return row
  })
}

export async function listKnowledge(
  scope: Scope,
  query: {
    developmentId?: string | undefined
    isRetired?: boolean | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<Page<KnowledgeRow>> {
  const list = `knowledge ${query.developmentId ?? ''} ${query.isRetired ?? ''}`
  const position = readCursor(list, query.cursor, 2)
  const after = position ? { at: new Date(position[0] as string), id: position[1] as string } : undefined
  const rows = await keptRead(scope, {
    name: list,
    parts: [query.cursor ?? '', query.limit],
    tables: ['knowledge', 'units', 'house_types'],
    read: () => within(scope, (db) => knowledgeOfTenant(db, { ...query, after })),
  })
  return pageOf(list, rows, query.limit, (row) => [row.createdAt.toISOString(), row.id])
}

/** @throws Failure `not_found` */
export async function findKnowledge(scope: Scope, id: string): Promise<KnowledgeRow> {
  const row = await within(scope, (db) => knowledgeById(db, id))
  if (!row) throw failure('not_found')
  return row
}

const note = (db: Db, scope: Scope, action: string, targetId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'knowledge', targetId, changes })

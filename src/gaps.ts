// Gaps: questions nobody could answer yet, grouped by meaning, answered by staff once and replayed for everybody.

import type { MessageRow } from '#db/chat.ts'
import {
  type GapGroup,
  type GapStatus,
  gapGroupOf,
  insertGap,
  listGapGroups,
  lockGapGroups,
  type NewAnswer,
  newAnswersOf,
  openGapGroups,
  setAnswersSeen,
  setBuilderAsked,
  setBuilderAskedInConversation,
} from '#db/gaps.ts'
import { type Db, type HomeScope, type Scope, within } from '#db/scope.ts'
import type { Answer } from './answers/question.ts'
import { meaningOf, SIMILAR_QUESTION_MIN, similarity } from './answers/same-question.ts'
import type { TurnGap } from './chat/turns.ts'
import { meaningEmbedder } from './clients/models.ts'
import { failure } from './failure.ts'
import { keptRead } from './kept-reads.ts'
import { type Author, addKnowledge } from './knowledge.ts'
import { type Page, pageOf, readCursor } from './paging.ts'
import { decodeEmbedding, encodeEmbedding } from './retrieval/embedding-bytes.ts'
import { announce } from './webhooks.ts'

export type { GapGroup, GapStatus, NewAnswer } from '#db/gaps.ts'

type GapVector = { model: string; vector: Float32Array } | null

/** The vector a new gap is grouped by; null without a model. Asked for before the transaction, never inside it. */
export async function meaningForGap(home: HomeScope, question: string): Promise<GapVector> {
  const embedder = meaningEmbedder(home)
  const vector = embedder ? await embedder.embed(question) : null
  return embedder && vector ? { model: embedder.model, vector } : null
}

/**
 * Records what an answer left open. Asking the builder for a gap that the conversation has left already marks that
 * one instead of making a second.
 */
export async function leaveGap(
  db: Db,
  home: HomeScope,
  { messageId, conversationId }: { messageId: string; conversationId: string },
  answer: Answer,
  vector: GapVector,
): Promise<{ gap: TurnGap | null; gapId: string }> {
  const question = answer.resolvedQuestion
  const asksBuilder = answer.reason === 'asked_builder'
  const left = asksBuilder ? await setBuilderAskedInConversation(db, conversationId, question) : null
  if (left !== null) return { gap: null, gapId: left }
  const { tenantId, developmentId, unitId, houseTypeId } = home
  await lockGapGroups(db, developmentId)
  const id = Bun.randomUUIDv7()
  await insertGap(db, {
    id,
    tenantId,
    developmentId,
    unitId,
    houseTypeId,
    messageId,
    question,
    groupId: (await groupFor(db, developmentId, question, vector)) ?? id,
    askedBuilderAt: asksBuilder ? new Date() : null,
    embedding: vector ? encodeEmbedding(vector.vector) : null,
    embeddingModel: vector?.model ?? null,
  })
  await announce(db, home, 'gap.opened', { gap_id: id, development_id: developmentId, unit_id: unitId })
  return { gap: { id, status: 'open', askedBuilder: asksBuilder, answer: null }, gapId: id }
}

/** The waiting group whose first wording is nearest; null when none means the same. */
async function groupFor(
  db: Db,
  developmentId: string,
  question: string,
  vector: GapVector,
): Promise<string | null> {
  const asked = meaningOf(question, vector?.vector ?? null)
  let best: { groupId: string; near: number } | null = null
  for (const head of await openGapGroups(db, developmentId, vector?.model ?? null)) {
    const known = meaningOf(head.question, head.embedding ? decodeEmbedding(head.embedding) : null)
    const near = similarity(asked, known)
    if (near >= SIMILAR_QUESTION_MIN && near > (best?.near ?? 0)) best = { groupId: head.groupId, near }
  }
  return best?.groupId ?? null
}

/** "Ask the builder": marks the gap as wanted by the asker. @throws Failure `not_found` */
export async function askBuilder(
  home: HomeScope,
  by: { purchaserId: string | null; origin: 'app' | 'api' },
  gapId: string,
): Promise<{ id: string; status: GapStatus }> {
  const gap = await within(home, (db) => setBuilderAsked(db, { unitId: home.unitId, ...by }, gapId))
  if (!gap) throw failure('not_found')
  return gap
}

/** Answers that have come for this person's questions and that they have not looked at. */
export const newAnswers = (
  home: HomeScope,
  by: { purchaserId: string | null; origin: 'app' | 'api' },
): Promise<NewAnswer[]> => within(home, (db) => newAnswersOf(db, { unitId: home.unitId, ...by }))

/** The asker has the conversation open, so its new answers are new no more. */
export async function seeAnswers(db: Db, conversationId: string, rows: MessageRow[]): Promise<void> {
  if (rows.some((row) => row.gapStatus === 'answered')) await setAnswersSeen(db, conversationId)
}

export async function listGaps(
  scope: Scope,
  query: {
    developmentId?: string | undefined
    status: GapStatus
    cursor?: string | undefined
    limit: number
  },
): Promise<Page<GapGroup>> {
  const { developmentId, status, limit } = query
  const list = `gaps ${developmentId ?? ''} ${status}`
  const position = readCursor(list, query.cursor, 3)
  const after = position
    ? { homes: Number(position[0]), lastAskedAt: new Date(position[1] as string), id: position[2] as string }
    : undefined
  const rows = await keptRead(scope, {
    name: list,
    parts: [query.cursor ?? '', limit],
    tables: ['gaps', 'house_types'],
    read: () => within(scope, (db) => listGapGroups(db, { developmentId, status, after, limit })),
  })
  return pageOf(list, rows, limit, (row) => [String(row.homes), row.lastAskedAt.toISOString(), row.id])
}

/** @throws Failure `not_found` */
export async function findGap(scope: Scope, gapId: string): Promise<GapGroup> {
  const gap = await within(scope, (db) => gapGroupOf(db, gapId))
  if (!gap) throw failure('not_found')
  return gap
}

export type GapAnswer = {
  answer: string
  /** Staff's own wording of the question; the first asker's when left out. */
  question?: string | undefined
  houseTypeCodes: readonly string[]
  unitId: string | null
}

/**
 * Answers a gap and its group: the answer becomes knowledge at once, the replay tells the askers.
 * @throws Failure `not_found`, `conflict` when it is not open any more, and those of `addKnowledge`
 */
export async function answerGap(
  scope: Scope,
  author: Author,
  gapId: string,
  asked: GapAnswer,
): Promise<{ knowledgeId: string; jobId: string; developmentId: string }> {
  const gap = await findGap(scope, gapId)
  if (gap.status !== 'open') throw failure('conflict')
  const { developmentId, groupId } = gap
  const { answer, houseTypeCodes, unitId } = asked
  const question = asked.question?.trim() || gap.question
  const added = await addKnowledge(
    scope,
    author,
    { developmentId, question, answer, houseTypeCodes, unitId },
    { groupId },
  )
  return { ...added, developmentId }
}

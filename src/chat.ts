// Chat: a question of a home goes through the answer pipeline; question, answer, gap and log are kept together.
import {
  type ConversationOwner,
  type ConversationRow,
  conversationById,
  conversationOfClientKey,
  insertConversation,
  insertGap,
  insertQuestion,
  insertRagLog,
  type MessageRow,
  messageByClientKey,
  messagesOfConversation,
  recentConversations,
  setAnswer,
  setBuilderAsked,
  touchConversation,
} from '#db/chat.ts'
import { insertMessageCitations } from '#db/document-passages.ts'
import { type HomeScope, within } from '#db/scope.ts'
import { homeById } from '#db/units.ts'
import { answerQuestion } from './answers/pipeline.ts'
import type { Answer, Citation, DownloadCard, EmergencyCard, Offer, Stage, Turn } from './answers/question.ts'
import { citationRows } from './chat/citation-rows.ts'
import { answerSources } from './chat/sources.ts'
import { chatModel } from './clients/models.ts'
import { failure } from './failure.ts'
import { positionOf } from './geocoding.ts'
import { log } from './log.ts'
import { announce } from './webhooks.ts'

export const QUESTION_CHARS_MAX = 2_000
export const CLIENT_KEY_SHAPE = /^[A-Za-z0-9-]{8,64}$/
/** Turns of a conversation that are read back as context. */
const HISTORY_TURNS = 6
const TITLE_CHARS_MAX = 80
const MESSAGES_SHOWN = 50
const CONVERSATIONS_SHOWN = 20

export type AskedBy = { purchaserId: string | null; origin: 'app' | 'api' }

export type Ask = {
  question: string
  conversationId: string | null
  /** The same key again is the same question: it is answered once. */
  clientKey: string
}

/** Parts of an answer that are kept beside its text. */
export type AnswerDetails = {
  citations: Citation[]
  downloads: DownloadCard[]
  emergency: EmergencyCard | null
  offer: Offer | null
  incomplete: boolean
}

export type Answered = {
  messageId: string
  conversationId: string
  question: string
  answer: string
  stage: Stage
  mode: 'llm' | 'extractive'
  details: AnswerDetails
  gap: { id: string; status: 'open' | 'answered' | 'closed'; askedBuilder: boolean } | null
  createdAt: Date
}

export type Stream = { token(text: string): Promise<void>; signal: AbortSignal }

/** A question that has been accepted and stored, before it is answered. */
export type Accepted = {
  messageId: string
  conversationId: string
  question: string
  createdAt: Date
  answered: Answered | null
  history: Turn[]
}

/**
 * Stores the question. A retry of the page (same key) finds the first attempt, with its answer if there is one.
 * @throws Failure `not_found` for somebody else's conversation
 */
export async function acceptQuestion(home: HomeScope, by: AskedBy, ask: Ask): Promise<Accepted> {
  const question = ask.question.normalize('NFC').toWellFormed().replaceAll('\u0000', '').trim()
  if (question.length === 0 || question.length > QUESTION_CHARS_MAX)
    throw failure('invalid', {
      fields: [{ path: 'question', message: `must have 1 to ${QUESTION_CHARS_MAX} characters` }],
    })
  const owner = { unitId: home.unitId, ...by }
  return within(home, async (db) => {
    const conversationId =
      ask.conversationId ?? (await conversationOfClientKey(db, owner, ask.clientKey)) ?? Bun.randomUUIDv7()
    const known = await conversationById(db, owner, conversationId)
    if (!known && ask.conversationId) throw failure('not_found')
    if (!known)
      await insertConversation(db, {
        id: conversationId,
        tenantId: home.tenantId,
        unitId: home.unitId,
        ...by,
        title: question.slice(0, TITLE_CHARS_MAX),
      })
    const messageId = Bun.randomUUIDv7()
    const isNew = await insertQuestion(db, {
      id: messageId,
      tenantId: home.tenantId,
      conversationId,
      clientKey: ask.clientKey,
      question,
      requestId: home.requestId,
    })
    const row = isNew ? null : await messageByClientKey(db, conversationId, ask.clientKey)
    const turns = await messagesOfConversation(db, conversationId, HISTORY_TURNS + 1)
    return {
      messageId: row?.id ?? messageId,
      conversationId,
      question: row?.question ?? question,
      createdAt: row?.createdAt ?? new Date(),
      answered: row ? answeredOf(row, conversationId) : null,
      history: turns
        .filter((turn) => turn.id !== (row?.id ?? messageId))
        .flatMap(turnOf)
        .slice(-HISTORY_TURNS),
    }
  })
}

/** Runs the pipeline and keeps what came of it: answer, gap and log in one transaction. */
export async function answerAccepted(
  home: HomeScope,
  accepted: Accepted,
  stream: Stream | null,
): Promise<Answered> {
  if (accepted.answered) return accepted.answered
  const started = performance.now()
  const asked = await askedQuestion(home, accepted)
  const answer = await answerQuestion(asked, answerSources(home), chatModel(home), stream ?? undefined)
  const gapId = answer.gap ? Bun.randomUUIDv7() : null
  const { citations, downloads, emergency, offer, incomplete } = answer
  const details: AnswerDetails = { citations, downloads, emergency, offer, incomplete }
  await keep(home, accepted, answer, details, gapId, Math.round(performance.now() - started))
  return {
    messageId: accepted.messageId,
    conversationId: accepted.conversationId,
    question: accepted.question,
    answer: answer.text,
    stage: answer.stage,
    mode: answer.mode,
    details,
    gap: gapId ? { id: gapId, status: 'open', askedBuilder: false } : null,
    createdAt: accepted.createdAt,
  }
}

async function askedQuestion(home: HomeScope, accepted: Accepted) {
  const row = await within(home, (db) => homeById(db, home.unitId)).catch((error) => {
    // The safety stage must still speak when the database does not.
    log('error', 'home_unreadable', { requestId: home.requestId, error })
    return null
  })
  return {
    text: accepted.question,
    requestId: home.requestId,
    history: accepted.history,
    home: {
      developmentName: row?.developmentName ?? '',
      addressLine: [row?.addressLine, row?.eircode].filter(Boolean).join(', '),
      unitNumber: row?.number ?? '',
      houseTypeCode: row?.houseTypeCode ?? '',
      bedrooms: row?.bedrooms ?? null,
      floorAreaM2: row?.floorAreaM2 ?? null,
      ...positionOf(row),
    },
  }
}

async function keep(
  home: HomeScope,
  accepted: Accepted,
  answer: Answer,
  details: AnswerDetails,
  gapId: string | null,
  durationMs: number,
): Promise<void> {
  const { tenantId, developmentId, unitId, houseTypeId, requestId } = home
  const { messageId, conversationId } = accepted
  await within(home, async (db) => {
    await setAnswer(db, messageId, {
      answer: answer.text,
      stage: answer.stage,
      reason: answer.reason,
      mode: answer.mode,
      details,
    })
    await insertMessageCitations(db, citationRows(home, messageId, details.citations))
    await touchConversation(db, conversationId)
    if (gapId) {
      const of = { tenantId, developmentId, unitId, houseTypeId, messageId }
      await insertGap(db, { id: gapId, ...of, question: answer.resolvedQuestion })
      const opened = { gap_id: gapId, development_id: developmentId, unit_id: unitId }
      await announce(db, home, 'gap.opened', opened)
    }
    await insertRagLog(db, {
      tenantId,
      developmentId,
      unitId,
      messageId,
      requestId,
      stage: answer.stage,
      reason: answer.reason,
      mode: answer.mode,
      model: answer.usage?.model ?? null,
      promptTokens: answer.usage?.promptTokens ?? null,
      completionTokens: answer.usage?.completionTokens ?? null,
      indexVersion: answer.retrieval?.indexVersion ?? null,
      candidateCount: answer.retrieval?.candidates.length ?? 0,
      filteredOutCount: answer.retrieval?.filteredOut ?? 0,
      chunkIds: answer.retrieval?.chunksUsed ?? [],
      stages: answer.log,
      durationMs,
    })
  })
}

/** A conversation with its newest turns. @throws Failure `not_found` */
export async function openConversation(
  home: HomeScope,
  by: AskedBy,
  conversationId: string,
): Promise<{ conversation: ConversationRow; turns: (Answered | Unanswered)[] }> {
  const owner: ConversationOwner = { unitId: home.unitId, ...by }
  return within(home, async (db) => {
    const conversation = await conversationById(db, owner, conversationId)
    if (!conversation) throw failure('not_found')
    const rows = await messagesOfConversation(db, conversationId, MESSAGES_SHOWN)
    return { conversation, turns: rows.map((row) => answeredOf(row, conversationId) ?? unansweredOf(row)) }
  })
}

export type Unanswered = { messageId: string; question: string; answer: null; createdAt: Date }

export const listConversations = (home: HomeScope, by: AskedBy): Promise<ConversationRow[]> =>
  within(home, (db) => recentConversations(db, { unitId: home.unitId, ...by }, CONVERSATIONS_SHOWN))

/** "Ask the builder": marks the gap as wanted by the asker. @throws Failure `not_found` */
export async function askBuilder(
  home: HomeScope,
  gapId: string,
): Promise<{ id: string; status: 'open' | 'answered' | 'closed' }> {
  const gap = await within(home, (db) => setBuilderAsked(db, home.unitId, gapId))
  if (!gap) throw failure('not_found')
  return gap
}

const unansweredOf = (row: MessageRow): Unanswered => ({
  messageId: row.id,
  question: row.question,
  answer: null,
  createdAt: row.createdAt,
})

function answeredOf(row: MessageRow, conversationId: string): Answered | null {
  if (row.answer === null || row.stage === null) return null
  return {
    messageId: row.id,
    conversationId,
    question: row.question,
    answer: row.answer,
    stage: row.stage as Stage,
    mode: row.mode === 'llm' ? 'llm' : 'extractive',
    details: row.details as AnswerDetails,
    gap:
      row.gapId && row.gapStatus
        ? { id: row.gapId, status: row.gapStatus, askedBuilder: row.gapAskedBuilderAt !== null }
        : null,
    createdAt: row.createdAt,
  }
}

function turnOf(row: MessageRow): Turn[] {
  if (row.answer === null || row.stage === null) return []
  return [
    {
      question: row.question,
      answer: row.answer,
      stage: row.stage as Stage,
      offer: (row.details as AnswerDetails).offer,
    },
  ]
}

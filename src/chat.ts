// Chat: a question of a home goes through the answer pipeline; question, answer, gap and log are kept together.
import {
  conversationOfClientKey,
  insertConversation,
  insertQuestion,
  insertRagLog,
  setAnswer,
  touchConversation,
} from '#db/asking.ts'
import {
  type ConversationOwner,
  type ConversationRow,
  conversationById,
  messageByClientKey,
  messagesOfConversation,
  recentConversations,
} from '#db/chat.ts'
import { insertMessageCitations } from '#db/document-passages.ts'
import { type Db, type HomeScope, within } from '#db/scope.ts'
import type { Answer, Turn } from './answers/question.ts'
import { citationRows } from './chat/citation-rows.ts'
import { runPipeline } from './chat/pipeline-run.ts'
import { type HomeReading, readHome } from './chat/sources.ts'
import {
  type Answered,
  answeredOf,
  detailsOf,
  type TurnGap,
  turnOf,
  type Unanswered,
  unansweredOf,
} from './chat/turns.ts'
import { failure } from './failure.ts'
import { leaveGap, meaningForGap, seeAnswers } from './gaps.ts'
import { log } from './log.ts'

export type { AnswerDetails, Answered, Unanswered } from './chat/turns.ts'

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

export type Stream = { token(text: string): Promise<void>; signal: AbortSignal }

/** A question that has been accepted and stored, before it is answered. */
export type Accepted = {
  messageId: string
  conversationId: string
  question: string
  createdAt: Date
  answered: Answered | null
  history: Turn[]
  /** What answering will need of the home; null when it is to be read then. */
  read: HomeReading | null
}

/** What is read for the answer went wrong, not the storing of the question. */
class Unread extends Error {}

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
  const fresh = { ...ask, question }
  return storeQuestion(home, by, fresh, true).catch((error) => {
    if (!(error instanceof Unread)) throw error
    // A question is kept whatever becomes of its answer.
    log('warn', 'home_unreadable', { requestId: home.requestId, error })
    return storeQuestion(home, by, fresh, false)
  })
}

/** One transaction stores the question and reads what its answer begins with: each costs as much as all it does. */
async function storeQuestion(home: HomeScope, by: AskedBy, ask: Ask, reads: boolean): Promise<Accepted> {
  const owner = { unitId: home.unitId, ...by }
  const { question } = ask
  return within(home, async (db) => {
    const known = await conversationFor(db, owner, ask)
    const conversationId = known ?? Bun.randomUUIDv7()
    const messageId = Bun.randomUUIDv7()
    // Sent together; nothing can have been asked before in a conversation that only begins.
    const [, isNew, read] = await Promise.all([
      known === null &&
        insertConversation(db, {
          id: conversationId,
          tenantId: home.tenantId,
          unitId: home.unitId,
          ...by,
          title: question.slice(0, TITLE_CHARS_MAX),
        }),
      insertQuestion(db, {
        id: messageId,
        tenantId: home.tenantId,
        conversationId,
        clientKey: ask.clientKey,
        question,
        requestId: home.requestId,
      }),
      reads
        ? readHome(db, home, question).catch((cause) => Promise.reject(new Unread('unread', { cause })))
        : null,
    ])
    const row = isNew ? null : await messageByClientKey(db, conversationId, ask.clientKey)
    const turns = known === null ? [] : await messagesOfConversation(db, conversationId, HISTORY_TURNS + 1)
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
      read,
    }
  })
}

/** The conversation named, or the one that the page's first try began; null when the question begins one. */
async function conversationFor(db: Db, owner: ConversationOwner, ask: Ask): Promise<string | null> {
  if (ask.conversationId === null) return conversationOfClientKey(db, owner, ask.clientKey)
  const known = await conversationById(db, owner, ask.conversationId)
  if (!known) throw failure('not_found')
  return known.id
}

/** Runs the pipeline and keeps what came of it: answer, gap and log in one transaction. */
export async function answerAccepted(
  home: HomeScope,
  accepted: Accepted,
  stream: Stream | null,
): Promise<Answered> {
  if (accepted.answered) return accepted.answered
  const { question, history, read } = accepted
  const started = performance.now()
  const answer = await runPipeline(home, question, history, stream ?? undefined, null, read)
  const vector = answer.gap ? await meaningForGap(home, answer.resolvedQuestion) : null
  const durationMs = Math.round(performance.now() - started)
  const { gap, gapId } = await within(home, async (db) => {
    await keep(db, home, accepted, answer, durationMs)
    return answer.gap ? leaveGap(db, home, accepted, answer, vector) : { gap: null, gapId: null }
  })
  return {
    messageId: accepted.messageId,
    conversationId: accepted.conversationId,
    question: accepted.question,
    answer: answer.text,
    stage: answer.stage,
    mode: answer.mode,
    details: detailsOf(answer),
    gap: gap satisfies TurnGap | null,
    gapId,
    feedback: null,
    isSaved: false,
    createdAt: accepted.createdAt,
  }
}

async function keep(
  db: Db,
  home: HomeScope,
  { messageId, conversationId }: Accepted,
  answer: Answer,
  durationMs: number,
): Promise<void> {
  const { tenantId, developmentId, unitId, requestId } = home
  // Sent together and kept together: the transaction is one.
  await Promise.all([
    setAnswer(db, {
      messageId,
      answer: answer.text,
      stage: answer.stage,
      reason: answer.reason,
      mode: answer.mode,
      details: detailsOf(answer),
      answeredAt: new Date(),
    }),
    insertMessageCitations(db, citationRows(home, messageId, answer.citations)),
    touchConversation(db, { conversationId, at: new Date() }),
    insertRagLog(db, {
      id: Bun.randomUUIDv7(),
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
    }),
  ])
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
    if (!home.readOnly) await seeAnswers(db, conversationId, rows)
    return { conversation, turns: rows.map((row) => answeredOf(row, conversationId) ?? unansweredOf(row)) }
  })
}

export const listConversations = (home: HomeScope, by: AskedBy): Promise<ConversationRow[]> =>
  within(home, (db) => recentConversations(db, { unitId: home.unitId, ...by }, CONVERSATIONS_SHOWN))

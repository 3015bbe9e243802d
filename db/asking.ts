// Statements of a question that is asked and answered, and the log of how it was.
import { and, asc, eq, type Placeholder, sql } from 'drizzle-orm'
import { type ConversationOwner, ownedBy } from './chat.ts'
import type { Db } from './client.ts'
import { conversations, messages, ragLog } from './schema/index.ts'
import { type Given, statement } from './statement.ts'

export const insertConversation = statement(
  (
    db,
    given: Given<{
      id: string
      tenantId: string
      unitId: string
      purchaserId: string | null
      origin: 'app' | 'api'
      title: string
    }>,
  ) =>
    db.insert(conversations).values({
      id: given.id,
      tenantId: given.tenantId,
      unitId: given.unitId,
      purchaserId: given.purchaserId,
      origin: given.origin,
      title: given.title,
    }),
)

/** The newest turn of this home that the page sent with this key, whatever conversation it began. */
export async function conversationOfClientKey(
  db: Db,
  owner: ConversationOwner,
  clientKey: string,
): Promise<string | null> {
  const [row] = await (owner.purchaserId ? begunByPerson : begunByHome)(db, { ...owner, clientKey })
  return row?.id ?? null
}

type OwnedKey = ConversationOwner & { clientKey: string }

const begunWith = (db: Db, owner: Parameters<typeof ownedBy>[0], clientKey: Placeholder) =>
  db
    .select({ id: conversations.id })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, messages.tenantId), eq(conversations.id, messages.conversationId)),
    )
    .where(and(eq(messages.clientKey, clientKey), ownedBy(owner)))
    .orderBy(asc(messages.createdAt))
    .limit(1)

const begunByPerson = statement((db, given: Given<OwnedKey>) => begunWith(db, given, given.clientKey))
const begunByHome = statement((db, { unitId, origin, clientKey }: Given<OwnedKey>) =>
  begunWith(db, { unitId, origin, purchaserId: null }, clientKey),
)

/** Inserts the question; false when the page's retry found it already there. */
export async function insertQuestion(db: Db, row: NewQuestion): Promise<boolean> {
  return (await newQuestion(db, row)).length === 1
}

type NewQuestion = {
  id: string
  tenantId: string
  conversationId: string
  clientKey: string
  question: string
  requestId: string
}

const newQuestion = statement((db, given: Given<NewQuestion>) =>
  db
    .insert(messages)
    .values({
      id: given.id,
      tenantId: given.tenantId,
      conversationId: given.conversationId,
      clientKey: given.clientKey,
      question: given.question,
      requestId: given.requestId,
    })
    .onConflictDoNothing()
    .returning({ id: messages.id }),
)

export const setAnswer = statement(
  (
    db,
    given: Given<{
      messageId: string
      answer: string
      stage: string
      reason: string
      mode: string
      details: unknown
      answeredAt: Date
    }>,
  ) =>
    db
      .update(messages)
      .set({
        answer: sql`${given.answer}`,
        stage: sql`${given.stage}`,
        reason: sql`${given.reason}`,
        mode: sql`${given.mode}`,
        details: sql`${sql.param(given.details, messages.details)}`,
        answeredAt: sql`${sql.param(given.answeredAt, messages.answeredAt)}`,
      })
      .where(eq(messages.id, given.messageId)),
)

export const touchConversation = statement((db, given: Given<{ conversationId: string; at: Date }>) =>
  db
    .update(conversations)
    .set({ lastMessageAt: sql`${sql.param(given.at, conversations.lastMessageAt)}` })
    .where(eq(conversations.id, given.conversationId)),
)

export const insertRagLog = statement(
  (
    db,
    given: Given<{
      id: string
      tenantId: string
      developmentId: string
      unitId: string
      messageId: string
      requestId: string
      stage: string
      reason: string
      mode: string
      model: string | null
      promptTokens: number | null
      completionTokens: number | null
      indexVersion: number | null
      candidateCount: number
      filteredOutCount: number
      chunkIds: string[]
      stages: unknown
      durationMs: number
    }>,
  ) =>
    db.insert(ragLog).values({
      id: given.id,
      tenantId: given.tenantId,
      developmentId: given.developmentId,
      unitId: given.unitId,
      messageId: given.messageId,
      requestId: given.requestId,
      stage: given.stage,
      reason: given.reason,
      mode: given.mode,
      model: given.model,
      promptTokens: given.promptTokens,
      completionTokens: given.completionTokens,
      indexVersion: given.indexVersion,
      candidateCount: given.candidateCount,
      filteredOutCount: given.filteredOutCount,
      chunkIds: given.chunkIds,
      stages: given.stages,
      durationMs: given.durationMs,
    }),
)

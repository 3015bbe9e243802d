// Statements about conversations, their messages, and what people make of the answers; asking stands in asking.ts.
import { and, desc, eq, isNotNull, isNull, type Placeholder, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { conversations, gaps, messages, units } from './schema/index.ts'

export type ConversationRow = { id: string; title: string; lastMessageAt: Date }

/** Whose conversation: the same adult's in the app, or the API's. */
export type ConversationOwner = { unitId: string; purchaserId: string | null; origin: 'app' | 'api' }

/** `owner` may be named instead of known; null is neither, and says that nobody in particular owns it. */
export const ownedBy = (owner: { [K in keyof ConversationOwner]: ConversationOwner[K] | Placeholder }) =>
  and(
    eq(conversations.unitId, owner.unitId),
    eq(conversations.origin, owner.origin),
    owner.purchaserId ? eq(conversations.purchaserId, owner.purchaserId) : isNull(conversations.purchaserId),
  )

export async function conversationById(
  db: Db,
  owner: ConversationOwner,
  id: string,
): Promise<ConversationRow | null> {
  const [row] = await db
    .select({ id: conversations.id, title: conversations.title, lastMessageAt: conversations.lastMessageAt })
    .from(conversations)
    .where(and(eq(conversations.id, id), ownedBy(owner)))
    .limit(1)
  return row ?? null
}

export const recentConversations = (
  db: Db,
  owner: ConversationOwner,
  limit: number,
): Promise<ConversationRow[]> =>
  db
    .select({ id: conversations.id, title: conversations.title, lastMessageAt: conversations.lastMessageAt })
    .from(conversations)
    .where(ownedBy(owner))
    .orderBy(desc(conversations.lastMessageAt), desc(conversations.id))
    .limit(limit)

export type MessageRow = {
  id: string
  question: string
  answer: string | null
  stage: string | null
  reason: string | null
  mode: string | null
  details: unknown
  createdAt: Date
  feedback: 'helpful' | 'not_helpful' | null
  savedAt: Date | null
  gapId: string | null
  gapStatus: 'open' | 'answered' | 'closed' | null
  gapAskedBuilderAt: Date | null
  gapAnswer: string | null
  gapAnswerDetails: unknown
  gapAnsweredAt: Date | null
  gapKnowledgeId: string | null
}

const messageColumns = {
  id: messages.id,
  question: messages.question,
  answer: messages.answer,
  stage: messages.stage,
  reason: messages.reason,
  mode: messages.mode,
  details: messages.details,
  createdAt: messages.createdAt,
  feedback: messages.feedback,
  savedAt: messages.savedAt,
  gapId: gaps.id,
  gapStatus: gaps.status,
  gapAskedBuilderAt: gaps.askedBuilderAt,
  gapAnswer: gaps.answer,
  gapAnswerDetails: gaps.answerDetails,
  gapAnsweredAt: gaps.answeredAt,
  gapKnowledgeId: gaps.knowledgeId,
}

const ofMessage = and(eq(gaps.tenantId, messages.tenantId), eq(gaps.messageId, messages.id))

/** The newest turns of a conversation, oldest first. */
export async function messagesOfConversation(
  db: Db,
  conversationId: string,
  limit: number,
): Promise<MessageRow[]> {
  const rows = await db
    .select(messageColumns)
    .from(messages)
    .leftJoin(gaps, ofMessage)
    .where(eq(messages.conversationId, conversationId))
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(limit)
  return rows.reverse()
}

export async function messageByClientKey(
  db: Db,
  conversationId: string,
  clientKey: string,
): Promise<MessageRow | null> {
  const [row] = await db
    .select(messageColumns)
    .from(messages)
    .leftJoin(gaps, ofMessage)
    .where(and(eq(messages.conversationId, conversationId), eq(messages.clientKey, clientKey)))
    .limit(1)
  return row ?? null
}

/** Null when the message is not of this person's own conversations. */
export async function messageOf(
  db: Db,
  owner: ConversationOwner,
  messageId: string,
): Promise<{ details: unknown } | null> {
  const [row] = await db
    .select({ details: messages.details })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, messages.tenantId), eq(conversations.id, messages.conversationId)),
    )
    .where(and(eq(messages.id, messageId), ownedBy(owner)))
    .limit(1)
  return row ?? null
}

export type Verdict = {
  feedback: 'helpful' | 'not_helpful' | null
  savedAt: Date | null
  conversationId: string
}

const verdictColumns = {
  feedback: messages.feedback,
  savedAt: messages.savedAt,
  conversationId: messages.conversationId,
}

/** An answered turn of this person's own conversations. */
const answeredBy = (owner: ConversationOwner, messageId: string) =>
  and(
    eq(messages.id, messageId),
    isNotNull(messages.answeredAt),
    sql`exists (select 1 from ${conversations} where ${conversations.tenantId} = ${messages.tenantId}
      and ${conversations.id} = ${messages.conversationId} and ${ownedBy(owner)})`,
  )

/** Null when the answer is not this person's. */
export async function setFeedback(
  db: Db,
  owner: ConversationOwner,
  messageId: string,
  given: { feedback: 'helpful' | 'not_helpful'; feedbackReason: string | null },
): Promise<Verdict | null> {
  const [row] = await db
    .update(messages)
    .set({ ...given, feedbackAt: new Date() })
    .where(answeredBy(owner, messageId))
    .returning(verdictColumns)
  return row ?? null
}

/** Keeps an answer for later, or no longer. Null when it is not this person's. */
export async function setSaved(
  db: Db,
  owner: ConversationOwner,
  messageId: string,
  savedAt: Date | null,
): Promise<Verdict | null> {
  const [row] = await db
    .update(messages)
    .set({ savedAt })
    .where(answeredBy(owner, messageId))
    .returning(verdictColumns)
  return row ?? null
}

const SAVED_SHOWN_MAX = 100

export type SavedAnswer = {
  messageId: string
  conversationId: string
  question: string
  answer: string
  savedAt: Date
}

/** What the person kept, the newest first; where an answer came later, that one. */
export const savedAnswers = (db: Db, owner: ConversationOwner): Promise<SavedAnswer[]> =>
  db
    .select({
      messageId: messages.id,
      conversationId: messages.conversationId,
      question: messages.question,
      answer: sql<string>`coalesce(${gaps.answer}, ${messages.answer}, '')`,
      savedAt: sql<Date>`${messages.savedAt}`.mapWith(messages.savedAt),
    })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, messages.tenantId), eq(conversations.id, messages.conversationId)),
    )
    .leftJoin(gaps, ofMessage)
    .where(and(ownedBy(owner), isNotNull(messages.savedAt)))
    .orderBy(desc(messages.savedAt), desc(messages.id))
    .limit(SAVED_SHOWN_MAX)

export type Complaint = { question: string; answer: string; reason: string | null; at: Date }

const COMPLAINTS_SHOWN = 10

/** Answers that askers of a development found not helpful, the newest first, without who they are. */
export const complaintsOfDevelopment = (db: Db, developmentId: string): Promise<Complaint[]> =>
  db
    .select({
      question: messages.question,
      answer: sql<string>`coalesce(${messages.answer}, '')`,
      reason: messages.feedbackReason,
      at: sql<Date>`${messages.feedbackAt}`.mapWith(messages.feedbackAt),
    })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, messages.tenantId), eq(conversations.id, messages.conversationId)),
    )
    .innerJoin(units, and(eq(units.tenantId, conversations.tenantId), eq(units.id, conversations.unitId)))
    .where(and(eq(units.developmentId, developmentId), eq(messages.feedback, 'not_helpful')))
    .orderBy(desc(messages.feedbackAt), desc(messages.id))
    .limit(COMPLAINTS_SHOWN)

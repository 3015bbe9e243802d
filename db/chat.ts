// Statements about conversations, messages, gaps and the log of how each question was answered.
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { conversations, gaps, messages, ragLog } from './schema/index.ts'

export type ConversationRow = { id: string; title: string; lastMessageAt: Date }

/** Whose conversation: the same adult's in the app, or the API's. */
export type ConversationOwner = { unitId: string; purchaserId: string | null; origin: 'app' | 'api' }

const ownedBy = (owner: ConversationOwner) =>
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

export async function insertConversation(db: Db, row: typeof conversations.$inferInsert): Promise<void> {
  await db.insert(conversations).values(row)
}

export type MessageRow = {
  id: string
  question: string
  answer: string | null
  stage: string | null
  reason: string | null
  mode: string | null
  details: unknown
  createdAt: Date
  gapId: string | null
  gapStatus: 'open' | 'answered' | 'closed' | null
  gapAskedBuilderAt: Date | null
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
  gapId: gaps.id,
  gapStatus: gaps.status,
  gapAskedBuilderAt: gaps.askedBuilderAt,
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

/** The newest turn of this home that the page sent with this key, whatever conversation it began. */
export async function conversationOfClientKey(
  db: Db,
  owner: ConversationOwner,
  clientKey: string,
): Promise<string | null> {
  const [row] = await db
    .select({ id: conversations.id })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, messages.tenantId), eq(conversations.id, messages.conversationId)),
    )
    .where(and(eq(messages.clientKey, clientKey), ownedBy(owner)))
    .orderBy(asc(messages.createdAt))
    .limit(1)
  return row?.id ?? null
}

/** Inserts the question; false when the page's retry found it already there. */
export async function insertQuestion(db: Db, row: typeof messages.$inferInsert): Promise<boolean> {
  const inserted = await db.insert(messages).values(row).onConflictDoNothing().returning({ id: messages.id })
  return inserted.length === 1
}

export async function setAnswer(
  db: Db,
  messageId: string,
  answer: { answer: string; stage: string; reason: string; mode: string; details: unknown },
): Promise<void> {
  await db
    .update(messages)
    .set({ ...answer, answeredAt: new Date() })
    .where(eq(messages.id, messageId))
}

export async function touchConversation(db: Db, conversationId: string): Promise<void> {
  await db
    .update(conversations)
    .set({ lastMessageAt: new Date() })
    .where(eq(conversations.id, conversationId))
}

export async function insertGap(db: Db, row: typeof gaps.$inferInsert): Promise<void> {
  await db.insert(gaps).values(row)
}

/** The asker says that the builder should see it. Returns the gap, or null when it is not this home's. */
export async function setBuilderAsked(
  db: Db,
  unitId: string,
  gapId: string,
): Promise<{ id: string; status: 'open' | 'answered' | 'closed' } | null> {
  const [row] = await db
    .update(gaps)
    .set({ askedBuilderAt: sql`coalesce(${gaps.askedBuilderAt}, now())` })
    .where(and(eq(gaps.id, gapId), eq(gaps.unitId, unitId)))
    .returning({ id: gaps.id, status: gaps.status })
  return row ?? null
}

export async function insertRagLog(db: Db, row: typeof ragLog.$inferInsert): Promise<void> {
  await db.insert(ragLog).values(row)
}

export async function messageOfHome(
  db: Db,
  unitId: string,
  messageId: string,
): Promise<{ details: unknown } | null> {
  const [row] = await db
    .select({ details: messages.details })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, messages.tenantId), eq(conversations.id, messages.conversationId)),
    )
    .where(
      and(
        eq(messages.id, messageId),
        eq(conversations.unitId, unitId),
        sql`${conversations.origin} <> 'sealed'`,
      ),
    )
    .limit(1)
  return row ?? null
}

// Statements about questions that programs asked for homes: what people ask in the app is not among them.
import { and, desc, eq, lt } from 'drizzle-orm'
import type { Db } from './client.ts'
import { conversations, gaps, messages, units } from './schema/index.ts'

const columns = {
  id: messages.id,
  unitId: conversations.unitId,
  developmentId: units.developmentId,
  conversationId: messages.conversationId,
  question: messages.question,
  answer: messages.answer,
  stage: messages.stage,
  mode: messages.mode,
  details: messages.details,
  gapId: gaps.id,
  gapStatus: gaps.status,
  laterAnswer: gaps.answer,
  laterAnswerAt: gaps.answeredAt,
  createdAt: messages.createdAt,
}

const byPrograms = (db: Db) =>
  db
    .select(columns)
    .from(messages)
    .innerJoin(
      conversations,
      and(
        eq(conversations.tenantId, messages.tenantId),
        eq(conversations.id, messages.conversationId),
        eq(conversations.origin, 'api'),
      ),
    )
    .innerJoin(units, and(eq(units.tenantId, conversations.tenantId), eq(units.id, conversations.unitId)))
    .leftJoin(gaps, and(eq(gaps.tenantId, messages.tenantId), eq(gaps.messageId, messages.id)))
    .$dynamic()

export type AskedQuestionRow = Awaited<ReturnType<typeof listAskedQuestions>>[number]

/** Newest first; one row more than `limit` when there is a next page. */
export const listAskedQuestions = (
  db: Db,
  filter: {
    developmentId?: string | undefined
    unitId?: string | undefined
    before?: string | undefined
    limit: number
  },
) =>
  byPrograms(db)
    .where(
      and(
        filter.developmentId ? eq(units.developmentId, filter.developmentId) : undefined,
        filter.unitId ? eq(conversations.unitId, filter.unitId) : undefined,
        filter.before ? lt(messages.id, filter.before) : undefined,
      ),
    )
    .orderBy(desc(messages.id))
    .limit(filter.limit + 1)

export async function askedQuestionById(db: Db, id: string): Promise<AskedQuestionRow | null> {
  const [row] = await byPrograms(db).where(eq(messages.id, id)).limit(1)
  return row ?? null
}

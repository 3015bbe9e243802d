// Statements about gaps: questions nobody could answer yet, in groups of those that mean the same.
import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import { type ConversationOwner, ownedBy } from './chat.ts'
import type { Db } from './client.ts'
import { conversations, gaps, messages } from './schema/index.ts'

export type GapStatus = 'open' | 'answered' | 'closed'

/** One decision at a time on which group a question of a development joins, so that two askers make one group. */
export async function lockGapGroups(db: Db, developmentId: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`gaps ${developmentId}`}, 0))`)
}

export type GroupHead = { groupId: string; question: string; embedding: Uint8Array | null }

/** Groups a new question is compared with, the newest first. */
const GROUPS_COMPARED_MAX = 500

/** The first wording of each group that still waits, with vectors of `model` only. */
export const openGapGroups = (db: Db, developmentId: string, model: string | null): Promise<GroupHead[]> =>
  db.execute<GroupHead>(sql`
    select distinct on (group_id) group_id as "groupId", question,
      case when embedding_model = ${model} then embedding end as embedding
    from gaps where development_id = ${developmentId} and status = 'open'
    order by group_id desc, id limit ${GROUPS_COMPARED_MAX}`)

export async function insertGap(db: Db, row: typeof gaps.$inferInsert): Promise<void> {
  await db.insert(gaps).values(row)
}

/** The asker says that the builder should see it. Returns the gap, or null when it is not of this person's own conversations. */
export async function setBuilderAsked(
  db: Db,
  owner: ConversationOwner,
  gapId: string,
): Promise<{ id: string; status: GapStatus } | null> {
  const [row] = await db
    .update(gaps)
    .set({ askedBuilderAt: sql`coalesce(${gaps.askedBuilderAt}, now())` })
    .where(
      and(
        eq(gaps.id, gapId),
        eq(gaps.unitId, owner.unitId),
        sql`exists (select 1 from ${messages} join ${conversations} on ${conversations.tenantId} = ${messages.tenantId}
            and ${conversations.id} = ${messages.conversationId}
          where ${messages.tenantId} = ${gaps.tenantId} and ${messages.id} = ${gaps.messageId} and ${ownedBy(owner)})`,
      ),
    )
    .returning({ id: gaps.id, status: gaps.status })
  return row ?? null
}

/** The same for the open gap that this conversation left with this question; null when it left none. */
export async function setBuilderAskedInConversation(
  db: Db,
  conversationId: string,
  question: string,
): Promise<string | null> {
  const rows = await db.execute<{ id: string }>(sql`
    update gaps set asked_builder_at = coalesce(asked_builder_at, now())
    where id = (
      select g.id from gaps g join messages m on m.tenant_id = g.tenant_id and m.id = g.message_id
      where m.conversation_id = ${conversationId} and g.question = ${question} and g.status = 'open'
      order by g.id desc limit 1)
    returning id`)
  return rows[0]?.id ?? null
}

export type GapGroup = {
  id: string
  groupId: string
  developmentId: string
  question: string
  status: GapStatus
  homes: number
  questions: number
  /** How many asked for the builder by themselves. */
  askedBuilder: number
  wordings: string[]
  houseTypeCodes: string[]
  /** The one home that asked; null when there are several. */
  onlyUnitId: string | null
  firstAskedAt: Date
  lastAskedAt: Date
  answer: string | null
  answeredAt: Date | null
}

type Raw = Omit<GapGroup, 'firstAskedAt' | 'lastAskedAt' | 'answeredAt'> & {
  firstAskedAt: string
  lastAskedAt: string
  answeredAt: string | null
}

const WORDINGS_SHOWN = 10

const groupColumns = sql`g.group_id as "groupId", g.development_id as "developmentId", g.status,
  count(distinct g.unit_id)::int as homes, count(*)::int as questions, count(g.asked_builder_at)::int as "askedBuilder",
  (array_agg(distinct g.question))[1:${WORDINGS_SHOWN}::int] as wordings,
  array_agg(distinct h.code) as "houseTypeCodes",
  case when count(distinct g.unit_id) = 1 then min(g.unit_id::text) end as "onlyUnitId",
  min(g.created_at) as "firstAskedAt", max(g.created_at) as "lastAskedAt",
  (array_agg(g.answer order by g.answered_at desc nulls last, g.id))[1] as answer, max(g.answered_at) as "answeredAt"`

const withHouseType = sql`join house_types h on h.tenant_id = g.tenant_id and h.id = g.house_type_id`

const groupOf = (row: Raw): GapGroup => ({
  ...row,
  firstAskedAt: new Date(row.firstAskedAt),
  lastAskedAt: new Date(row.lastAskedAt),
  answeredAt: row.answeredAt === null ? null : new Date(row.answeredAt),
})

export type GapPosition = { homes: number; lastAskedAt: Date; id: string }

/** Groups, those that most homes wait for first; one more than `limit` when there is a next page. */
export async function listGapGroups(
  db: Db,
  filter: {
    developmentId?: string | undefined
    status: GapStatus
    after?: GapPosition | undefined
    limit: number
  },
): Promise<GapGroup[]> {
  const { after } = filter
  const inDevelopment: SQL = filter.developmentId
    ? sql`and g.development_id = ${filter.developmentId}`
    : sql``
  const behind: SQL = after
    ? sql`where (homes, "lastAskedAt", id) < (${after.homes}::int, ${after.lastAskedAt.toISOString()}::timestamptz, ${after.id}::uuid)`
    : sql``
  const rows = await db.execute<Raw>(sql`
    select * from (
      select (array_agg(g.id order by g.id))[1] as id, (array_agg(g.question order by g.id))[1] as question, ${groupColumns}
      from gaps g ${withHouseType}
      where g.status = ${filter.status} ${inDevelopment}
      group by g.development_id, g.group_id, g.status) grouped
    ${behind}
    order by homes desc, "lastAskedAt" desc, id desc limit ${filter.limit + 1}`)
  return rows.map(groupOf)
}

/** One gap by its own id, with the figures of those of its group that are in the same state. */
export async function gapGroupOf(db: Db, gapId: string): Promise<GapGroup | null> {
  const [row] = await db.execute<Raw>(sql`
    select mine.id, mine.question, ${groupColumns}
    from gaps mine
    join gaps g on g.tenant_id = mine.tenant_id and g.development_id = mine.development_id
      and g.group_id = mine.group_id and g.status = mine.status
    ${withHouseType}
    where mine.id = ${gapId}
    group by mine.id, mine.question, g.development_id, g.group_id, g.status`)
  return row ? groupOf(row) : null
}

export type OpenGap = {
  id: string
  groupId: string
  unitId: string
  question: string
  askedBuilderAt: Date | null
  embedding: Uint8Array | null
}

/** Open gaps of a development in the order they were asked, from `after` on. */
export const openGaps = (
  db: Db,
  developmentId: string,
  page: { after: string | null; model: string | null; limit: number },
): Promise<OpenGap[]> =>
  db
    .select({
      id: gaps.id,
      groupId: gaps.groupId,
      unitId: gaps.unitId,
      question: gaps.question,
      askedBuilderAt: gaps.askedBuilderAt,
      embedding: sql<Uint8Array | null>`case when ${gaps.embeddingModel} = ${page.model} then ${gaps.embedding} end`,
    })
    .from(gaps)
    .where(
      and(
        eq(gaps.developmentId, developmentId),
        eq(gaps.status, 'open'),
        page.after === null ? undefined : gt(gaps.id, page.after),
      ),
    )
    .orderBy(asc(gaps.id))
    .limit(page.limit)

/** False when it was not open any more. */
export async function setGapAnswered(
  db: Db,
  gapId: string,
  answer: { answer: string; answerDetails: unknown; knowledgeId: string | null },
): Promise<boolean> {
  const rows = await db
    .update(gaps)
    .set({ ...answer, status: 'answered', answeredAt: new Date() })
    .where(and(eq(gaps.id, gapId), eq(gaps.status, 'open')))
    .returning({ id: gaps.id })
  return rows.length === 1
}

export type NewAnswer = { question: string; conversationId: string; messageId: string }

const NEW_ANSWERS_SHOWN = 5

/** Answers that came since this person asked and has not looked. */
export const newAnswersOf = (db: Db, owner: ConversationOwner): Promise<NewAnswer[]> =>
  db
    .select({ question: gaps.question, conversationId: conversations.id, messageId: messages.id })
    .from(gaps)
    .innerJoin(messages, and(eq(messages.tenantId, gaps.tenantId), eq(messages.id, gaps.messageId)))
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, messages.tenantId), eq(conversations.id, messages.conversationId)),
    )
    .where(and(ownedBy(owner), eq(gaps.status, 'answered'), isNull(gaps.answerSeenAt)))
    .orderBy(asc(gaps.answeredAt), asc(gaps.id))
    .limit(NEW_ANSWERS_SHOWN)

export async function setAnswersSeen(db: Db, conversationId: string): Promise<void> {
  await db.execute(sql`
    update gaps set answer_seen_at = now()
    where status = 'answered' and answer_seen_at is null
      and message_id in (select id from messages where conversation_id = ${conversationId})`)
}

export type AskedQuestion = {
  question: string
  unitId: string
  isAnswered: boolean
}

const ASKED_DAYS = 90
const ASKED_MAX = 2_000
/** Read before it is known which of them were asked in the app, as nearly all are. */
const RAN_MAX = 2_500

/** Questions as such, not "yes please" or "thanks". */
const askedSomething = JSON.stringify([{ stage: 'conversation', reason: 'question' }])

/** What people asked in the app lately, without who they are; refusals are nobody's business. */
export const recentQuestions = (db: Db, developmentId: string): Promise<AskedQuestion[]> =>
  db.execute<AskedQuestion>(sql`
    with ran as materialized (
      select r.id, r.tenant_id, r.message_id, r.unit_id, r.stage, r.created_at from rag_log r
      where r.development_id = ${developmentId} and r.created_at > now() - make_interval(days => ${ASKED_DAYS}::int)
        and r.stage in ('fact', 'place', 'document', 'gap') and r.message_id is not null and r.stages @> ${askedSomething}::jsonb
      order by r.created_at desc, r.id desc limit ${RAN_MAX}
    )
    select m.question, r.unit_id as "unitId",
      r.stage <> 'gap' or coalesce((select g.status = 'answered' from gaps g where g.tenant_id = m.tenant_id and g.message_id = m.id), false) as "isAnswered"
    from ran r
    cross join lateral (select x.id, x.tenant_id, x.question, x.conversation_id from messages x
      where x.tenant_id = r.tenant_id and x.id = r.message_id offset 0) m
    cross join lateral (select x.origin from conversations x
      where x.tenant_id = m.tenant_id and x.id = m.conversation_id offset 0) c
    where c.origin = 'app'
    order by r.created_at desc, r.id desc limit ${ASKED_MAX}`)

// Statements about the builder's own answers. `forHome` is the one rule of which of them a home gets.
import { and, desc, eq, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { houseTypes, knowledge, knowledgeHouseTypes, units } from './schema/index.ts'
import { type Given, statement } from './statement.ts'

type Home = { developmentId: string; unitId: string; houseTypeId: string }

/** Answers of the whole development, of the home's type, or for the home itself; mirrors that of documents. */
const forHome = (home: Given<Home>): SQL =>
  and(
    eq(knowledge.developmentId, home.developmentId),
    isNull(knowledge.retiredAt),
    or(
      eq(knowledge.unitId, home.unitId),
      and(
        isNull(knowledge.unitId),
        sql`(not exists (select 1 from ${knowledgeHouseTypes} t where t.tenant_id = ${knowledge.tenantId} and t.knowledge_id = ${knowledge.id})
          or exists (select 1 from ${knowledgeHouseTypes} t where t.tenant_id = ${knowledge.tenantId} and t.knowledge_id = ${knowledge.id} and t.house_type_id = ${home.houseTypeId}))`,
      ),
    ),
  ) as SQL

/** Compared with a question one by one; the newest ones, should a development ever have more. */
const COMPARED_MAX = 1_000

export type HomeKnowledge = {
  id: string
  question: string
  answer: string
  embedding: Uint8Array | null
  createdAt: Date
}

/** What a home may be answered from, the newest first, with vectors of `model` only. */
export const knowledgeOfHome = (
  db: Db,
  { developmentId, unitId, houseTypeId }: Home,
  model: string | null,
): Promise<HomeKnowledge[]> => answersFor(db, { developmentId, unitId, houseTypeId, model })

const answersFor = statement((db, home: Given<Home & { model: string | null }>) =>
  db
    .select({
      id: knowledge.id,
      question: knowledge.question,
      answer: knowledge.answer,
      embedding: sql<Uint8Array | null>`case when ${knowledge.embeddingModel} = ${home.model} then ${knowledge.embedding} end`,
      createdAt: knowledge.createdAt,
    })
    .from(knowledge)
    .where(forHome(home))
    .orderBy(desc(knowledge.createdAt), desc(knowledge.id))
    .limit(COMPARED_MAX),
)

export type KnowledgeRow = {
  id: string
  developmentId: string
  unitId: string | null
  unitAddress: string | null
  houseTypeCodes: string[]
  question: string
  answer: string
  authorName: string
  retiredAt: Date | null
  createdAt: Date
}

const knowledgeColumns = {
  id: knowledge.id,
  developmentId: knowledge.developmentId,
  unitId: knowledge.unitId,
  unitAddress: units.addressLine,
  houseTypeCodes: sql<
    string[]
  >`coalesce((select array_agg(h.code order by h.code) from ${knowledgeHouseTypes} t join ${houseTypes} h on h.tenant_id = t.tenant_id and h.id = t.house_type_id where t.tenant_id = ${knowledge.tenantId} and t.knowledge_id = ${knowledge.id}), '{}')`,
  question: knowledge.question,
  answer: knowledge.answer,
  authorName: knowledge.authorName,
  retiredAt: knowledge.retiredAt,
  createdAt: knowledge.createdAt,
}

const ofUnit = and(eq(units.tenantId, knowledge.tenantId), eq(units.id, knowledge.unitId))

/** Newest first, one row more than `limit` when there is a next page. */
export const knowledgeOfTenant = (
  db: Db,
  filter: {
    developmentId?: string | undefined
    isRetired?: boolean | undefined
    after?: { at: Date; id: string } | undefined
    limit: number
  },
): Promise<KnowledgeRow[]> =>
  db
    .select(knowledgeColumns)
    .from(knowledge)
    .leftJoin(units, ofUnit)
    .where(
      and(
        filter.developmentId ? eq(knowledge.developmentId, filter.developmentId) : undefined,
        filter.isRetired === undefined
          ? undefined
          : filter.isRetired
            ? isNotNull(knowledge.retiredAt)
            : isNull(knowledge.retiredAt),
        filter.after
          ? or(
              lt(knowledge.createdAt, filter.after.at),
              and(eq(knowledge.createdAt, filter.after.at), lt(knowledge.id, filter.after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(knowledge.createdAt), desc(knowledge.id))
    .limit(filter.limit + 1)

export async function knowledgeById(db: Db, id: string): Promise<KnowledgeRow | null> {
  const [row] = await db
    .select(knowledgeColumns)
    .from(knowledge)
    .leftJoin(units, ofUnit)
    .where(eq(knowledge.id, id))
    .limit(1)
  return row ?? null
}

/** The vector of an answer's question; null without one of this model. */
export async function knowledgeEmbedding(db: Db, id: string, model: string): Promise<Uint8Array | null> {
  const [row] = await db
    .select({ embedding: knowledge.embedding })
    .from(knowledge)
    .where(and(eq(knowledge.id, id), eq(knowledge.embeddingModel, model)))
    .limit(1)
  return row?.embedding ?? null
}

export async function insertKnowledge(db: Db, row: typeof knowledge.$inferInsert): Promise<void> {
  await db.insert(knowledge).values(row)
}

export async function insertKnowledgeHouseTypes(
  db: Db,
  of: { tenantId: string; developmentId: string; knowledgeId: string },
  houseTypeIds: readonly string[],
): Promise<void> {
  if (houseTypeIds.length === 0) return
  await db.insert(knowledgeHouseTypes).values(houseTypeIds.map((houseTypeId) => ({ ...of, houseTypeId })))
}

/** A newer answer to the same question for the same homes takes the place of the older one. */
export async function retireReplaced(
  db: Db,
  by: { id: string; developmentId: string; unitId: string | null; question: string },
  houseTypeIds: readonly string[],
): Promise<string[]> {
  const rows = await db
    .update(knowledge)
    .set({ retiredAt: new Date() })
    .where(
      and(
        eq(knowledge.developmentId, by.developmentId),
        isNull(knowledge.retiredAt),
        sql`${knowledge.id} <> ${by.id} and lower(${knowledge.question}) = lower(${by.question})
          and ${knowledge.unitId} is not distinct from ${by.unitId}
          and coalesce((select array_agg(t.house_type_id::text order by t.house_type_id::text) from ${knowledgeHouseTypes} t
            where t.tenant_id = ${knowledge.tenantId} and t.knowledge_id = ${knowledge.id}), '{}')
            = string_to_array(${[...houseTypeIds].sort().join(',')}, ',')`,
      ),
    )
    .returning({ id: knowledge.id })
  return rows.map(({ id }) => id)
}

/** Null when it is not there; the time it has been retired since otherwise. */
export async function retireKnowledge(db: Db, id: string): Promise<{ developmentId: string } | null> {
  const [row] = await db
    .update(knowledge)
    .set({ retiredAt: sql`coalesce(${knowledge.retiredAt}, now())` })
    .where(eq(knowledge.id, id))
    .returning({ developmentId: knowledge.developmentId })
  return row ?? null
}

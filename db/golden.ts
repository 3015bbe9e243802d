// Statements about golden questions.
import { and, asc, count, desc, eq, isNull, lt, or } from 'drizzle-orm'
import type { Db } from './client.ts'
import { documents, goldenQuestions, houseTypes, units } from './schema/index.ts'

export type GoldenQuestionRow = {
  id: string
  developmentId: string
  houseTypeId: string | null
  houseTypeCode: string | null
  question: string
  expectedPhrase: string | null
  expectedDocumentId: string | null
  expectedPage: number | null
  mustBeGap: boolean
  authorName: string
  createdAt: Date
}

const questionColumns = {
  id: goldenQuestions.id,
  developmentId: goldenQuestions.developmentId,
  houseTypeId: goldenQuestions.houseTypeId,
  houseTypeCode: houseTypes.code,
  question: goldenQuestions.question,
  expectedPhrase: goldenQuestions.expectedPhrase,
  expectedDocumentId: goldenQuestions.expectedDocumentId,
  expectedPage: goldenQuestions.expectedPage,
  mustBeGap: goldenQuestions.mustBeGap,
  authorName: goldenQuestions.authorName,
  createdAt: goldenQuestions.createdAt,
}

const ofHouseType = and(
  eq(houseTypes.tenantId, goldenQuestions.tenantId),
  eq(houseTypes.id, goldenQuestions.houseTypeId),
)

/** Newest first, one row more than `limit` when there is a next page. */
export const goldenQuestionsOfTenant = (
  db: Db,
  filter: {
    developmentId?: string | undefined
    after?: { at: Date; id: string } | undefined
    limit: number
  },
): Promise<GoldenQuestionRow[]> =>
  db
    .select(questionColumns)
    .from(goldenQuestions)
    .leftJoin(houseTypes, ofHouseType)
    .where(
      and(
        filter.developmentId ? eq(goldenQuestions.developmentId, filter.developmentId) : undefined,
        filter.after
          ? or(
              lt(goldenQuestions.createdAt, filter.after.at),
              and(eq(goldenQuestions.createdAt, filter.after.at), lt(goldenQuestions.id, filter.after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(goldenQuestions.createdAt), desc(goldenQuestions.id))
    .limit(filter.limit + 1)

export async function goldenQuestionById(db: Db, id: string): Promise<GoldenQuestionRow | null> {
  const [row] = await db
    .select(questionColumns)
    .from(goldenQuestions)
    .leftJoin(houseTypes, ofHouseType)
    .where(eq(goldenQuestions.id, id))
    .limit(1)
  return row ?? null
}

export async function goldenQuestionCount(db: Db, developmentId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(goldenQuestions)
    .where(eq(goldenQuestions.developmentId, developmentId))
  return row?.count ?? 0
}

export async function insertGoldenQuestion(db: Db, row: typeof goldenQuestions.$inferInsert): Promise<void> {
  await db.insert(goldenQuestions).values(row)
}

/** Whose it was; null when it is not there. */
export async function deleteGoldenQuestion(db: Db, id: string): Promise<string | null> {
  const rows = await db
    .delete(goldenQuestions)
    .where(eq(goldenQuestions.id, id))
    .returning({ developmentId: goldenQuestions.developmentId })
  return rows[0]?.developmentId ?? null
}

/** What an answer can be expected to cite, by title. */
export const documentTitles = (
  db: Db,
  developmentId: string,
  limit: number,
): Promise<{ id: string; title: string }[]> =>
  db
    .select({ id: documents.id, title: documents.title })
    .from(documents)
    .where(
      and(
        eq(documents.developmentId, developmentId),
        isNull(documents.deletedAt),
        isNull(documents.deprecatedAt),
      ),
    )
    .orderBy(asc(documents.title), asc(documents.id))
    .limit(limit)

export async function isDocumentOfDevelopment(db: Db, developmentId: string, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.developmentId, developmentId), eq(documents.id, id), isNull(documents.deletedAt)))
    .limit(1)
  return rows.length > 0
}

/** The home that asks: always the same one of its type, so that runs can be compared. */
export async function askingHome(
  db: Db,
  developmentId: string,
  houseTypeId: string | null,
): Promise<string | null> {
  const [row] = await db
    .select({ id: units.id })
    .from(units)
    .where(
      and(
        eq(units.developmentId, developmentId),
        houseTypeId ? eq(units.houseTypeId, houseTypeId) : undefined,
      ),
    )
    .orderBy(asc(units.id))
    .limit(1)
  return row?.id ?? null
}

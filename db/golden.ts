// Statements about golden questions and their runs.
import { and, asc, count, desc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { documents, goldenFailures, goldenQuestions, goldenRuns, houseTypes, units } from './schema/index.ts'

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

/** False when it is not there. */
export async function deleteGoldenQuestion(db: Db, id: string): Promise<boolean> {
  const rows = await db
    .delete(goldenQuestions)
    .where(eq(goldenQuestions.id, id))
    .returning({ id: goldenQuestions.id })
  return rows.length > 0
}

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

export type GoldenRunRow = {
  id: string
  developmentId: string
  trigger: 'manual' | 'reindex' | 'ingest'
  total: number | null
  passed: number | null
  startedAt: Date
  finishedAt: Date | null
}

export async function insertGoldenRun(db: Db, row: typeof goldenRuns.$inferInsert): Promise<void> {
  await db.insert(goldenRuns).values(row)
}

export async function goldenRunById(db: Db, id: string): Promise<GoldenRunRow | null> {
  const [row] = await db
    .select({
      id: goldenRuns.id,
      developmentId: goldenRuns.developmentId,
      trigger: goldenRuns.trigger,
      total: goldenRuns.total,
      passed: goldenRuns.passed,
      startedAt: goldenRuns.startedAt,
      finishedAt: goldenRuns.finishedAt,
    })
    .from(goldenRuns)
    .where(eq(goldenRuns.id, id))
    .limit(1)
  return row ?? null
}

/** False when the run is gone or has been finished before. */
export async function setGoldenRunFinished(
  db: Db,
  id: string,
  counts: { total: number; passed: number },
): Promise<boolean> {
  const rows = await db
    .update(goldenRuns)
    .set({ ...counts, finishedAt: new Date() })
    .where(and(eq(goldenRuns.id, id), isNull(goldenRuns.finishedAt)))
    .returning({ id: goldenRuns.id })
  return rows.length > 0
}

/** Keeps the newest `kept` runs of a development; ids are ordered by time. */
export async function deleteOlderGoldenRuns(db: Db, developmentId: string, kept: number): Promise<void> {
  await db.delete(goldenRuns).where(
    and(
      eq(goldenRuns.developmentId, developmentId),
      sql`${goldenRuns.id} <= (select r.id from ${goldenRuns} r where r.development_id = ${developmentId}
        order by r.id desc offset ${kept} limit 1)`,
    ),
  )
}

export type GoldenFailure = { goldenQuestionId: string; question: string; stage: string; answer: string }

export async function insertGoldenFailures(
  db: Db,
  rows: (typeof goldenFailures.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await db.insert(goldenFailures).values(rows)
}

export const goldenFailuresOfRun = (db: Db, runId: string, limit: number): Promise<GoldenFailure[]> =>
  db
    .select({
      goldenQuestionId: goldenFailures.goldenQuestionId,
      question: goldenQuestions.question,
      stage: goldenFailures.stage,
      answer: goldenFailures.answer,
    })
    .from(goldenFailures)
    .innerJoin(
      goldenQuestions,
      and(
        eq(goldenQuestions.tenantId, goldenFailures.tenantId),
        eq(goldenQuestions.id, goldenFailures.goldenQuestionId),
      ),
    )
    .where(eq(goldenFailures.runId, runId))
    .orderBy(asc(goldenFailures.goldenQuestionId))
    .limit(limit)

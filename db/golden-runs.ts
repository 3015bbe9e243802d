// Statements about runs of the golden suite: what passed, what failed, and what was decided after a drop.
import { and, asc, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import type { GoldenDecision } from './schema/golden.ts'
import { developments, goldenFailures, goldenQuestions, goldenRuns } from './schema/index.ts'

export type GoldenRunRow = {
  id: string
  developmentId: string
  trigger: 'manual' | 'reindex' | 'ingest'
  total: number | null
  passed: number | null
  /** Of a run before a re-index: what passed with the vectors in use, and the vectors that were tried. */
  passedBefore: number | null
  embeddingModel: string | null
  embeddingDimensions: number | null
  decision: GoldenDecision | null
  decidedByName: string | null
  startedAt: Date
  finishedAt: Date | null
}

const runColumns = {
  id: goldenRuns.id,
  developmentId: goldenRuns.developmentId,
  trigger: goldenRuns.trigger,
  total: goldenRuns.total,
  passed: goldenRuns.passed,
  passedBefore: goldenRuns.passedBefore,
  embeddingModel: goldenRuns.embeddingModel,
  embeddingDimensions: goldenRuns.embeddingDimensions,
  decision: goldenRuns.decision,
  decidedByName: goldenRuns.decidedByName,
  startedAt: goldenRuns.startedAt,
  finishedAt: goldenRuns.finishedAt,
}

/** Held until the transaction ends: one run of a development is asked for at a time. False when it is not there. */
export async function lockGoldenSuite(db: Db, developmentId: string): Promise<boolean> {
  const rows = await db
    .select({ id: developments.id })
    .from(developments)
    .where(eq(developments.id, developmentId))
    .for('no key update')
  return rows.length > 0
}

export async function insertGoldenRun(db: Db, row: typeof goldenRuns.$inferInsert): Promise<void> {
  await db.insert(goldenRuns).values(row)
}

export async function goldenRunById(db: Db, id: string): Promise<GoldenRunRow | null> {
  const [row] = await db.select(runColumns).from(goldenRuns).where(eq(goldenRuns.id, id)).limit(1)
  return row ?? null
}

/** Newest first: ids are ordered by time. */
export const goldenRunsOfDevelopment = (
  db: Db,
  developmentId: string,
  limit: number,
): Promise<GoldenRunRow[]> =>
  db
    .select(runColumns)
    .from(goldenRuns)
    .where(eq(goldenRuns.developmentId, developmentId))
    .orderBy(desc(goldenRuns.id))
    .limit(limit)

/** The run before the re-index that is not over yet. */
export async function openReindexRun(db: Db, developmentId: string): Promise<GoldenRunRow | null> {
  const [row] = await db
    .select(runColumns)
    .from(goldenRuns)
    .where(and(eq(goldenRuns.developmentId, developmentId), isOpenReindexRun))
    .orderBy(desc(goldenRuns.id))
    .limit(1)
  return row ?? null
}

const isOpenReindexRun = and(
  eq(goldenRuns.trigger, 'reindex'),
  sql`${goldenRuns.decision} is distinct from 'swapped'`,
)

/** Asking for a re-index anew takes back what was found out and decided before. */
export async function deleteOpenReindexRuns(db: Db, developmentId: string): Promise<void> {
  await db.delete(goldenRuns).where(and(eq(goldenRuns.developmentId, developmentId), isOpenReindexRun))
}

/** False when it has been decided before, or needs no decision. */
export async function decideReindexRun(
  db: Db,
  id: string,
  decided: { decision: 'accepted' | 'rejected'; decidedByName: string },
): Promise<boolean> {
  const rows = await db
    .update(goldenRuns)
    .set(decided)
    .where(
      and(
        eq(goldenRuns.id, id),
        eq(goldenRuns.trigger, 'reindex'),
        isNull(goldenRuns.decision),
        lt(goldenRuns.passed, goldenRuns.passedBefore),
      ),
    )
    .returning({ id: goldenRuns.id })
  return rows.length > 0
}

export async function closeReindexRuns(db: Db, developmentId: string): Promise<void> {
  await db
    .update(goldenRuns)
    .set({ decision: 'swapped' })
    .where(and(eq(goldenRuns.developmentId, developmentId), isOpenReindexRun))
}

/** False when the run is gone or has been finished before. */
export async function setGoldenRunFinished(
  db: Db,
  id: string,
  counts: { total: number; passed: number; passedBefore: number | null },
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

export type GoldenFailure = {
  goldenQuestionId: string
  question: string
  stage: string
  answer: string
  /** True when it passed with the vectors in use and fails with those of the re-index. */
  isLost: boolean
}

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
      isLost: goldenFailures.isLost,
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
    .orderBy(desc(goldenFailures.isLost), asc(goldenFailures.goldenQuestionId))
    .limit(limit)

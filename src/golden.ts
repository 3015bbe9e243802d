// The golden suite of a development: questions whose answers the builder vouches for, and asking them all.
import { developmentById, houseTypesByCode } from '#db/developments.ts'
import {
  askingHome,
  deleteGoldenQuestion,
  deleteOlderGoldenRuns,
  type GoldenFailure,
  type GoldenQuestionRow,
  type GoldenRunRow,
  goldenFailuresOfRun,
  goldenQuestionById,
  goldenQuestionCount,
  goldenQuestionsOfTenant,
  goldenRunById,
  insertGoldenFailures,
  insertGoldenQuestion,
  insertGoldenRun,
  isDocumentOfDevelopment,
  setGoldenRunFinished,
} from '#db/golden.ts'
import { insertActivity } from '#db/logs.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { homeScopeOf } from './access/home-scope.ts'
import type { Answer } from './answers/question.ts'
import { runPipeline } from './chat/pipeline-run.ts'
import { failure } from './failure.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export type { GoldenQuestionRow } from '#db/golden.ts'

export const GOLDEN_QUESTION_CHARS_MAX = 2_000
export const GOLDEN_PHRASE_CHARS_MAX = 500
export const GOLDEN_QUESTIONS_MAX = 200
const RUNS_KEPT_MAX = 50

export type NewGoldenQuestion = {
  developmentId: string
  /** A code such as `BD01`; null: any home of the development asks. */
  houseTypeCode: string | null
  question: string
  expectedPhrase: string | null
  expectedDocumentId: string | null
  expectedPage: number | null
  mustBeGap: boolean
}

/** @throws Failure `not_found`, `unknown_house_type`, `invalid` */
export async function addGoldenQuestion(
  scope: Scope,
  author: { id: string | null; name: string },
  asked: NewGoldenQuestion,
): Promise<GoldenQuestionRow> {
  const { developmentId, expectedDocumentId, expectedPage, mustBeGap } = asked
  const question = storable(asked.question, 'question', GOLDEN_QUESTION_CHARS_MAX)
  const expectedPhrase =
    asked.expectedPhrase === null
      ? null
      : storable(asked.expectedPhrase, 'expected_phrase', GOLDEN_PHRASE_CHARS_MAX)
  if (mustBeGap === (expectedPhrase !== null || expectedDocumentId !== null))
    throw invalid('must_be_gap', 'must be set, or a phrase or a document expected, and not both')
  if (expectedPage !== null && expectedDocumentId === null)
    throw invalid('expected_page', 'needs the document it is a page of')
  return within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    const houseTypeId = await houseTypeOf(db, developmentId, asked.houseTypeCode)
    if (
      expectedDocumentId !== null &&
      !(await isDocumentOfDevelopment(db, developmentId, expectedDocumentId))
    )
      throw failure('not_found')
    if ((await goldenQuestionCount(db, developmentId)) >= GOLDEN_QUESTIONS_MAX)
      throw invalid('question', `would be one more than the ${GOLDEN_QUESTIONS_MAX} of a development`)
    const id = Bun.randomUUIDv7()
    const expected = { expectedPhrase, expectedDocumentId, expectedPage, mustBeGap }
    await insertGoldenQuestion(db, {
      id,
      tenantId: scope.tenantId,
      developmentId,
      houseTypeId,
      question,
      ...expected,
      authorId: author.id,
      authorName: author.name,
    })
    await noteActivity(db, scope, 'golden_question.added', id, { question, ...expected })
    return known(await goldenQuestionById(db, id))
  })
}

async function houseTypeOf(db: Db, developmentId: string, code: string | null): Promise<string | null> {
  if (code === null) return null
  const [type] = await houseTypesByCode(db, developmentId, [code])
  if (type) return type.id
  const message = `${code} is not a house type of this development`
  throw failure('unknown_house_type', { fields: [{ path: 'house_type', message }] })
}

function storable(text: string, path: string, charsMax: number): string {
  const clean = text.normalize('NFC').toWellFormed().replaceAll('\u0000', '').trim()
  if (clean.length === 0 || clean.length > charsMax)
    throw invalid(path, `must have 1 to ${charsMax} characters`)
  return clean
}

const invalid = (path: string, message: string) => failure('invalid', { fields: [{ path, message }] })

function known<T>(row: T | null): T {
  if (row === null) throw failure('not_found')
  return row
}

/** Its failures in earlier runs go with it. @throws Failure `not_found` */
export async function removeGoldenQuestion(scope: Scope, id: string): Promise<void> {
  await within(scope, async (db) => {
    if (!(await deleteGoldenQuestion(db, id))) throw failure('not_found')
    await noteActivity(db, scope, 'golden_question.removed', id, {})
  })
}

export async function listGoldenQuestions(
  scope: Scope,
  query: { developmentId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<GoldenQuestionRow>> {
  const list = `golden-questions ${query.developmentId ?? ''}`
  const position = readCursor(list, query.cursor, 2)
  const after = position ? { at: new Date(position[0] as string), id: position[1] as string } : undefined
  const rows = await within(scope, (db) => goldenQuestionsOfTenant(db, { ...query, after }))
  return pageOf(list, rows, query.limit, (row) => [row.createdAt.toISOString(), row.id])
}

/** @throws Failure `not_found` */
export async function requestGoldenRun(
  scope: Scope,
  developmentId: string,
): Promise<{ runId: string; jobId: string }> {
  return within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    const { tenantId, requestId } = scope
    const runId = Bun.randomUUIDv7()
    await insertGoldenRun(db, { id: runId, tenantId, developmentId, trigger: 'manual' })
    await deleteOlderGoldenRuns(db, developmentId, RUNS_KEPT_MAX)
    await noteActivity(db, scope, 'golden_run.requested', runId, {})
    return {
      runId,
      jobId: await enqueue(db, 'run-golden', { tenantId, developmentId, runId }, { requestId }),
    }
  })
}

/** @throws Failure `not_found` */
export async function findGoldenRun(
  scope: Scope,
  id: string,
): Promise<GoldenRunRow & { failures: GoldenFailure[] }> {
  return within(scope, async (db) => {
    const run = known(await goldenRunById(db, id))
    return { ...run, failures: await goldenFailuresOfRun(db, id, GOLDEN_QUESTIONS_MAX) }
  })
}

export type GoldenContext = {
  signal: AbortSignal
  progress(stage: string, done: number, total: number): void
  /** A transaction that only commits while the job is still ours. */
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/** Asks every question as a home of its type would; nothing counts before the end, so it may be repeated. */
export async function runGolden(
  scope: Scope,
  of: { developmentId: string; runId: string },
  context: GoldenContext,
): Promise<'finished' | 'gone'> {
  const { developmentId, runId } = of
  const [run, questions] = await within(scope, async (db) => [
    await goldenRunById(db, runId),
    await goldenQuestionsOfTenant(db, { developmentId, limit: GOLDEN_QUESTIONS_MAX }),
  ])
  if (!run) return 'gone'
  if (run.finishedAt) return 'finished'
  const failures: Omit<GoldenFailure, 'question'>[] = []
  for (const [done, golden] of questions.entries()) {
    context.signal.throwIfAborted()
    context.progress('asking', done, questions.length)
    const failed = await failureOf(scope, golden)
    if (failed) failures.push({ goldenQuestionId: golden.id, ...failed })
  }
  context.progress('asking', questions.length, questions.length)
  return context.fenced((db) => finish(db, scope, of, questions, failures))
}

async function finish(
  db: Db,
  scope: Scope,
  { developmentId, runId }: { developmentId: string; runId: string },
  asked: readonly GoldenQuestionRow[],
  failures: readonly Omit<GoldenFailure, 'question'>[],
): Promise<'finished' | 'gone'> {
  // A question that was removed while the run was under way no longer counts.
  const now = await goldenQuestionsOfTenant(db, { developmentId, limit: GOLDEN_QUESTIONS_MAX })
  const remaining = new Set(now.map(({ id }) => id))
  const total = asked.filter(({ id }) => remaining.has(id)).length
  const failed = failures.filter(({ goldenQuestionId }) => remaining.has(goldenQuestionId))
  if (!(await setGoldenRunFinished(db, runId, { total, passed: total - failed.length }))) return 'gone'
  const rows = failed.map((each) => ({ tenantId: scope.tenantId, developmentId, runId, ...each }))
  await insertGoldenFailures(db, rows)
  return 'finished'
}

/** Null when the answer is as expected. */
async function failureOf(
  scope: Scope,
  golden: GoldenQuestionRow,
): Promise<{ stage: string; answer: string } | null> {
  const unitId = await within(scope, (db) => askingHome(db, golden.developmentId, golden.houseTypeId))
  if (unitId === null) return { stage: 'none', answer: 'There is no home of this type to ask as.' }
  const answer = await runPipeline(await homeScopeOf(scope, unitId), golden.question, [])
  return isAsExpected(answer, golden) ? null : { stage: answer.stage, answer: answer.text }
}

type Expected = Pick<
  GoldenQuestionRow,
  'expectedPhrase' | 'expectedDocumentId' | 'expectedPage' | 'mustBeGap'
>

/** Letter case and line breaks do not matter to a phrase. */
export function isAsExpected(
  answer: Pick<Answer, 'text' | 'gap' | 'citations'>,
  { expectedPhrase, expectedDocumentId, expectedPage, mustBeGap }: Expected,
): boolean {
  if (mustBeGap) return answer.gap
  const isCited = answer.citations.some(
    ({ documentId, page }) =>
      documentId === expectedDocumentId && (expectedPage === null || page === expectedPage),
  )
  const isSaid = expectedPhrase === null || comparable(answer.text).includes(comparable(expectedPhrase))
  return isSaid && (expectedDocumentId === null || isCited)
}

const comparable = (text: string) => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ')

const noteActivity = (
  db: Db,
  scope: Scope,
  action: string,
  targetId: string,
  changes: Record<string, unknown>,
) =>
  insertActivity(db, {
    tenantId: scope.tenantId,
    actorType: scope.actor.type,
    actorId: scope.actor.id,
    requestId: scope.requestId,
    action,
    targetType: 'golden',
    targetId,
    changes,
  })

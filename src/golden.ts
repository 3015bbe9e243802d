// The golden suite of a development: questions whose answers the builder vouches for, and asking them all.
import { developmentById } from '#db/developments.ts'
import {
  deleteGoldenQuestion,
  documentTitles,
  type GoldenQuestionRow,
  goldenQuestionById,
  goldenQuestionCount,
  goldenQuestionsOfTenant,
  insertGoldenQuestion,
  isDocumentOfDevelopment,
} from '#db/golden.ts'
import {
  decideReindexRun,
  deleteOlderGoldenRuns,
  type GoldenFailure,
  type GoldenRunRow,
  goldenFailuresOfRun,
  goldenRunById,
  goldenRunsOfDevelopment,
  insertGoldenRun,
  lockGoldenSuite,
} from '#db/golden-runs.ts'
import { type LiveJob, liveJobOfKey } from '#db/job-keys.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'
import { houseTypeIdOf } from './house-types.ts'
import { type Page, pageOf, readCursor } from './paging.ts'
import { storableWords } from './staff-words.ts'

export type { GoldenQuestionRow } from '#db/golden.ts'
export type { GoldenFailure, GoldenRunRow } from '#db/golden-runs.ts'

const GOLDEN_QUESTION_CHARS_MAX = 2_000
export const GOLDEN_PHRASE_CHARS_MAX = 500
export const GOLDEN_QUESTIONS_MAX = 200
const RUNS_KEPT_MAX = 50
const RUNS_SHOWN = 10
const DOCUMENTS_OFFERED_MAX = 500

/** `houseTypeCode`: such as `BD01`; null: any home of the development asks. */
export type NewGoldenQuestion = Omit<GoldenQuestionRow, 'id' | 'houseTypeId' | 'authorName' | 'createdAt'>

/** @throws Failure `not_found`, `unknown_house_type`, `invalid` */
export async function addGoldenQuestion(
  scope: Scope,
  author: { id: string | null; name: string },
  asked: NewGoldenQuestion,
): Promise<GoldenQuestionRow> {
  const { developmentId, expectedDocumentId, expectedPage, mustBeGap } = asked
  const question = storableWords(asked.question, 'question', GOLDEN_QUESTION_CHARS_MAX)
  const expectedPhrase =
    asked.expectedPhrase === null
      ? null
      : storableWords(asked.expectedPhrase, 'expected_phrase', GOLDEN_PHRASE_CHARS_MAX)
  if (mustBeGap === (expectedPhrase !== null || expectedDocumentId !== null))
    throw invalid('must_be_gap', 'must be set, or a phrase or a document expected, and not both')
  if (expectedPage !== null && !(expectedPage >= 1))
    throw invalid('expected_page', 'must be a whole number from 1 on')
  if (expectedPage !== null && expectedDocumentId === null)
    throw invalid('expected_page', 'needs the document it is a page of')
  return within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    const houseTypeId = await houseTypeIdOf(db, developmentId, asked.houseTypeCode)
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
    await note(db, scope, 'golden_question.added', id, { question, ...expected })
    return known(await goldenQuestionById(db, id))
  })
}

const invalid = (path: string, message: string) => failure('invalid', { fields: [{ path, message }] })

function known<T>(row: T | null): T {
  if (row === null) throw failure('not_found')
  return row
}

/** Its failures in earlier runs go with it. @throws Failure `not_found` */
export async function removeGoldenQuestion(scope: Scope, id: string): Promise<{ developmentId: string }> {
  return within(scope, async (db) => {
    const developmentId = await deleteGoldenQuestion(db, id)
    if (developmentId === null) throw failure('not_found')
    await note(db, scope, 'golden_question.removed', id, {})
    return { developmentId }
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

/** Asking again while a run is under way gives that run. @throws Failure `not_found` */
export async function requestGoldenRun(
  scope: Scope,
  developmentId: string,
): Promise<{ runId: string; jobId: string }> {
  return within(scope, async (db) => {
    if (!(await lockGoldenSuite(db, developmentId))) throw failure('not_found')
    const { tenantId, requestId } = scope
    const running = await runUnderWay(db, await goldenRunsOfDevelopment(db, developmentId, RUNS_KEPT_MAX))
    if (running) return { runId: running.runId, jobId: running.job.id }
    const runId = Bun.randomUUIDv7()
    await insertGoldenRun(db, { id: runId, tenantId, developmentId, trigger: 'manual' })
    await deleteOlderGoldenRuns(db, developmentId, RUNS_KEPT_MAX)
    await note(db, scope, 'golden_run.requested', runId, {})
    const payload = { tenantId, developmentId, runId }
    return {
      runId,
      jobId: await enqueue(db, 'run-golden', payload, { dedupeKey: runId, requestId }),
    }
  })
}

/** The job counts only while its run does: between the run's end and the job's, the next may be asked for. */
async function runUnderWay(
  db: Db,
  runs: readonly GoldenRunRow[],
): Promise<{ runId: string; job: LiveJob } | null> {
  const run = runs.find(({ trigger, finishedAt }) => trigger === 'manual' && finishedAt === null)
  const job = run && (await liveJobOfKey(db, 'run-golden', run.id))
  return job ? { runId: run.id, job } : null
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

export type GoldenOverview = {
  questions: Page<GoldenQuestionRow>
  documents: { id: string; title: string }[]
  runs: GoldenRunRow[]
  /** Of the newest finished run. */
  failures: GoldenFailure[]
  /** The run on request that is under way. */
  job: LiveJob | null
}

/** What the page of the suite shows. @throws Failure `not_found` */
export async function goldenOverview(
  scope: Scope,
  query: { developmentId: string; cursor?: string | undefined; limit: number },
): Promise<GoldenOverview> {
  const { developmentId } = query
  const questions = await listGoldenQuestions(scope, query)
  return within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    const [documents, runs] = await Promise.all([
      documentTitles(db, developmentId, DOCUMENTS_OFFERED_MAX),
      goldenRunsOfDevelopment(db, developmentId, RUNS_SHOWN),
    ])
    const running = await runUnderWay(db, runs)
    const finished = runs.find(({ finishedAt }) => finishedAt !== null)
    const failures = finished ? await goldenFailuresOfRun(db, finished.id, GOLDEN_QUESTIONS_MAX) : []
    return { questions, documents, runs, failures, job: running?.job ?? null }
  })
}

/** True while a re-index that answers fewer questions as expected waits for staff to decide. */
export const isWaiting = (run: GoldenRunRow): boolean =>
  run.trigger === 'reindex' && run.decision === null && (run.passed ?? 0) < (run.passedBefore ?? 0)

/**
 * After a drop: use the new vectors all the same, or keep those in use.
 * @throws Failure `not_found`, `conflict` when it has been decided before
 */
export async function decideReindex(
  scope: Scope,
  author: { name: string },
  runId: string,
  decision: 'accepted' | 'rejected',
): Promise<{ developmentId: string }> {
  return within(scope, async (db) => {
    const { developmentId } = known(await goldenRunById(db, runId))
    if (!(await decideReindexRun(db, runId, { decision, decidedByName: author.name })))
      throw failure('conflict')
    await note(db, scope, `reindex.${decision}`, runId, { developmentId })
    const { tenantId, requestId } = scope
    // Vectors decided against stay until the next re-index forgets them: a change of mind costs nothing.
    if (decision === 'accepted')
      await enqueue(
        db,
        'reindex-development',
        { tenantId, developmentId },
        { dedupeKey: developmentId, requestId },
      )
    return { developmentId }
  })
}

const note = (db: Db, scope: Scope, action: string, targetId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'golden', targetId, changes })

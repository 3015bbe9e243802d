// Asking the golden suite of a development: on request, and before the vectors of a re-index are used.
import { developmentById } from '#db/developments.ts'
import type { EmbeddingSpace } from '#db/embeddings.ts'
import { askingHome, type GoldenQuestionRow, goldenQuestionsOfTenant } from '#db/golden.ts'
import {
  type GoldenFailure,
  type GoldenRunRow,
  goldenRunById,
  insertGoldenFailures,
  insertGoldenRun,
  openReindexRun,
  setGoldenRunFinished,
} from '#db/golden-runs.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { homeScopeOf } from '../access/home-scope.ts'
import type { Answer } from '../answers/question.ts'
import { runPipeline } from '../chat/pipeline-run.ts'
import { GOLDEN_QUESTIONS_MAX, isWaiting } from '../golden.ts'
import { forgetTrial } from '../retrieval.ts'
import { announce } from '../webhooks.ts'

export type GoldenContext = {
  signal: AbortSignal
  progress(stage: string, done: number, total: number): void
  /** A transaction that only commits while the job is still ours. */
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
}

type Failed = Omit<GoldenFailure, 'question' | 'isLost'>

/** Asks every question as a home of its type would; nothing counts before the end, so it may be repeated. */
export async function runGolden(
  scope: Scope,
  of: { developmentId: string; runId: string },
  context: GoldenContext,
): Promise<'finished' | 'gone'> {
  const run = await within(scope, (db) => goldenRunById(db, of.runId))
  if (!run) return 'gone'
  if (run.finishedAt) return 'finished'
  const questions = await suiteOf(scope, of.developmentId)
  const failures = await failuresOf(scope, questions, null, 'asking', context)
  return context.fenced((db) => finish(db, scope, of, questions, { failures, failedBefore: null }))
}

/**
 * Whether searches may use the vectors a re-index has made: the suite is asked with those in use and with the new
 * ones, and fewer right answers wait for the word of staff. Asked once a re-index, however often the job starts anew.
 */
export async function reviewVectors(
  scope: Scope,
  developmentId: string,
  target: EmbeddingSpace,
  context: GoldenContext,
): Promise<'passed' | 'waiting' | 'rejected'> {
  const known = await reviewOf(scope, developmentId, target)
  const run = known ?? (await review(scope, developmentId, target, context))
  if (run === null || run.decision === 'accepted') return 'passed'
  if (run.decision === 'rejected') return 'rejected'
  return isWaiting(run) ? 'waiting' : 'passed'
}

/** A review of other vectors says nothing about these. */
async function reviewOf(
  scope: Scope,
  developmentId: string,
  target: EmbeddingSpace,
): Promise<GoldenRunRow | null> {
  const run = await within(scope, (db) => openReindexRun(db, developmentId))
  const isOfTarget =
    run?.embeddingModel === target.model && run.embeddingDimensions === target.dimensions && run.finishedAt
  return isOfTarget ? run : null
}

/** Null when there is nothing to ask. */
async function review(
  scope: Scope,
  developmentId: string,
  target: EmbeddingSpace,
  context: GoldenContext,
): Promise<GoldenRunRow | null> {
  const questions = await suiteOf(scope, developmentId)
  if (questions.length === 0) return null
  forgetTrial(scope, developmentId, target)
  const before = await failuresOf(scope, questions, null, 'asking_before', context)
  const failures = await failuresOf(scope, questions, target, 'asking_after', context)
  forgetTrial(scope, developmentId, target)
  const failedBefore = new Set(before.map(({ goldenQuestionId }) => goldenQuestionId))
  const runId = Bun.randomUUIDv7()
  return context.fenced(async (db) => {
    const { tenantId } = scope
    const { model: embeddingModel, dimensions: embeddingDimensions } = target
    if (!(await developmentById(db, developmentId))) return null
    await insertGoldenRun(db, {
      id: runId,
      tenantId,
      developmentId,
      trigger: 'reindex' as const,
      embeddingModel,
      embeddingDimensions,
    })
    await finish(db, scope, { developmentId, runId }, questions, { failures, failedBefore })
    const run = await goldenRunById(db, runId)
    if (run && isWaiting(run))
      await announce(db, scope, 'golden.dropped', {
        development_id: developmentId,
        golden_run_id: runId,
        total: run.total,
        passed_before: run.passedBefore,
        passed: run.passed,
      })
    return run
  })
}

const suiteOf = (scope: Scope, developmentId: string): Promise<GoldenQuestionRow[]> =>
  within(scope, (db) => goldenQuestionsOfTenant(db, { developmentId, limit: GOLDEN_QUESTIONS_MAX }))

async function failuresOf(
  scope: Scope,
  questions: readonly GoldenQuestionRow[],
  trial: EmbeddingSpace | null,
  stage: string,
  context: GoldenContext,
): Promise<Failed[]> {
  const failures: Failed[] = []
  for (const [done, golden] of questions.entries()) {
    context.signal.throwIfAborted()
    context.progress(stage, done, questions.length)
    const failed = await failureOf(scope, golden, trial)
    if (failed) failures.push({ goldenQuestionId: golden.id, ...failed })
  }
  context.progress(stage, questions.length, questions.length)
  return failures
}

/** A question that was removed while the run was under way no longer counts. */
async function finish(
  db: Db,
  scope: Scope,
  { developmentId, runId }: { developmentId: string; runId: string },
  asked: readonly GoldenQuestionRow[],
  found: { failures: readonly Failed[]; failedBefore: ReadonlySet<string> | null },
): Promise<'finished' | 'gone'> {
  const now = await goldenQuestionsOfTenant(db, { developmentId, limit: GOLDEN_QUESTIONS_MAX })
  const present = new Set(now.map(({ id }) => id))
  const remaining = asked.filter(({ id }) => present.has(id))
  const failed = found.failures.filter(({ goldenQuestionId }) => present.has(goldenQuestionId))
  const { failedBefore } = found
  const counts = {
    total: remaining.length,
    passed: remaining.length - failed.length,
    passedBefore: failedBefore && remaining.filter(({ id }) => !failedBefore.has(id)).length,
  }
  if (!(await setGoldenRunFinished(db, runId, counts))) return 'gone'
  const rows = failed.map((each) => ({
    tenantId: scope.tenantId,
    developmentId,
    runId,
    ...each,
    isLost: failedBefore !== null && !failedBefore.has(each.goldenQuestionId),
  }))
  await insertGoldenFailures(db, rows)
  return 'finished'
}

/** Null when the answer is as expected. */
async function failureOf(
  scope: Scope,
  golden: GoldenQuestionRow,
  trial: EmbeddingSpace | null,
): Promise<{ stage: string; answer: string } | null> {
  const unitId = await within(scope, (db) => askingHome(db, golden.developmentId, golden.houseTypeId))
  if (unitId === null) return { stage: 'none', answer: 'There is no home of this type to ask as.' }
  const answer = await runPipeline(await homeScopeOf(scope, unitId), golden.question, [], undefined, trial)
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

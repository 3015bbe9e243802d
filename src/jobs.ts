// The jobs of a tenant as its people and programs see them: look up, list, retry, cancel.
import { setTimeout as pauseFor } from 'node:timers/promises'
import * as actions from '#db/job-actions.ts'
import * as rows from '#db/jobs.ts'
import { type Db, type Scope, sqlState, within } from '#db/scope.ts'
import { kinds } from '#jobs/kinds.ts'
import { noteActivity } from './activity.ts'
import { type FailureCode, failure } from './failure.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export type { Job, JobCursor, JobFilter, JobState } from '#db/jobs.ts'

/** Jobs that one bulk action may touch. */
export const BULK_JOBS_MAX = 1_000
/** Progress is written down twice a second. */
const FOLLOW_EVERY_MS = 500
const FOLLOW_MS_MAX = 10 * 60_000
const UNIQUE_VIOLATION = '23505'
/** How often another job of a dedupe key may come in between looking and writing. */
const RETRY_TRIES_MAX = 3

export const jobStates = [
  'available',
  'scheduled',
  'running',
  'retryable',
  'completed',
  'cancelled',
  'discarded',
] as const satisfies rows.JobState[]

const OVER: ReadonlySet<rows.JobState> = new Set(['completed', 'cancelled', 'discarded'])
export const isOver = (state: rows.JobState): boolean => OVER.has(state)

export const RETRYABLE = ['cancelled', 'discarded', 'retryable', 'scheduled'] as const
export const CANCELLABLE = ['available', 'scheduled', 'running', 'retryable'] as const

/** @throws Failure `not_found` when it is not there, or another tenant's. */
export async function findJob(scope: Scope, id: string): Promise<rows.Job> {
  const job = await within(scope, (db) => jobInReach(db, scope, id))
  if (!job) throw failure('not_found')
  return job
}

/**
 * Who may see some developments of a builder sees the work about those, and none of the builder's own: its mails and
 * webhooks, and the copies of people's data, are not theirs to look at or to stop.
 */
const isNarrow = (scope: Scope): boolean => scope.developmentIds !== 'all'

const idsInReach = async (db: Db, scope: Scope, ids: readonly string[]): Promise<readonly string[]> =>
  isNarrow(scope) && ids.length > 0 ? rows.jobsOfSites(db, ids) : ids

async function jobInReach(db: Db, scope: Scope, id: string): Promise<rows.Job | null> {
  const [found] = await idsInReach(db, scope, [id])
  return found ? rows.jobById(db, found) : null
}

/** A job with every try of it, oldest first. @throws Failure `not_found` */
export async function openJob(scope: Scope, id: string) {
  return within(scope, async (db) => {
    const job = await jobInReach(db, scope, id)
    if (!job) throw failure('not_found')
    return { job, attempts: await rows.attemptsOfJob(db, id) }
  })
}

/**
 * Looks the job up now, and then yields it whenever it has changed, until it is over, the signal fires, or the time
 * is up: who still wants to know asks again.
 * @throws Failure `not_found`
 */
export async function followJob(scope: Scope, id: string) {
  let job = await findJob(scope, id)
  return async function* (signal: AbortSignal): AsyncGenerator<rows.Job> {
    const endsAtMs = performance.now() + FOLLOW_MS_MAX
    yield job
    while (!isOver(job.state) && performance.now() < endsAtMs) {
      await pauseFor(FOLLOW_EVERY_MS, undefined, { signal })
      const next = await findJob(scope, id)
      const hasChanged = changing(next) !== changing(job)
      job = next
      if (hasChanged) yield job
    }
  }
}

const changing = (job: rows.Job) =>
  [job.state, job.attempt, job.stage, job.progressDone, job.progressTotal, job.cancelRequestedAt].join('\n')

export const listJobs = (
  scope: Scope,
  filter: rows.JobFilter,
  page: { limit: number; after?: rows.JobCursor | undefined },
) => within(scope, (db) => rows.listJobs(db, { ...filter, isOfSites: isNarrow(scope) }, page))

export const attemptsOf = (scope: Scope, id: string) => within(scope, (db) => rows.attemptsOfJob(db, id))

export type JobQuery = rows.JobFilter & { cursor?: string | undefined; limit: number }

/** One page, newest first. @throws Failure `invalid` for a cursor of another list */
export const jobsPage = (scope: Scope, query: JobQuery): Promise<Page<rows.Job>> =>
  pageOfJobs(query, (page) => listJobs(scope, query, page))

/** The same through any door. */
export async function pageOfJobs(
  query: JobQuery,
  list: (page: { limit: number; after: rows.JobCursor | undefined }) => Promise<rows.Job[]>,
): Promise<Page<rows.Job>> {
  const { cursor, limit, ...filter } = query
  const name = `jobs ${JSON.stringify(filter, Object.keys(filter).sort())}`
  const position = readCursor(name, cursor, 2)
  const after = position && { createdAt: new Date(position[0] as string), id: position[1] as string }
  const found = await list({ limit: limit + 1, after })
  return pageOf(name, found, limit, (job) => [job.createdAt.toISOString(), job.id])
}

/** What an action did to one job, or why it did nothing. */
export type ActionOutcome =
  | 'retried'
  | 'cancelled'
  | 'cancelling'
  | 'discarded'
  | 'not_found'
  | 'job_not_retryable'
  | 'job_already_queued'
  | 'job_is_over'
  | 'job_is_running'
  | 'job_not_stoppable'

export type ActionResult = { id: string; outcome: ActionOutcome }

/** Runs dead jobs again with a fresh budget of attempts, and waiting ones at once. One result an id, in order. */
export async function retryJobs(scope: Scope, ids: readonly string[]): Promise<ActionResult[]> {
  return retryingRaces(() => acting(scope, 'job.retried', ids, retryIn))
}

const PERSONS_RIGHTS: ReadonlySet<string> = new Set(
  Object.entries(kinds)
    .filter(([, policy]) => 'isPersonsRight' in policy)
    .map(([kind]) => kind),
)
export const isPersonsRight = (kind: string): boolean => PERSONS_RIGHTS.has(kind)

/**
 * Ends waiting jobs and asks running ones to stop: `cancelling` ones say soon what became of them. A builder cannot
 * stop an erasure that one of its households asked for: only the operator can, who answers for it.
 */
export const cancelJobs = (scope: Scope, ids: readonly string[]): Promise<ActionResult[]> =>
  acting(scope, 'job.cancelled', ids, (db, reached) => cancelIn(db, reached, isPersonsRight))

/** What is out of reach is told as what is not there. */
const acting = (
  scope: Scope,
  action: string,
  ids: readonly string[],
  act: (db: Db, ids: readonly string[]) => Promise<ActionResult[]>,
): Promise<ActionResult[]> =>
  within(scope, async (db) => {
    const done = await noted(db, scope, action, await act(db, await idsInReach(db, scope, ids)))
    const outcomes = new Map(done.map((each) => [each.id, each]))
    return [...new Set(ids)].map((id) => outcomes.get(id) ?? { id, outcome: 'not_found' as const })
  })

const DONE: readonly ActionOutcome[] = ['retried', 'cancelled', 'cancelling']

/** One row an action, with the jobs it was carried out on. */
async function noted(db: Db, scope: Scope, action: string, done: ActionResult[]): Promise<ActionResult[]> {
  const jobIds = done.filter(({ outcome }) => DONE.includes(outcome)).map(({ id }) => id)
  if (jobIds.length === 0) return done
  await noteActivity(db, scope, { action, targetType: 'job', targetId: jobIds[0] ?? '', changes: { jobIds } })
  return done
}

/** @throws Failure `not_found`, `job_not_retryable`, `job_already_queued` */
export async function retryJob(scope: Scope, id: string): Promise<rows.Job> {
  refuseUnlessDone(await retryJobs(scope, [id]))
  return findJob(scope, id)
}

/** @throws Failure `not_found`, `job_is_over`, `job_not_stoppable` */
export async function cancelJob(scope: Scope, id: string): Promise<rows.Job> {
  refuseUnlessDone(await cancelJobs(scope, [id]))
  return findJob(scope, id)
}

/** The ids an action by filter is about: the newest, and whether there are more than one action may touch. */
export async function jobsToActOn(
  scope: Scope,
  filter: rows.JobFilter,
): Promise<{ ids: string[]; hasMore: boolean }> {
  const found = await listJobs(scope, filter, { limit: BULK_JOBS_MAX + 1 })
  return { ids: found.slice(0, BULK_JOBS_MAX).map(({ id }) => id), hasMore: found.length > BULK_JOBS_MAX }
}

export async function retryIn(db: Db, ids: readonly string[]): Promise<ActionResult[]> {
  const found = await actions.statesOfJobs(db, ids)
  const retried = new Set(await actions.retryJobs(db, ids, ATTEMPTS_BY_KIND))
  return results(ids, found, (id, state) => {
    if (retried.has(id)) return 'retried'
    return (RETRYABLE as readonly rows.JobState[]).includes(state)
      ? 'job_already_queued'
      : 'job_not_retryable'
  })
}

export async function cancelIn(
  db: Db,
  ids: readonly string[],
  isSpared: (kind: string) => boolean = () => false,
): Promise<ActionResult[]> {
  const found = await actions.statesOfJobs(db, ids)
  const spared = new Set(found.filter(({ kind }) => isSpared(kind)).map(({ id }) => id))
  const stoppable = ids.filter((id) => !spared.has(id))
  const stopped = new Map((await actions.cancelJobs(db, stoppable)).map(({ id, state }) => [id, state]))
  return results(ids, found, (id, before) => {
    if (spared.has(id) && !isOver(before)) return 'job_not_stoppable'
    const state = stopped.get(id)
    return state === 'running' ? 'cancelling' : (state ?? 'job_is_over')
  })
}

export async function discardIn(db: Db, ids: readonly string[]): Promise<ActionResult[]> {
  const found = await actions.statesOfJobs(db, ids)
  const discarded = new Set(await actions.discardJobs(db, ids))
  return results(ids, found, (id, state) =>
    discarded.has(id) ? 'discarded' : state === 'running' ? 'job_is_running' : 'job_is_over',
  )
}

const ATTEMPTS_BY_KIND = Object.fromEntries(
  Object.entries(kinds).map(([kind, { attemptsMax }]) => [kind, attemptsMax]),
)

function results(
  ids: readonly string[],
  found: readonly { id: string; state: rows.JobState }[],
  outcomeOf: (id: string, state: rows.JobState) => ActionOutcome,
): ActionResult[] {
  const states = new Map(found.map(({ id, state }) => [id, state]))
  return [...new Set(ids)].map((id) => {
    const state = states.get(id)
    return { id, outcome: state ? outcomeOf(id, state) : 'not_found' }
  })
}

/** The transaction saw no job of the dedupe key, and met one when it wrote: the next try sees it. */
export async function retryingRaces<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= RETRY_TRIES_MAX || sqlState(error) !== UNIQUE_VIOLATION) throw error
    }
  }
}

const REFUSALS = {
  not_found: 'not_found',
  job_not_retryable: 'job_not_retryable',
  job_already_queued: 'job_already_queued',
  job_is_over: 'job_is_over',
  job_is_running: 'job_is_running',
  job_not_stoppable: 'job_not_stoppable',
} as const satisfies Partial<Record<ActionOutcome, FailureCode>>

/** The outcome of an action on one job, thrown when it is a refusal. */
function refuseUnlessDone([result]: ActionResult[]): void {
  const refusal = result && REFUSALS[result.outcome as keyof typeof REFUSALS]
  if (refusal) throw failure(refusal)
}

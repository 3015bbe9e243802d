// The queue as the platform's operator sees and steers it: all tenants, figures, workers, recurring tasks.
import * as monitor from '#db/job-monitor.ts'
import * as rows from '#db/jobs.ts'
import { type AdminScope, acrossTenants, type Db } from '#db/scope.ts'
import { cronTasks } from '#jobs/cron-tasks.ts'
import { kinds } from '#jobs/kinds.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'
import {
  type ActionResult,
  BULK_JOBS_MAX,
  CANCELLABLE,
  cancelIn,
  discardIn,
  type JobQuery,
  pageOfJobs,
  RETRYABLE,
  retryIn,
  retryingRaces,
} from './jobs.ts'
import type { Page } from './paging.ts'

export type OperatorAction = 'retry' | 'cancel' | 'discard'

export const jobKinds = Object.keys(kinds)

const ACTIONS: Record<OperatorAction, (db: Db, ids: readonly string[]) => Promise<ActionResult[]>> = {
  retry: retryIn,
  cancel: cancelIn,
  discard: discardIn,
}

/** The states in which an action by filter looks for jobs. */
const STATES: Record<OperatorAction, readonly rows.JobState[]> = {
  retry: RETRYABLE,
  cancel: CANCELLABLE,
  discard: ['available', 'scheduled', 'retryable'],
}

const REASON = 'the job monitor'

export type CronTaskRow = {
  name: string
  pattern: string
  lastTickAt: Date | null
  lastJob: { id: string; state: rows.JobState } | null
}

export const readKinds = (scope: AdminScope): Promise<(monitor.KindFigures & { pausedAt: Date | null })[]> =>
  acrossTenants(scope, REASON, async (db) => {
    const figures = await monitor.kindFigures(db)
    const paused = await monitor.pausedKinds(db)
    return figuresOfAll(figures).map((row) => ({ ...row, pausedAt: paused.get(row.kind) ?? null }))
  })

export const readWorkers = (scope: AdminScope): Promise<monitor.WorkerRow[]> =>
  acrossTenants(scope, REASON, monitor.listWorkers)

export async function readCronTasks(scope: AdminScope): Promise<CronTaskRow[]> {
  const ticks = await acrossTenants(scope, REASON, monitor.newestTicks)
  const tickOf = new Map(ticks.map((tick) => [tick.task, tick]))
  return cronTasks.map(({ name, pattern }) => {
    const tick = tickOf.get(name)
    const lastJob = tick?.jobId && tick.state ? { id: tick.jobId, state: tick.state } : null
    return { name, pattern, lastTickAt: tick?.tickAt ?? null, lastJob }
  })
}

export const operatorJobsPage = (scope: AdminScope, query: JobQuery): Promise<Page<rows.Job>> =>
  pageOfJobs(query, (page) => acrossTenants(scope, REASON, (db) => rows.listJobs(db, query, page)))

/** A job of any tenant or of none, with every attempt and its stack. @throws Failure `not_found` */
export async function openAnyJob(scope: AdminScope, id: string) {
  return acrossTenants(scope, REASON, async (db) => {
    const job = await rows.jobById(db, id)
    if (!job) throw failure('not_found')
    return { job, attempts: await rows.attemptsOfJob(db, id) }
  })
}

/** What an action by filter would touch. */
export async function matchingJobs(
  scope: AdminScope,
  action: OperatorAction,
  filter: rows.JobFilter,
): Promise<{ ids: string[]; hasMore: boolean }> {
  const states = filter.states ?? STATES[action]
  const found = await acrossTenants(scope, REASON, (db) =>
    rows.listJobs(db, { ...filter, states }, { limit: BULK_JOBS_MAX + 1 }),
  )
  return { ids: found.slice(0, BULK_JOBS_MAX).map(({ id }) => id), hasMore: found.length > BULK_JOBS_MAX }
}

/** Does it to each of at most 1,000 jobs, and puts on record who did. One result an id. */
export async function actOnJobs(
  scope: AdminScope,
  action: OperatorAction,
  ids: readonly string[],
): Promise<ActionResult[]> {
  return retryingRaces(() =>
    acrossTenants(scope, `${action} jobs`, async (db) => {
      const results = await ACTIONS[action](db, ids)
      const outcomes = Object.fromEntries(results.map(({ id, outcome }) => [id, outcome]))
      await noteActivity(db, scope, {
        action: `jobs.${action}`,
        targetType: 'job',
        targetId: (results.length === 1 && ids[0]) || 'many',
        changes: outcomes,
      })
      return results
    }),
  )
}

/** @throws Failure `not_found` for a kind that does not exist */
export async function setKindPaused(scope: AdminScope, kind: string, isPaused: boolean): Promise<void> {
  if (!jobKinds.includes(kind)) throw failure('not_found')
  await acrossTenants(scope, `${isPaused ? 'pause' : 'resume'} a kind of jobs`, async (db) => {
    const hasChanged = await (isPaused ? monitor.pauseKind(db, kind) : monitor.resumeKind(db, kind))
    if (!hasChanged) return
    const action = isPaused ? 'jobs.kind_paused' : 'jobs.kind_resumed'
    await noteActivity(db, scope, { action, targetType: 'job_kind', targetId: kind })
  })
}

/** Enqueues the task's job beside its ticks. @throws Failure `not_found` for a task that does not exist */
export async function runCronTask(scope: AdminScope, name: string): Promise<string> {
  const task = cronTasks.find((each) => each.name === name)
  if (!task) throw failure('not_found')
  return acrossTenants(scope, 'run a recurring task', async (db) => {
    const jobId = await task.enqueue(db)
    await noteActivity(db, scope, {
      action: 'jobs.task_run',
      targetType: 'cron_task',
      targetId: name,
      changes: { jobId },
    })
    return jobId
  })
}

const NOTHING = {
  available: 0,
  scheduled: 0,
  running: 0,
  retryable: 0,
  completed: 0,
  cancelled: 0,
  discarded: 0,
}

/** Kinds without a job are shown as well: a nought is an answer. */
function figuresOfAll(figures: monitor.KindFigures[]): monitor.KindFigures[] {
  const known = new Map(figures.map((row) => [row.kind, row]))
  const quiet = { ...NOTHING, completedLastHour: 0, waitMsP95: null, runMsP95: null, oldestWaitMs: null }
  return [...new Set([...jobKinds, ...known.keys()])].map((kind) => known.get(kind) ?? { kind, ...quiet })
}

// A worker thread: claims jobs into its free slots, runs them, and settles what became of them.
import { AsyncLocalStorage } from 'node:async_hooks'
import { parentPort, workerData } from 'node:worker_threads'
import { connect, openQueue } from '#db/client.ts'
import { type ClaimedJob, claimJobs, type Lane, type Progress, recordProgress } from '#db/job-leases.ts'
import { parseConfig } from '#src/config.ts'
import { recordError } from '#src/errors.ts'
import { log } from '#src/log.ts'
import { prepareProcess } from '#src/runtime.ts'
import type { Kinds } from './kinds.ts'
import { lanesOfThread } from './lanes.ts'
import type { FromThread, ThreadSettings, ToThread } from './messages.ts'
import { runJob } from './run-job.ts'
import { type AbortReason, describe, settlementOf } from './settlement.ts'
import { makeSettler } from './settler.ts'

/** Transactions are short and wait for nothing outside: fewer connections than slots do. */
const CONNECTIONS_MAX = 5
const PROGRESS_FLUSH_MS = 500
const STAGE_CHARS_MAX = 100
const COUNT_MAX = 2 ** 31 - 1
const CLAIM_PAUSE_AFTER_ERROR_MS = 1_000

const settings = workerData as ThreadSettings
const parsed = parseConfig(process.env)
if ('faults' in parsed) throw new Error(`settings: ${parsed.faults.map((fault) => fault.setting).join(', ')}`)
const config = parsed.config
if (!config.DATABASE_URL) throw new Error('a worker thread needs DATABASE_URL')
prepareProcess(config)

const { kinds }: { kinds: Kinds } = await import(settings.kindsModule)
/** Hungry: there may be jobs for the lane that it has not been offered yet. */
const lanes = lanesOfThread(kinds, settings.threadCount, settings.thread).map((lane) => ({
  ...lane,
  isHungry: true,
}))
const slotCount = lanes.reduce((sum, lane) => sum + lane.slots, 0)
const databases = { url: config.DATABASE_URL, directUrl: config.DATABASE_DIRECT_URL }
connect({ ...databases, poolSize: Math.min(slotCount, CONNECTIONS_MAX) })
const queue = openQueue({ ...databases, poolSize: 1, isDurable: false })
const settler = makeSettler(openQueue({ ...databases, poolSize: 1 }))

type Running = { job: ClaimedJob; abort: AbortController; progress: Progress | null; isReported: boolean }

const running = new Map<string, Running>()
/** Whose code is running, for telling who broke the thread. */
const currentJob = new AsyncLocalStorage<string>()
let isClaiming = false
let isStopping = false
let claimCount = 0
let wakeCount = 0

const say = (message: FromThread) => parentPort?.postMessage(message)

parentPort?.on('message', (message: ToThread) => {
  if (message.type === 'stop') isStopping = true
  if (message.type === 'abort') abort(message.id, message.owner, message.reason)
  if (message.type === 'wake') wake()
})

blameWhoeverBreaks()
setInterval(flushProgress, PROGRESS_FLUSH_MS)
say({ type: 'ready' })
void claimWhileThereAre()

function wake(): void {
  wakeCount++
  for (const lane of lanes) lane.isHungry = true
  void claimWhileThereAre()
}

/** One claim at a time; a wake-up or a freed slot meanwhile makes it go round once more. */
async function claimWhileThereAre(): Promise<void> {
  if (isClaiming) return
  isClaiming = true
  try {
    while (!isStopping) {
      const free = freeLanes()
      if (free.length === 0) return
      const wakeCountBefore = wakeCount
      const owner = `${settings.ownerPrefix}${++claimCount}`
      const jobs = await queue.run((db) => claimJobs(db, owner, free))
      // What came in after the order to stop is released with the thread.
      if (isStopping) return
      if (wakeCount === wakeCountBefore) sateLanes(free, jobs)
      if (jobs.length === 0) continue
      say({ type: 'claimed', jobs: jobs.map(({ payload: _, ...job }) => job) })
      for (const job of jobs) void work(job)
    }
  } catch (error) {
    log('error', 'job_claim_failed', { thread: settings.thread, error: String(error) })
    setTimeout(wake, CLAIM_PAUSE_AFTER_ERROR_MS)
  } finally {
    isClaiming = false
  }
}

/** A lane that had room and got nothing waits for the next wake-up. */
function sateLanes(offered: readonly Lane[], jobs: readonly ClaimedJob[]): void {
  for (const lane of lanes)
    if (offered.some(({ kinds }) => kinds === lane.kinds))
      lane.isHungry = jobs.some(({ kind }) => lane.kinds.includes(kind))
}

function freeLanes(): Lane[] {
  const kindsRunning = [...running.values()].map(({ job }) => job.kind)
  return lanes
    .filter(({ isHungry }) => isHungry)
    .map((lane) => ({
      kinds: lane.kinds,
      free: lane.slots - kindsRunning.filter((kind) => lane.kinds.includes(kind)).length,
    }))
    .filter((lane) => lane.free > 0)
}

async function work(job: ClaimedJob): Promise<void> {
  const policy = kinds[job.kind]
  if (!policy) throw new Error(`claimed a job of the unknown kind ${job.kind}`)
  const run: Running = { job, abort: new AbortController(), progress: null, isReported: true }
  running.set(job.id, run)
  const ending = await currentJob.run(job.id, () =>
    runJob(job, {
      queue,
      policy,
      kindsFolder: new URL('.', settings.kindsModule),
      signal: run.abort.signal,
      progress: (stage, done, total) => {
        run.progress = tidyProgress(stage, done, total)
        run.isReported = false
      },
    }),
  )
  const settlement = settlementOf(ending, {
    attempt: job.attempt,
    maxAttempts: job.maxAttempts,
    policy,
    baseMs: config.JOB_BACKOFF_BASE_MS,
    random: Math.random(),
  })
  run.isReported = true
  if (settlement) {
    if (settlement.code === 'unexpected' && ending.type === 'threw') recordBug(job, ending.error)
    const isOurs = await settler.settle({ lease: job, settlement, progress: run.progress })
    logSettled(job, isOurs ? settlement.state : 'dropped', settlement.code)
  }
  running.delete(job.id)
  const dueInMs =
    settlement?.state === 'retryable' || settlement?.state === 'scheduled' ? settlement.delayMs : null
  say({ type: 'settled', id: job.id, owner: job.owner, dueInMs })
  void claimWhileThereAre()
}

/** Failures with a name of their own are foreseen and stand on the job; what has none is a bug. */
function recordBug({ id, kind, attempt, tenantId, requestId }: ClaimedJob, error: unknown): void {
  const context = { jobId: id, kind, attempt }
  recordError({ source: 'job', error, requestId: requestId ?? null, tenantId, context })
}

function logSettled(job: ClaimedJob, state: string, code: string | null): void {
  const level =
    state === 'discarded' ? 'error' : state === 'completed' || state === 'scheduled' ? 'debug' : 'warn'
  const { id, kind, attempt, tenantId, requestId } = job
  log(level, 'job_settled', { id, kind, attempt, tenantId, requestId, state, code })
}

function abort(id: string, owner: string, reason: AbortReason): void {
  const run = running.get(id)
  if (run?.job.owner === owner) run.abort.abort(reason)
}

function flushProgress(): void {
  const fresh = [...running.values()].filter((run) => !run.isReported)
  if (fresh.length === 0) return
  for (const run of fresh) run.isReported = true
  const reports = fresh.map(({ job: { id, owner, attempt }, progress }) => ({
    id,
    owner,
    attempt,
    ...(progress ?? { stage: null, done: 0, total: 0 }),
  }))
  queue
    .run((db) => recordProgress(db, reports))
    .catch((error) => log('warn', 'job_progress_lost', { error: String(error) }))
}

/** Anything may come from a job; what the columns cannot hold would fail everybody's write. */
function tidyProgress(stage: string, done: number, total: number): Progress {
  const count = (value: number) => Math.min(Math.max(Math.trunc(value) || 0, 0), COUNT_MAX)
  const text = stage.replaceAll('\0', '').slice(0, STAGE_CHARS_MAX)
  return { stage: text, done: count(done), total: count(total) }
}

/**
 * An error outside every promise, or an exit, leaves the thread in an unknown state; the main thread replaces
 * it. Which job did it is known from the asynchronous context, so that its neighbours need not pay.
 */
function blameWhoeverBreaks(): void {
  const broken = (detail: string) => say({ type: 'broken', culprit: currentJob.getStore() ?? null, detail })
  process.on('uncaughtException', (error) => broken(describe(error)))
  process.on('unhandledRejection', (error) => broken(describe(error)))
  const exit = process.exit.bind(process)
  process.exit = (code) => {
    broken(`the job called process.exit(${code ?? ''})`)
    return exit(code)
  }
}

// The main thread's side of the queue: wakes the worker threads, keeps their leases, and stops them in order.
import { randomInt } from 'node:crypto'
import { openQueue } from '#db/client.ts'
import {
  lockProcess,
  nextDueInMs,
  reapExpired,
  releaseOwned,
  renewLeases,
  requeueOrphans,
} from '#db/job-leases.ts'
import { type Config, settings as settingNames } from '#src/config.ts'
import { log } from '#src/log.ts'
import { startCrew } from './crew.ts'
import { type CronTask, cronTasks, startCron } from './cron.ts'
import type { Kinds } from './kinds.ts'
import { type JobStats, readStats } from './stats.ts'

/** Fallback where notifications do not come through, and the clock of jobs that become due. */
const POLL_MS = 1_000
const BEAT_MS = 15_000
const ENFORCE_MS = 250
const REAP_MS = 5_000
/** A live process renews every beat: one whose lock is gone and that missed one is dead. */
const ORPHAN_SILENT_MS = 20_000
const STOP_MS_MAX = 20_000
/** Of the time to stop, what is kept for runs that react to the signal, and for writing down the releases. */
const ABORT_MARGIN_MS = 3_000
const RELEASE_MARGIN_MS = 1_000
const READY_TIMEOUT_MS = 20_000

export type Jobs = {
  stats(): Promise<JobStats>
  /** Stops claiming, lets running jobs finish, releases uncounted what did not by the deadline (≤ 20 s). */
  stop(deadlineMs?: number): Promise<void>
}

export type JobsOptions = {
  /** A module that exports `kinds` and stands beside one file for each of them. */
  kindsModule?: string
  cronTasks?: readonly CronTask[]
}

/**
 * Starts the worker threads and everything that keeps them honest. `config.DATABASE_URL` must be set: to the
 * embedded server's address when that is what runs.
 */
export async function startJobs(config: Config, options: JobsOptions = {}): Promise<Jobs> {
  if (!config.DATABASE_URL) throw new Error('jobs need DATABASE_URL')
  const kindsModule = options.kindsModule ?? new URL('./kinds.ts', import.meta.url).href
  const { kinds }: { kinds: Kinds } = await import(kindsModule)
  const databases = { url: config.DATABASE_URL, directUrl: config.DATABASE_DIRECT_URL }
  const queue = openQueue({ ...databases, poolSize: 2 })
  // Lease owners begin with the number; a lock on it tells every process that this one lives.
  const processNumber = randomInt(1, 2 ** 31)
  let isLockHeld = false
  const presence = openQueue({ ...databases, poolSize: 1, onConnectionLost: () => (isLockHeld = false) })
  const takeLock = async () => {
    await presence.run((db) => lockProcess(db, processNumber))
    isLockHeld = true
  }
  await takeLock()
  const orphans = await queue.run((db) => requeueOrphans(db, 0))
  if (orphans.length > 0) log('warn', 'job_orphans_requeued', { count: orphans.length })

  let signalChange = () => {}
  let lastBeatAtMs = performance.now()
  const crew = startCrew({
    ...{ queue, kinds, kindsModule, processNumber, threadCount: config.JOB_THREADS },
    baseMs: config.JOB_BACKOFF_BASE_MS,
    env: envOf(config),
    onChange: () => signalChange(),
  })
  const wake = () => crew.send({ type: 'wake' })

  async function beat(): Promise<void> {
    if (!isLockHeld) await takeLock()
    const asked = crew.runningJobs()
    if (asked.length > 0) {
      const held = await queue.run((db) => renewLeases(db, asked))
      const byId = new Map(held.map((lease) => [lease.id, lease]))
      for (const { id, owner } of asked) {
        const lease = byId.get(id)
        if (lease?.owner !== owner) crew.abort(id, owner, 'lost')
        else if (lease.isCancelRequested) crew.abort(id, owner, 'cancelled')
      }
    }
    lastBeatAtMs = performance.now()
  }

  async function poll(): Promise<void> {
    const dueInMs = await queue.run(nextDueInMs)
    if (dueInMs === null) return
    if (dueInMs <= 0) wake()
    else if (dueInMs < POLL_MS) setTimeout(wake, dueInMs)
  }

  async function reap(): Promise<void> {
    const expired = await queue.run(reapExpired)
    const left = await queue.run((db) => requeueOrphans(db, ORPHAN_SILENT_MS))
    if (expired.length + left.length === 0) return
    log('warn', 'job_leases_expired', { count: expired.length + left.length })
    wake()
  }

  // The beat comes before reaping: a main thread that stalled must not take its own jobs for lost.
  const loops = [
    repeat('job_beat_failed', BEAT_MS, beat),
    repeat('job_poll_failed', POLL_MS, poll),
    repeat('job_reap_failed', REAP_MS, async () => {
      if (performance.now() - lastBeatAtMs > BEAT_MS) await beat()
      await reap()
    }),
  ]
  const enforcing = setInterval(crew.enforce, ENFORCE_MS)
  await presence.listen('jobs_available', wake, wake)
  await presence.listen(
    'jobs_cancelled',
    (id) => {
      for (const job of crew.runningJobs()) if (job.id === id) crew.abort(id, job.owner, 'cancelled')
    },
    () => {},
  )
  const until = (isSo: () => boolean, timeoutMs: number) =>
    new Promise<boolean>((resolve) => {
      const settle = (value: boolean) => {
        clearTimeout(timer)
        signalChange = () => {}
        resolve(value)
      }
      const timer = setTimeout(() => settle(isSo()), timeoutMs)
      signalChange = () => isSo() && settle(true)
      signalChange()
    })
  const isReady = await until(() => crew.threads().every(({ state }) => state === 'ready'), READY_TIMEOUT_MS)
  if (!isReady) log('error', 'job_threads_not_ready', {})
  const cron = await startCron(options.cronTasks ?? cronTasks, queue)
  log('info', 'jobs_started', { threads: config.JOB_THREADS, orphans: orphans.length })

  async function stop(deadlineMs = STOP_MS_MAX): Promise<void> {
    const budgetMs = Math.min(deadlineMs, STOP_MS_MAX)
    await cron.stop()
    crew.send({ type: 'stop' })
    const isIdle = () => crew.runningJobs().length === 0
    if (!(await until(isIdle, Math.max(0, budgetMs - ABORT_MARGIN_MS)))) {
      for (const job of crew.runningJobs()) crew.abort(job.id, job.owner, 'stopping')
      await until(isIdle, Math.max(0, Math.min(budgetMs, ABORT_MARGIN_MS) - RELEASE_MARGIN_MS))
    }
    for (const loop of loops) loop.end()
    clearInterval(enforcing)
    await crew.terminate()
    const released = await queue.run((db) => releaseOwned(db, `${processNumber}.`))
    log('info', 'jobs_stopped', { released: released.length })
    await Promise.all([queue.close(), presence.close()])
  }

  let stopping: Promise<void> | null = null
  return {
    stats: () => readStats(queue, crew, { isLockHeld, beatAgeMs: performance.now() - lastBeatAtMs }),
    stop: (deadlineMs) => {
      stopping ??= stop(deadlineMs)
      return stopping
    },
  }
}

/** Runs `step` over and over with a pause between; a failure is logged and the next turn comes all the same. */
function repeat(event: string, pauseMs: number, step: () => Promise<void>): { end: () => void } {
  let isEnded = false
  let timer: Timer
  const turn = async () => {
    try {
      await step()
    } catch (error) {
      if (!isEnded) log('warn', event, { error: String(error) })
    }
    if (!isEnded) timer = setTimeout(turn, pauseMs)
  }
  timer = setTimeout(turn, pauseMs)
  return {
    end: () => {
      isEnded = true
      clearTimeout(timer)
    },
  }
}

/** The threads parse the same settings again; the embedded server's address is known here only. */
function envOf(config: Config): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value
  for (const name of Object.keys(settingNames.shape)) {
    const value = (config as Record<string, unknown>)[name]
    if (value !== undefined) env[name] = String(value)
  }
  return env
}

// The queue of this process: starts the worker threads and what watches over them, and stops them in order.
import { randomInt } from 'node:crypto'
import { hostname } from 'node:os'
import { openQueue, type QueueConnection } from '#db/client.ts'
import { lockProcess, releaseOwned, requeueOrphans } from '#db/job-recovery.ts'
import { removeWorker, reportWorker } from '#db/job-workers.ts'
import { type Config, settings } from '#src/config.ts'
import { log } from '#src/log.ts'
import { abortJob, type Crew, endCrew, runningJobs, sendToAll, startCrew } from './crew.ts'
import { startCron } from './cron.ts'
import { type CronTask, cronTasks } from './cron-tasks.ts'
import type { Kinds } from './kinds.ts'
import { type JobStats, readStats } from './stats.ts'
import { startWatch } from './watch.ts'

const STOP_MS_MAX = 20_000
/** Of the time to stop, what is kept for runs that react to the signal, and for writing down the releases. */
const ABORT_MARGIN_MS = 3_000
const RELEASE_MARGIN_MS = 1_000
const READY_MS_MAX = 20_000
const CONNECTIONS = 2

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
 * Starts the worker threads and everything that keeps them honest. The process must be connected to the same
 * database, and `config.DATABASE_URL` be set: to the embedded server's address when that is what runs.
 */
export async function startJobs(config: Config, options: JobsOptions = {}): Promise<Jobs> {
  if (!config.DATABASE_URL) throw new Error('jobs need DATABASE_URL')
  const kindsModule = options.kindsModule ?? new URL('./kinds.ts', import.meta.url).href
  const { kinds }: { kinds: Kinds } = await import(kindsModule)
  const databases = { url: config.DATABASE_URL, directUrl: config.DATABASE_DIRECT_URL }
  const queue = openQueue({ ...databases, poolSize: CONNECTIONS })
  const processNumber = randomInt(1, 2 ** 31)
  const presence = await announcePresence(databases, processNumber)
  const orphans = await queue.run((db) => requeueOrphans(db, 0))

  const changes = makeSignal()
  const crew = startCrew({
    queue,
    kinds,
    kindsModule,
    processNumber,
    threadCount: config.JOB_THREADS,
    baseMs: config.JOB_BACKOFF_BASE_MS,
    env: envOf(config),
    onChange: changes.raise,
    onDue: (dueInMs) => setTimeout(wake, dueInMs).unref(),
  })
  const wake = () => sendToAll(crew, { type: 'wake' })
  const reportPresence = () => queue.run((db) => reportWorker(db, presenceOf(crew)))
  await reportPresence()
  const watch = startWatch({ queue, crew, wake, keepLock: presence.keepLock, reportPresence })
  await listen(presence.connection, crew, wake)
  const isReady = () => crew.members.every(({ state }) => state === 'ready')
  if (!(await changes.until(isReady, READY_MS_MAX))) log('error', 'job_threads_not_ready')
  const cron = await startCron(options.cronTasks ?? cronTasks, queue)
  log('info', 'jobs_started', { threads: config.JOB_THREADS, orphans: orphans.length })

  const stop = async (deadlineMs: number) => {
    await cron.stop()
    await drain(crew, changes, deadlineMs)
    watch.end()
    await endCrew(crew)
    const released = await queue.run((db) => releaseOwned(db, `${processNumber}.`))
    log('info', 'jobs_stopped', { released: released.length })
    await queue.run((db) => removeWorker(db, processNumber))
    await Promise.all([queue.close(), presence.connection.close()])
  }
  let stopping: Promise<void> | null = null
  return {
    stats: () => readStats(queue, crew, { isLockHeld: presence.isLockHeld(), beatAgeMs: watch.beatAgeMs() }),
    stop: (deadlineMs = STOP_MS_MAX) => {
      stopping ??= stop(Math.min(deadlineMs, STOP_MS_MAX))
      return stopping
    },
  }
}

const presenceOf = (crew: Crew) => ({
  processNumber: crew.options.processNumber,
  host: hostname(),
  pid: process.pid,
  threadCount: crew.options.threadCount,
  runningCount: runningJobs(crew).length,
  replacementCount: crew.replacementCount,
})

async function drain(crew: Crew, changes: Signal, deadlineMs: number): Promise<void> {
  sendToAll(crew, { type: 'stop' })
  const isIdle = () => runningJobs(crew).length === 0
  if (await changes.until(isIdle, Math.max(0, deadlineMs - ABORT_MARGIN_MS))) return
  for (const job of runningJobs(crew)) abortJob(crew, job.id, job.owner, 'stopping')
  await changes.until(isIdle, Math.max(0, Math.min(deadlineMs, ABORT_MARGIN_MS) - RELEASE_MARGIN_MS))
}

type Presence = { connection: QueueConnection; keepLock(): Promise<void>; isLockHeld(): boolean }

/** Lease owners begin with the process's number; a lock on it tells every other process that this one lives. */
async function announcePresence(
  databases: { url: string; directUrl: string | undefined },
  processNumber: number,
): Promise<Presence> {
  let isHeld = false
  const onConnectionLost = () => {
    isHeld = false
  }
  const connection = openQueue({ ...databases, poolSize: 1, onConnectionLost })
  const keepLock = async () => {
    if (isHeld) return
    await connection.run((db) => lockProcess(db, processNumber))
    isHeld = true
  }
  await keepLock()
  return { connection, keepLock, isLockHeld: () => isHeld }
}

async function listen(connection: QueueConnection, crew: Crew, wake: () => void): Promise<void> {
  const cancel = (id: string) => {
    for (const job of runningJobs(crew)) if (job.id === id) abortJob(crew, id, job.owner, 'cancelled')
  }
  await connection.listen('jobs_available', wake, wake)
  await connection.listen('jobs_cancelled', cancel, () => {})
}

type Signal = {
  raise: () => void
  /** Resolves true as soon as it is so, checked whenever the signal is raised; false after the time. */
  until(isSo: () => boolean, timeoutMs: number): Promise<boolean>
}

function makeSignal(): Signal {
  let check = () => {}
  const until = (isSo: () => boolean, timeoutMs: number) =>
    new Promise<boolean>((resolve) => {
      const settle = () => {
        clearTimeout(timer)
        check = () => {}
        resolve(isSo())
      }
      const timer = setTimeout(settle, timeoutMs)
      check = () => {
        if (isSo()) settle()
      }
      check()
    })
  return { raise: () => check(), until }
}

/** The threads parse the same settings again; the embedded server's address is known here only. */
function envOf(config: Config): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value
  for (const name of Object.keys(settings.shape)) {
    const value = (config as Record<string, unknown>)[name]
    if (value !== undefined) env[name] = String(value)
  }
  return env
}

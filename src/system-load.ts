// How this process is doing right now: the loop's lag, memory, what is being answered; and how far behind the queue is.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { kindFigures } from '#db/job-monitor.ts'
import { type AdminScope, acrossTenants } from '#db/scope.ts'
import { connectionCounts } from '#db/system.ts'
import { sentryFigures } from './clients/sentry.ts'
import { config } from './config.ts'
import { droppedErrors } from './errors.ts'
import { droppedRequests } from './request-log.ts'

const NS_A_MS = 1_000_000

const lag = monitorEventLoopDelay({ resolution: 20 })
lag.enable()

export type SystemLoad = {
  release: string
  uptimeMs: number
  rssBytes: number
  heapBytes: number
  cpuMs: number
  lagMsP50: number
  lagMsP99: number
  connections: { state: string; count: number }[]
  poolSize: number
  waitingJobs: number
  runningJobs: number
  oldestWaitMs: number
  droppedRequests: number
  droppedErrors: number
  sentry: { sent: number; dropped: number; queued: number }
}

export async function readSystemLoad(scope: AdminScope): Promise<SystemLoad> {
  const { kinds, connections } = await acrossTenants(scope, 'how the system is doing', async (db) => ({
    kinds: await kindFigures(db),
    connections: await connectionCounts(db),
  }))
  const memory = process.memoryUsage()
  const cpu = process.cpuUsage()
  const sum = (pick: (kind: (typeof kinds)[number]) => number) =>
    kinds.reduce((total, kind) => total + pick(kind), 0)
  return {
    release: config().RELEASE,
    uptimeMs: process.uptime() * 1_000,
    rssBytes: memory.rss,
    heapBytes: memory.heapUsed,
    cpuMs: (cpu.user + cpu.system) / 1_000,
    lagMsP50: msOf(lag.percentile(50)),
    lagMsP99: msOf(lag.percentile(99)),
    connections,
    poolSize: config().DATABASE_POOL_SIZE,
    waitingJobs: sum((kind) => kind.available + kind.retryable + kind.scheduled),
    runningJobs: sum((kind) => kind.running),
    oldestWaitMs: Math.max(0, ...kinds.map((kind) => kind.oldestWaitMs ?? 0)),
    droppedRequests: droppedRequests(),
    droppedErrors: droppedErrors(),
    sentry: sentryFigures(),
  }
}

/** Before the first sample there is no number. */
const msOf = (ns: number) => (Number.isFinite(ns) ? ns / NS_A_MS : 0)

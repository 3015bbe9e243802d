// How the system is doing right now, part by part: the process, the queue, the database, caches, the model, what was lost.
import { statfs } from 'node:fs/promises'
import { kindFigures } from '#db/job-monitor.ts'
import { type AdminScope, acrossTenants } from '#db/scope.ts'
import { type PoolFigures, poolFigures, type StatementTimes, slowestStatements } from '#db/statement-times.ts'
import {
  connectionFigures,
  type DatabaseFigures,
  databaseFigures,
  type LlmFigures,
  llmFigures,
  type RunningStatement,
} from '#db/system.ts'
import { sentryFigures } from './clients/sentry.ts'
import { config } from './config.ts'
import { droppedErrors } from './errors.ts'
import { openSocketCount, type ProcessFigures, processFigures } from './process-figures.ts'
import { droppedRequests } from './request-log.ts'
import { inFlightCount, streamCount } from './traffic.ts'

export { type CacheFigures, cacheFigures } from './counted-cache.ts'

const LLM_MINUTES = 60

export type ProcessLoad = ProcessFigures & {
  release: string
  /** Null where it is not measured. */
  inFlight: number | null
  streams: number
  sockets: number | null
  diskFreeBytes: number
  diskTotalBytes: number
}

export async function readProcessLoad(): Promise<ProcessLoad> {
  const { RELEASE: release, dataDir } = config()
  const [sockets, disk] = await Promise.all([openSocketCount(), statfs(dataDir)])
  return {
    ...processFigures(),
    release,
    sockets,
    inFlight: inFlightCount(),
    streams: streamCount(),
    diskFreeBytes: disk.bavail * disk.bsize,
    diskTotalBytes: disk.blocks * disk.bsize,
  }
}

export type QueueLoad = { waiting: number; running: number; oldestWaitMs: number }

export async function readQueueLoad(scope: AdminScope): Promise<QueueLoad> {
  const kinds = await acrossTenants(scope, 'how the queue is doing', kindFigures)
  const sum = (pick: (kind: (typeof kinds)[number]) => number) =>
    kinds.reduce((total, kind) => total + pick(kind), 0)
  return {
    waiting: sum((kind) => kind.available + kind.retryable + kind.scheduled),
    running: sum((kind) => kind.running),
    oldestWaitMs: Math.max(0, ...kinds.map((kind) => kind.oldestWaitMs ?? 0)),
  }
}

export type DatabaseLoad = DatabaseFigures & {
  poolSize: number
  pool: PoolFigures
  connections: { state: string; count: number }[]
  running: RunningStatement[]
  slowest: StatementTimes[]
}

export async function readDatabaseLoad(scope: AdminScope): Promise<DatabaseLoad> {
  const [figures, connections] = await Promise.all([
    acrossTenants(scope, 'how the database is doing', databaseFigures),
    connectionFigures(),
  ])
  return {
    ...figures,
    ...connections,
    poolSize: config().DATABASE_POOL_SIZE,
    pool: poolFigures(),
    slowest: slowestStatements(),
  }
}

export type LlmLoad = LlmFigures & { euro: number; isSetUp: boolean }

/** Of the last hour. */
export async function readLlmLoad(scope: AdminScope): Promise<LlmLoad> {
  const figures = await acrossTenants(scope, 'how the language model is doing', (db) =>
    llmFigures(db, LLM_MINUTES),
  )
  return { ...figures, euro: euroOf(figures), isSetUp: config().OPENAI_API_KEY !== undefined }
}

/** By the prices of the settings. */
export function euroOf({
  promptTokens,
  completionTokens,
}: {
  promptTokens: number
  completionTokens: number
}): number {
  const {
    OPENAI_PROMPT_EUR_PER_MILLION_TOKENS: prompt,
    OPENAI_COMPLETION_EUR_PER_MILLION_TOKENS: completion,
  } = config()
  return (promptTokens * prompt + completionTokens * completion) / 1e6
}

export type Losses = {
  requests: number
  errors: number
  sentry: { sent: number; dropped: number; queued: number }
}

export const readLosses = (): Losses => ({
  requests: droppedRequests(),
  errors: droppedErrors(),
  sentry: sentryFigures(),
})

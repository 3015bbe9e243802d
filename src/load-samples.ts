// Notes once a minute how this process is doing, and reads the minutes of all processes for the charts.
import { type AdminScope, acrossTenants, throughQueue } from '#db/scope.ts'
import { insertLoadSample, type LoadBucket, loadBuckets, queueFigures } from '#db/system.ts'
import { config } from './config.ts'
import { log } from './log.ts'
import { processFigures } from './process-figures.ts'
import { requestCounts } from './request-log.ts'
import { inFlightCount, streamCount } from './traffic.ts'

const EVERY_MS = 60_000

const SPANS = {
  '1h': { minutes: 60, bucketMinutes: 1 },
  '24h': { minutes: 1_440, bucketMinutes: 15 },
} as const
export type Span = keyof typeof SPANS

const PROCESS = `${process.pid}-${Bun.randomUUIDv7().slice(-6)}`
let before = { requests: 0, failures: 0 }

/** Writes down the minute that ends now. */
export async function takeLoadSample(): Promise<void> {
  const { cpuPercent, rssBytes, lagMsP99 } = processFigures({ beginAnew: true })
  const soFar = answered()
  const requests = soFar.requests - before.requests
  const failures = soFar.failures - before.failures
  before = soFar
  await throughQueue(async (db) => {
    const queue = await queueFigures(db)
    await insertLoadSample(db, {
      id: Bun.randomUUIDv7(),
      process: PROCESS,
      release: config().RELEASE,
      cpuPercent,
      rssMegabytes: Math.round(rssBytes / 1e6),
      lagMs: lagMsP99,
      inFlight: inFlightCount() ?? 0,
      streams: streamCount(),
      requests,
      failures,
      queueDepth: queue.depth,
      queueAgeMs: Math.round(queue.ageMs),
    })
  })
}

/** A minute that cannot be noted is missing in the charts, and nothing else. */
export function startSampling(): { stop(): Promise<void> } {
  let taking = Promise.resolve()
  const timer = setInterval(() => {
    taking = takeLoadSample().catch((error) => log('warn', 'load_not_noted', { error: String(error) }))
  }, EVERY_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      await taking
    },
  }
}

export type LoadHistory = {
  span: Span
  buckets: (LoadBucket | { at: Date; release: null })[]
  /** Where another release began to run. */
  marks: { at: Date; release: string }[]
}

/** Every bucket of the span, also those in which no process noted anything. */
export async function readLoadHistory(scope: AdminScope, span: Span): Promise<LoadHistory> {
  const { minutes, bucketMinutes } = SPANS[span]
  const found = await acrossTenants(scope, 'how the system did', (db) => loadBuckets(db, SPANS[span]))
  const known = new Map(found.map((bucket) => [bucket.at.getTime(), bucket]))
  const stepMs = bucketMinutes * 60_000
  const lastMs = Math.floor(Date.now() / stepMs) * stepMs
  const buckets = Array.from({ length: minutes / bucketMinutes }, (_, i, of = minutes / bucketMinutes) => {
    const at = new Date(lastMs - (of - 1 - i) * stepMs)
    return known.get(at.getTime()) ?? { at, release: null }
  })
  const marks = found.flatMap(({ at, release }, i) =>
    i > 0 && found[i - 1]?.release !== release ? [{ at, release }] : [],
  )
  return { span, buckets, marks }
}

const answered = () =>
  requestCounts().reduce(
    (sum, { count, statuses }) => ({
      requests: sum.requests + count,
      failures: sum.failures + (statuses['5xx'] ?? 0),
    }),
    { requests: 0, failures: 0 },
  )

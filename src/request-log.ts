// How long every request took: counted in memory at once, written to the database later and together.
import { insertRequests, type RequestRow, type RouteFigures, routeFigures } from '#db/request-log.ts'
import { type AdminScope, acrossTenants, throughDoor } from '#db/scope.ts'
import { log } from './log.ts'

export type { RouteFigures } from '#db/request-log.ts'

/** Rows that may wait; beyond them requests are only counted, so that a slow database slows nobody. */
const WAITING_MAX = 5_000
const ROWS_A_WRITE = 500
const WRITE_EVERY_MS = 1_000
const REQUEST_ID_CHARS_MAX = 64

/** Upper bounds in seconds, as Prometheus likes them. */
export const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

export type RouteCounts = {
  method: string
  route: string
  count: number
  sumS: number
  /** How many took at most as long as each of `BUCKETS_S`. */
  buckets: number[]
  /** By the first digit of the status. */
  statuses: Record<string, number>
}

/** Routes are a closed set; this only guards against a mistake. */
const ROUTES_MAX = 1_000

let waiting: RequestRow[] = []
let writing: Promise<void> | null = null
let timer: Timer | null = null
let dropped = 0
const counts = new Map<string, RouteCounts>()

export type AnsweredRequest = Omit<RequestRow, 'id' | 'createdAt'>

let isPaused = false

/** For measuring what noting costs; nothing in the product pauses it. */
export function pauseRequestLog(pause: boolean): void {
  isPaused = pause
}

/** Returns at once. */
export function noteRequest(request: AnsweredRequest): void {
  if (isPaused) return
  countRequest(request)
  if (waiting.length >= WAITING_MAX) {
    dropped++
    return
  }
  const requestId = request.requestId.slice(0, REQUEST_ID_CHARS_MAX)
  waiting.push({ ...request, requestId, id: Bun.randomUUIDv7(), createdAt: new Date() })
  timer ??= setTimeout(flush, WRITE_EVERY_MS)
  timer.unref()
}

export const requestCounts = (): RouteCounts[] => [...counts.values()]
export const droppedRequests = (): number => dropped

/** Writes what waits, for the end of the process and for tests. */
export async function flushRequests(): Promise<void> {
  flush()
  while (writing) await writing
}

export const readLatency = (
  scope: AdminScope,
  of: { minutes: number; tenantId: string | undefined },
): Promise<RouteFigures[]> => acrossTenants(scope, 'how long requests take', (db) => routeFigures(db, of))

function flush(): void {
  if (timer) clearTimeout(timer)
  timer = null
  writing ??= writeAll().finally(() => {
    writing = null
  })
}

async function writeAll(): Promise<void> {
  while (waiting.length > 0) {
    const rows = waiting.slice(0, ROWS_A_WRITE)
    waiting = waiting.slice(ROWS_A_WRITE)
    try {
      await throughDoor((db) => insertRequests(db, rows))
    } catch (error) {
      // Not tried again: figures are worth less than the memory they would take while the database is away.
      dropped += rows.length
      log('warn', 'requests_not_recorded', { count: rows.length, error: String(error) })
    }
  }
}

function countRequest({ method, route, status, durationMs }: AnsweredRequest): void {
  const key = `${method} ${route}`
  let known = counts.get(key)
  if (!known) {
    if (counts.size >= ROUTES_MAX) return
    known = { method, route, count: 0, sumS: 0, buckets: BUCKETS_S.map(() => 0), statuses: {} }
    counts.set(key, known)
  }
  const seconds = durationMs / 1_000
  known.count++
  known.sumS += seconds
  const statusClass = `${Math.floor(status / 100)}xx`
  known.statuses[statusClass] = (known.statuses[statusClass] ?? 0) + 1
  for (const [i, bound] of BUCKETS_S.entries())
    if (seconds <= bound) known.buckets[i] = (known.buckets[i] ?? 0) + 1
}

// What the builder's pages have read, kept in memory until a write of the same tenant changes it.
import { cacheKey, onWrites, type Scope } from '#db/scope.ts'
import { countedCache } from './counted-cache.ts'

/** Writes say what they change; this is for a notification that was lost. */
const KEPT_TTL_MS = 15 * 60_000
const KEPT_MAX = 5_000

/** Tables that pages are read from, and a write to which the database tells every process (`announce_change`). */
export const WATCHED_TABLES = [
  'acknowledgements',
  'brandings',
  'contractor_link_snags',
  'daily_activity',
  'daily_erased',
  'daily_home_activity',
  'daily_tallies',
  'data_access_log',
  'developments',
  'document_house_types',
  'document_versions',
  'documents',
  'gaps',
  'home_transfers',
  'house_types',
  'knowledge',
  'messages',
  'notice_reads',
  'notices',
  'places',
  'purchasers',
  'qr_scans',
  'rag_log',
  'snags',
  'staff',
  'staff_developments',
  'units',
] as const

export type WatchedTable = (typeof WATCHED_TABLES)[number]

/** Written all the time, read by nothing that is kept. A table that is in neither list clears all of its tenant. */
const UNREAD_TABLES = new Set([
  'activity_log',
  'activity_payloads',
  'activity_unsealed',
  'api_keys',
  'chunk_embeddings',
  'chunks',
  'conversations',
  'document_pages',
  'error_groups',
  'error_log',
  'idempotent_requests',
  'ingestion_log',
  'job_attempts',
  'job_status',
  'llm_error_log',
  'llm_usage',
  'message_citations',
  'rate_limit_log',
  'request_log',
  'sessions',
  // Changes with the rows of documents and pictures, which are watched; an export’s bytes may be told later.
  'storage_use',
  'webhook_deliveries',
])
const watched: ReadonlySet<string> = new Set(WATCHED_TABLES)

type Kept = { tables: readonly WatchedTable[]; value: unknown }
const kept = countedCache<string, Kept>('pages of builders', { max: KEPT_MAX, ttl: KEPT_TTL_MS })
type Flight = { tables: readonly WatchedTable[]; isStale: boolean; reading: Promise<unknown> }
const flights = new Map<string, Flight>()
let isKeeping = false
const counts = { hits: 0, misses: 0, joined: 0, forgotten: 0 }

/** From now on, because somebody listens for what others write. Until then every answer is read anew. */
export function startKeeping(): void {
  isKeeping = true
  onWrites(forgetWritten)
}

export function stopKeeping(): void {
  isKeeping = false
  onWrites(null)
  forgetAllReads()
}

export type KeptQuery<T> = {
  name: string
  /** Whatever the answer depends on besides the tenant and the developments that the caller may see. */
  parts: readonly (string | number)[]
  tables: readonly WatchedTable[]
  read: () => Promise<T>
  /** False for an answer that moves without a write, such as one with a job under way in it. */
  isLasting?: (value: T) => boolean
}

/**
 * What was read before, or else what `read` says now: once for all who ask at the same time. What was written while
 * it was being read may not be in it, so then it is handed out but not kept. Kept values are shared: never change one.
 */
export async function keptRead<T>(scope: Scope, query: KeptQuery<T>): Promise<T> {
  const seen = scope.developmentIds === 'all' ? '*' : [...scope.developmentIds].sort().join(',')
  const key = cacheKey(scope, query.name, seen, ...query.parts)
  const known = kept.get(key)
  if (known) {
    counts.hits++
    return known.value as T
  }
  const running = flights.get(key)
  if (running && !running.isStale) {
    counts.joined++
    return running.reading as Promise<T>
  }
  counts.misses++
  return fly(key, query)
}

function fly<T>(key: string, { tables, read, isLasting }: KeptQuery<T>): Promise<T> {
  const flight: Flight = { tables, isStale: false, reading: Promise.resolve() }
  const reading = read()
    .then((value) => {
      if (isKeeping && !flight.isStale && (isLasting?.(value) ?? true)) kept.set(key, { tables, value })
      return value
    })
    .finally(() => {
      if (flights.get(key) === flight) flights.delete(key)
    })
  flight.reading = reading
  flights.set(key, flight)
  return reading
}

/** After a transaction of this process: at once, so that whoever wrote sees it on the next page. */
function forgetWritten(tenantId: string | null, tables: ReadonlySet<string>): void {
  const changed = [...tables].filter((table) => !UNREAD_TABLES.has(table))
  if (changed.length === 0 || tenantId === null) return
  if (changed.some((table) => !watched.has(table))) forget(tenantId, null)
  else forget(tenantId, new Set(changed))
}

/** After a write anywhere: `<tenant> <table>`, as the database announces it. */
export function forgetReadsOf(announced: string): void {
  const [tenantId, table] = announced.split(' ')
  if (tenantId && table) forget(tenantId, new Set([table]))
}

export function forgetAllReads(): void {
  kept.clear()
  for (const flight of flights.values()) flight.isStale = true
}

/** Hits, misses and readings that were joined since the start, and entries that writes have cost. */
export const keptReadCounts = () => ({ ...counts, entries: kept.size })

function forget(tenantId: string, tables: ReadonlySet<string> | null): void {
  const isOf = (key: string, of: readonly string[]) =>
    key.startsWith(`${tenantId}/`) && (tables === null || of.some((table) => tables.has(table)))
  for (const [key, { tables: of }] of kept.entries())
    if (isOf(key, of)) {
      kept.delete(key)
      counts.forgotten++
    }
  for (const [key, flight] of flights) if (isOf(key, flight.tables)) flight.isStale = true
}

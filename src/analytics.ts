// The figures of a development day by day: read from the roll-ups and today's rows, kept in memory until a write.
import {
  type DayFigures,
  dailyFigures,
  FIGURES,
  type Figures,
  rolledUpTo,
  tenantsAfter,
  upsertDailyActivity,
} from '#db/analytics.ts'
import { developmentById } from '#db/developments.ts'
import { upsertDailyHomes } from '#db/home-activity.ts'
import { upsertDailyAnswers } from '#db/operator-analytics.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { upsertDailyTallies } from '#db/tallies.ts'
import { enqueueMany } from '#jobs/queue.ts'
import { failure } from './failure.ts'
import { keptRead } from './kept-reads.ts'

export const SPAN_DAYS_MAX = 366
const SPAN_DAYS_DEFAULT = 30
/** Days that a run counts again although they are rolled up: what was written late is then in them. */
const DAYS_AGAIN = 2
const DAYS_A_STATEMENT = 7
const TENANTS_A_BATCH = 200
const TENANT_BATCHES_MAX = 10_000
const DAY_MS = 86_400_000

/** What figures are counted from. */
export const FIGURE_TABLES = [
  'messages',
  'qr_scans',
  'data_access_log',
  'units',
  'daily_activity',
  'daily_erased',
] as const

export type Analytics = {
  developmentId: string | null
  from: string
  to: string
  days: (Figures & { day: string })[]
  /** Sums over the span; of active homes the most of one day, because a home is active on many. */
  totals: Omit<Figures, 'active_homes'> & { active_homes_max: number }
}

export type AnalyticsQuery = {
  developmentId?: string | undefined
  /** Dates such as 2026-11-24 in Irish time, both included. */
  from?: string | undefined
  to?: string | undefined
}

/** @throws Failure `not_found`, or `invalid` for a span that is too long or runs backwards */
export async function readAnalytics(scope: Scope, query: AnalyticsQuery): Promise<Analytics> {
  const { developmentId } = query
  if (developmentId && !(await within(scope, (db) => developmentById(db, developmentId))))
    throw failure('not_found')
  return analyticsOf(scope, query)
}

/** The same for a development that the caller has found already. */
export async function analyticsOf(scope: Scope, query: AnalyticsQuery): Promise<Analytics> {
  const { from, to } = spanOf(query, irishToday())
  const { developmentId } = query
  return keptRead(scope, {
    name: 'analytics',
    parts: [developmentId ?? '', from, to],
    tables: FIGURE_TABLES,
    read: async () => {
      const read = await within(scope, (db) => dailyFigures(db, { from, to, developmentId }))
      return { developmentId: developmentId ?? null, from, to, ...series(read, from, to) }
    },
  })
}

function spanOf(query: AnalyticsQuery, today: string): { from: string; to: string } {
  const to = query.to && query.to < today ? query.to : today
  const from = query.from ?? shifted(to, 1 - SPAN_DAYS_DEFAULT)
  const refuse = (path: string, message: string) => failure('invalid', { fields: [{ path, message }] })
  if (from > (query.to ?? today)) throw refuse('from', 'must not be after to')
  if (from > today) throw refuse('from', 'must not be in the future')
  if (daysBetween(from, to) >= SPAN_DAYS_MAX)
    throw refuse('from', `must be at most ${SPAN_DAYS_MAX} days before to`)
  return { from, to }
}

/** Every day of the span, also those on which nothing happened. */
function series(rows: readonly DayFigures[], from: string, to: string) {
  const byDay = Map.groupBy(rows, (row) => row.day)
  const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => {
    const day = shifted(from, i)
    return { day, ...sumOf(byDay.get(day) ?? []) }
  })
  const { active_homes: _, ...totals } = sumOf(days)
  return {
    days,
    totals: { ...totals, active_homes_max: Math.max(...days.map((day) => day.active_homes)) },
  }
}

const sumOf = (rows: readonly Figures[]): Figures =>
  Object.fromEntries(FIGURES.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)])) as Figures

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
/** The day so many days after, or before when negative. */
export const shifted = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
const earlierOf = (...days: string[]): string => days.sort()[0] ?? ''
const laterOf = (...days: string[]): string => days.sort().at(-1) ?? ''
const dayBefore = (day: string) => shifted(day, -1)
/** Made once: a formatter costs more than all else that a cached answer takes. */
const irishDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Dublin' })
export const irishToday = () => irishDay.format(new Date())

export type RollUpContext = {
  progress(stage: string, done: number, total: number): void
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/**
 * Counts the days of a span, or those since the last run up to yesterday. The same again leaves the same. Days of
 * more than a year ago are left as they are: the rows they were counted from may be gone.
 */
export async function rollUp(
  scope: Scope,
  asked: { from?: string | undefined; to?: string | undefined },
  { fenced, progress }: RollUpContext,
): Promise<void> {
  const span = await fenced(async (db) => {
    const { rolledUpTo: newest, today } = await rolledUpTo(db)
    const to = asked.to && asked.to < today ? asked.to : dayBefore(today)
    const earliest = shifted(today, 1 - SPAN_DAYS_MAX)
    // Never a hole between what is rolled up and what comes now: what is read relies on it.
    const next = newest ? shifted(newest, 1) : earliest
    const from = laterOf(earlierOf(asked.from ?? shifted(next, -DAYS_AGAIN), next), earliest)
    return { from, to }
  })
  const days = daysBetween(span.from, span.to) + 1
  // A year of a large builder does not fit into one statement's time; the oldest come first, so that no hole is left.
  for (let done = 0; done < days; done += DAYS_A_STATEMENT) {
    const from = shifted(span.from, done)
    const to = earlierOf(shifted(from, DAYS_A_STATEMENT - 1), span.to)
    await fenced(async (db) => {
      await upsertDailyHomes(db, scope.tenantId, { from, to })
      await upsertDailyTallies(db, scope.tenantId, { from, to })
      await upsertDailyAnswers(db, scope.tenantId, { from, to })
      await upsertDailyActivity(db, scope.tenantId, { from, to })
    })
    progress('rolled up', Math.min(done + DAYS_A_STATEMENT, days), days)
  }
}

/** Enqueues the roll-up of every tenant. */
export async function sweepAnalytics({
  fenced,
  signal,
  requestId,
}: RollUpContext & { signal: AbortSignal; requestId: string }): Promise<void> {
  let after: string | null = null
  for (let batch = 0; batch < TENANT_BATCHES_MAX; batch++) {
    signal.throwIfAborted()
    const tenants: string[] = await fenced(async (db) => {
      const found = await tenantsAfter(db, after, TENANTS_A_BATCH)
      const entries = found.map((tenantId) => ({ payload: { tenantId }, dedupeKey: 'nightly' }))
      await enqueueMany(db, 'roll-up-analytics', entries, { requestId })
      return found
    })
    if (tenants.length < TENANTS_A_BATCH) return
    after = tenants.at(-1) ?? null
  }
}

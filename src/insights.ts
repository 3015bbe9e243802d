// The deep dives of a development: how homes use the app, what they ask, open and look for, over some days.
import {
  type DocumentUse,
  documentUseOf,
  type Engagement,
  engagementOf,
  type Geocoding,
  geocodingOf,
  placesByCategory,
} from '#db/insights.ts'
import { type Scope, within } from '#db/scope.ts'
import { type Tally, type TallySubject, talliesOf } from '#db/tallies.ts'
import { irishToday, shifted } from './analytics.ts'
import { keptRead, type WatchedTable } from './kept-reads.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

/** A year of what each home did on each day is more than a page can add up in time; figures by day have it. */
export const INSIGHT_DAYS = [7, 30, 90] as const
export type InsightDays = (typeof INSIGHT_DAYS)[number]

const PROBLEMS_A_PAGE = 50

/** What homes did, and the days it was rolled up for. */
const DONE_TABLES = ['messages', 'qr_scans', 'data_access_log', 'units', 'daily_activity'] as const

const spanOf = (days: InsightDays) => {
  const to = irishToday()
  return { from: shifted(to, 1 - days), to }
}

const keptInsight = <T>(
  scope: Scope,
  name: string,
  developmentId: string,
  days: InsightDays,
  tables: readonly WatchedTable[],
  read: (span: { from: string; to: string; developmentId: string }) => Promise<T>,
): Promise<T> => {
  const span = spanOf(days)
  const parts = [developmentId, span.from, span.to]
  return keptRead(scope, { name, parts, tables, read: () => read({ ...span, developmentId }) })
}

/** By key over the whole span, and by day. */
export type Tallied = {
  of(subject: TallySubject, key?: string): { count: number; total: number }
  keys(subject: TallySubject): { key: string; count: number; total: number }[]
  days: { day: string; of(subject: TallySubject, key: string): number }[]
}

const tallies = (
  scope: Scope,
  developmentId: string,
  days: InsightDays,
  subjects: readonly TallySubject[],
  tables: readonly WatchedTable[],
): Promise<Tallied> =>
  keptInsight(scope, `tallies ${subjects.join()}`, developmentId, days, tables, async (span) =>
    tallied(await within(scope, (db) => talliesOf(db, span, subjects)), span),
  )

/** Pure. Every day of the span, also those on which nothing happened. */
function tallied(rows: readonly Tally[], { from, to }: { from: string; to: string }): Tallied {
  const sum = (some: readonly Tally[]) => ({
    count: some.reduce((all, { count }) => all + count, 0),
    total: some.reduce((all, { total }) => all + total, 0),
  })
  const byDay = Map.groupBy(rows, ({ day }) => day)
  const days: Tallied['days'] = []
  for (let day = from; day <= to; day = shifted(day, 1)) {
    const ofDay = byDay.get(day) ?? []
    days.push({
      day,
      of: (subject, key) => ofDay.find((row) => row.subject === subject && row.key === key)?.count ?? 0,
    })
  }
  return {
    of: (subject, key) =>
      sum(rows.filter((row) => row.subject === subject && (key === undefined || row.key === key))),
    keys: (subject) =>
      [
        ...Map.groupBy(
          rows.filter((row) => row.subject === subject),
          ({ key }) => key,
        ),
      ]
        .map(([key, some]) => ({ key, ...sum(some) }))
        .sort((a, b) => b.count - a.count || a.key.localeCompare(b.key)),
    days,
  }
}

export type EngagementInsight = Engagement & { hours: Tallied }

export async function readEngagement(
  scope: Scope,
  developmentId: string,
  days: InsightDays,
): Promise<EngagementInsight> {
  const tables = [...DONE_TABLES, 'daily_home_activity'] as const
  const [engagement, hours] = await Promise.all([
    keptInsight(scope, 'engagement', developmentId, days, tables, (span) =>
      within(scope, (db) => engagementOf(db, span)),
    ),
    tallies(scope, developmentId, days, ['hour'], [...DONE_TABLES, 'daily_tallies']),
  ])
  return { ...engagement, hours }
}

export const readChat = (scope: Scope, developmentId: string, days: InsightDays): Promise<Tallied> =>
  tallies(scope, developmentId, days, ['stage', 'mode', 'feedback'], [...DONE_TABLES, 'daily_tallies'])

export const readDocumentUse = (
  scope: Scope,
  developmentId: string,
  days: InsightDays,
): Promise<DocumentUse> =>
  keptInsight(
    scope,
    'document use',
    developmentId,
    days,
    [...DONE_TABLES, 'daily_tallies', 'documents'],
    (span) => within(scope, (db) => documentUseOf(db, span)),
  )

export const readSearch = (scope: Scope, developmentId: string, days: InsightDays): Promise<Tallied> =>
  tallies(scope, developmentId, days, ['search', 'speed'], [...DONE_TABLES, 'daily_tallies', 'rag_log'])

export async function readMapUse(
  scope: Scope,
  developmentId: string,
  days: InsightDays,
): Promise<{ use: Tallied; places: { category: string; count: number }[] }> {
  const [use, places] = await Promise.all([
    tallies(scope, developmentId, days, ['map', 'place'], [...DONE_TABLES, 'daily_tallies']),
    keptRead(scope, {
      name: 'places by category',
      parts: [developmentId, irishToday()],
      tables: ['places'],
      read: () => within(scope, (db) => placesByCategory(db, developmentId)),
    }),
  ])
  return { use, places }
}

export async function readGeocoding(
  scope: Scope,
  developmentId: string,
  cursor: string | undefined,
): Promise<Omit<Geocoding, 'problems'> & Page<Geocoding['problems'][number]>> {
  const list = `geocoding ${developmentId}`
  const after = readCursor(list, cursor, 1)?.[0] ?? null
  const { problems, ...counts } = await keptRead(scope, {
    name: list,
    parts: [cursor ?? ''],
    tables: ['units'],
    read: () => within(scope, (db) => geocodingOf(db, developmentId, { after, limit: PROBLEMS_A_PAGE })),
  })
  return { ...counts, ...pageOf(list, problems, PROBLEMS_A_PAGE, ({ id }) => [id]) }
}

// The builder's homes: a page of the list, and the whole of it as a file for spreadsheets.

import {
  type HomeFilter,
  type HomeListPage,
  type HomeSort,
  type ListedHome,
  listHomes,
} from '#db/home-list.ts'
import { insertActivity } from '#db/logs.ts'
import { type Scope, within } from '#db/scope.ts'
import { irishToday } from './analytics.ts'
import { EXPECTED_KINDS } from './documents/coverage.ts'
import { keptRead, type WatchedTable } from './kept-reads.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export { HOME_SORTS } from '#db/home-list.ts'
export type { HomeFilter, HomeSort, ListedHome }

export type HomeOrder = { sort: HomeSort; isDescending: boolean }

const EXPORT_BATCH = 1_000
/** More homes than any builder has; bounds the stream. */
const EXPORT_BATCHES_MAX = 100

export async function homesPage(
  scope: Scope,
  filter: HomeFilter,
  order: HomeOrder,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<ListedHome>> {
  const list = `homes ${JSON.stringify(filter)} ${order.sort} ${order.isDescending}`
  const position = readCursor(list, page.cursor, 2)
  const after = position ? { key: position[0] as string, id: position[1] as string } : undefined
  const rows = await keptRead(scope, {
    name: list,
    parts: [
      page.cursor ?? '',
      page.limit,
      filter.isActiveThisWeek || filter.isHandedOver !== undefined ? irishToday() : '',
    ],
    tables: tablesOf(filter),
    read: () => read(scope, filter, { ...order, after, limit: page.limit }),
  })
  return pageOf(list, rows, page.limit, (row) => [row.sortKey, row.id])
}

/** Only what the filter looks at: a question that is asked must not cost the list of all homes. */
const tablesOf = ({ isMissing, isActiveThisWeek }: HomeFilter): WatchedTable[] => [
  'units',
  'house_types',
  ...(isMissing === 'documents' ? (['documents', 'document_house_types'] as const) : []),
  ...(isActiveThisWeek ? (['messages', 'data_access_log', 'qr_scans', 'daily_home_activity'] as const) : []),
]

const COLUMNS: [name: string, of: (home: ListedHome) => string | number | null][] = [
  ['number', (home) => home.number],
  ['address', (home) => home.addressLine],
  ['eircode', (home) => home.eircode],
  ['house_type', (home) => home.houseTypeCode],
  ['bedrooms', (home) => home.bedrooms],
  ['bathrooms', (home) => home.bathrooms],
  ['floor_area_m2', (home) => home.floorAreaM2],
  ['latitude', (home) => home.latitude],
  ['longitude', (home) => home.longitude],
  ['handed_over_on', (home) => home.handedOverOn],
  ['claimed_at', (home) => home.claimedAt],
]

/** Every home that matches, read as fast as the other side takes it. The mark at its start is for Excel. */
export async function homesCsv(
  scope: Scope,
  filter: HomeFilter,
  order: HomeOrder,
): Promise<ReadableStream<Uint8Array>> {
  const first = await read(scope, filter, { ...order, limit: EXPORT_BATCH })
  await noteExport(scope, filter)
  const encoder = new TextEncoder()
  let rows: ListedHome[] | null = first
  let batches = 0
  let text = `\uFEFF${COLUMNS.map(([name]) => name).join(',')}\r\n`
  return new ReadableStream({
    async pull(controller) {
      if (rows === null) return controller.close()
      const batch: ListedHome[] = rows.slice(0, EXPORT_BATCH)
      const last = batch.at(-1)
      text += batch.map(csvLine).join('')
      controller.enqueue(encoder.encode(text))
      text = ''
      batches += 1
      const isMore: boolean = rows.length > EXPORT_BATCH && last !== undefined && batches < EXPORT_BATCHES_MAX
      rows =
        isMore && last
          ? await read(scope, filter, {
              ...order,
              after: { key: last.sortKey, id: last.id },
              limit: EXPORT_BATCH,
            })
          : null
    },
  })
}

const read = (scope: Scope, filter: HomeFilter, page: HomeListPage) =>
  within(scope, (db) => listHomes(db, filter, page, EXPECTED_KINDS))

const csvLine = (home: ListedHome) => `${COLUMNS.map(([, of]) => csvCell(of(home))).join(',')}\r\n`

/** Text that a spreadsheet would run as a formula is led by an apostrophe; numbers are what they are. */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const harmless = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

async function noteExport(scope: Scope, filter: HomeFilter): Promise<void> {
  if (scope.readOnly) return
  await within(scope, (db) =>
    insertActivity(db, {
      tenantId: scope.tenantId,
      actorType: scope.actor.type,
      actorId: scope.actor.id,
      action: 'homes.exported',
      targetType: 'development',
      targetId: filter.developmentId,
      requestId: scope.requestId,
    }),
  )
}

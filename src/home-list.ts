// The builder's homes: a page of the list, and batches of the whole of it for a file.
import {
  type HomeFilter,
  type HomeListPage,
  type HomeSort,
  homesMatching,
  type ListedHome,
  listHomes,
  type Pin,
  pinsMatching,
} from '#db/home-list.ts'
import { type Scope, within } from '#db/scope.ts'
import { irishToday } from './analytics.ts'
import type { CsvColumn } from './csv.ts'
import { EXPECTED_KINDS } from './documents/coverage.ts'
import { keptRead, type WatchedTable } from './kept-reads.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export { HOME_SORTS } from '#db/home-list.ts'
export type { HomeFilter, HomeSort, ListedHome }

export type HomeOrder = { sort: HomeSort; isDescending: boolean }

export async function homesPage(
  scope: Scope,
  filter: HomeFilter,
  order: HomeOrder,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<ListedHome>> {
  const list = `homes ${JSON.stringify(filter)} ${order.sort} ${order.isDescending}`
  const position = readCursor(list, page.cursor, 2)
  const after = position ? { key: position[0] as string, id: position[1] as string } : undefined
  return keptRead(scope, {
    name: list,
    parts: [
      page.cursor ?? '',
      page.limit,
      filter.isActiveThisWeek || filter.isHandedOver !== undefined ? irishToday() : '',
    ],
    tables: tablesOf(filter),
    read: async () => {
      const rows = await read(scope, filter, { ...order, after, limit: page.limit })
      return pageOf(list, rows, page.limit, (row) => [row.sortKey, row.id])
    },
  })
}

/** Only what the filter looks at: a question that is asked must not cost the list of all homes. */
const tablesOf = ({ isMissing, isActiveThisWeek }: HomeFilter): WatchedTable[] => [
  'units',
  'house_types',
  ...(isMissing === 'documents' || isMissing === 'reading'
    ? (['documents', 'document_house_types', 'acknowledgements', 'purchasers'] as const)
    : []),
  ...(isActiveThisWeek ? (['messages', 'data_access_log', 'qr_scans', 'daily_home_activity'] as const) : []),
]

export const HOME_COLUMNS: CsvColumn<ListedHome>[] = [
  ['number', (home) => home.number],
  ['address', (home) => home.addressLine],
  ['eircode', (home) => home.eircode],
  ['house_type', (home) => home.houseTypeCode],
  ['bedrooms', (home) => home.bedrooms],
  ['bathrooms', (home) => home.bathrooms],
  ['floor_area_m2', (home) => home.floorAreaM2],
  ['latitude', (home) => home.latitude],
  ['longitude', (home) => home.longitude],
  ['phase', (home) => home.phase],
  ['handed_over_on', (home) => home.handedOverOn],
  ['claimed_at', (home) => home.claimedAt],
]

/** A batch of the whole list, after the home that the batch before it ended with. */
export const readHomes = (
  scope: Scope,
  filter: HomeFilter,
  order: HomeOrder,
  { after, limit }: { after: ListedHome | undefined; limit: number },
): Promise<ListedHome[]> =>
  read(scope, filter, { ...order, after: after && { key: after.sortKey, id: after.id }, limit })

/** Where the homes that match are; those without a position are on the list alone. */
export const pinsOf = (scope: Scope, filter: HomeFilter): Promise<Pin[]> =>
  within(scope, (db) => pinsMatching(db, filter, EXPECTED_KINDS))

/** How many match, counted no further than `max`. */
export const countHomes = (scope: Scope, filter: HomeFilter, max: number): Promise<number> =>
  within(scope, (db) => homesMatching(db, filter, max, EXPECTED_KINDS))

const read = (scope: Scope, filter: HomeFilter, page: HomeListPage) =>
  within(scope, (db) => listHomes(db, filter, page, EXPECTED_KINDS))

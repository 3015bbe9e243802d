// The people in a builder's homes: a page of the list, and batches of the whole of it for a file.
import {
  type HomeownerFilter,
  type HomeownerListPage,
  type HomeownerSort,
  homeownersMatching,
  type ListedHomeowner,
  listHomeowners,
} from '#db/homeowner-list.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import type { CsvColumn } from './csv.ts'
import { noteAccesses } from './data-access.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export { HOMEOWNER_SORTS } from '#db/homeowner-list.ts'
export type { HomeownerFilter, HomeownerSort, ListedHomeowner }

export type HomeownerOrder = { sort: HomeownerSort; isDescending: boolean }

/** Whoever reads the list has opened the names of these homes, and that is noted. */
export async function homeownersPage(
  scope: Scope,
  filter: HomeownerFilter,
  order: HomeownerOrder,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<ListedHomeowner>> {
  const list = `homeowners ${JSON.stringify(filter)} ${order.sort} ${order.isDescending}`
  const position = readCursor(list, page.cursor, 2)
  const after = position ? { key: position[0] as string, id: position[1] as string } : undefined
  const rows = await read(scope, filter, { ...order, after, limit: page.limit }, (db, found) =>
    noteAccesses(db, scope, unitsOf(found.slice(0, page.limit)), 'household.read'),
  )
  return pageOf(list, rows, page.limit, (row) => [row.sortKey, row.id])
}

export const HOMEOWNER_COLUMNS: CsvColumn<ListedHomeowner>[] = [
  ['name', (person) => person.fullName],
  ['email', (person) => person.email],
  ['number', (person) => person.number],
  ['address', (person) => person.addressLine],
  ['house_type', (person) => person.houseTypeCode],
  ['handed_over_on', (person) => person.handedOverOn],
  ['joined_at', (person) => person.joinedAt],
  ['last_active_at', (person) => person.lastActiveAt],
]

/** A batch of the whole list. `note` is run in the transaction that reads, with the homes whose names were read. */
export const readHomeowners = (
  scope: Scope,
  filter: HomeownerFilter,
  order: HomeownerOrder,
  { after, limit }: { after: ListedHomeowner | undefined; limit: number },
  note: (db: Db, unitIds: string[]) => Promise<void>,
): Promise<ListedHomeowner[]> =>
  read(
    scope,
    filter,
    { ...order, after: after && { key: after.sortKey, id: after.id }, limit },
    (db, found) => note(db, unitsOf(found)),
  )

/** How many match, counted no further than `max`. */
export const countHomeowners = (scope: Scope, filter: HomeownerFilter, max: number): Promise<number> =>
  within(scope, (db) => homeownersMatching(db, filter, max))

const unitsOf = (rows: readonly ListedHomeowner[]) => [...new Set(rows.map(({ unitId }) => unitId))]

const read = (
  scope: Scope,
  filter: HomeownerFilter,
  page: HomeownerListPage,
  note: (db: Db, rows: ListedHomeowner[]) => Promise<void>,
) =>
  within(scope, async (db) => {
    const rows = await listHomeowners(db, filter, page)
    await note(db, rows)
    return rows
  })

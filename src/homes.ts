// Homes and developments as the staff, the API and the app read them.

import {
  type DevelopmentRow,
  developmentById,
  type HouseTypeRow,
  houseTypeById,
  listDevelopments,
  listHouseTypes,
} from '#db/developments.ts'
import { type FactRow, factsOfHome } from '#db/home-facts.ts'
import { householdOfUnit } from '#db/households.ts'
import { unreadNotices } from '#db/notices.ts'
import { type Notification, preferencesOf } from '#db/preferences.ts'
import { type Db, type HomeScope, type Scope, within } from '#db/scope.ts'
import {
  type HomeRow,
  homeById,
  introIsDue,
  listUnits,
  setIntroSeen,
  type UnitRow,
  unitById,
} from '#db/units.ts'
import { openingHome } from './data-access.ts'
import { failure } from './failure.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

type PageQuery = { cursor?: string | undefined; limit: number }

export async function developmentsPage(scope: Scope, query: PageQuery): Promise<Page<DevelopmentRow>> {
  const position = readCursor('developments', query.cursor, 2)
  const after = position ? { key: position[0] as string, id: position[1] as string } : undefined
  const rows = await within(scope, (db) => listDevelopments(db, { after, limit: query.limit }))
  return pageOf('developments', rows, query.limit, (row) => [row.name, row.id])
}

/** @throws Failure `not_found` */
export const findDevelopment = (scope: Scope, id: string): Promise<DevelopmentRow> =>
  found(within(scope, (db) => developmentById(db, id)))

export async function houseTypesPage(
  scope: Scope,
  query: PageQuery & { developmentId?: string | undefined },
): Promise<Page<HouseTypeRow>> {
  const list = `house types ${query.developmentId ?? ''}`
  const position = readCursor(list, query.cursor, 2)
  const after = position ? { key: position[0] as string, id: position[1] as string } : undefined
  const rows = await within(scope, (db) =>
    listHouseTypes(db, { developmentId: query.developmentId, after, limit: query.limit }),
  )
  return pageOf(list, rows, query.limit, (row) => [row.code, row.id])
}

/** @throws Failure `not_found` */
export const findHouseType = (scope: Scope, id: string): Promise<HouseTypeRow> =>
  found(within(scope, (db) => houseTypeById(db, id)))

export async function unitsPage(
  scope: Scope,
  query: PageQuery & { developmentId?: string | undefined; isClaimed?: boolean | undefined },
): Promise<Page<UnitRow>> {
  const list = `units ${query.developmentId ?? ''} ${query.isClaimed ?? ''}`
  const after = readCursor(list, query.cursor, 1)?.[0]
  const { developmentId, isClaimed, limit } = query
  const rows = await within(scope, (db) => listUnits(db, { developmentId, isClaimed, after, limit }))
  return pageOf(list, rows, limit, (row) => [row.id])
}

/** Homes offered in a select; a larger development is searched by its address elsewhere. */
const HOMES_OFFERED_MAX = 1_000

export const homesOfDevelopment = (scope: Scope, developmentId: string): Promise<UnitRow[]> =>
  within(scope, (db) => listUnits(db, { developmentId, limit: HOMES_OFFERED_MAX }))

/** @throws Failure `not_found` */
export const findUnit = (scope: Scope, id: string): Promise<UnitRow> =>
  found(openingHome(scope, id, 'unit.read', (db) => unitById(db, id)))

/** Who lives there, as the builder recorded it. Noted as an access. @throws Failure `not_found` */
export const householdOf = (scope: Scope, unitId: string) =>
  found(
    openingHome(scope, unitId, 'household.read', async (db) =>
      (await unitById(db, unitId)) ? householdOfUnit(db, unitId) : null,
    ),
  )

/** What the shell of the app shows of the home it is for. */
export const homeOf = (home: HomeScope): Promise<HomeInApp> => within(home, (db) => homeInApp(db, home))

/** A home with what its shell tells the person who looks at it. */
export type HomeInApp = HomeRow & { unreadNotices: number; language: string | null; muted: Notification[] }

/** @throws Failure `not_found` */
export async function homeInApp(db: Db, home: HomeScope): Promise<HomeInApp> {
  const { developmentId, houseTypeId, unitId, actor } = home
  const [row, unread, chosen] = await Promise.all([
    homeById(db, unitId),
    unreadNotices(db, { developmentId, houseTypeId, unitId, readerId: actor.id }),
    actor.type === 'purchaser' ? preferencesOf(db, actor.id) : null,
  ])
  if (!row) throw failure('not_found')
  const { language, muted } = chosen ?? { language: null, muted: [] }
  return { ...row, language, muted, unreadNotices: muted.includes('app:notices') ? 0 : unread }
}

export async function homeWithFacts(home: HomeScope): Promise<{ home: HomeInApp; facts: FactRow[] }> {
  return within(home, async (db) => {
    const [row, facts] = await Promise.all([homeInApp(db, home), factsOfHome(db, home)])
    return { home: row, facts }
  })
}

/** Whether the welcome is still to be shown to this purchaser. A home without recorded names has none. */
export const needsIntro = (home: HomeScope, purchaserId: string | null): Promise<boolean> =>
  purchaserId ? within(home, (db) => introIsDue(db, purchaserId)) : Promise.resolve(false)

export const finishIntro = async (home: HomeScope, purchaserId: string | null): Promise<void> => {
  if (purchaserId) await within(home, (db) => setIntroSeen(db, purchaserId))
}

async function found<T>(looked: Promise<T | null>): Promise<T> {
  const row = await looked
  if (row === null) throw failure('not_found')
  return row
}

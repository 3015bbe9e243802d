// Repairs of homes: people who were given the wrong one, and homes recorded as the wrong house type; each undoable.
import { deleteNamelessFeeds } from '#db/calendar-feeds.ts'
import { houseTypesByCode } from '#db/developments.ts'
import {
  endSessions,
  type Home,
  lockHomes,
  lockPeople,
  type Person,
  type Placement,
  peopleOfHome,
  placePeople,
  type RepairRow,
  repairsOfHome,
  repairToUndo,
  rescopeSessions,
  sealConversations,
  setHomes,
  unitIdByNumber,
} from '#db/repairs.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { withdrawTransfersOf } from '#db/transfers.ts'
import { type UnitRow, unitById } from '#db/units.ts'
import { encryptAccessCode, makeAccessCode, makePublicId } from './access/access-codes.ts'
import { forgetSession } from './access/sessions.ts'
import { config } from './config.ts'
import { noteAccess } from './data-access.ts'
import { failure } from './failure.ts'
import { type Page, pageOf, readCursor } from './paging.ts'
import { placeOf, recordRepair, unitOf } from './repairs/record.ts'

export { undoRepair } from './repairs/undo.ts'
export type { RepairRow }

const REASON_CHARS = { min: 10, max: 500 }
const HOUSEHOLD_MAX = 4
const REPAIRS_SHOWN = 20

export type Repair =
  | { kind: 'move'; toNumber: string; purchaserIds: readonly string[]; reason: string }
  | { kind: 'exchange'; toNumber: string; reason: string }
  | { kind: 'house_type'; houseType: string; reason: string }

export type HomeView = {
  unit: UnitRow
  people: { id: string; fullName: string; position: number }[]
  repairs: RepairRow[]
}

/** A home with its household, which is noted as an access, and its newest repairs. @throws Failure `not_found` */
export async function openHome(scope: Scope, unitId: string): Promise<HomeView> {
  return within(scope, async (db) => {
    const unit = await unitById(db, unitId)
    if (!unit) throw failure('not_found')
    const repairs = await repairsOfHome(db, unitId, { limit: REPAIRS_SHOWN })
    const people = await peopleOfHome(db, unitId)
    if (people.length > 0) await noteAccess(db, scope, unitId, 'household.read')
    return { unit, people, repairs: repairs.slice(0, REPAIRS_SHOWN) }
  })
}

/** @throws Failure `not_found` for a home that is not the caller's */
export async function repairsPage(
  scope: Scope,
  unitId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<RepairRow>> {
  const list = `repairs ${unitId}`
  const position = readCursor(list, query.cursor, 2)
  const after = position ? { at: new Date(position[0] as string), id: position[1] as string } : undefined
  const rows = await within(scope, async (db) => {
    if (!(await unitById(db, unitId))) throw failure('not_found')
    return repairsOfHome(db, unitId, { after, limit: query.limit })
  })
  return pageOf(list, rows, query.limit, (row) => [row.createdAt.toISOString(), row.id])
}

/** @throws Failure `not_found` */
export async function findRepair(scope: Scope, unitId: string, repairId: string): Promise<RepairRow> {
  const found = await within(scope, (db) => repairToUndo(db, unitId, repairId))
  if (!found) throw failure('not_found')
  return found
}

/**
 * One transaction: people or house type, the sessions that saw the wrong home, the conversations about it, and the
 * record of all that. Whoever leaves a home cannot come back to it with the card they hold.
 * @throws Failure `not_found`, `invalid` with the field that is wrong
 */
export async function repairHome(
  scope: Scope,
  unitId: string,
  repair: Repair,
): Promise<{ repairId: string }> {
  const reason = repair.reason.trim()
  if (reason.length < REASON_CHARS.min || reason.length > REASON_CHARS.max)
    throw wrong('reason', `Say in ${REASON_CHARS.min} to ${REASON_CHARS.max} characters why this is needed.`)
  const repairId = Bun.randomUUIDv7()
  const sessionIds = await within(scope, async (db) => {
    const unit = await unitById(db, unitId)
    if (!unit) throw failure('not_found')
    return repair.kind === 'house_type'
      ? changeHouseType(db, scope, repairId, unit, { ...repair, reason })
      : relocate(db, scope, repairId, unit, { ...repair, reason })
  })
  for (const id of sessionIds) forgetSession(id)
  return { repairId }
}

async function changeHouseType(
  db: Db,
  scope: Scope,
  repairId: string,
  { id: unitId, developmentId }: UnitRow,
  { houseType, reason }: Extract<Repair, { kind: 'house_type' }>,
): Promise<string[]> {
  const [type] = await houseTypesByCode(db, developmentId, [houseType.trim()])
  if (!type) throw wrong('house_type', 'That is not a house type of this development.')
  const [home] = await lockHomes(db, [unitId])
  if (!home) throw failure('not_found')
  if (home.houseTypeId === type.id)
    throw wrong('house_type', 'The home is recorded as that house type already.')
  const before: Placement = { purchasers: [], units: [unitOf(home)] }
  const after: Placement = { purchasers: [], units: [{ ...unitOf(home), houseTypeId: type.id }] }
  await recordRepair(db, scope, {
    id: repairId,
    developmentId,
    unitId,
    kind: 'house_type',
    reason,
    before,
    after,
  })
  await setHomes(db, after.units)
  await sealConversations(db, { tenantId: scope.tenantId, repairId, unitIds: [unitId], of: 'everybody' })
  return rescopeSessions(db, unitId)
}

async function relocate(
  db: Db,
  scope: Scope,
  repairId: string,
  { id: unitId, developmentId }: UnitRow,
  repair: Extract<Repair, { kind: 'move' | 'exchange' }>,
): Promise<string[]> {
  const otherUnitId = await unitIdByNumber(db, developmentId, repair.toNumber.trim())
  if (!otherUnitId) throw wrong('to_number', 'No home of this development has that number.')
  if (otherUnitId === unitId) throw wrong('to_number', 'That is this very home.')
  const pair = [unitId, otherUnitId]
  const homes = await lockHomes(db, pair)
  await withdrawTransfersOf(db, pair)
  const people = await lockPeople(db, pair)
  const leaving = leavingPeople(repair, unitId, people)
  const moved = moveTo(leaving, people, unitId, otherUnitId)
  const isEmptied = !people.some((person) => person.unitId === unitId && !leaving.includes(person))
  const before: Placement = { purchasers: leaving.map(placeOf), units: homes.map(unitOf) }
  const after: Placement = {
    purchasers: moved,
    units: homes.map((home) => {
      const isUnclaimed = repair.kind === 'exchange' || (home.id === unitId && isEmptied)
      return withNewCard(home, isUnclaimed)
    }),
  }
  const { kind, reason } = repair
  await recordRepair(db, scope, {
    id: repairId,
    developmentId,
    unitId,
    otherUnitId,
    kind,
    reason,
    before,
    after,
  })
  const affected = kind === 'exchange' ? pair : [unitId]
  const leavingIds = leaving.map((person) => person.id)
  const sessionIds = await endSessions(db, affected, leavingIds)
  await deleteNamelessFeeds(db, affected)
  const of = kind === 'exchange' || isEmptied ? 'everybody' : leavingIds
  await sealConversations(db, { tenantId: scope.tenantId, repairId, unitIds: affected, of })
  await placePeople(db, moved)
  await setHomes(db, after.units)
  return sessionIds
}

function leavingPeople(
  repair: Extract<Repair, { kind: 'move' | 'exchange' }>,
  unitId: string,
  people: readonly Person[],
): Person[] {
  if (repair.kind === 'exchange') {
    if (people.length === 0) throw wrong('to_number', 'Nobody is recorded in either home.')
    return [...people]
  }
  const household = people.filter((person) => person.unitId === unitId)
  const leaving = household.filter((person) => repair.purchaserIds.includes(person.id))
  if (leaving.length === 0 || leaving.length < new Set(repair.purchaserIds).size)
    throw wrong('purchaser_ids', 'Choose who of this home moves.')
  const there = people.length - household.length
  if (there + leaving.length > HOUSEHOLD_MAX)
    throw wrong('purchaser_ids', `A home has at most ${HOUSEHOLD_MAX} purchasers, and that one has ${there}.`)
  return leaving
}

/** Each goes to the other of the two homes, to the first places that nobody who stays there has. */
function moveTo(
  leaving: readonly Person[],
  people: readonly Person[],
  unitId: string,
  otherUnitId: string,
): Placement['purchasers'] {
  const staying = people.filter((person) => !leaving.includes(person))
  const taken = new Map(
    [unitId, otherUnitId].map((id) => [
      id,
      new Set(staying.filter((person) => person.unitId === id).map((person) => person.position)),
    ]),
  )
  return leaving.map(({ id, unitId: from }) => {
    const to = from === unitId ? otherUnitId : unitId
    const places = taken.get(to) as Set<number>
    const position = [1, 2, 3, 4].find((place) => !places.has(place)) as number
    places.add(position)
    // The welcome names the home, so it is shown again.
    return { id, unitId: to, position, introSeenAt: null }
  })
}

function withNewCard(home: Home, isUnclaimed: boolean): Placement['units'][number] {
  const code = makeAccessCode(home.codePrefix)
  return {
    ...unitOf(home),
    publicId: makePublicId(),
    accessCodeEncrypted: encryptAccessCode(code, home.id, config().encryptionKey),
    claimedAt: isUnclaimed ? null : home.claimedAt,
  }
}

const wrong = (path: string, message: string) => failure('invalid', { fields: [{ path, message }] })

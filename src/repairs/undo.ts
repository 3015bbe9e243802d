// Taking a repair back: everything as it was before, what was said in between sealed in its turn.
import { deleteNamelessFeeds } from '#db/calendar-feeds.ts'
import {
  endSessions,
  type Home,
  lockHomes,
  lockPeople,
  type Person,
  type Placement,
  placePeople,
  type RepairToUndo,
  repairToUndo,
  rescopeSessions,
  sealConversations,
  setHomes,
  unsealConversations,
} from '#db/repairs.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { forgetSession } from '../access/sessions.ts'
import { failure } from '../failure.ts'
import { placeOf, recordRepair, unitOf } from './record.ts'

const REASON_CHARS_MAX = 500

/**
 * Puts everything back where it was: people, house type, codes, conversations. What was said in between is sealed
 * in its turn, and the sessions of both homes end.
 * @throws Failure `not_found`, `repair_not_undoable`
 */
export async function undoRepair(scope: Scope, unitId: string, repairId: string): Promise<void> {
  const sessionIds = await within(scope, async (db) => {
    const repair = await repairToUndo(db, unitId, repairId)
    if (!repair) throw failure('not_found')
    const unitIds = [repair.unitId, ...(repair.otherUnitId ? [repair.otherUnitId] : [])]
    const homes = await lockHomes(db, unitIds)
    const people = await lockPeople(db, unitIds)
    // Read again: whoever undid it first held the locks.
    const current = await repairToUndo(db, unitId, repairId)
    if (!current || !isUndoable(current, homes, people)) throw failure('repair_not_undoable')
    return takeBack(db, scope, current, homes, people)
  })
  for (const id of sessionIds) forgetSession(id)
}

function isUndoable(
  { kind, undoneAt, before, after }: RepairToUndo,
  homes: Home[],
  people: Person[],
): boolean {
  if (kind === 'undo' || undoneAt !== null) return false
  const isInPlace = (person: Placement['purchasers'][number]) =>
    people.some((now) => now.id === person.id && now.unitId === person.unitId)
  const hasRoom = (person: Placement['purchasers'][number]) =>
    !people.some(
      (now) =>
        now.unitId === person.unitId &&
        now.position === person.position &&
        !after.purchasers.some((moved) => moved.id === now.id),
    )
  const isSameType = (unit: Placement['units'][number]) =>
    homes.some((now) => now.id === unit.id && now.houseTypeId === unit.houseTypeId)
  return (
    after.purchasers.every(isInPlace) && before.purchasers.every(hasRoom) && after.units.every(isSameType)
  )
}

async function takeBack(
  db: Db,
  scope: Scope,
  repair: RepairToUndo,
  homes: readonly Home[],
  people: readonly Person[],
): Promise<string[]> {
  const { id, developmentId, unitId, otherUnitId, kind } = repair
  const undoId = Bun.randomUUIDv7()
  const unitIds = homes.map((home) => home.id)
  const returningIds = repair.before.purchasers.map((person) => person.id)
  const after: Placement = {
    purchasers: repair.before.purchasers,
    units: homes.map((home) => earlier(home, repair)),
  }
  const before: Placement = {
    purchasers: people.filter((person) => returningIds.includes(person.id)).map(placeOf),
    units: homes.map(unitOf),
  }
  const reason = `Taken back: ${repair.reason}`.slice(0, REASON_CHARS_MAX)
  await recordRepair(db, scope, {
    id: undoId,
    developmentId,
    unitId,
    otherUnitId,
    kind: 'undo',
    undoesId: id,
    reason,
    before,
    after,
  })
  const { tenantId } = scope
  if (kind === 'house_type') {
    await sealConversations(db, { tenantId, repairId: undoId, unitIds, of: 'everybody' })
    await setHomes(db, after.units)
    await unsealConversations(db, id)
    return rescopeSessions(db, unitId)
  }
  const sessionIds = await endSessions(db, unitIds, returningIds)
  await deleteNamelessFeeds(db, unitIds)
  const of = kind === 'exchange' ? 'everybody' : returningIds
  const sealedIn = kind === 'exchange' ? unitIds : [otherUnitId as string]
  await sealConversations(db, { tenantId, repairId: undoId, unitIds: sealedIn, of })
  await placePeople(db, after.purchasers)
  await setHomes(db, after.units)
  await unsealConversations(db, id)
  return sessionIds
}

/** As the home was; a card that was replaced again meanwhile stays replaced. */
function earlier(home: Home, { before, after }: RepairToUndo): Placement['units'][number] {
  const was = before.units.find((unit) => unit.id === home.id)
  const became = after.units.find((unit) => unit.id === home.id)
  if (!was) return unitOf(home)
  const { publicId, accessCodeEncrypted } = became?.publicId === home.publicId ? was : home
  return { ...was, publicId, accessCodeEncrypted }
}

// What is corrected of a development and of its house types after they were set up.
import {
  type DevelopmentRow,
  developmentById,
  type HouseTypeRow,
  houseTypeById,
  setDevelopment,
  setHouseType,
} from '#db/developments.ts'
import { lockDevelopment, lockHouseType } from '#db/locks.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'
import { geocodeDevelopmentLater } from './geocoding.ts'
import { readEircode } from './imports/values.ts'

export type DevelopmentDetails = Partial<
  Pick<DevelopmentRow, 'name' | 'addressLine' | 'locality' | 'county' | 'eircode' | 'latitude' | 'longitude'>
>

/** The slug stays: addresses hold it. A new address is looked up again. @throws Failure `not_found`, `invalid`; what `check` throws */
export async function changeDevelopment(
  scope: Scope,
  id: string,
  given: DevelopmentDetails,
  check: (before: DevelopmentRow) => void,
): Promise<DevelopmentRow> {
  const eircode = given.eircode ? readEircode(given.eircode) : null
  if (eircode && !('value' in eircode))
    throw failure('invalid', { fields: [{ path: 'eircode', message: eircode.problem }] })
  const details = { ...given, ...(eircode ? { eircode: eircode.value } : {}) }
  return within(scope, async (db) => {
    await lockDevelopment(db, id)
    const before = existing(await developmentById(db, id))
    check(before)
    const changes = changesOf(before, details)
    if (Object.keys(changes).length === 0) return before
    await setDevelopment(db, id, details)
    await note(db, scope, 'development', id, changes)
    const hasMoved = ['addressLine', 'locality', 'county', 'eircode'].some((name) => name in changes)
    if (hasMoved && given.latitude === undefined) await geocodeDevelopmentLater(db, scope, id)
    return existing(await developmentById(db, id))
  })
}

export type HouseTypeDetails = Partial<Pick<HouseTypeRow, 'name' | 'typicalBedrooms' | 'typicalFloorAreaM2'>>

/** The code stays: lists of homes name it. @throws Failure `not_found`; what `check` throws */
export async function changeHouseType(
  scope: Scope,
  id: string,
  details: HouseTypeDetails,
  check: (before: HouseTypeRow) => void,
): Promise<HouseTypeRow> {
  return within(scope, async (db) => {
    await lockHouseType(db, id)
    const before = existing(await houseTypeById(db, id))
    check(before)
    const changes = changesOf(before, details)
    if (Object.keys(changes).length === 0) return before
    await setHouseType(db, id, details)
    await note(db, scope, 'house_type', id, changes)
    return existing(await houseTypeById(db, id))
  })
}

const changesOf = <T extends object>(before: T, details: Partial<T>) =>
  Object.fromEntries(
    (Object.keys(details) as (keyof T)[])
      .filter((name) => details[name] !== before[name])
      .map((name) => [name, { from: before[name], to: details[name] }]),
  )

function existing<T>(row: T | null): T {
  if (row === null) throw failure('not_found')
  return row
}

const note = (
  db: Db,
  scope: Scope,
  targetType: 'development' | 'house_type',
  targetId: string,
  changes: Record<string, unknown>,
) => noteActivity(db, scope, { action: `${targetType}.changed`, targetType, targetId, changes })

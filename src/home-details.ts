// What staff correct of a home by hand: address, Eircode, handover, bedrooms, area; and the home's history.
import { developmentById } from '#db/developments.ts'
import { eventsOfHome, type HomeEvent } from '#db/home-timeline.ts'
import { lockUnit } from '#db/locks.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { setUnitDetails, type UnitDetails, type UnitRow, unitById } from '#db/units.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'
import { geocodeUnitsLater } from './geocoding.ts'
import {
  type Read,
  readAddress,
  readArea,
  readDate,
  readEircode,
  readPhase,
  readRooms,
  textOf,
} from './imports/values.ts'

export type { HomeEvent }

/** As it was typed; empty takes the value away. */
export type TypedDetails = {
  address_line: string
  eircode: string
  handed_over_on: string
  bedrooms: string
  floor_area_m2: string
  phase: string
  /** Only of homes in a development that has both kinds. */
  tenure?: 'sale' | 'rent' | undefined
}

export const homeEvents = (scope: Scope, unitId: string): Promise<HomeEvent[]> =>
  within(scope, (db) => eventsOfHome(db, unitId))

/** @throws Failure `not_found`, `invalid` with the fields that are wrong */
export async function changeHome(scope: Scope, unitId: string, typed: TypedDetails): Promise<void> {
  await setDetails(scope, unitId, readDetails(typed))
}

/** The same for some of the details, as programs send them. @throws Failure `not_found`, `invalid`; what `check` throws */
export async function correctHome(
  scope: Scope,
  unitId: string,
  given: Partial<UnitDetails & Pick<UnitRow, 'bathrooms'>>,
  check: (before: UnitRow) => void,
): Promise<void> {
  const { eircode, phase } = given
  const read = {
    ...(eircode && { eircode: readGiven('eircode', eircode, readEircode) }),
    ...(phase && { phase: readGiven('phase', phase, readPhase) }),
  }
  await setDetails(scope, unitId, { ...given, ...read }, check)
}

/** As a form's are read. @throws Failure `invalid`, at `path` of the body */
function readGiven(path: string, text: string, reader: (text: string) => Read<string>): string {
  const result = reader(textOf(text))
  if ('problem' in result) throw failure('invalid', { fields: [{ path, message: result.problem }] })
  return result.value
}

async function setDetails(
  scope: Scope,
  unitId: string,
  details: Partial<UnitDetails & Pick<UnitRow, 'bathrooms'>>,
  check?: (before: UnitRow) => void,
): Promise<void> {
  await within(scope, async (db) => {
    await lockUnit(db, unitId)
    const before = await unitById(db, unitId)
    if (!before) throw failure('not_found')
    check?.(before)
    const names = Object.keys(details) as (keyof typeof details)[]
    const changed = names.filter((name) => details[name] !== before[name])
    if (changed.length === 0) return
    if (changed.includes('tenure')) await checkHasBoth(db, before.developmentId)
    await setUnitDetails(db, unitId, details)
    await noteActivity(db, scope, {
      action: 'home.changed',
      targetType: 'unit',
      targetId: unitId,
      changes: Object.fromEntries(changed.map((name) => [name, { from: before[name], to: details[name] }])),
    })
    if (changed.includes('addressLine') || changed.includes('eircode'))
      await geocodeUnitsLater(db, scope, { unitIds: [unitId] })
  })
}

/** Elsewhere all homes are of the development's tenure. @throws Failure `invalid` */
async function checkHasBoth(db: Db, developmentId: string): Promise<void> {
  const development = await developmentById(db, developmentId)
  if (development?.tenure === 'mixed') return
  const message = 'All homes of this development are sold, or all are let: say first that it has both.'
  throw failure('invalid', { fields: [{ path: 'tenure', message }] })
}

function readDetails(typed: TypedDetails): UnitDetails {
  const problems: { path: string; message: string }[] = []
  const read = <T>(
    path: Exclude<keyof TypedDetails, 'tenure'>,
    label: string,
    reader: (text: string) => Read<T>,
  ): T | null => {
    const text = textOf(typed[path])
    if (text === '') return null
    const result = reader(text)
    if ('value' in result) return result.value
    problems.push({ path, message: `${label} ${result.problem}.` })
    return null
  }
  const addressLine = read('address_line', 'The address', readAddress)
  const details = {
    eircode: read('eircode', 'This', readEircode),
    handedOverOn: read('handed_over_on', 'This', (text) => readDate(text, 1900)),
    bedrooms: read('bedrooms', 'This', readRooms),
    floorAreaM2: read('floor_area_m2', 'This', readArea),
    phase: read('phase', 'This', readPhase),
  }
  if (textOf(typed.address_line) === '')
    problems.push({ path: 'address_line', message: 'A home needs an address.' })
  if (problems.length > 0) throw failure('invalid', { fields: problems })
  const { tenure } = typed
  return { addressLine: addressLine as string, ...details, ...(tenure && { tenure }) }
}

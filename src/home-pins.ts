// Where a home stands on the map: typed or dragged by staff, or looked up again.
import { developmentById } from '#db/developments.ts'
import { type Scope, within } from '#db/scope.ts'
import { setUnitPin, type UnitRow, unitById } from '#db/units.ts'
import { noteActivity } from './activity.ts'
import { config } from './config.ts'
import { failure } from './failure.ts'
import { geocodeUnitsLater } from './geocoding.ts'
import { readPosition, refuseFarAway } from './positions.ts'

/** The same distance at which a looked-up match is not believed. */
const DISTANCE_M_MAX = 15_000

/** Empty fields take the pin away. @throws Failure `not_found`, `invalid` with the field that is wrong */
export async function pinHome(
  scope: Scope,
  unitId: string,
  typed: { latitude: string; longitude: string },
): Promise<UnitRow> {
  const pin = readPosition(typed)
  return within(scope, async (db) => {
    const unit = await unitById(db, unitId)
    const development = unit && (await developmentById(db, unit.developmentId))
    if (!unit || !development) throw failure('not_found')
    if (pin) refuseFarAway(pin, development, DISTANCE_M_MAX)
    await setUnitPin(db, unitId, pin)
    const before = unit.latitude === null ? null : [unit.latitude, unit.longitude]
    await noteActivity(db, scope, {
      action: 'home.pinned',
      targetType: 'unit',
      targetId: unitId,
      changes: { pin: { from: before, to: pin && [pin.latitude, pin.longitude] } },
    })
    return unit
  })
}

export const hasGeocoder = (): boolean => config().GEOCODER !== 'none'

/** Has the homes without a pin looked up again. @returns how many */
export const lookUpAgain = (scope: Scope, developmentId: string): Promise<number> =>
  within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    return geocodeUnitsLater(db, scope, { developmentId })
  })

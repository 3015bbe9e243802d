// Statements about where units and developments are, and how far the search for it has come.
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { developments, units } from './schema/index.ts'

const UNITS_MAX = 5_000

export type GeocodeForm = 'full' | 'without_eircode' | 'locality'
export type Located = { type: 'unit' | 'development'; id: string }

export type LocationRow = {
  addressLine: string
  locality: string
  county: string
  eircode: string | null
  latitude: number | null
  form: GeocodeForm | null
  attempts: number
  failureCode: string | null
  /** Of the development that a unit stands in; null for a development itself. */
  nearLatitude: number | null
  nearLongitude: number | null
}

export async function locationOf(db: Db, { type, id }: Located): Promise<LocationRow | null> {
  return type === 'unit' ? unitLocation(db, id) : developmentLocation(db, id)
}

async function unitLocation(db: Db, id: string): Promise<LocationRow | null> {
  const [row] = await db
    .select({
      ...searchColumns(units),
      locality: developments.locality,
      county: developments.county,
      nearLatitude: developments.latitude,
      nearLongitude: developments.longitude,
    })
    .from(units)
    .innerJoin(
      developments,
      and(eq(developments.tenantId, units.tenantId), eq(developments.id, units.developmentId)),
    )
    .where(eq(units.id, id))
    .limit(1)
  return row ?? null
}

async function developmentLocation(db: Db, id: string): Promise<LocationRow | null> {
  const [row] = await db
    .select({
      ...searchColumns(developments),
      locality: developments.locality,
      county: developments.county,
    })
    .from(developments)
    .where(eq(developments.id, id))
    .limit(1)
  return row ? { ...row, nearLatitude: null, nearLongitude: null } : null
}

const searchColumns = <T extends typeof units | typeof developments>(of: T) => ({
  addressLine: of.addressLine as T['addressLine'],
  eircode: of.eircode as T['eircode'],
  latitude: of.latitude as T['latitude'],
  form: of.geocodeForm as T['geocodeForm'],
  attempts: of.geocodeAttempts as T['geocodeAttempts'],
  failureCode: of.geocodeFailureCode as T['geocodeFailureCode'],
})

export type GeocodeStep = { form: GeocodeForm | null; attempts: number; failureCode: string | null }

/** How far the search has come. False: the address changed, or a pin was set, since `row` was read. */
export async function noteGeocodeStep(
  db: Db,
  located: Located,
  row: LocationRow,
  step: GeocodeStep,
): Promise<boolean> {
  const rows = await db.execute(sql`
    update ${tableOf(located)} set geocode_form = ${step.form}, geocode_attempts = ${step.attempts}::int,
      geocode_failure_code = ${step.failureCode}
    where ${isUnchanged(located, row)} returning id`)
  return rows.length > 0
}

/** Keeps the pin that was found, unless the address changed or somebody set one meanwhile. */
export async function keepGeocodedPin(
  db: Db,
  located: Located,
  row: LocationRow,
  pin: { latitude: number; longitude: number; quality: string },
): Promise<boolean> {
  const rows = await db.execute(sql`
    update ${tableOf(located)} set latitude = ${pin.latitude}, longitude = ${pin.longitude},
      location_source = 'geocoded', geocode_quality = ${pin.quality}, geocoded_at = now(),
      geocode_form = null, geocode_attempts = 0, geocode_failure_code = null
    where ${isUnchanged(located, row)} returning id`)
  return rows.length > 0
}

/** Ends the search: a unit then stands where its development does, if that is known. */
export async function giveUpGeocoding(
  db: Db,
  located: Located,
  row: LocationRow,
  failureCode: string,
): Promise<boolean> {
  const rows = await db.execute(sql`
    update ${tableOf(located)} set location_source = ${row.nearLatitude === null ? null : 'development'},
      geocode_form = null, geocode_attempts = 0, geocode_failure_code = ${failureCode}
    where ${isUnchanged(located, row)} returning id`)
  return rows.length > 0
}

const tableOf = ({ type }: Located) => (type === 'unit' ? units : developments)

const isUnchanged = ({ id }: Located, row: LocationRow) =>
  sql`id = ${id} and latitude is null and address_line = ${row.addressLine} and eircode is not distinct from ${row.eircode}`

export type PinlessUnit = { id: string; addressLine: string; eircode: string | null }

/** Those of the units, or of the development's, that have no pin of their own. */
export const unitsWithoutPin = (
  db: Db,
  which: { unitIds: readonly string[] } | { developmentId: string },
): Promise<PinlessUnit[]> =>
  db
    .select({ id: units.id, addressLine: units.addressLine, eircode: units.eircode })
    .from(units)
    .where(
      and(
        isNull(units.latitude),
        'unitIds' in which
          ? inArray(units.id, [...which.unitIds])
          : eq(units.developmentId, which.developmentId),
      ),
    )
    .orderBy(asc(units.id))
    .limit(UNITS_MAX)

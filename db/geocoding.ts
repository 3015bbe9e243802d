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
  const own = type === 'unit' ? sql`u` : sql`d`
  const near = type === 'unit' ? sql`d.latitude, d.longitude` : sql`null::float8, null::float8`
  const source =
    type === 'unit'
      ? sql`${units} u join ${developments} d on d.tenant_id = u.tenant_id and d.id = u.development_id`
      : sql`${developments} d`
  const [row] = await db.execute<LocationRow>(sql`
    select address_line as "addressLine", locality, county, eircode, latitude, form, attempts,
      failure_code as "failureCode", near_latitude as "nearLatitude", near_longitude as "nearLongitude"
    from (
      select ${own}.address_line, d.locality, d.county, ${own}.eircode, ${own}.latitude, ${own}.geocode_form,
        ${own}.geocode_attempts, ${own}.geocode_failure_code, ${near}
      from ${source} where ${own}.id = ${id}
    ) l(address_line, locality, county, eircode, latitude, form, attempts, failure_code, near_latitude, near_longitude)`)
  return row ?? null
}

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

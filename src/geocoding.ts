// Where homes and developments are: their own pin first, else looked up by ever shorter forms of the address.
import {
  type GeocodeForm,
  giveUpGeocoding,
  keepGeocodedPin,
  type Located,
  type LocationRow,
  locationOf,
  noteGeocodeStep,
  unitsWithoutPin,
} from '#db/geocoding.ts'
import type { Db, Scope } from '#db/scope.ts'
import { enqueue, enqueueMany } from '#jobs/queue.ts'
import { type GeocodeCode, type Geocoded, type Geocoder, geocodeCodeOf } from './clients/geocoder.ts'
import { comeBackMs, PeerFailure } from './clients/peer.ts'
import { config } from './config.ts'
import { haversineM } from './distance.ts'
import { refreshPlacesLater } from './places.ts'

const FORMS: readonly GeocodeForm[] = ['full', 'without_eircode', 'locality']
const ATTEMPTS_A_FORM_MAX = 3
/** Steps of one run: every try of every form, and as many restarts because the address changed meanwhile. */
const STEPS_MAX = 20
/** A match farther from its development than that is another place of the same name. */
const DISTANCE_FROM_DEVELOPMENT_M_MAX = 15_000
/** The island, roughly: whatever lies outside it was not meant. */
const IRELAND = { south: 51.3, north: 55.5, west: -10.8, east: -5.3 }

export type GeocodingContext = {
  signal: AbortSignal
  progress(stage: string, done: number, total: number): void
  /** A transaction that only commits while the job is still ours. */
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
  geocoder: Geocoder | null
}

export type Geocoding =
  | { outcome: 'placed' }
  | { outcome: 'gone' }
  /** The provider, or our turn at it, says when. */
  | { outcome: 'later'; delayMs: number }
  | { outcome: 'failed'; code: GeocodeCode; retryAfterMs?: number | undefined }

/**
 * Looks a unit or a development up until it has a pin or nothing is left to try; then a unit stands where its
 * development does, with the reason on its row. A pin it has is never touched. How far the search has come is
 * on the row too, so that a run that was interrupted goes on where it stopped.
 */
export async function geocode(located: Located, context: GeocodingContext): Promise<Geocoding> {
  const { geocoder, fenced, signal } = context
  for (let step = 0; step < STEPS_MAX; step++) {
    const row = await fenced((db) => locationOf(db, located))
    if (!row) return { outcome: 'gone' }
    if (row.latitude !== null) return { outcome: 'placed' }
    if (!geocoder) return { outcome: 'failed', code: 'geocode_not_set_up' }
    const trying = nextTry(row)
    const delayMs = await geocoder.turn(signal)
    if (delayMs > 0) return { outcome: 'later', delayMs }
    const failureCode = row.failureCode
    // Counted before it is made: a try that takes the process down with it was one.
    if (!(await fenced((db) => noteGeocodeStep(db, located, row, { ...trying, failureCode })))) continue
    context.progress(trying.form, FORMS.indexOf(trying.form), FORMS.length)
    const ended = await tryForm(geocoder, located, row, trying, context)
    if (ended) return ended
  }
  throw new Error('the address changed faster than it could be looked up')
}

/** One request and what follows from it. Null: the row says what is to be done next. */
async function tryForm(
  geocoder: Geocoder,
  located: Located,
  row: LocationRow,
  trying: Try,
  { fenced, signal }: GeocodingContext,
): Promise<Geocoding | null> {
  try {
    const match = await geocoder.find(addressOf(row, trying.form), signal)
    if (match && isCredible(match, row, trying.form)) {
      await fenced((db) => keepGeocodedPin(db, located, row, match))
      return null
    }
    return await moveOn(located, row, trying, 'geocode_no_match', fenced)
  } catch (error) {
    if (!(error instanceof PeerFailure)) throw error
    const code = geocodeCodeOf(error)
    if (code === 'geocode_limited') {
      // Being told to wait says nothing of the address.
      const untried = { form: trying.form, attempts: trying.attempts - 1, failureCode: code }
      await fenced((db) => noteGeocodeStep(db, located, row, untried))
      return { outcome: 'later', delayMs: comeBackMs(error) }
    }
    if (code === 'geocode_denied') return giveUp(located, row, code, fenced)
    if (trying.attempts >= ATTEMPTS_A_FORM_MAX) {
      const ended = await moveOn(located, row, trying, code, fenced)
      if (ended) return ended
    } else await fenced((db) => noteGeocodeStep(db, located, row, { ...trying, failureCode: code }))
    return { outcome: 'failed', code, retryAfterMs: error.retryAfterMs }
  }
}

type Try = { form: GeocodeForm; attempts: number }
type Fenced = GeocodingContext['fenced']

function nextTry(row: LocationRow): Try {
  const form = row.form ?? FORMS[0]!
  const isPointless = form === 'full' && row.eircode === null
  return isPointless ? { form: 'without_eircode', attempts: 1 } : { form, attempts: row.attempts + 1 }
}

/** To the next form, or to the end of the search. */
async function moveOn(
  located: Located,
  row: LocationRow,
  tried: Try,
  code: GeocodeCode,
  fenced: Fenced,
): Promise<Geocoding | null> {
  const form = FORMS[FORMS.indexOf(tried.form) + 1]
  if (!form) return giveUp(located, row, code, fenced)
  await fenced((db) => noteGeocodeStep(db, located, row, { form, attempts: 0, failureCode: code }))
  return null
}

/** Null: the address has changed, so that the search starts again. */
async function giveUp(
  located: Located,
  row: LocationRow,
  code: GeocodeCode,
  fenced: Fenced,
): Promise<Geocoding | null> {
  const isKept = await fenced((db) => giveUpGeocoding(db, located, row, code))
  if (!isKept) return null
  const isOfAddress = code === 'geocode_no_match' || code === 'geocode_denied'
  // Another code, or the queue would start the search again.
  return { outcome: 'failed', code: isOfAddress ? code : 'geocode_given_up' }
}

/** The parts of the address, each once: an address line often repeats the locality. */
export function addressOf(
  row: Pick<LocationRow, 'addressLine' | 'locality' | 'county' | 'eircode'>,
  form: GeocodeForm,
): string {
  const parts = form === 'locality' ? [] : [row.addressLine]
  for (const part of [row.locality, row.county, 'Ireland'])
    if (!parts.some((known) => namesOf(known).includes(part.toLowerCase()))) parts.push(part)
  const { eircode } = row
  if (form === 'full' && eircode) parts.push(`${eircode.slice(0, 3)} ${eircode.slice(3)}`)
  return parts.join(', ')
}

const namesOf = (address: string): string[] =>
  address
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())

/** A whole town in answer to a street is the provider's way to say no; so is a namesake elsewhere. */
function isCredible(match: Geocoded, row: LocationRow, form: GeocodeForm): boolean {
  const { latitude, longitude, quality } = match
  if (quality === 'area' && form !== 'locality') return false
  if (latitude < IRELAND.south || latitude > IRELAND.north) return false
  if (longitude < IRELAND.west || longitude > IRELAND.east) return false
  if (row.nearLatitude === null || row.nearLongitude === null) return true
  const distanceM = haversineM(latitude, longitude, row.nearLatitude, row.nearLongitude)
  return distanceM <= DISTANCE_FROM_DEVELOPMENT_M_MAX
}

/**
 * Enqueues the search for those of the units that have no pin, in the transaction that made or changed them.
 * @returns how many; 0 when no geocoder is set up, and then the units stand at their development's pin
 */
export async function geocodeUnitsLater(
  db: Db,
  scope: Scope,
  which: { unitIds: readonly string[] } | { developmentId: string },
): Promise<number> {
  if (config().GEOCODER === 'none' || ('unitIds' in which && which.unitIds.length === 0)) return 0
  const units = await unitsWithoutPin(db, which)
  const entries = units.map(({ id, addressLine, eircode }) => ({
    payload: { tenantId: scope.tenantId, unitId: id },
    // With the address in it, so that a changed one does not count as under way.
    dedupeKey: `${id} ${Bun.hash(`${addressLine}\n${eircode}`).toString(36)}`,
  }))
  return enqueueMany(db, 'geocode-unit', entries, { requestId: scope.requestId })
}

/** Enqueues the search for a development that has no pin, and after it that for its units. Null: no geocoder is set up. */
export async function geocodeDevelopmentLater(
  db: Db,
  scope: Scope,
  developmentId: string,
): Promise<string | null> {
  if (config().GEOCODER === 'none') return null
  const payload = { tenantId: scope.tenantId, developmentId }
  return enqueue(db, 'geocode-development', payload, { dedupeKey: developmentId, requestId: scope.requestId })
}

/** The development itself, then whatever waited for its position: its units, and the places nearby. */
export async function geocodeDevelopment(
  scope: Scope,
  developmentId: string,
  context: GeocodingContext,
): Promise<Geocoding> {
  const ended = await geocode({ type: 'development', id: developmentId }, context)
  const isOver =
    ended.outcome === 'placed' || (ended.outcome === 'failed' && ended.code === 'geocode_no_match')
  if (!isOver) return ended
  await context.fenced(async (db) => {
    await geocodeUnitsLater(db, scope, { developmentId })
    if (ended.outcome === 'placed') await refreshPlacesLater(db, scope, developmentId, { isAsked: false })
  })
  return ended
}

export type HomePosition = {
  latitude: number | null
  longitude: number | null
  locationIsApproximate: boolean
}

/**
 * Where distances of a home are measured from: its own pin, entered or found to the street at least; else its
 * development's, which is nearer to the truth than the middle of a locality.
 */
export function positionOf(
  home: {
    latitude: number | null
    longitude: number | null
    geocodeQuality: string | null
    developmentLatitude: number | null
    developmentLongitude: number | null
  } | null,
): HomePosition {
  if (!home) return { latitude: null, longitude: null, locationIsApproximate: false }
  const isPrecise = home.latitude !== null && home.geocodeQuality !== 'area'
  if (isPrecise || home.developmentLatitude === null) {
    const { latitude, longitude } = home
    return { latitude, longitude, locationIsApproximate: !isPrecise }
  }
  return {
    latitude: home.developmentLatitude,
    longitude: home.developmentLongitude,
    locationIsApproximate: true,
  }
}

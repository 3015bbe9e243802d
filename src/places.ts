// Places near a development: fetched by a job, kept for 30 days, shown with their source, date and distance.

import { insertAccessOncePerDay } from '#db/person-data.ts'
import {
  developmentsAfter,
  type FetchedPlace,
  type ListedPlace,
  listPlaces,
  manualPlaces,
  notePlacesFailure,
  notePlacesRefreshed,
  type PlacesFreshness,
  placeById,
  placesFreshness,
  purgeExpiredPlaces,
  refreshTarget,
  replaceFetchedPlaces,
} from '#db/places.ts'
import { type Db, type HomeScope, type Scope, within } from '#db/scope.ts'
import { type PlaceRow, placesOfDevelopment } from '#db/units.ts'
import { enqueue, enqueueMany } from '#jobs/queue.ts'
import { noteActivity } from './activity.ts'
import { comeBackMs, PeerFailure } from './clients/peer.ts'
import { type FoundPlace, type PlacesCode, type PlacesSource, placesCodeOf } from './clients/places.ts'
import { config } from './config.ts'
import { haversineM } from './distance.ts'
import { failure } from './failure.ts'
import { type HomeInApp, homeInApp } from './homes.ts'
import { type Page, pageOf, readCursor } from './paging.ts'
import { choosePlaces, sameName } from './places/choose.ts'

/** A tick that comes sooner after a success, such as one made up for after a downtime, changes nothing. */
const FRESH_MS = 6 * 60 * 60_000
const PURGE_BATCH = 2_000
const PURGE_BATCHES_MAX = 500
const FAN_OUT_BATCH = 500
const FAN_OUT_BATCHES_MAX = 200

export type RefreshContext = {
  signal: AbortSignal
  progress(stage: string, done: number, total: number): void
  /** A transaction that only commits while the job is still ours. */
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
  source: PlacesSource | null
}

export type Refresh =
  | { outcome: 'done' }
  | { outcome: 'gone' }
  /** Nothing to ask, or nowhere to ask about. */
  | { outcome: 'pointless'; code: PlacesCode }
  | { outcome: 'later'; delayMs: number }
  | { outcome: 'failed'; code: PlacesCode; retryAfterMs?: number | undefined }

/**
 * Replaces the fetched places of a development by what its source says now, all or nothing. What people recorded
 * stays; so does, with its date, what was fetched before a refresh that fails.
 */
export async function refreshPlaces(
  scope: Scope,
  { developmentId, isAsked }: { developmentId: string; isAsked: boolean },
  context: RefreshContext,
): Promise<Refresh> {
  const { source, fenced, signal } = context
  const target = await fenced((db) => refreshTarget(db, developmentId))
  if (!target) return { outcome: 'gone' }
  if (!source) return { outcome: 'pointless', code: 'places_not_set_up' }
  const { latitude, longitude, refreshedAgeMs } = target
  if (latitude === null || longitude === null) {
    await fenced((db) => notePlacesFailure(db, developmentId, 'places_no_position'))
    return { outcome: 'pointless', code: 'places_no_position' }
  }
  if (!isAsked && refreshedAgeMs !== null && refreshedAgeMs < FRESH_MS) return { outcome: 'done' }
  const delayMs = await source.turn(signal)
  if (delayMs > 0) return { outcome: 'later', delayMs }
  const position = { latitude, longitude }
  let found: FoundPlace[]
  try {
    found = await source.near(position, signal, (done, total) => context.progress('asking', done, total))
  } catch (error) {
    if (!(error instanceof PeerFailure)) throw error
    const code = placesCodeOf(error)
    await fenced((db) => notePlacesFailure(db, developmentId, code))
    if (code === 'places_limited') return { outcome: 'later', delayMs: comeBackMs(error) }
    return { outcome: 'failed', code, retryAfterMs: error.retryAfterMs }
  }
  await fenced(async (db) => {
    const chosen = choosePlaces(found, position, await manualPlaces(db, developmentId))
    await keepPlaces(db, scope, developmentId, source, chosen)
  })
  return { outcome: 'done' }
}

/** An empty answer is more often a source without this region than a region without anything. */
async function keepPlaces(
  db: Db,
  scope: Scope,
  developmentId: string,
  source: PlacesSource,
  chosen: readonly FetchedPlace[],
): Promise<void> {
  if (chosen.length === 0) return notePlacesFailure(db, developmentId, 'places_none_found')
  const of = { tenantId: scope.tenantId, developmentId, provider: source.provider, source: source.credit }
  await replaceFetchedPlaces(db, of, chosen)
  await notePlacesRefreshed(db, developmentId)
}

/** Enqueues a refresh in the caller's transaction. Null: no source is set up. */
export async function refreshPlacesLater(
  db: Db,
  scope: Scope,
  developmentId: string,
  { isAsked }: { isAsked: boolean },
): Promise<string | null> {
  if (config().PLACES_PROVIDER === 'none') return null
  const payload = { tenantId: scope.tenantId, developmentId, isAsked }
  return enqueue(db, 'refresh-places', payload, {
    // A tick's job may find nothing to do, so one that was asked for does not join it.
    dedupeKey: isAsked ? `${developmentId} asked` : developmentId,
    requestId: scope.requestId,
  })
}

export const hasPlacesSource = (): boolean => config().PLACES_PROVIDER !== 'none'

/** @throws Failure `not_found`, `places_not_set_up` */
export async function requestPlacesRefresh(scope: Scope, developmentId: string): Promise<{ jobId: string }> {
  return within(scope, async (db) => {
    if (!(await refreshTarget(db, developmentId))) throw failure('not_found')
    const jobId = await refreshPlacesLater(db, scope, developmentId, { isAsked: true })
    if (!jobId) throw failure('places_not_set_up')
    await noteActivity(db, scope, {
      action: 'development.places_refreshed',
      targetType: 'development',
      targetId: developmentId,
      changes: { jobId },
    })
    return { jobId }
  })
}

/** Twice a day, over all tenants: removes what may be kept no longer and enqueues one refresh a development. */
export async function sweepPlaces({
  fenced,
  signal,
  progress,
  requestId,
}: Omit<RefreshContext, 'source'> & { requestId: string }): Promise<void> {
  for (let batch = 0; batch < PURGE_BATCHES_MAX && !signal.aborted; batch++) {
    const count = await fenced((db) => purgeExpiredPlaces(db, PURGE_BATCH))
    if (count < PURGE_BATCH) break
  }
  if (config().PLACES_PROVIDER === 'none') return
  let after: string | null = null
  for (let batch = 0; batch < FAN_OUT_BATCHES_MAX; batch++) {
    signal.throwIfAborted()
    const last: string | null = await fenced((db) => fanOut(db, after, requestId))
    progress('developments', (batch + 1) * FAN_OUT_BATCH, 0)
    if (last === null) return
    after = last
  }
}

/** Returns where the next batch begins; null when this was the last. */
async function fanOut(db: Db, after: string | null, requestId: string): Promise<string | null> {
  const developments = await developmentsAfter(db, after, FAN_OUT_BATCH)
  const entries = developments.map(({ id, tenantId }) => ({
    payload: { tenantId, developmentId: id, isAsked: false },
    dedupeKey: id,
  }))
  await enqueueMany(db, 'refresh-places', entries, { requestId })
  return developments.length < FAN_OUT_BATCH ? null : (developments.at(-1)?.id ?? null)
}

/** What a home is told of. A place known by name only gives way to the same one with a position. */
export async function placesNearHome(home: HomeScope): Promise<PlaceRow[]> {
  return withoutTwins(await within(home, (db) => placesOfDevelopment(db, home.developmentId)))
}

/** What the map is drawn from: the home, what is near it, and when that was last fetched. */
export async function mapOfHome(
  home: HomeScope,
  /** The kind of place that was chosen, if one was. */
  category?: string,
): Promise<{ home: HomeInApp; places: PlaceRow[]; freshness: PlacesFreshness }> {
  const { developmentId } = home
  const [row, places, freshness] = await within(home, (db) =>
    Promise.all([
      homeInApp(db, home),
      placesOfDevelopment(db, developmentId),
      placesFreshness(db, developmentId),
      noteMapOpened(db, home, category),
    ]),
  )
  return { home: row, places: withoutTwins(places), freshness }
}

/** Counted for the builder, once a day for a person and kind; an operator who looks as the home is not counted. */
async function noteMapOpened(db: Db, home: HomeScope, category: string | undefined): Promise<void> {
  const { actor, tenantId, unitId, requestId, readOnly } = home
  if (actor.type !== 'purchaser' || readOnly) return
  await insertAccessOncePerDay(db, {
    tenantId,
    unitId,
    requestId,
    actorType: actor.type,
    actorId: actor.id,
    action: `map.${category ?? 'opened'}`,
  })
}

const withoutTwins = (rows: PlaceRow[]): PlaceRow[] =>
  rows.filter(
    (row) =>
      row.latitude !== null ||
      !rows.some((other) => other.latitude !== null && sameName(row.name, other.name)),
  )

export type Place = ListedPlace & { distanceM: number | null }

export async function placesPage(
  scope: Scope,
  query: { cursor?: string | undefined; limit: number; developmentId?: string | undefined },
): Promise<Page<Place>> {
  const { developmentId, limit } = query
  const list = `places ${developmentId ?? ''}`
  const after = readCursor(list, query.cursor, 1)?.[0]
  const rows = await within(scope, (db) => listPlaces(db, { developmentId, after, limit }))
  return pageOf(list, rows.map(measured), limit, (row) => [row.id])
}

/** @throws Failure `not_found` */
export async function findPlace(scope: Scope, id: string): Promise<Place> {
  const row = await within(scope, (db) => placeById(db, id))
  if (!row) throw failure('not_found')
  return measured(row)
}

export function measured(row: ListedPlace): Place {
  const { latitude, longitude, developmentLatitude, developmentLongitude } = row
  const isMeasurable =
    latitude !== null && longitude !== null && developmentLatitude !== null && developmentLongitude !== null
  const distanceM = isMeasurable
    ? Math.round(haversineM(developmentLatitude, developmentLongitude, latitude, longitude))
    : null
  return { ...row, distanceM }
}

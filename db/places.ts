// Statements about the places near a development: what was fetched, what people recorded, what is out of date.
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { developments, hiddenPlaceCategories, places } from './schema/index.ts'

/** Fetched content may be kept that long, whoever it comes from. */
const KEPT_DAYS = 30
const MANUAL_MAX = 300

export type ListedPlace = {
  id: string
  developmentId: string
  category: string
  name: string
  latitude: number | null
  longitude: number | null
  source: string
  recordedOn: string
  fetchedAt: Date | null
  developmentLatitude: number | null
  developmentLongitude: number | null
  /** False when its kind is switched off for the development. */
  isShown: boolean
  /** Recorded by staff, so that no refresh replaces it. */
  isRecorded: boolean
}

/** Whether the kind of a place is switched off where it lies. */
const isHidden = sql`exists (select from ${hiddenPlaceCategories} h where h.tenant_id = ${places.tenantId}
  and h.development_id = ${places.developmentId} and h.category = ${places.category})`

const listedColumns = {
  id: places.id,
  developmentId: places.developmentId,
  category: places.category,
  name: places.name,
  latitude: places.latitude,
  longitude: places.longitude,
  source: places.source,
  recordedOn: places.recordedOn,
  fetchedAt: places.fetchedAt,
  developmentLatitude: developments.latitude,
  developmentLongitude: developments.longitude,
  isShown: sql<boolean>`not ${isHidden}`,
  isRecorded: sql<boolean>`${places.provider} is null`,
}

const ofDevelopment = and(
  eq(developments.tenantId, places.tenantId),
  eq(developments.id, places.developmentId),
)
const placeRows = (db: Db) => db.select(listedColumns).from(places).innerJoin(developments, ofDevelopment)

/** What may still be kept: recorded by people, or fetched and not expired. */
const isKept = sql`(${places.expiresAt} is null or ${places.expiresAt} > now())`

/** What homes are told of: kept, and of a kind that their development shows. */
export const isTold = sql`${isKept} and not ${isHidden}`

const OF_DEVELOPMENT_MAX = 1_000

/** By kind and name, for staff: with those that are switched off. */
export const placesForStaff = (db: Db, developmentId: string): Promise<ListedPlace[]> =>
  placeRows(db)
    .where(and(isKept, eq(places.developmentId, developmentId)))
    .orderBy(asc(places.category), asc(places.name), asc(places.id))
    .limit(OF_DEVELOPMENT_MAX)

export type RecordedPlace = {
  category: string
  name: string
  latitude: number | null
  longitude: number | null
  source: string
}

/** False when there is one of that kind and name already. */
export async function insertPlace(
  db: Db,
  row: RecordedPlace & { id: string; tenantId: string; developmentId: string },
): Promise<boolean> {
  const rows = await db
    .insert(places)
    .values({ ...row, recordedOn: sql`(now() at time zone 'Europe/Dublin')::date` })
    .onConflictDoNothing()
    .returning({ id: places.id })
  return rows.length > 0
}

/** Only of what people recorded; what was fetched is replaced by a row of its own. */
export async function setPlace(db: Db, id: string, row: RecordedPlace): Promise<void> {
  await db
    .update(places)
    .set({ ...row, recordedOn: sql`(now() at time zone 'Europe/Dublin')::date` })
    .where(and(eq(places.id, id), sql`${places.provider} is null`))
}

export async function deletePlace(db: Db, id: string): Promise<void> {
  await db.delete(places).where(eq(places.id, id))
}

const CATEGORIES_MAX = 200

export async function hiddenCategories(db: Db, developmentId: string): Promise<string[]> {
  const rows = await db
    .select({ category: hiddenPlaceCategories.category })
    .from(hiddenPlaceCategories)
    .where(eq(hiddenPlaceCategories.developmentId, developmentId))
    .orderBy(asc(hiddenPlaceCategories.category))
    .limit(CATEGORIES_MAX)
  return rows.map(({ category }) => category)
}

/** Makes the kinds that a development does not show exactly these. */
export async function setHiddenCategories(
  db: Db,
  of: { tenantId: string; developmentId: string },
  categories: readonly string[],
): Promise<void> {
  const wanted = JSON.stringify(categories)
  await db.execute(sql`
    with shown as (
      delete from hidden_place_categories where development_id = ${of.developmentId}
        and category not in (select jsonb_array_elements_text(${wanted}::jsonb))
    )
    insert into hidden_place_categories (tenant_id, development_id, category)
    select ${of.tenantId}, ${of.developmentId}, jsonb_array_elements_text(${wanted}::jsonb)
    on conflict do nothing`)
}

/** In order of age of the row; one row more than `limit` when there is a next page. */
export const listPlaces = (
  db: Db,
  page: { developmentId?: string | undefined; after?: string | undefined; limit: number },
): Promise<ListedPlace[]> =>
  placeRows(db)
    .where(
      and(
        isKept,
        page.developmentId ? eq(places.developmentId, page.developmentId) : undefined,
        page.after ? gt(places.id, page.after) : undefined,
      ),
    )
    .orderBy(asc(places.id))
    .limit(page.limit + 1)

export async function placeById(db: Db, id: string): Promise<ListedPlace | null> {
  const [row] = await placeRows(db)
    .where(and(eq(places.id, id), isKept))
    .limit(1)
  return row ?? null
}

export type RefreshTarget = {
  latitude: number | null
  longitude: number | null
  /** Null when never. */
  refreshedAgeMs: number | null
}

export async function refreshTarget(db: Db, developmentId: string): Promise<RefreshTarget | null> {
  const [row] = await db
    .select({
      latitude: developments.latitude,
      longitude: developments.longitude,
      refreshedAgeMs: sql<
        number | null
      >`(extract(epoch from now() - ${developments.placesRefreshedAt}) * 1000)::float8`,
    })
    .from(developments)
    .where(eq(developments.id, developmentId))
    .limit(1)
  return row ?? null
}

export type PlacesFreshness = { refreshedAt: Date | null; failureCode: string | null }

export async function placesFreshness(db: Db, developmentId: string): Promise<PlacesFreshness> {
  const [row] = await db
    .select({ refreshedAt: developments.placesRefreshedAt, failureCode: developments.placesFailureCode })
    .from(developments)
    .where(eq(developments.id, developmentId))
    .limit(1)
  return row ?? { refreshedAt: null, failureCode: null }
}

export type ManualPlace = { name: string; latitude: number | null; longitude: number | null }

export const manualPlaces = (db: Db, developmentId: string): Promise<ManualPlace[]> =>
  db
    .select({ name: places.name, latitude: places.latitude, longitude: places.longitude })
    .from(places)
    .where(and(eq(places.developmentId, developmentId), sql`${places.provider} is null`))
    .orderBy(asc(places.id))
    .limit(MANUAL_MAX)

export type FetchedPlace = {
  externalId: string
  category: string
  name: string
  latitude: number
  longitude: number
}

/**
 * Makes the fetched places of a development exactly these. A place that is still there keeps its row and id;
 * those of another provider go as well, because only one is asked at a time.
 */
export async function replaceFetchedPlaces(
  db: Db,
  of: { tenantId: string; developmentId: string; provider: 'overpass' | 'google'; source: string },
  rows: readonly FetchedPlace[],
): Promise<void> {
  const identified = rows.map((row) => ({ ...row, id: Bun.randomUUIDv7() }))
  await db.execute(sql`
    delete from places where development_id = ${of.developmentId} and provider is not null
      and not (provider = ${of.provider} and external_id in (
        select "externalId" from jsonb_to_recordset(${JSON.stringify(identified)}::jsonb) as r("externalId" text)))`)
  await db.execute(sql`
    insert into places (id, tenant_id, development_id, category, name, latitude, longitude, source, recorded_on,
      provider, external_id, fetched_at, expires_at)
    select id, ${of.tenantId}, ${of.developmentId}, category, name, latitude, longitude, ${of.source},
      (now() at time zone 'Europe/Dublin')::date, ${of.provider}, "externalId", now(),
      now() + ${KEPT_DAYS}::int * interval '1 day'
    from jsonb_to_recordset(${JSON.stringify(identified)}::jsonb)
      as r(id uuid, category text, name text, latitude float8, longitude float8, "externalId" text)
    on conflict (tenant_id, development_id, provider, external_id) where provider is not null do update set
      category = excluded.category, name = excluded.name, latitude = excluded.latitude,
      longitude = excluded.longitude, source = excluded.source, recorded_on = excluded.recorded_on,
      fetched_at = excluded.fetched_at, expires_at = excluded.expires_at`)
}

export async function notePlacesRefreshed(db: Db, developmentId: string): Promise<void> {
  await db
    .update(developments)
    .set({ placesRefreshedAt: sql`now()`, placesFailureCode: null })
    .where(eq(developments.id, developmentId))
}

/** What was fetched before stays, with its date, until it expires. */
export async function notePlacesFailure(db: Db, developmentId: string, code: string): Promise<void> {
  await db.update(developments).set({ placesFailureCode: code }).where(eq(developments.id, developmentId))
}

/** Removes up to `limit` fetched places of any tenant that may be kept no longer. Through the queue's door. */
export async function purgeExpiredPlaces(db: Db, limit: number): Promise<number> {
  const rows = await db.execute(sql`
    delete from places where id in (
      select id from places where expires_at < now() order by expires_at, id limit ${limit}::int
    ) returning id`)
  return rows.length
}

/** Every development of every tenant, by id, for fanning out. Through the queue's door. */
export const developmentsAfter = (
  db: Db,
  after: string | null,
  limit: number,
): Promise<{ id: string; tenantId: string }[]> =>
  db
    .select({ id: developments.id, tenantId: developments.tenantId })
    .from(developments)
    .where(after === null ? undefined : gt(developments.id, after))
    .orderBy(asc(developments.id))
    .limit(limit)

// Statements about units: the homes, who lives in them, and what is recorded of them.
import { and, asc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { isTold } from './places.ts'
import { brandings, developments, houseTypes, places, purchasers, units } from './schema/index.ts'
import { type Given, statement } from './statement.ts'

export type UnitRow = {
  id: string
  developmentId: string
  houseTypeId: string
  houseTypeCode: string
  number: string
  addressLine: string
  eircode: string | null
  bedrooms: number | null
  bathrooms: number | null
  floorAreaM2: number | null
  latitude: number | null
  longitude: number | null
  locationSource: 'entered' | 'geocoded' | 'development' | null
  geocodeQuality: 'exact' | 'interpolated' | 'street' | 'area' | null
  geocodeFailureCode: string | null
  /** Of the development, or of the home itself where the development has both. */
  tenure: 'sale' | 'rent'
  phase: string | null
  handedOverOn: string | null
  claimedAt: Date | null
}

export const tenureOfUnit = sql<
  'sale' | 'rent'
>`case ${developments.tenure} when 'mixed' then coalesce(${units.tenure}, 'sale') else ${developments.tenure} end`

const unitColumns = {
  id: units.id,
  developmentId: units.developmentId,
  houseTypeId: units.houseTypeId,
  houseTypeCode: houseTypes.code,
  number: units.number,
  addressLine: units.addressLine,
  eircode: units.eircode,
  bedrooms: units.bedrooms,
  bathrooms: units.bathrooms,
  floorAreaM2: units.floorAreaM2,
  latitude: units.latitude,
  longitude: units.longitude,
  locationSource: units.locationSource,
  geocodeQuality: units.geocodeQuality,
  geocodeFailureCode: units.geocodeFailureCode,
  tenure: tenureOfUnit,
  phase: units.phase,
  handedOverOn: units.handedOverOn,
  claimedAt: units.claimedAt,
}

const ofDevelopment = and(eq(developments.tenantId, units.tenantId), eq(developments.id, units.developmentId))
const ofHouseType = and(eq(houseTypes.tenantId, units.tenantId), eq(houseTypes.id, units.houseTypeId))
const unitRows = (db: Db) =>
  db.select(unitColumns).from(units).innerJoin(houseTypes, ofHouseType).innerJoin(developments, ofDevelopment)

/** In order of age of the row; one row more than `limit` when there is a next page. */
export const listUnits = (
  db: Db,
  page: {
    developmentId?: string | undefined
    isClaimed?: boolean | undefined
    after?: string | undefined
    limit: number
  },
): Promise<UnitRow[]> =>
  unitRows(db)
    .where(
      and(
        page.developmentId ? eq(units.developmentId, page.developmentId) : undefined,
        page.after ? gt(units.id, page.after) : undefined,
        page.isClaimed === undefined
          ? undefined
          : page.isClaimed
            ? isNotNull(units.claimedAt)
            : isNull(units.claimedAt),
      ),
    )
    .orderBy(asc(units.id))
    .limit(page.limit + 1)

export async function unitById(db: Db, id: string): Promise<UnitRow | null> {
  const [row] = await unitRows(db).where(eq(units.id, id)).limit(1)
  return row ?? null
}

export type HomeRow = UnitRow & {
  developmentName: string
  developmentLatitude: number | null
  developmentLongitude: number | null
  retrievalVersion: number
  typicalBedrooms: number | null
  typicalFloorAreaM2: number | null
  purchaserNames: string[]
  accent: string | null
  logoId: string | null
}

/** All that the app and the answers need of a home, in one statement. */
export async function homeById(db: Db, unitId: string): Promise<HomeRow | null> {
  const [row] = await home(db, { unitId })
  return row ?? null
}

const home = statement((db, given: Given<{ unitId: string }>) =>
  db
    .select({
      ...unitColumns,
      developmentName: developments.name,
      developmentLatitude: developments.latitude,
      developmentLongitude: developments.longitude,
      retrievalVersion: developments.retrievalVersion,
      accent: brandings.accent,
      logoId: brandings.logoId,
      typicalBedrooms: houseTypes.typicalBedrooms,
      typicalFloorAreaM2: houseTypes.typicalFloorAreaM2,
      purchaserNames: sql<
        string[]
      >`coalesce((select array_agg(p.full_name order by p.position) from ${purchasers} p where p.tenant_id = ${units.tenantId} and p.unit_id = ${units.id}), '{}')`,
    })
    .from(units)
    .innerJoin(houseTypes, ofHouseType)
    .innerJoin(developments, ofDevelopment)
    .leftJoin(brandings, eq(brandings.tenantId, units.tenantId))
    .where(eq(units.id, given.unitId))
    .limit(1),
)

const PLACES_MAX = 300

export type PlaceRow = {
  id: string
  category: string
  name: string
  latitude: number | null
  longitude: number | null
  source: string
  recordedOn: string
  /** Null for places that people recorded. */
  fetchedAt: Date | null
}

export const placesOfDevelopment = (db: Db, developmentId: string): Promise<PlaceRow[]> =>
  db
    .select({
      id: places.id,
      category: places.category,
      name: places.name,
      latitude: places.latitude,
      longitude: places.longitude,
      source: places.source,
      recordedOn: places.recordedOn,
      fetchedAt: places.fetchedAt,
    })
    .from(places)
    .where(and(eq(places.developmentId, developmentId), isTold))
    .orderBy(asc(places.category), asc(places.name), asc(places.id))
    .limit(PLACES_MAX)

export type UnitDetails = Pick<
  UnitRow,
  'addressLine' | 'eircode' | 'handedOverOn' | 'bedrooms' | 'floorAreaM2' | 'phase'
> & { tenure?: 'sale' | 'rent' }

export async function setUnitDetails(
  db: Db,
  unitId: string,
  details: Partial<UnitDetails & Pick<UnitRow, 'bathrooms'>>,
): Promise<void> {
  await db.update(units).set(details).where(eq(units.id, unitId))
}

/** Null takes the pin away; the home is then looked up again by whoever asks for it. */
export async function setUnitPin(
  db: Db,
  unitId: string,
  pin: { latitude: number; longitude: number } | null,
): Promise<void> {
  const { latitude, longitude } = pin ?? { latitude: null, longitude: null }
  await db
    .update(units)
    .set({ latitude, longitude, locationSource: pin && 'entered' })
    .where(eq(units.id, unitId))
}

export async function introIsDue(db: Db, purchaserId: string): Promise<boolean> {
  const [row] = await db
    .select({ seenAt: purchasers.introSeenAt })
    .from(purchasers)
    .where(eq(purchasers.id, purchaserId))
    .limit(1)
  return row !== undefined && row.seenAt === null
}

export async function setIntroSeen(db: Db, purchaserId: string): Promise<void> {
  await db
    .update(purchasers)
    .set({ introSeenAt: new Date() })
    .where(and(eq(purchasers.id, purchaserId), isNull(purchasers.introSeenAt)))
}

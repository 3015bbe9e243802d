// Statements about developments and house types.
import { and, asc, eq, gt, inArray, or } from 'drizzle-orm'
import type { Db } from './client.ts'
import { developments, houseTypes } from './schema/index.ts'

export type DevelopmentRow = {
  id: string
  slug: string
  name: string
  tenure: 'sale' | 'rent' | 'mixed'
  addressLine: string
  locality: string
  county: string
  eircode: string | null
  latitude: number | null
  longitude: number | null
  placesRefreshedAt: Date | null
  placesFailureCode: string | null
  createdAt: Date
}

export const developmentColumns = {
  id: developments.id,
  slug: developments.slug,
  name: developments.name,
  tenure: developments.tenure,
  addressLine: developments.addressLine,
  locality: developments.locality,
  county: developments.county,
  eircode: developments.eircode,
  latitude: developments.latitude,
  longitude: developments.longitude,
  placesRefreshedAt: developments.placesRefreshedAt,
  placesFailureCode: developments.placesFailureCode,
  createdAt: developments.createdAt,
}

/** By name; one row more than `limit` when there is a next page. */
export const listDevelopments = (
  db: Db,
  page: { after?: { key: string; id: string } | undefined; limit: number },
): Promise<DevelopmentRow[]> =>
  db
    .select(developmentColumns)
    .from(developments)
    .where(
      page.after
        ? or(
            gt(developments.name, page.after.key),
            and(eq(developments.name, page.after.key), gt(developments.id, page.after.id)),
          )
        : undefined,
    )
    .orderBy(asc(developments.name), asc(developments.id))
    .limit(page.limit + 1)

export async function developmentById(db: Db, id: string): Promise<DevelopmentRow | null> {
  const [row] = await db.select(developmentColumns).from(developments).where(eq(developments.id, id)).limit(1)
  return row ?? null
}

export type HouseTypeRow = {
  id: string
  developmentId: string
  code: string
  name: string
  typicalBedrooms: number | null
  typicalFloorAreaM2: number | null
}

const houseTypeColumns = {
  id: houseTypes.id,
  developmentId: houseTypes.developmentId,
  code: houseTypes.code,
  name: houseTypes.name,
  typicalBedrooms: houseTypes.typicalBedrooms,
  typicalFloorAreaM2: houseTypes.typicalFloorAreaM2,
}

export const listHouseTypes = (
  db: Db,
  page: {
    developmentId?: string | undefined
    after?: { key: string; id: string } | undefined
    limit: number
  },
): Promise<HouseTypeRow[]> =>
  db
    .select(houseTypeColumns)
    .from(houseTypes)
    .where(
      and(
        page.developmentId ? eq(houseTypes.developmentId, page.developmentId) : undefined,
        page.after
          ? or(
              gt(houseTypes.code, page.after.key),
              and(eq(houseTypes.code, page.after.key), gt(houseTypes.id, page.after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(asc(houseTypes.code), asc(houseTypes.id))
    .limit(page.limit + 1)

export async function houseTypeById(db: Db, id: string): Promise<HouseTypeRow | null> {
  const [row] = await db.select(houseTypeColumns).from(houseTypes).where(eq(houseTypes.id, id)).limit(1)
  return row ?? null
}

export const houseTypesByCode = (
  db: Db,
  developmentId: string,
  codes: readonly string[],
): Promise<{ id: string; code: string }[]> =>
  db
    .select({ id: houseTypes.id, code: houseTypes.code })
    .from(houseTypes)
    .where(and(eq(houseTypes.developmentId, developmentId), inArray(houseTypes.code, [...codes])))
    .limit(codes.length)

export async function setTenure(db: Db, id: string, tenure: 'sale' | 'rent' | 'mixed'): Promise<void> {
  await db.update(developments).set({ tenure }).where(eq(developments.id, id))
}

/** False when the tenant has a development of that slug. */
export async function insertDevelopment(db: Db, row: typeof developments.$inferInsert): Promise<boolean> {
  const rows = await db
    .insert(developments)
    .values(row)
    .onConflictDoNothing({ target: [developments.tenantId, developments.slug] })
    .returning({ id: developments.id })
  return rows.length > 0
}

/** False when the development has a house type of that code. */
export async function insertHouseType(db: Db, row: typeof houseTypes.$inferInsert): Promise<boolean> {
  const rows = await db
    .insert(houseTypes)
    .values(row)
    .onConflictDoNothing({ target: [houseTypes.tenantId, houseTypes.developmentId, houseTypes.code] })
    .returning({ id: houseTypes.id })
  return rows.length > 0
}

export async function setDevelopment(
  db: Db,
  id: string,
  set: Partial<typeof developments.$inferInsert>,
): Promise<void> {
  await db.update(developments).set(set).where(eq(developments.id, id))
}

export async function setHouseType(
  db: Db,
  id: string,
  set: Partial<typeof houseTypes.$inferInsert>,
): Promise<void> {
  await db.update(houseTypes).set(set).where(eq(houseTypes.id, id))
}

// Statements about the homes that a list is compared with, and what comes of importing it.
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { batches } from './batches.ts'
import type { Db } from './client.ts'
import { developments, houseTypes, purchasers, units } from './schema/index.ts'
import { tenureOfUnit } from './units.ts'

/** More homes than any development has; an import into a larger one is refused rather than half compared. */
export const UNITS_COMPARED_MAX = 20_000
const HOUSE_TYPES_MAX = 500

export type ImportableUnit = {
  id: string
  number: string
  houseTypeId: string
  houseTypeCode: string
  addressLine: string
  eircode: string | null
  bedrooms: number | null
  bathrooms: number | null
  floorAreaM2: number | null
  handedOverOn: string | null
  tenure: 'sale' | 'rent'
  phase: string | null
  /** Somebody opened its app, or did before: then it is not a list that says whose home it is. */
  isInUse: boolean
  purchasers: { fullName: string; email: string | null }[]
}

export const unitsToCompare = (db: Db, developmentId: string): Promise<ImportableUnit[]> =>
  db
    .select({
      id: units.id,
      number: units.number,
      houseTypeId: units.houseTypeId,
      houseTypeCode: houseTypes.code,
      addressLine: units.addressLine,
      eircode: units.eircode,
      bedrooms: units.bedrooms,
      bathrooms: units.bathrooms,
      floorAreaM2: units.floorAreaM2,
      handedOverOn: units.handedOverOn,
      tenure: tenureOfUnit,
      phase: units.phase,
      isInUse: sql<boolean>`(${units.claimedAt} is not null or exists (select 1 from purchasers p join sessions s on s.tenant_id = p.tenant_id and s.purchaser_id = p.id where p.tenant_id = ${units.tenantId} and p.unit_id = ${units.id}))`,
      purchasers: sql<
        ImportableUnit['purchasers']
      >`coalesce((select json_agg(json_build_object('fullName', p.full_name, 'email', p.email) order by p.position) from purchasers p where p.tenant_id = ${units.tenantId} and p.unit_id = ${units.id}), '[]')`,
    })
    .from(units)
    .innerJoin(
      developments,
      and(eq(developments.tenantId, units.tenantId), eq(developments.id, units.developmentId)),
    )
    .innerJoin(houseTypes, and(eq(houseTypes.tenantId, units.tenantId), eq(houseTypes.id, units.houseTypeId)))
    .where(eq(units.developmentId, developmentId))
    .orderBy(asc(units.id))
    .limit(UNITS_COMPARED_MAX + 1)

export const houseTypesToCompare = (db: Db, developmentId: string): Promise<{ id: string; code: string }[]> =>
  db
    .select({ id: houseTypes.id, code: houseTypes.code })
    .from(houseTypes)
    .where(eq(houseTypes.developmentId, developmentId))
    .orderBy(asc(houseTypes.code))
    .limit(HOUSE_TYPES_MAX)

export async function insertHouseTypes(db: Db, rows: (typeof houseTypes.$inferInsert)[]): Promise<void> {
  await db.insert(houseTypes).values(rows)
}

export async function insertUnits(db: Db, rows: (typeof units.$inferInsert)[]): Promise<void> {
  for (const batch of batches(rows)) await db.insert(units).values(batch)
}

export type UnitChange = {
  id: string
  houseTypeId?: string
  addressLine?: string
  eircode?: string
  bedrooms?: number
  bathrooms?: number
  floorAreaM2?: number
  handedOverOn?: string
  tenure?: 'sale' | 'rent'
  phase?: string
}

/** Sets what each change names and leaves the rest; one statement a batch. */
export async function updateUnits(db: Db, changes: readonly UnitChange[]): Promise<void> {
  for (const batch of batches(changes))
    await db.execute(sql`
      update units u set
        house_type_id = coalesce(c."houseTypeId", u.house_type_id),
        address_line = coalesce(c."addressLine", u.address_line),
        eircode = coalesce(c."eircode", u.eircode),
        bedrooms = coalesce(c."bedrooms", u.bedrooms),
        bathrooms = coalesce(c."bathrooms", u.bathrooms),
        floor_area_m2 = coalesce(c."floorAreaM2", u.floor_area_m2),
        handed_over_on = coalesce(c."handedOverOn", u.handed_over_on),
        tenure = coalesce(c."tenure", u.tenure),
        phase = coalesce(c."phase", u.phase)
      from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb) as c("id" uuid, "houseTypeId" uuid, "addressLine" text,
        "eircode" text, "bedrooms" int, "bathrooms" int, "floorAreaM2" numeric, "handedOverOn" date, "tenure" text, "phase" text)
      where u.id = c."id"`)
}

/** The household of each unit becomes the given one; whoever keeps a place in it keeps the row. */
export async function replaceHouseholds(
  db: Db,
  households: readonly { unitId: string; people: (typeof purchasers.$inferInsert)[] }[],
): Promise<void> {
  for (const batch of batches(households)) {
    await db.delete(purchasers).where(
      and(
        inArray(
          purchasers.unitId,
          batch.map(({ unitId }) => unitId),
        ),
        sql`${purchasers.position} > (select (c ->> 'count')::int from jsonb_array_elements(${JSON.stringify(
          batch.map(({ unitId, people }) => ({ unitId, count: people.length })),
        )}::jsonb) c where (c ->> 'unitId')::uuid = ${purchasers.unitId})`,
      ),
    )
    const people = JSON.stringify(
      batch.flatMap((household) => household.people.map((person) => ({ ...person, id: Bun.randomUUIDv7() }))),
    )
    await db.execute(sql`
      update purchasers p set full_name = h."fullName", email = h."email"
      from jsonb_to_recordset(${people}::jsonb) as h("unitId" uuid, "position" smallint, "fullName" text, "email" text)
      where p.unit_id = h."unitId" and p.position = h."position"`)
    await db.execute(sql`
      insert into purchasers (id, tenant_id, unit_id, position, full_name, email)
      select h."id", h."tenantId", h."unitId", h."position", h."fullName", h."email"
      from jsonb_to_recordset(${people}::jsonb) as h("id" uuid, "tenantId" uuid, "unitId" uuid, "position" smallint, "fullName" text, "email" text)
      where not exists (select 1 from purchasers p where p.tenant_id = h."tenantId" and p.unit_id = h."unitId" and p.position = h."position")`)
  }
}

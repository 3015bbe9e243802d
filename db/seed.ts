// Bulk statements for making a tenant with its estates, and for reading back what the demonstration prints.
import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import { batches } from './batches.ts'
import type { Db } from './client.ts'
import {
  apiKeys,
  checklistItems,
  developments,
  documents,
  documentVersions,
  facts,
  houseTypes,
  jobStatus,
  maintenanceItems,
  notices,
  places,
  purchasers,
  responsibilities,
  staff,
  staffDevelopments,
  tenants,
  units,
} from './schema/index.ts'

export async function tenantBySlug(db: Db, slug: string): Promise<{ id: string } | null> {
  const [row] = await db.select({ id: tenants.id }).from(tenants).where(eq(tenants.slug, slug)).limit(1)
  return row ?? null
}

export async function insertTenant(db: Db, row: typeof tenants.$inferInsert): Promise<void> {
  await db.insert(tenants).values(row)
}

export async function insertStaff(db: Db, rows: (typeof staff.$inferInsert)[]): Promise<void> {
  await db.insert(staff).values(rows).onConflictDoNothing()
}

export type Estate = {
  developments: (typeof developments.$inferInsert)[]
  houseTypes: (typeof houseTypes.$inferInsert)[]
  units: (typeof units.$inferInsert)[]
  purchasers: (typeof purchasers.$inferInsert)[]
  facts: (typeof facts.$inferInsert)[]
  places: (typeof places.$inferInsert)[]
  notices: (typeof notices.$inferInsert)[]
  checklistItems: (typeof checklistItems.$inferInsert)[]
  maintenanceItems: (typeof maintenanceItems.$inferInsert)[]
  responsibilities: (typeof responsibilities.$inferInsert)[]
  staffDevelopments: (typeof staffDevelopments.$inferInsert)[]
  apiKeys: (typeof apiKeys.$inferInsert)[]
}

export async function insertEstate(db: Db, estate: Estate): Promise<void> {
  await db.insert(developments).values(estate.developments)
  await db.insert(houseTypes).values(estate.houseTypes)
  for (const rows of batches(estate.units)) await db.insert(units).values(rows)
  for (const rows of batches(estate.purchasers)) await db.insert(purchasers).values(rows)
  for (const rows of batches(estate.facts)) await db.insert(facts).values(rows)
  for (const rows of batches(estate.places)) await db.insert(places).values(rows)
  for (const rows of batches(estate.notices)) await db.insert(notices).values(rows)
  for (const rows of batches(estate.checklistItems)) await db.insert(checklistItems).values(rows)
  for (const rows of batches(estate.maintenanceItems)) await db.insert(maintenanceItems).values(rows)
  for (const rows of batches(estate.responsibilities)) await db.insert(responsibilities).values(rows)
  if (estate.staffDevelopments.length > 0) await db.insert(staffDevelopments).values(estate.staffDevelopments)
  await db.insert(apiKeys).values(estate.apiKeys)
}

export const developmentsBySlug = (db: Db): Promise<{ id: string; slug: string }[]> =>
  db
    .select({ id: developments.id, slug: developments.slug })
    .from(developments)
    .orderBy(asc(developments.slug))
    .limit(1_000)

export const unitsByNumber = (db: Db, developmentId: string): Promise<{ id: string; number: string }[]> =>
  db
    .select({ id: units.id, number: units.number })
    .from(units)
    .where(eq(units.developmentId, developmentId))
    .orderBy(asc(units.number))
    .limit(5_000)

/** How many documents there are and how many are still on their way. */
export async function documentCounts(
  db: Db,
  requestId: string,
): Promise<{ total: number; unfinished: number }> {
  const [row] = await db
    .select({
      total: count(),
      unfinished: sql<number>`count(*) filter (where ${documentVersions.status} in ('queued', 'processing') and ${jobStatus.requestId} = ${requestId})::int`,
    })
    .from(documents)
    .innerJoin(
      documentVersions,
      and(eq(documentVersions.tenantId, documents.tenantId), eq(documentVersions.documentId, documents.id)),
    )
    .leftJoin(
      jobStatus,
      and(eq(jobStatus.tenantId, documentVersions.tenantId), eq(jobStatus.id, documentVersions.jobId)),
    )
    .where(isNull(documents.deletedAt))
  return row ?? { total: 0, unfinished: 0 }
}

export type SeededHome = {
  unitId: string
  developmentId: string
  developmentSlug: string
  houseTypeCode: string
  number: string
  publicId: string
  accessCodeEncrypted: string
  purchasers: string[]
}

export const seededHomes = (db: Db): Promise<SeededHome[]> =>
  db
    .select({
      unitId: units.id,
      developmentId: units.developmentId,
      developmentSlug: developments.slug,
      houseTypeCode: houseTypes.code,
      number: units.number,
      publicId: units.publicId,
      accessCodeEncrypted: units.accessCodeEncrypted,
      purchasers: sql<
        string[]
      >`coalesce((select array_agg(p.full_name order by p.position) from ${purchasers} p where p.tenant_id = ${units.tenantId} and p.unit_id = ${units.id}), '{}')`,
    })
    .from(units)
    .innerJoin(
      developments,
      and(eq(developments.tenantId, units.tenantId), eq(developments.id, units.developmentId)),
    )
    .innerJoin(houseTypes, and(eq(houseTypes.tenantId, units.tenantId), eq(houseTypes.id, units.houseTypeId)))
    .orderBy(asc(developments.slug), asc(units.id))
    .limit(5_000)

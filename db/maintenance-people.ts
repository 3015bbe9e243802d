// Statements about people and maintenance: who is to be reminded, and what one person wrote and did.
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import type { Home } from './documents.ts'
import { maintenanceDone, maintenanceItems, purchasers, units } from './schema/index.ts'

/** A home keeps fewer of its own. */
const ITEMS_MAX = 300

export type Reminded = Home & { purchaserId: string; email: string; handedOverOn: string | null }

/** People of a tenant who chose mails, in order of id, with their homes. */
export const peopleToRemind = (db: Db, after: string | null, limit: number): Promise<Reminded[]> =>
  db
    .select({
      purchaserId: purchasers.id,
      email: sql<string>`${purchasers.email}`,
      developmentId: units.developmentId,
      unitId: units.id,
      houseTypeId: units.houseTypeId,
      handedOverOn: units.handedOverOn,
    })
    .from(purchasers)
    .innerJoin(units, and(eq(units.tenantId, purchasers.tenantId), eq(units.id, purchasers.unitId)))
    .where(
      and(
        purchasers.remindersByMail,
        sql`${purchasers.email} is not null`,
        after === null ? undefined : sql`${purchasers.id} > ${after}::uuid`,
      ),
    )
    .orderBy(asc(purchasers.id))
    .limit(limit)

/** What one person wrote and did, for the copy of their data. */
export const ownItemsOfPerson = (db: Db, unitId: string, purchaserId: string | null) =>
  db
    .select({
      title: maintenanceItems.title,
      note: maintenanceItems.note,
      months: maintenanceItems.months,
      firstDueOn: maintenanceItems.firstDueOn,
      createdAt: maintenanceItems.createdAt,
    })
    .from(maintenanceItems)
    .where(
      and(
        eq(maintenanceItems.unitId, unitId),
        sql`${maintenanceItems.purchaserId} is not distinct from ${purchaserId}::uuid`,
      ),
    )
    .orderBy(asc(maintenanceItems.id))
    .limit(ITEMS_MAX)

export async function deleteOwnItems(db: Db, unitId: string, purchaserId: string | null): Promise<number> {
  const rows = await db
    .delete(maintenanceItems)
    .where(
      and(
        eq(maintenanceItems.unitId, unitId),
        sql`${maintenanceItems.purchaserId} is not distinct from ${purchaserId}::uuid`,
      ),
    )
    .returning({ id: maintenanceItems.id })
  return rows.length
}

/** That it was done stays with the home; who did it goes. */
export async function stripDone(db: Db, unitId: string, purchaserId: string | null): Promise<number> {
  const rows = await db
    .update(maintenanceDone)
    .set({ purchaserId: null })
    .where(
      and(eq(maintenanceDone.unitId, unitId), sql`${maintenanceDone.purchaserId} = ${purchaserId}::uuid`),
    )
    .returning({ id: maintenanceDone.id })
  return rows.length
}

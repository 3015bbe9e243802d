// Statements about checklists: a development's items, and what a home has ticked.
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import type { ChecklistKey } from './schema/checklists.ts'
import { checklistItems, checklistTicks } from './schema/index.ts'

export type { ChecklistKey } from './schema/checklists.ts'

const ITEMS_MAX = 200

export type ChecklistItem = {
  id: string
  developmentId: string
  checklist: ChecklistKey
  title: string
  note: string | null
  position: number
}

const columns = {
  id: checklistItems.id,
  developmentId: checklistItems.developmentId,
  checklist: checklistItems.checklist,
  title: checklistItems.title,
  note: checklistItems.note,
  position: checklistItems.position,
}

const inForce = isNull(checklistItems.retiredAt)

/** In the order in which a home goes through them. */
export const itemsOfDevelopment = (db: Db, developmentId: string): Promise<ChecklistItem[]> =>
  db
    .select(columns)
    .from(checklistItems)
    .where(and(eq(checklistItems.developmentId, developmentId), inForce))
    .orderBy(asc(checklistItems.checklist), asc(checklistItems.position), asc(checklistItems.id))
    .limit(ITEMS_MAX)

export async function checklistItemById(db: Db, id: string): Promise<ChecklistItem | null> {
  const [row] = await db
    .select(columns)
    .from(checklistItems)
    .where(and(eq(checklistItems.id, id), inForce))
    .limit(1)
  return row ?? null
}

export type HomeChecklistItem = ChecklistItem & { tickedAt: Date | null }

export const itemsOfHome = (
  db: Db,
  home: { developmentId: string; unitId: string },
): Promise<HomeChecklistItem[]> =>
  db
    .select({ ...columns, tickedAt: checklistTicks.createdAt })
    .from(checklistItems)
    .leftJoin(
      checklistTicks,
      and(
        eq(checklistTicks.tenantId, checklistItems.tenantId),
        eq(checklistTicks.itemId, checklistItems.id),
        eq(checklistTicks.unitId, home.unitId),
      ),
    )
    .where(and(eq(checklistItems.developmentId, home.developmentId), inForce))
    .orderBy(asc(checklistItems.checklist), asc(checklistItems.position), asc(checklistItems.id))
    .limit(ITEMS_MAX)

/** At the end of its list. */
export async function insertChecklistItem(
  db: Db,
  row: Omit<typeof checklistItems.$inferInsert, 'position'>,
): Promise<void> {
  const position = sql`(select coalesce(max(i.position), 0) + 1 from ${checklistItems} i
    where i.tenant_id = ${row.tenantId} and i.development_id = ${row.developmentId} and i.checklist = ${row.checklist})`
  await db.insert(checklistItems).values({ ...row, position })
}

export async function setChecklistItem(
  db: Db,
  id: string,
  change: Partial<Pick<typeof checklistItems.$inferInsert, 'title' | 'note' | 'position' | 'retiredAt'>>,
): Promise<void> {
  await db.update(checklistItems).set(change).where(eq(checklistItems.id, id))
}

/** Ticked twice it is ticked once, by who was first. */
export async function insertTick(db: Db, row: typeof checklistTicks.$inferInsert): Promise<boolean> {
  const rows = await db
    .insert(checklistTicks)
    .values(row)
    .onConflictDoNothing()
    .returning({ itemId: checklistTicks.itemId })
  return rows.length > 0
}

export async function deleteTick(db: Db, unitId: string, itemId: string): Promise<boolean> {
  const rows = await db
    .delete(checklistTicks)
    .where(and(eq(checklistTicks.unitId, unitId), eq(checklistTicks.itemId, itemId)))
    .returning({ itemId: checklistTicks.itemId })
  return rows.length > 0
}

const ofPerson = (unitId: string, purchaserId: string | null) =>
  and(
    eq(checklistTicks.unitId, unitId),
    sql`${checklistTicks.purchaserId} is not distinct from ${purchaserId}::uuid`,
  )

/** What one person ticked, for the copy of their data. */
export const ticksOfPerson = (db: Db, unitId: string, purchaserId: string | null) =>
  db
    .select({ title: checklistItems.title, at: checklistTicks.createdAt })
    .from(checklistTicks)
    .innerJoin(
      checklistItems,
      and(eq(checklistItems.tenantId, checklistTicks.tenantId), eq(checklistItems.id, checklistTicks.itemId)),
    )
    .where(ofPerson(unitId, purchaserId))
    .orderBy(asc(checklistTicks.createdAt), asc(checklistTicks.itemId))
    .limit(ITEMS_MAX)

/** That it was ticked stays with the home; who did it goes. */
export async function stripTicks(db: Db, unitId: string, purchaserId: string | null): Promise<number> {
  const rows = await db
    .update(checklistTicks)
    .set({ purchaserId: null })
    .where(ofPerson(unitId, purchaserId))
    .returning({ itemId: checklistTicks.itemId })
  return rows.length
}

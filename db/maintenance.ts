// Statements about maintenance: the builder's plan, a household's own, and what was done.
import { and, asc, desc, eq, isNull, ne, not, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { type Home, visibleToHome } from './documents.ts'
import {
  developments,
  documents,
  houseTypes,
  maintenanceDone,
  maintenanceItems,
  units,
} from './schema/index.ts'
import type { MaintenanceKind } from './schema/maintenance.ts'
import { tenureOfUnit } from './units.ts'

export type { MaintenanceKind } from './schema/maintenance.ts'

/** Own items of one home; a plan is as long. */
const ITEMS_MAX = 300
const DONE_SHOWN_MAX = 100

export type HomeItem = {
  id: string
  kind: MaintenanceKind
  title: string
  note: string | null
  months: number | null
  firstDueOn: string | null
  isOwn: boolean
  lastDoneOn: string | null
  /** A document that this home sees. */
  documentId: string | null
  documentTitle: string | null
  changedAt: string
}

/** A home that is let: its builder's warranties are the owner's. */
const isLet = (home: Home) => sql`exists (select from ${units}
  join ${developments} on ${developments.tenantId} = ${units.tenantId} and ${developments.id} = ${units.developmentId}
  where ${units.tenantId} = ${maintenanceItems.tenantId} and ${units.id} = ${home.unitId} and ${tenureOfUnit} = 'rent')`

/** In the plan of a home with this development and house type, or its own. */
const isOfHome = (home: Home) =>
  and(
    eq(maintenanceItems.developmentId, home.developmentId),
    isNull(maintenanceItems.retiredAt),
    or(
      eq(maintenanceItems.unitId, home.unitId),
      and(
        isNull(maintenanceItems.unitId),
        or(isNull(maintenanceItems.houseTypeId), eq(maintenanceItems.houseTypeId, home.houseTypeId)),
        or(ne(maintenanceItems.kind, 'warranty'), not(isLet(home))),
      ),
    ),
  )

const lastDone = (unitId: SQL) =>
  sql`from ${maintenanceDone} d where d.tenant_id = ${maintenanceItems.tenantId} and d.item_id = ${maintenanceItems.id} and d.unit_id = ${unitId}`

export const itemsOfHome = (db: Db, home: Home): Promise<HomeItem[]> =>
  db
    .select({
      id: maintenanceItems.id,
      kind: maintenanceItems.kind,
      title: maintenanceItems.title,
      note: maintenanceItems.note,
      months: maintenanceItems.months,
      firstDueOn: maintenanceItems.firstDueOn,
      isOwn: sql<boolean>`${maintenanceItems.unitId} is not null`,
      lastDoneOn: sql<string | null>`(select max(d.done_on)::text ${lastDone(sql`${home.unitId}::uuid`)})`,
      documentId: documents.id,
      documentTitle: documents.title,
      changedAt: sql<string>`to_json(greatest(${maintenanceItems.createdAt}, (select max(d.created_at) ${lastDone(sql`${home.unitId}::uuid`)}))) #>> '{}'`,
    })
    .from(maintenanceItems)
    .leftJoin(
      documents,
      and(
        eq(documents.tenantId, maintenanceItems.tenantId),
        eq(documents.id, maintenanceItems.documentId),
        visibleToHome(home, 'reading'),
      ),
    )
    .where(isOfHome(home))
    .orderBy(asc(maintenanceItems.title), asc(maintenanceItems.id))
    .limit(ITEMS_MAX)

export async function itemOfHome(db: Db, home: Home, id: string): Promise<HomeItem | null> {
  return (await itemsOfHome(db, home)).find((item) => item.id === id) ?? null
}

export type DoneRow = { id: string; itemId: string; title: string; doneOn: string; dueOn: string }

/** The newest first. */
export const doneOfHome = (db: Db, unitId: string): Promise<DoneRow[]> =>
  db
    .select({
      id: maintenanceDone.id,
      itemId: maintenanceDone.itemId,
      title: maintenanceItems.title,
      doneOn: maintenanceDone.doneOn,
      dueOn: maintenanceDone.dueOn,
    })
    .from(maintenanceDone)
    .innerJoin(
      maintenanceItems,
      and(
        eq(maintenanceItems.tenantId, maintenanceDone.tenantId),
        eq(maintenanceItems.id, maintenanceDone.itemId),
      ),
    )
    .where(eq(maintenanceDone.unitId, unitId))
    .orderBy(desc(maintenanceDone.doneOn), desc(maintenanceDone.id))
    .limit(DONE_SHOWN_MAX)

/** Said twice of the same occurrence it is said once. */
export async function insertDone(db: Db, row: typeof maintenanceDone.$inferInsert): Promise<boolean> {
  const rows = await db
    .insert(maintenanceDone)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: maintenanceDone.id })
  return rows.length > 0
}

export async function hasDone(db: Db, unitId: string, itemId: string, dueOn: string): Promise<boolean> {
  const rows = await db
    .select({ id: maintenanceDone.id })
    .from(maintenanceDone)
    .where(
      and(
        eq(maintenanceDone.unitId, unitId),
        eq(maintenanceDone.itemId, itemId),
        eq(maintenanceDone.dueOn, dueOn),
      ),
    )
    .limit(1)
  return rows.length > 0
}

/** False when it is not of that home. */
export async function deleteDone(db: Db, unitId: string, id: string): Promise<boolean> {
  const rows = await db
    .delete(maintenanceDone)
    .where(and(eq(maintenanceDone.id, id), eq(maintenanceDone.unitId, unitId)))
    .returning({ id: maintenanceDone.id })
  return rows.length > 0
}

export async function insertItem(db: Db, row: typeof maintenanceItems.$inferInsert): Promise<void> {
  await db.insert(maintenanceItems).values(row).onConflictDoNothing()
}

/** An own item goes with what was done about it. */
export async function deleteOwnItem(db: Db, unitId: string, id: string): Promise<boolean> {
  const rows = await db
    .delete(maintenanceItems)
    .where(and(eq(maintenanceItems.id, id), eq(maintenanceItems.unitId, unitId)))
    .returning({ id: maintenanceItems.id })
  return rows.length > 0
}

export async function countOwnItems(db: Db, unitId: string): Promise<number> {
  return db.$count(maintenanceItems, eq(maintenanceItems.unitId, unitId))
}

export const countWithoutHandover = (db: Db, developmentId: string): Promise<number> =>
  db.$count(units, and(eq(units.developmentId, developmentId), isNull(units.handedOverOn)))

export type PlanItem = {
  id: string
  developmentId: string
  houseTypeCode: string | null
  kind: MaintenanceKind
  title: string
  note: string | null
  months: number | null
  documentId: string | null
  documentTitle: string | null
  createdAt: Date
}

/** Of the builder's plans that are in force; one row more than `limit` when there is a next page. */
export const planItems = (
  db: Db,
  page: { developmentId?: string | undefined; id?: string; after?: string | undefined; limit: number },
): Promise<PlanItem[]> =>
  db
    .select({
      id: maintenanceItems.id,
      developmentId: maintenanceItems.developmentId,
      houseTypeCode: houseTypes.code,
      kind: maintenanceItems.kind,
      title: maintenanceItems.title,
      note: maintenanceItems.note,
      months: maintenanceItems.months,
      documentId: documents.id,
      documentTitle: documents.title,
      createdAt: maintenanceItems.createdAt,
    })
    .from(maintenanceItems)
    .leftJoin(
      houseTypes,
      and(
        eq(houseTypes.tenantId, maintenanceItems.tenantId),
        eq(houseTypes.id, maintenanceItems.houseTypeId),
      ),
    )
    .leftJoin(
      documents,
      and(
        eq(documents.tenantId, maintenanceItems.tenantId),
        eq(documents.id, maintenanceItems.documentId),
        isNull(documents.deletedAt),
      ),
    )
    .where(
      and(
        isNull(maintenanceItems.unitId),
        isNull(maintenanceItems.retiredAt),
        page.developmentId ? eq(maintenanceItems.developmentId, page.developmentId) : undefined,
        page.id ? eq(maintenanceItems.id, page.id) : undefined,
        page.after ? sql`${maintenanceItems.id} > ${page.after}::uuid` : undefined,
      ),
    )
    .orderBy(asc(maintenanceItems.id))
    .limit(page.limit + 1)

/** False when there is no such item in force. */
export async function setPlanItem(
  db: Db,
  id: string,
  change: Partial<
    Pick<
      typeof maintenanceItems.$inferInsert,
      'kind' | 'title' | 'note' | 'months' | 'documentId' | 'houseTypeId' | 'retiredAt'
    >
  >,
): Promise<boolean> {
  const rows = await db
    .update(maintenanceItems)
    .set(change)
    .where(
      and(eq(maintenanceItems.id, id), isNull(maintenanceItems.unitId), isNull(maintenanceItems.retiredAt)),
    )
    .returning({ id: maintenanceItems.id })
  return rows.length > 0
}

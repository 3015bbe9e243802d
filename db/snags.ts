// Statements about snags: reported, listed for a home and for the builder, moved along.
import { and, asc, desc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { contractorLinkSnags, houseTypes, snagChanges, snags, units } from './schema/index.ts'
import type { SnagCategory, SnagStatus } from './schema/snags.ts'

import { householdSince } from './transfers.ts'

export type { SnagCategory, SnagStatus } from './schema/snags.ts'

export type SnagRow = {
  id: string
  developmentId: string
  unitId: string
  unitAddress: string
  room: string
  category: SnagCategory
  description: string
  status: SnagStatus
  photoId: string | null
  houseTypeCode: string
  /** A contractor says that it is done, and the builder has not closed it yet. */
  isSaidDone: boolean
  createdAt: Date
  closedAt: Date | null
}

export type SnagChange = { status: SnagStatus; note: string | null; actorType: string; at: Date }

export type SnagFilter = {
  developmentId?: string | undefined
  unitId?: string | undefined
  isOpen?: boolean | undefined
  statuses?: readonly SnagStatus[] | undefined
  category?: SnagCategory | undefined
  houseTypeCode?: string | undefined
  isSaidDone?: boolean | undefined
}

const OF_A_HOME_MAX = 200
const CHANGES_MAX = 200

const columns = {
  id: snags.id,
  developmentId: snags.developmentId,
  unitId: snags.unitId,
  unitAddress: units.addressLine,
  room: snags.room,
  category: snags.category,
  description: snags.description,
  status: snags.status,
  photoId: snags.photoId,
  houseTypeCode: houseTypes.code,
  isSaidDone: sql<boolean>`(${snags.closedAt} is null and exists (select from ${contractorLinkSnags} l
    where l.tenant_id = ${snags.tenantId} and l.snag_id = ${snags.id} and l.done_at is not null))`,
  createdAt: snags.createdAt,
  closedAt: snags.closedAt,
}

const ofHouseType = and(eq(houseTypes.tenantId, units.tenantId), eq(houseTypes.id, units.houseTypeId))
const ofUnit = and(eq(units.tenantId, snags.tenantId), eq(units.id, snags.unitId))
const snagRows = (db: Db) =>
  db.select(columns).from(snags).innerJoin(units, ofUnit).innerJoin(houseTypes, ofHouseType)

/** False when the same form brought it before. */
export async function insertSnag(db: Db, row: typeof snags.$inferInsert): Promise<boolean> {
  const rows = await db
    .insert(snags)
    .values(row)
    .onConflictDoNothing({ target: [snags.tenantId, snags.unitId, snags.formHash] })
    .returning({ id: snags.id })
  return rows.length > 0
}

/** Those of the household that lives there now, the newest first. */
export const snagsOfHome = (db: Db, unitId: string): Promise<SnagRow[]> =>
  snagRows(db)
    .where(and(eq(snags.unitId, unitId), sql`${snags.createdAt} >= ${householdSince(unitId)}`))
    .orderBy(desc(snags.id))
    .limit(OF_A_HOME_MAX)

/** When the `nth` newest of the last day's pictures is a day old; null when there are fewer. Of the household of now. */
export async function momentOfNextPhoto(db: Db, unitId: string, nth: number): Promise<Date | null> {
  const [row] = await db
    .select({ at: sql<string>`${snags.createdAt} + interval '1 day'` })
    .from(snags)
    .where(
      and(
        ...[eq(snags.unitId, unitId), isNotNull(snags.photoId)],
        sql`${snags.createdAt} > now() - interval '1 day' and ${snags.createdAt} >= ${householdSince(unitId)}`,
      ),
    )
    .orderBy(desc(snags.createdAt), desc(snags.id))
    .offset(nth - 1)
    .limit(1)
  return row ? new Date(row.at) : null
}

/** The oldest first, because it has waited longest; one row more than `limit` when there is a next page. */
export const listSnags = (
  db: Db,
  page: SnagFilter & { after?: string | undefined; limit: number },
): Promise<SnagRow[]> =>
  snagRows(db)
    .where(
      and(
        page.developmentId ? eq(snags.developmentId, page.developmentId) : undefined,
        page.unitId ? eq(snags.unitId, page.unitId) : undefined,
        // In the words of the index of those that are open, which are few beside those that are over.
        page.isOpen ? sql`closed_at is null` : undefined,
        page.statuses ? inArray(snags.status, [...page.statuses]) : undefined,
        page.category ? eq(snags.category, page.category) : undefined,
        page.houseTypeCode ? eq(houseTypes.code, page.houseTypeCode) : undefined,
        page.isSaidDone ? sql`${columns.isSaidDone}` : undefined,
        page.after ? gt(snags.id, page.after) : undefined,
      ),
    )
    .orderBy(asc(snags.id))
    .limit(page.limit + 1)

/** One that the home's household of now may see; an earlier household's does not exist for it. */
export async function ownSnagById(db: Db, unitId: string, id: string): Promise<SnagRow | null> {
  const [row] = await snagRows(db)
    .where(
      and(
        ...[eq(snags.id, id), eq(snags.unitId, unitId)],
        sql`${snags.createdAt} >= ${householdSince(unitId)}`,
      ),
    )
    .limit(1)
  return row ?? null
}

export async function snagById(db: Db, id: string): Promise<SnagRow | null> {
  const [row] = await snagRows(db).where(eq(snags.id, id)).limit(1)
  return row ?? null
}

/** False when somebody else moved it since `from` was read. */
export async function setSnagStatus(db: Db, id: string, from: SnagStatus, to: SnagStatus): Promise<boolean> {
  const isOver = to === 'fixed' || to === 'declined'
  const rows = await db
    .update(snags)
    .set({ status: to, closedAt: isOver ? sql`coalesce(${snags.closedAt}, now())` : null })
    .where(and(eq(snags.id, id), eq(snags.status, from)))
    .returning({ id: snags.id })
  return rows.length > 0
}

export async function insertSnagChange(db: Db, row: typeof snagChanges.$inferInsert): Promise<void> {
  await db.insert(snagChanges).values(row)
}

export const changesOfSnag = (db: Db, snagId: string): Promise<SnagChange[]> =>
  db
    .select({
      status: snagChanges.status,
      note: snagChanges.note,
      actorType: snagChanges.actorType,
      at: snagChanges.createdAt,
    })
    .from(snagChanges)
    .where(eq(snagChanges.snagId, snagId))
    .orderBy(asc(snagChanges.id))
    .limit(CHANGES_MAX)

/** What one person reported, a page at a time: for the copy of their data, and for its erasure. */
export const snagsOfPerson = (
  db: Db,
  { unitId, purchaserId }: { unitId: string; purchaserId: string | null },
  page: { after: string | null; limit: number },
) =>
  db
    .select({
      id: snags.id,
      room: snags.room,
      category: snags.category,
      description: snags.description,
      status: snags.status,
      photoId: snags.photoId,
      reportedAt: snags.createdAt,
    })
    .from(snags)
    .where(
      and(
        eq(snags.unitId, unitId),
        sql`${snags.purchaserId} is not distinct from ${purchaserId}::uuid`,
        page.after ? gt(snags.id, page.after) : undefined,
      ),
    )
    .orderBy(asc(snags.id))
    .limit(page.limit)

/** What the builder and contractors wrote to a person about their snags. Before the snags lose the person. */
export async function stripSnagNotes(db: Db, unitId: string, purchaserId: string | null): Promise<number> {
  const rows = await db.execute(sql`
    update snag_changes c set note = null from snags s
    where s.tenant_id = c.tenant_id and s.id = c.snag_id and s.unit_id = ${unitId}
      and s.purchaser_id is not distinct from ${purchaserId}::uuid and c.note is not null
    returning 1`)
  return rows.length
}

/** The fault stays on the builder's board; the person's words and picture go. */
export async function stripSnags(db: Db, unitId: string, purchaserId: string | null): Promise<number> {
  const rows = await db
    .update(snags)
    .set({ description: 'Erased with the person who wrote it.', photoId: null, purchaserId: null })
    .where(and(eq(snags.unitId, unitId), sql`${snags.purchaserId} is not distinct from ${purchaserId}::uuid`))
    .returning({ id: snags.id })
  return rows.length
}

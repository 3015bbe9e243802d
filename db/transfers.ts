// Statements about homes that change hands.
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, not, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { homeTransfers, purchasers } from './schema/index.ts'
import type { TransferEnding, TransferSide } from './schema/transfers.ts'

export type { TransferEnding, TransferSide } from './schema/transfers.ts'

export type TransferRow = {
  id: string
  developmentId: string
  unitId: string
  startedBy: TransferSide
  householdConfirmedAt: Date | null
  builderConfirmedAt: Date | null
  settledAt: Date | null
  endedAt: Date | null
  ending: TransferEnding | null
  expiresAt: Date
  createdAt: Date
}

const HOUSEHOLD_MAX = 4

const columns = {
  id: homeTransfers.id,
  developmentId: homeTransfers.developmentId,
  unitId: homeTransfers.unitId,
  startedBy: homeTransfers.startedBy,
  householdConfirmedAt: homeTransfers.householdConfirmedAt,
  builderConfirmedAt: homeTransfers.builderConfirmedAt,
  settledAt: homeTransfers.settledAt,
  endedAt: homeTransfers.endedAt,
  ending: homeTransfers.ending,
  expiresAt: homeTransfers.expiresAt,
  createdAt: homeTransfers.createdAt,
}

const isRunOut = sql`(${homeTransfers.endedAt} is null and ${homeTransfers.settledAt} is null and ${homeTransfers.expiresAt} <= now())`
const isOpen = sql`(${homeTransfers.endedAt} is null and not ${isRunOut})`

/** The newest of the home, open or not. */
export async function latestTransfer(db: Db, unitId: string): Promise<TransferRow | null> {
  const [row] = await db
    .select(columns)
    .from(homeTransfers)
    .where(eq(homeTransfers.unitId, unitId))
    .orderBy(desc(homeTransfers.id))
    .limit(1)
  return row ?? null
}

export async function transferById(db: Db, id: string): Promise<TransferRow | null> {
  const [row] = await db.select(columns).from(homeTransfers).where(eq(homeTransfers.id, id)).limit(1)
  return row ?? null
}

export type TransferFilter = {
  developmentId?: string | undefined
  unitId?: string | undefined
  /** Only those that are not over, or only those that are. */
  isOpen?: boolean | undefined
}

/** The oldest first; one more than a page, which tells whether there is another. */
export const listTransfers = (
  db: Db,
  page: TransferFilter & { after?: string | undefined; limit: number },
): Promise<TransferRow[]> =>
  db
    .select(columns)
    .from(homeTransfers)
    .where(
      and(
        page.developmentId ? eq(homeTransfers.developmentId, page.developmentId) : undefined,
        page.unitId ? eq(homeTransfers.unitId, page.unitId) : undefined,
        page.isOpen === undefined ? undefined : page.isOpen ? isOpen : not(isOpen),
        page.after ? gt(homeTransfers.id, page.after) : undefined,
      ),
    )
    .orderBy(asc(homeTransfers.id))
    .limit(page.limit + 1)

/** Locked: of two who confirm, or confirm and withdraw, at once, one comes second and sees what the first did. */
export async function lockTransfer(db: Db, unitId: string, id: string): Promise<TransferRow | null> {
  const [row] = await db
    .select(columns)
    .from(homeTransfers)
    .where(and(eq(homeTransfers.id, id), eq(homeTransfers.unitId, unitId)))
    .limit(1)
    .for('update')
  return row ?? null
}

/** False when one is open for the home already. */
export async function insertTransfer(db: Db, row: typeof homeTransfers.$inferInsert): Promise<boolean> {
  const rows = await db
    .insert(homeTransfers)
    .values(row)
    .onConflictDoNothing({
      target: [homeTransfers.tenantId, homeTransfers.unitId],
      where: sql`ended_at is null`,
    })
    .returning({ id: homeTransfers.id })
  return rows.length > 0
}

export async function setTransferSettled(db: Db, id: string): Promise<void> {
  await db
    .update(homeTransfers)
    .set({
      householdConfirmedAt: sql`coalesce(${homeTransfers.householdConfirmedAt}, now())`,
      builderConfirmedAt: sql`coalesce(${homeTransfers.builderConfirmedAt}, now())`,
      settledAt: sql`now()`,
    })
    .where(eq(homeTransfers.id, id))
}

/** False when it had ended before. */
export async function setTransferEnded(db: Db, id: string, ending: TransferEnding): Promise<boolean> {
  const rows = await db
    .update(homeTransfers)
    .set({ endedAt: sql`now()`, ending })
    .where(and(eq(homeTransfers.id, id), isNull(homeTransfers.endedAt)))
    .returning({ id: homeTransfers.id })
  return rows.length > 0
}

/** Makes room for a new one where the last was left to run out. */
export async function endExpiredTransfer(db: Db, unitId: string): Promise<void> {
  await db
    .update(homeTransfers)
    .set({ endedAt: sql`${homeTransfers.expiresAt}`, ending: 'expired' })
    .where(and(eq(homeTransfers.unitId, unitId), isRunOut))
}

/** Of homes whose people are put elsewhere: what the old ones confirmed binds nobody who comes after them. */
export async function withdrawTransfersOf(db: Db, unitIds: readonly string[]): Promise<void> {
  await db
    .update(homeTransfers)
    .set({ endedAt: sql`now()`, ending: 'withdrawn' })
    .where(
      and(
        inArray(homeTransfers.unitId, [...unitIds]),
        isNull(homeTransfers.endedAt),
        isNull(homeTransfers.settledAt),
      ),
    )
}

/** Whether the old household has left and the home is not yet ready for the next one. */
export async function isBetweenHouseholds(db: Db, unitId: string): Promise<boolean> {
  const rows = await db
    .select({ id: homeTransfers.id })
    .from(homeTransfers)
    .where(
      and(
        eq(homeTransfers.unitId, unitId),
        isNull(homeTransfers.endedAt),
        isNotNull(homeTransfers.settledAt),
      ),
    )
    .limit(1)
  return rows.length > 0
}

/** Those on the contract whom a mail reaches. */
export const householdAddresses = (db: Db, unitId: string): Promise<{ id: string; email: string }[]> =>
  db
    .select({ id: purchasers.id, email: sql<string>`${purchasers.email}` })
    .from(purchasers)
    .where(and(eq(purchasers.unitId, unitId), isNotNull(purchasers.email)))
    .orderBy(asc(purchasers.position))
    .limit(HOUSEHOLD_MAX)

/** When the household that lives there now came; null where nobody has left. SQL for other statements' conditions. */
export const householdSince = (unitId: unknown) =>
  sql`coalesce((select max(t.ended_at) from home_transfers t where t.unit_id = ${unitId} and t.ending = 'completed'), '-infinity')`

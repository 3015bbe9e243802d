// Statements about private calendar addresses, and a person's choice of reminders.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import type { Person } from './person-data.ts'
import { calendarFeeds, purchasers, tenants, units } from './schema/index.ts'

const ofPerson = (person: Person) =>
  and(
    eq(calendarFeeds.unitId, person.unitId),
    sql`${calendarFeeds.purchaserId} is not distinct from ${person.purchaserId}::uuid`,
  )

/** Of before it nothing is left: who has the old address gets nothing any more. */
export async function replaceFeed(
  db: Db,
  row: Person & { tenantId: string; tokenHash: string },
): Promise<void> {
  await db.execute(sql`
    insert into calendar_feeds (id, tenant_id, unit_id, purchaser_id, token_hash)
    values (${Bun.randomUUIDv7()}, ${row.tenantId}, ${row.unitId}, ${row.purchaserId}, ${row.tokenHash})
    on conflict (tenant_id, unit_id, coalesce(purchaser_id, unit_id))
      do update set token_hash = ${row.tokenHash}, created_at = now()`)
}

export async function feedOfPerson(db: Db, person: Person): Promise<{ createdAt: Date } | null> {
  const [row] = await db
    .select({ createdAt: calendarFeeds.createdAt })
    .from(calendarFeeds)
    .where(ofPerson(person))
    .limit(1)
  return row ?? null
}

export async function deleteFeed(db: Db, person: Person): Promise<number> {
  const rows = await db.delete(calendarFeeds).where(ofPerson(person)).returning({ id: calendarFeeds.id })
  return rows.length
}

/** Every address of a home: for when it changes hands. */
export async function deleteFeedsOfHome(db: Db, unitId: string): Promise<number> {
  const rows = await db
    .delete(calendarFeeds)
    .where(eq(calendarFeeds.unitId, unitId))
    .returning({ id: calendarFeeds.id })
  return rows.length
}

/** Of whoever of these homes has no name on the contract: nobody could say with which household they go. */
export async function deleteNamelessFeeds(db: Db, unitIds: readonly string[]): Promise<void> {
  await db
    .delete(calendarFeeds)
    .where(and(inArray(calendarFeeds.unitId, [...unitIds]), isNull(calendarFeeds.purchaserId)))
}

export type FeedHome = { tenantId: string; unitId: string; developmentId: string; houseTypeId: string }

/** The home behind an address, before anybody is known; null also while the builder is suspended. */
export async function homeOfFeed(db: Db, tokenHash: string): Promise<FeedHome | null> {
  const [row] = await db
    .select({
      tenantId: calendarFeeds.tenantId,
      unitId: calendarFeeds.unitId,
      developmentId: units.developmentId,
      houseTypeId: units.houseTypeId,
    })
    .from(calendarFeeds)
    .innerJoin(units, and(eq(units.tenantId, calendarFeeds.tenantId), eq(units.id, calendarFeeds.unitId)))
    .innerJoin(tenants, and(eq(tenants.id, calendarFeeds.tenantId), isNull(tenants.suspendedAt)))
    .where(eq(calendarFeeds.tokenHash, tokenHash))
    .limit(1)
  return row ?? null
}

/** Null where no name is recorded: then there is no address to write to either. */
export async function reminderChoice(
  db: Db,
  person: Person,
): Promise<{ email: string | null; isOn: boolean } | null> {
  if (!person.purchaserId) return null
  const [row] = await db
    .select({ email: purchasers.email, isOn: purchasers.remindersByMail })
    .from(purchasers)
    .where(and(eq(purchasers.id, person.purchaserId), eq(purchasers.unitId, person.unitId)))
    .limit(1)
  return row ?? null
}

export async function setReminders(db: Db, purchaserId: string, isOn: boolean): Promise<void> {
  await db.update(purchasers).set({ remindersByMail: isOn }).where(eq(purchasers.id, purchaserId))
}

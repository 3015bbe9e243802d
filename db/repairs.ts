// Statements about repairs: who lives where, what is sealed with it, whose sessions end.
import { and, asc, desc, eq, lt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Db } from './client.ts'
import { homeRepairs, units } from './schema/index.ts'
import type { Placement } from './schema/repairs.ts'

export type { Placement } from './schema/repairs.ts'

/** Two households of four each. */
const PURCHASERS_MAX = 8

export type Home = {
  id: string
  developmentId: string
  codePrefix: string
  number: string
  houseTypeId: string
  publicId: string
  accessCodeEncrypted: string
  claimedAt: string | null
}

/** The homes, locked in the order of their ids, so that two repairs of them never wait for each other. */
export const lockHomes = (db: Db, unitIds: readonly string[]): Promise<Home[]> =>
  db.execute<Home>(sql`
    select u.id, u.development_id as "developmentId", d.code_prefix as "codePrefix", u.number,
      u.house_type_id as "houseTypeId", u.public_id as "publicId", u.access_code_encrypted as "accessCodeEncrypted",
      to_json(u.claimed_at) #>> '{}' as "claimedAt"
    from units u join developments d on d.tenant_id = u.tenant_id and d.id = u.development_id
    where u.id in ${[...unitIds]} order by u.id limit 2 for update of u`)

export type Person = Placement['purchasers'][number] & { fullName: string }

/** Locked: a question that is being stored for one of them is waited for, a later one waits. */
export const lockPeople = (db: Db, unitIds: readonly string[]): Promise<Person[]> =>
  db.execute<Person>(sql`
    select id, unit_id as "unitId", position, full_name as "fullName", to_json(intro_seen_at) #>> '{}' as "introSeenAt"
    from purchasers where unit_id in ${[...unitIds]} order by unit_id, position limit ${PURCHASERS_MAX} for update`)

export const peopleOfHome = (
  db: Db,
  unitId: string,
): Promise<{ id: string; fullName: string; position: number }[]> =>
  db.execute(
    sql`select id, full_name as "fullName", position from purchasers where unit_id = ${unitId} order by position limit ${PURCHASERS_MAX}`,
  )

export async function unitIdByNumber(db: Db, developmentId: string, number: string): Promise<string | null> {
  const [row] = await db
    .select({ id: units.id })
    .from(units)
    .where(and(eq(units.developmentId, developmentId), eq(sql`upper(${units.number})`, number.toUpperCase())))
    .orderBy(asc(units.id))
    .limit(1)
  return row?.id ?? null
}

/** Puts people and homes as the placement has them. One statement each: nobody is anywhere twice in between. */
export async function placePeople(db: Db, people: Placement['purchasers']): Promise<void> {
  if (people.length > 0)
    await db.execute(sql`
      update purchasers p set unit_id = h."unitId", position = h."position", intro_seen_at = h."introSeenAt"
      from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as h("id" uuid, "unitId" uuid, "position" smallint, "introSeenAt" timestamptz)
      where p.id = h."id"`)
}

export async function setHomes(db: Db, homes: Placement['units']): Promise<void> {
  await db.execute(sql`
    update units u set house_type_id = h."houseTypeId", public_id = h."publicId",
      access_code_encrypted = h."accessCodeEncrypted", claimed_at = h."claimedAt",
      card_printed_at = case when u.public_id = h."publicId" then u.card_printed_at end
    from jsonb_to_recordset(${JSON.stringify(homes)}::jsonb) as h("id" uuid, "houseTypeId" uuid, "publicId" text, "accessCodeEncrypted" text, "claimedAt" timestamptz)
    where u.id = h."id"`)
}

/** Ends every session of the homes, and tells all processes. The rows of people who leave go, for they name them. */
export async function endSessions(
  db: Db,
  unitIds: readonly string[],
  leavingIds: readonly string[],
): Promise<string[]> {
  if (unitIds.length === 0) return []
  const rows = await db.execute<{ id: string }>(sql`
    with gone as (
      delete from sessions where unit_id in ${[...unitIds]}
        and purchaser_id = any(${`{${leavingIds.join(',')}}`}::uuid[]) returning id
    ), ended as (
      update sessions set revoked_at = coalesce(revoked_at, now())
      where unit_id in ${[...unitIds]} and not (purchaser_id = any(${`{${leavingIds.join(',')}}`}::uuid[])) is true
        and revoked_at is null returning id
    ), all_of_them as (select id from gone union all select id from ended)
    select id, pg_notify('session_changed', id::text) from all_of_them`)
  return rows.map((row) => row.id)
}

/** The sessions of a home go on, but every process reads anew what they may see. */
export async function rescopeSessions(db: Db, unitId: string): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select id, pg_notify('session_changed', id::text) from sessions
    where unit_id = ${unitId} and revoked_at is null and expires_at > now()`)
  return rows.map((row) => row.id)
}

export type Seal = {
  tenantId: string
  repairId: string
  unitIds: readonly string[]
  /** Whose conversations; `everybody` for all of the homes'. */
  of: 'everybody' | readonly string[]
}

/** Closes conversations: they stay where they were held, and nobody's any more. */
export async function sealConversations(db: Db, { tenantId, repairId, unitIds, of }: Seal): Promise<void> {
  const whose =
    of === 'everybody'
      ? sql`true`
      : sql`(origin = 'api' or purchaser_id = any(${`{${of.join(',')}}`}::uuid[]))`
  await db.execute(sql`
    insert into sealed_conversations (tenant_id, repair_id, conversation_id, purchaser_id, origin)
    select ${tenantId}, ${repairId}, id, purchaser_id, origin from conversations
    where unit_id in ${[...unitIds]} and origin <> 'sealed' and ${whose}`)
  await db.execute(sql`
    update conversations c set origin = 'sealed', purchaser_id = null
    from sealed_conversations s where s.repair_id = ${repairId} and s.conversation_id = c.id`)
}

/**
 * Gives back what a repair closed, to whom it belonged, once people are back in their homes. What belonged to
 * somebody who has been erased since stays closed: without an owner it would be anybody's.
 */
export async function unsealConversations(db: Db, repairId: string): Promise<void> {
  await db.execute(sql`
    with given_back as (
      delete from sealed_conversations s where repair_id = ${repairId} and (purchaser_id is null or exists (
        select 1 from conversations c join purchasers p on p.tenant_id = c.tenant_id and p.unit_id = c.unit_id
        where c.tenant_id = s.tenant_id and c.id = s.conversation_id and p.id = s.purchaser_id))
      returning conversation_id, purchaser_id, origin
    )
    update conversations c set origin = g.origin, purchaser_id = g.purchaser_id
    from given_back g where c.id = g.conversation_id`)
}

export async function insertRepair(db: Db, row: typeof homeRepairs.$inferInsert): Promise<void> {
  await db.insert(homeRepairs).values(row)
}

export type RepairRow = {
  id: string
  developmentId: string
  unitId: string
  otherUnitId: string | null
  kind: 'move' | 'exchange' | 'house_type' | 'undo'
  reason: string
  undoneAt: Date | null
  createdAt: Date
}

const undoing = alias(homeRepairs, 'undoing')
const ofRepair = and(eq(undoing.tenantId, homeRepairs.tenantId), eq(undoing.undoesId, homeRepairs.id))

const repairColumns = {
  id: homeRepairs.id,
  developmentId: homeRepairs.developmentId,
  unitId: homeRepairs.unitId,
  otherUnitId: homeRepairs.otherUnitId,
  kind: homeRepairs.kind,
  reason: homeRepairs.reason,
  undoneAt: undoing.createdAt,
  createdAt: homeRepairs.createdAt,
}

const isOf = (unitId: string) => or(eq(homeRepairs.unitId, unitId), eq(homeRepairs.otherUnitId, unitId))

/** Newest first, those of which it was the other home as well; one row more than `limit` for a next page. */
export const repairsOfHome = (
  db: Db,
  unitId: string,
  page: { after?: { at: Date; id: string } | undefined; limit: number },
): Promise<RepairRow[]> =>
  db
    .select(repairColumns)
    .from(homeRepairs)
    .leftJoin(undoing, ofRepair)
    .where(
      and(
        isOf(unitId),
        page.after
          ? or(
              lt(homeRepairs.createdAt, page.after.at),
              and(eq(homeRepairs.createdAt, page.after.at), lt(homeRepairs.id, page.after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(homeRepairs.createdAt), desc(homeRepairs.id))
    .limit(page.limit + 1)

export type RepairToUndo = RepairRow & { before: Placement; after: Placement }

export async function repairToUndo(db: Db, unitId: string, id: string): Promise<RepairToUndo | null> {
  const [row] = await db
    .select({ ...repairColumns, before: homeRepairs.before, after: homeRepairs.after })
    .from(homeRepairs)
    .leftJoin(undoing, ofRepair)
    .where(and(eq(homeRepairs.id, id), isOf(unitId)))
    .limit(1)
  return row ?? null
}

// Statements of the keeper that remove what was kept long enough, a batch at a time.
import { sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Db } from './client.ts'
import {
  type acknowledgements,
  activityPayloads,
  documents,
  listExports,
  personExports,
  purges,
  type qrScans,
  sessions,
} from './schema/index.ts'

type Dated = PgTable & { id: PgColumn; createdAt: PgColumn }

/** Removes the oldest rows of before `cutoff`. Returns how many. */
export async function deleteOlder(db: Db, table: Dated, cutoff: Date, limit: number): Promise<number> {
  const rows = await db.execute(sql`
    delete from ${table} where id in (
      select id from ${table} where created_at < ${cutoff.toISOString()} order by created_at limit ${limit}
    ) returning 1`)
  return rows.length
}

/** The same of one tenant, which keeps it for less time. */
export async function deleteOlderOfTenant(
  db: Db,
  table: Dated & { tenantId: PgColumn },
  tenantId: string,
  cutoff: Date,
  limit: number,
): Promise<number> {
  const rows = await db.execute(sql`
    delete from ${table} where id in (
      select id from ${table} where tenant_id = ${tenantId} and created_at < ${cutoff.toISOString()}
      order by created_at limit ${limit}
    ) returning 1`)
  return rows.length
}

/** Sessions that ended, by themselves or by somebody, before `cutoff`. */
export async function deleteEndedSessions(db: Db, cutoff: Date, limit: number): Promise<number> {
  const rows = await db.execute(sql`
    delete from ${sessions} where id in (
      select id from ${sessions} where least(expires_at, coalesce(revoked_at, expires_at)) < ${cutoff.toISOString()} limit ${limit}
    ) returning 1`)
  return rows.length
}

/** Shortens network addresses noted before `cutoff`; those that are none go. */
export async function shortenAddresses(
  db: Db,
  table: typeof acknowledgements | typeof qrScans | typeof sessions,
  cutoff: Date,
  limit: number,
): Promise<number> {
  const rows = await db.execute(sql`
    update ${table} set ip_address = shortened_address(ip_address) where id in (
      select id from ${table} where created_at < ${cutoff.toISOString()} and ip_address not like '%/%' limit ${limit}
    ) returning 1`)
  return rows.length
}

export async function shortenLoggedAddresses(db: Db, cutoff: Date, limit: number): Promise<number> {
  const rows = await db.execute(sql`
    update ${activityPayloads} set ip_address = shortened_address(ip_address) where activity_id in (
      select p.activity_id from ${activityPayloads} p join activity_log l on l.id = p.activity_id
      where l.created_at < ${cutoff.toISOString()} and p.ip_address not like '%/%' limit ${limit}
    ) returning 1`)
  return rows.length
}

/** Copies of people's data that expired, and those that were never finished. */
export const expiredExports = (
  db: Db,
  cutoff: Date,
  limit: number,
): Promise<{ id: string; storageKeys: string[] }[]> =>
  db.execute<{ id: string; storageKeys: string[] }>(sql`
    select id, array_remove(array[storage_key], null) as "storageKeys" from ${personExports}
    where coalesce(expires_at < now(), created_at < ${cutoff.toISOString()}) limit ${limit}`)

export async function deleteExportsById(db: Db, ids: readonly string[]): Promise<number> {
  const rows = await db.execute(sql`delete from ${personExports} where id in ${[...ids]} returning 1`)
  return rows.length
}

/** Files of long lists whose day is past, and those that were never finished. */
export const expiredLists = (
  db: Db,
  cutoff: Date,
  limit: number,
): Promise<{ id: string; storageKeys: string[] }[]> =>
  db.execute<{ id: string; storageKeys: string[] }>(sql`
    select id, array_remove(array[storage_key], null) as "storageKeys" from ${listExports}
    where coalesce(expires_at < now(), created_at < ${cutoff.toISOString()}) limit ${limit}`)

export async function deleteListsById(db: Db, ids: readonly string[]): Promise<number> {
  const rows = await db.execute(sql`delete from ${listExports} where id in ${[...ids]} returning 1`)
  return rows.length
}

/** Documents deleted before `cutoff`, with the keys of their files. */
export const deletedDocuments = (
  db: Db,
  cutoff: Date,
  limit: number,
): Promise<{ id: string; storageKeys: string[] }[]> =>
  db.execute<{ id: string; storageKeys: string[] }>(sql`
    select d.id, array(select v.storage_key from document_versions v
      where v.tenant_id = d.tenant_id and v.document_id = d.id) as "storageKeys"
    from ${documents} d where d.deleted_at < ${cutoff.toISOString()} limit ${limit}`)

export async function deleteDocumentsById(db: Db, ids: readonly string[]): Promise<number> {
  const rows = await db.execute(sql`delete from ${documents} where id in ${[...ids]} returning 1`)
  return rows.length
}

/** What homes did, day by day: only the sums of a development are kept longer. */
export async function deleteOldHomeDays(db: Db, cutoff: Date, limit: number): Promise<number> {
  const rows = await db.execute(sql`
    delete from daily_home_activity where (tenant_id, development_id, day, unit_id) in (
      select tenant_id, development_id, day, unit_id from daily_home_activity
      where day < ${cutoff.toISOString()}::date order by day limit ${limit}
    ) returning 1`)
  return rows.length
}

export async function insertPurge(db: Db, row: typeof purges.$inferInsert): Promise<void> {
  await db.insert(purges).values(row)
}

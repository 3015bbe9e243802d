// Tenants as the operator keeps them: the list, one with its staff, new ones, and those that are suspended.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { staff, tenants } from './schema/index.ts'

export type TenantRecord = {
  id: string
  slug: string
  name: string
  suspendedAt: Date | null
  createdAt: Date
}

type TenantTexts = Omit<TenantRecord, 'suspendedAt' | 'createdAt'> & {
  suspendedAt: string | null
  createdAt: string
}

const tenantOf = (row: TenantTexts): TenantRecord => ({
  ...row,
  suspendedAt: row.suspendedAt ? new Date(row.suspendedAt) : null,
  createdAt: new Date(row.createdAt),
})

const columns = sql`id, slug, name, suspended_at as "suspendedAt", created_at as "createdAt"`

export async function listTenants(
  db: Db,
  page: { after: { name: string; id: string } | null; limit: number },
): Promise<TenantRecord[]> {
  const rows = await db.execute<TenantTexts>(sql`
    select ${columns} from tenants
    where ${page.after ? sql`(name, id) > (${page.after.name}, ${page.after.id}::uuid)` : sql`true`}
    order by name, id limit ${page.limit}`)
  return rows.map(tenantOf)
}

export async function tenantById(db: Db, id: string): Promise<TenantRecord | null> {
  const [row] = await db.execute<TenantTexts>(sql`select ${columns} from tenants where id = ${id} limit 1`)
  return row ? tenantOf(row) : null
}

export async function insertTenant(db: Db, row: typeof tenants.$inferInsert): Promise<void> {
  await db.insert(tenants).values(row)
}

/** False when it is so already. Its keys stop or work again at once, in every process. */
export async function setSuspended(db: Db, id: string, isSuspended: boolean): Promise<boolean> {
  const rows = await db.execute(sql`
    with changed as (
      update tenants set suspended_at = ${isSuspended ? sql`now()` : sql`null`}
      where id = ${id} and (suspended_at is null) = ${isSuspended} returning id
    )
    select pg_notify('keys_changed', '')::text from changed`)
  return rows.length > 0
}

/** Ends the sessions of a tenant's people; every process then forgets what it remembers of them. */
export async function revokeTenantSessions(db: Db, tenantId: string): Promise<void> {
  await db.execute(sql`
    with ended as (
      update sessions set revoked_at = now() where tenant_id = ${tenantId} and revoked_at is null returning id
    )
    select pg_notify('session_changed', id::text) from ended`)
}

export type TenantStaff = { id: string; name: string; email: string; role: string; disabledAt: string | null }

const STAFF_SHOWN = 200

export const staffOfTenant = (db: Db, tenantId: string): Promise<TenantStaff[]> =>
  db.execute<TenantStaff>(sql`
    select id, name, email, role, disabled_at as "disabledAt" from staff where tenant_id = ${tenantId}
    order by role, name, id limit ${STAFF_SHOWN}`)

export async function insertStaff(db: Db, row: typeof staff.$inferInsert): Promise<void> {
  await db.insert(staff).values(row)
}

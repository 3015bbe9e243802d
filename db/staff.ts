// Statements about a tenant's staff: who they are, what they may open, their sessions and one-time links.
import { and, asc, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { staff, staffDevelopments, staffLinks, tenants } from './schema/index.ts'

export type StaffRole = 'admin' | 'developer'

export type StaffMember = {
  id: string
  name: string
  email: string
  role: StaffRole
  /** ISO 8601, as all times here. */
  disabledAt: string | null
  lastSeenAt: string | null
  liveSessions: number
  developmentIds: string[]
  pendingLink: 'invitation' | 'password_reset' | null
  hasSecondFactor: boolean
}

const memberColumns = sql`s.id, s.name, s.email, s.role, to_json(s.disabled_at) #>> '{}' as "disabledAt",
  (select to_json(max(x.last_seen_at)) #>> '{}' from sessions x where x.staff_id = s.id) as "lastSeenAt",
  (select count(*)::int from sessions x where x.staff_id = s.id and x.revoked_at is null and x.expires_at > now()) as "liveSessions",
  coalesce((select array_agg(g.development_id) from staff_developments g where g.tenant_id = s.tenant_id and g.staff_id = s.id), '{}') as "developmentIds",
  s.totp_enabled_at is not null as "hasSecondFactor",
  (select l.purpose from staff_links l where l.tenant_id = s.tenant_id and l.staff_id = s.id and l.used_at is null and l.expires_at > now()) as "pendingLink"`

/** Those who can sign in first, then by name. */
export const staffMembers = (db: Db, limit: number): Promise<StaffMember[]> =>
  db.execute<StaffMember>(
    sql`select ${memberColumns} from staff s order by s.disabled_at is not null, s.name, s.id limit ${limit}`,
  )

export async function staffMember(db: Db, id: string): Promise<StaffMember | null> {
  const [row] = await db.execute<StaffMember>(
    sql`select ${memberColumns} from staff s where s.id = ${id} limit 1`,
  )
  return row ?? null
}

const ADMINS_MAX = 1_000

/** Active administrators, locked, so that two of them cannot disable each other at once. */
export async function lockAdmins(db: Db): Promise<string[]> {
  const rows = await db
    .select({ id: staff.id })
    .from(staff)
    .where(and(eq(staff.role, 'admin'), isNull(staff.disabledAt)))
    .orderBy(asc(staff.id))
    .limit(ADMINS_MAX)
    .for('update')
  return rows.map(({ id }) => id)
}

/** False when the e-mail address has an account already, at this builder or another. */
export async function insertStaffMember(db: Db, row: typeof staff.$inferInsert): Promise<boolean> {
  const rows = await db.insert(staff).values(row).onConflictDoNothing().returning({ id: staff.id })
  return rows.length > 0
}

export async function setStaffRole(db: Db, id: string, role: StaffRole): Promise<void> {
  await db.update(staff).set({ role }).where(eq(staff.id, id))
}

export async function setStaffDisabled(db: Db, id: string, isDisabled: boolean): Promise<void> {
  await db
    .update(staff)
    .set({ disabledAt: isDisabled ? sql`now()` : null })
    .where(eq(staff.id, id))
}

export async function deleteGrants(db: Db, staffId: string): Promise<void> {
  await db.delete(staffDevelopments).where(eq(staffDevelopments.staffId, staffId))
}

/** How many of the developments are the tenant's, and are granted now. */
export async function insertGrants(
  db: Db,
  staffId: string,
  developmentIds: readonly string[],
): Promise<number> {
  if (developmentIds.length === 0) return 0
  const granted = await db.execute(sql`
    insert into staff_developments (tenant_id, staff_id, development_id)
    select tenant_id, ${staffId}, id from developments where id in ${[...developmentIds]} returning development_id`)
  return granted.length
}

/** Ends them everywhere. */
export async function endStaffSessions(
  db: Db,
  staffId: string,
  keptId: string | null = null,
): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    with ended as (
      update sessions set revoked_at = now() where staff_id = ${staffId} and revoked_at is null
        and id is distinct from ${keptId}::uuid returning id
    ) select id, pg_notify('session_changed', id::text) from ended`)
  return rows.map(({ id }) => id)
}

/** The sessions go on, but every process reads anew what they may see. */
export async function rereadStaffSessions(db: Db, staffId: string): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select id, pg_notify('session_changed', id::text) from sessions
    where staff_id = ${staffId} and revoked_at is null and expires_at > now()`)
  return rows.map(({ id }) => id)
}

/** The only link of this person from now on. */
export async function setStaffLink(db: Db, row: typeof staffLinks.$inferInsert): Promise<void> {
  await db
    .insert(staffLinks)
    .values(row)
    .onConflictDoUpdate({
      target: [staffLinks.tenantId, staffLinks.staffId],
      set: {
        purpose: row.purpose,
        tokenHash: row.tokenHash,
        expiresAt: row.expiresAt,
        usedAt: null,
      },
    })
}

export type OpenLink = {
  staffId: string
  tenantId: string
  purpose: 'invitation' | 'password_reset'
  /** Names that no password may be made of. */
  context: string[]
}

const isOpen = (tokenHash: string) =>
  and(eq(staffLinks.tokenHash, tokenHash), isNull(staffLinks.usedAt), gt(staffLinks.expiresAt, sql`now()`))

const linkColumns = {
  staffId: staffLinks.staffId,
  tenantId: staffLinks.tenantId,
  purpose: staffLinks.purpose,
  email: staff.email,
  name: staff.name,
  tenantName: tenants.name,
}

/** Through the door. Null for a link that is unknown, used, too old, or of somebody who is disabled. */
export async function openStaffLink(db: Db, tokenHash: string): Promise<OpenLink | null> {
  const [row] = await db
    .select(linkColumns)
    .from(staffLinks)
    .innerJoin(
      staff,
      and(
        eq(staff.tenantId, staffLinks.tenantId),
        eq(staff.id, staffLinks.staffId),
        isNull(staff.disabledAt),
      ),
    )
    .innerJoin(tenants, eq(tenants.id, staffLinks.tenantId))
    .where(isOpen(tokenHash))
    .limit(1)
  if (!row) return null
  const { email, name, tenantName, ...link } = row
  return { ...link, context: [email, name, tenantName] }
}

/** True for the first who comes with it. */
export async function useStaffLink(db: Db, tokenHash: string): Promise<boolean> {
  const rows = await db
    .update(staffLinks)
    .set({ usedAt: sql`now()` })
    .where(isOpen(tokenHash))
    .returning({ staffId: staffLinks.staffId })
  return rows.length > 0
}

/** An invitation or a forgotten password's link that nobody has used is good for nothing from now on. */
export async function endStaffLink(db: Db, staffId: string): Promise<void> {
  await db
    .update(staffLinks)
    .set({ usedAt: sql`now()` })
    .where(and(eq(staffLinks.staffId, staffId), isNull(staffLinks.usedAt)))
}

/** False when the password is another already. */
export async function replaceStaffPassword(
  db: Db,
  { staffId, before, after }: { staffId: string; before: string; after: string },
): Promise<boolean> {
  const rows = await db
    .update(staff)
    .set({ passwordHash: after })
    .where(and(eq(staff.id, staffId), eq(staff.passwordHash, before)))
    .returning({ id: staff.id })
  return rows.length > 0
}

export async function setStaffPassword(db: Db, staffId: string, passwordHash: string): Promise<void> {
  await db
    .update(staff)
    .set({ passwordHash })
    .where(and(eq(staff.id, staffId), ne(staff.role, 'super_admin')))
}

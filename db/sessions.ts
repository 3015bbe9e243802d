// Sessions, through the door: who holds this cookie, and may they still.
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import {
  developments,
  sessions,
  signInRules,
  staff,
  staffDevelopments,
  tenants,
  units,
} from './schema/index.ts'
import { type Given, statement } from './statement.ts'

export type SessionRow = {
  id: string
  tenantId: string | null
  expiresAt: Date
  revokedAt: Date | null
  tenantSuspendedAt: Date | null
  staff: {
    id: string
    name: string
    role: 'super_admin' | 'admin' | 'developer'
    disabledAt: Date | null
    developmentIds: string[]
  } | null
  home: { unitId: string; developmentId: string; houseTypeId: string; purchaserId: string | null } | null
}

const grantedDevelopments = sql<
  string[] | null
>`(select array_agg(${staffDevelopments.developmentId}) from ${staffDevelopments} where ${staffDevelopments.staffId} = ${sessions.staffId})`

export const sessionById = async (db: Db, sessionId: string) => sessionOf(await byId(db, { sessionId }))

export const sessionByRefreshHash = async (db: Db, refreshHash: string) =>
  sessionOf(await byRefreshHash(db, { refreshHash }))

const byId = statement((db, given: Given<{ sessionId: string }>) =>
  sessionWhere(db, eq(sessions.id, given.sessionId)),
)

const byRefreshHash = statement((db, given: Given<{ refreshHash: string }>) =>
  sessionWhere(db, eq(sessions.refreshHash, given.refreshHash)),
)

const sessionWhere = (db: Db, condition: ReturnType<typeof eq>) =>
  db
    .select({
      id: sessions.id,
      tenantId: sessions.tenantId,
      expiresAt: sessions.expiresAt,
      revokedAt: sessions.revokedAt,
      tenantSuspendedAt: tenants.suspendedAt,
      staffId: staff.id,
      staffName: staff.name,
      staffRole: staff.role,
      staffDisabledAt: staff.disabledAt,
      staffDevelopmentIds: grantedDevelopments,
      unitId: units.id,
      developmentId: units.developmentId,
      houseTypeId: units.houseTypeId,
      purchaserId: sessions.purchaserId,
    })
    .from(sessions)
    .leftJoin(tenants, eq(tenants.id, sessions.tenantId))
    .leftJoin(staff, eq(staff.id, sessions.staffId))
    .leftJoin(units, and(eq(units.tenantId, sessions.tenantId), eq(units.id, sessions.unitId)))
    .where(condition)
    .limit(1)

function sessionOf([row]: Awaited<ReturnType<typeof byId>>): SessionRow | null {
  if (!row) return null
  const { staffId, staffName, staffRole, unitId, developmentId, houseTypeId } = row
  return {
    id: row.id,
    tenantId: row.tenantId,
    expiresAt: row.expiresAt,
    revokedAt: row.revokedAt,
    tenantSuspendedAt: row.tenantSuspendedAt,
    staff:
      staffId && staffRole
        ? {
            id: staffId,
            name: staffName ?? '',
            role: staffRole,
            disabledAt: row.staffDisabledAt,
            developmentIds: row.staffDevelopmentIds ?? [],
          }
        : null,
    home:
      unitId && developmentId && houseTypeId
        ? { unitId, developmentId, houseTypeId, purchaserId: row.purchaserId }
        : null,
  }
}

export async function insertSession(db: Db, row: typeof sessions.$inferInsert): Promise<void> {
  await db.insert(sessions).values(row)
}

export async function touchSession(db: Db, sessionId: string): Promise<void> {
  await db.update(sessions).set({ lastSeenAt: new Date() }).where(eq(sessions.id, sessionId))
}

/** Ends a session now and tells every process to forget what it remembers of it. */
export async function revokeSession(db: Db, sessionId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: new Date() })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
  await db.execute(sql`select pg_notify('session_changed', ${sessionId})`)
}

export type StaffLogin = {
  id: string
  tenantId: string | null
  tenantName: string | null
  name: string
  role: 'super_admin' | 'admin' | 'developer'
  email: string
  passwordHash: string
  hasSecondFactor: boolean
  /** By the builder, of all its staff. */
  mustHaveSecondFactor: boolean
  disabledAt: Date | null
  tenantSuspendedAt: Date | null
}

export const staffLoginByEmail = (db: Db, email: string): Promise<StaffLogin | null> =>
  staffLoginWhere(db, sql`lower(${staff.email}) = ${email.toLowerCase()}`)

export const staffLoginById = (db: Db, id: string): Promise<StaffLogin | null> =>
  staffLoginWhere(db, eq(staff.id, id))

async function staffLoginWhere(db: Db, condition: SQL): Promise<StaffLogin | null> {
  const [row] = await db
    .select({
      id: staff.id,
      tenantId: staff.tenantId,
      tenantName: tenants.name,
      name: staff.name,
      role: staff.role,
      email: staff.email,
      passwordHash: staff.passwordHash,
      hasSecondFactor: sql<boolean>`${staff.totpEnabledAt} is not null`,
      mustHaveSecondFactor: sql<boolean>`${signInRules.secondFactorRequiredAt} is not null`,
      disabledAt: staff.disabledAt,
      tenantSuspendedAt: tenants.suspendedAt,
    })
    .from(staff)
    .leftJoin(tenants, eq(tenants.id, staff.tenantId))
    .leftJoin(signInRules, eq(signInRules.tenantId, staff.tenantId))
    .where(condition)
    .limit(1)
  return row ?? null
}

export type HomeLink = {
  unitId: string
  tenantId: string
  developmentId: string
  houseTypeId: string
  developmentName: string
  tenantName: string
  accessCodeEncrypted: string
}

/** The home behind a printed link; null for unknown and rotated links alike, and for a suspended tenant. */
export async function homeByPublicId(db: Db, publicId: string): Promise<HomeLink | null> {
  const [row] = await db
    .select({
      unitId: units.id,
      tenantId: units.tenantId,
      developmentId: units.developmentId,
      houseTypeId: units.houseTypeId,
      developmentName: developments.name,
      tenantName: tenants.name,
      accessCodeEncrypted: units.accessCodeEncrypted,
    })
    .from(units)
    .innerJoin(
      developments,
      and(eq(developments.tenantId, units.tenantId), eq(developments.id, units.developmentId)),
    )
    .innerJoin(tenants, and(eq(tenants.id, units.tenantId), isNull(tenants.suspendedAt)))
    .where(eq(units.publicId, publicId))
    .limit(1)
  return row ?? null
}

// Statements about impersonations: begun by the operator, looked up and ended through the door, read by the tenant.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { impersonations } from './schema/index.ts'

export type ImpersonationRow = {
  id: string
  tenantId: string
  tenantName: string
  operatorId: string
  operatorName: string
  expiresAt: Date
  staff: { id: string; name: string; role: 'admin' | 'developer'; developmentIds: string[] } | null
  home: { unitId: string; developmentId: string; houseTypeId: string; name: string } | null
}

type Found = Omit<ImpersonationRow, 'expiresAt' | 'staff' | 'home'> & {
  expiresAt: string
  staffId: string | null
  staffName: string
  role: 'admin' | 'developer'
  developmentIds: string[] | null
  unitId: string | null
  developmentId: string
  houseTypeId: string
  developmentName: string
}

/** One that has neither ended nor run out, of a tenant and a person that may still sign in; else null. */
export async function liveImpersonation(db: Db, tokenHash: string): Promise<ImpersonationRow | null> {
  const [row] = await db.execute<Found>(sql`
    select i.id, i.tenant_id as "tenantId", t.name as "tenantName", i.operator_id as "operatorId",
      i.operator_name as "operatorName", i.expires_at as "expiresAt", s.id as "staffId", s.name as "staffName", s.role,
      (select array_agg(g.development_id) from staff_developments g where g.staff_id = s.id) as "developmentIds",
      u.id as "unitId", u.development_id as "developmentId", u.house_type_id as "houseTypeId", d.name as "developmentName"
    from impersonations i join tenants t on t.id = i.tenant_id
    left join staff s on s.tenant_id = i.tenant_id and s.id = i.staff_id and s.disabled_at is null
    left join units u on u.tenant_id = i.tenant_id and u.id = i.unit_id
    left join developments d on d.tenant_id = u.tenant_id and d.id = u.development_id
    where i.token_hash = ${tokenHash} and i.ended_at is null and i.expires_at > now() limit 1`)
  if (!row) return null
  const {
    staffId,
    staffName,
    role,
    developmentIds,
    unitId,
    developmentId,
    houseTypeId,
    developmentName,
    ...rest
  } = row
  return {
    ...rest,
    expiresAt: new Date(row.expiresAt),
    staff: staffId ? { id: staffId, name: staffName, role, developmentIds: developmentIds ?? [] } : null,
    home: unitId ? { unitId, developmentId, houseTypeId, name: `a home of ${developmentName}` } : null,
  }
}

export async function insertImpersonation(db: Db, row: typeof impersonations.$inferInsert): Promise<void> {
  await db.insert(impersonations).values(row)
}

export async function hasOpenImpersonation(db: Db, operatorId: string): Promise<boolean> {
  const rows = await db.execute(sql`
    select 1 from impersonations where operator_id = ${operatorId} and ended_at is null and expires_at > now() limit 1`)
  return rows.length > 0
}

export type EndedImpersonation = {
  id: string
  tenantId: string
  operatorId: string
  subject: string
  type: string
}

const ended = sql`id, tenant_id as "tenantId", operator_id as "operatorId", coalesce(staff_id, unit_id) as subject,
  case when staff_id is null then 'unit' else 'staff' end as type`

/** Ends what the operator has open. */
export const stopImpersonations = (db: Db, operatorId: string): Promise<EndedImpersonation[]> =>
  db.execute<EndedImpersonation>(sql`
    update impersonations set ended_at = now(), ending = 'stopped'
    where operator_id = ${operatorId} and ended_at is null and expires_at > now() returning ${ended}`)

const EXPIRED_MAX = 1_000

export const expireImpersonations = (db: Db): Promise<EndedImpersonation[]> =>
  db.execute<EndedImpersonation>(sql`
    update impersonations set ended_at = expires_at, ending = 'expired' where id in (
      select id from impersonations where ended_at is null and expires_at <= now() limit ${EXPIRED_MAX}
    ) returning ${ended}`)

export type ImpersonationTarget = { id: string; name: string; type: 'staff' | 'unit' }

/** Somebody who may be looked as: staff that are not disabled, or a home by its id or its address. */
export async function impersonationTarget(
  db: Db,
  of: { tenantId: string; staffId: string | null; home: string | null },
): Promise<ImpersonationTarget | null> {
  const [row] = await db.execute<ImpersonationTarget>(sql`
    select id, name, 'staff' as type from staff
      where tenant_id = ${of.tenantId} and id = ${of.staffId}::uuid and disabled_at is null
    union all
    select id, address_line, 'unit' from units
      where tenant_id = ${of.tenantId} and (id::text = ${of.home} or lower(address_line) = lower(${of.home}))
    limit 1`)
  return row ?? null
}

export type SeenImpersonation = {
  id: string
  at: Date
  operatorName: string
  as: string
  reason: string
  expiresAt: Date
  endedAt: Date | null
}

const SEEN_MAX = 100

/** What a tenant sees of it. */
export async function recentImpersonations(db: Db): Promise<SeenImpersonation[]> {
  const rows = await db.execute<
    Omit<SeenImpersonation, 'at' | 'expiresAt' | 'endedAt'> & {
      at: string
      expiresAt: string
      endedAt: string | null
    }
  >(sql`
    select i.id, i.created_at as at, i.operator_name as "operatorName", coalesce(s.name, u.address_line, 'a home') as as,
      i.reason, i.expires_at as "expiresAt", i.ended_at as "endedAt"
    from impersonations i
    left join staff s on s.tenant_id = i.tenant_id and s.id = i.staff_id
    left join units u on u.tenant_id = i.tenant_id and u.id = i.unit_id
    order by i.created_at desc, i.id desc limit ${SEEN_MAX}`)
  return rows.map((row) => ({
    ...row,
    at: new Date(row.at),
    expiresAt: new Date(row.expiresAt),
    endedAt: row.endedAt ? new Date(row.endedAt) : null,
  }))
}

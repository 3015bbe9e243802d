// Figures of the first pages of the portals: counted from the rows, one statement a page.
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { type DevelopmentRow, developmentColumns } from './developments.ts'
import { brandings, developments, staff, tenants } from './schema/index.ts'

export type TenantFigures = {
  id: string
  name: string
  slug: string
  developments: number
  homes: number
  claimedHomes: number
  documents: number
  questions: number
  createdAt: Date
}

const TENANTS_SHOWN = 100

export async function tenantFigures(db: Db): Promise<TenantFigures[]> {
  const rows = await db.execute<Omit<TenantFigures, 'createdAt'> & { createdAt: string }>(sql`
    select t.id, t.name, t.slug, t.created_at as "createdAt",
      (select count(*)::int from developments x where x.tenant_id = t.id) as "developments",
      (select count(*)::int from units x where x.tenant_id = t.id) as "homes",
      (select count(*)::int from units x where x.tenant_id = t.id and x.claimed_at is not null) as "claimedHomes",
      (select count(*)::int from documents x where x.tenant_id = t.id and x.deleted_at is null) as "documents",
      (select count(*)::int from messages x where x.tenant_id = t.id) as "questions"
    from tenants t order by t.name, t.id limit ${TENANTS_SHOWN}`)
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }))
}

export const jobStateCounts = (db: Db): Promise<{ state: string; count: number }[]> =>
  db.execute<{ state: string; count: number }>(
    sql`select state, count(*)::int as count from job_status group by state order by state`,
  )

/** What the shell of the portal shows of the person signed in. */
export async function staffPerson(
  db: Db,
  staffId: string,
): Promise<{ name: string; email: string; tenantName: string | null } | null> {
  const [row] = await db.execute<{ name: string; email: string; tenantName: string | null }>(sql`
    select s.name, s.email, t.name as "tenantName" from staff s left join tenants t on t.id = s.tenant_id where s.id = ${staffId} limit 1`)
  return row ?? null
}

/** The same with the developments that this person may see, by name. Who is not of the tenant has no name here. */
export async function staffPlace(
  db: Db,
  staffId: string,
  limit: number,
): Promise<{
  person: {
    name: string
    email: string
    role: 'super_admin' | 'admin' | 'developer'
  } | null
  tenantName: string | null
  branding: { accent: string | null; logoId: string | null }
  developments: DevelopmentRow[]
}> {
  const rows = await db
    .select({
      person: { name: staff.name, email: staff.email, role: staff.role },
      tenantName: tenants.name,
      accent: brandings.accent,
      logoId: brandings.logoId,
      development: developmentColumns,
    })
    .from(tenants)
    .leftJoin(staff, and(eq(staff.tenantId, tenants.id), eq(staff.id, staffId)))
    .leftJoin(developments, eq(developments.tenantId, tenants.id))
    .leftJoin(brandings, eq(brandings.tenantId, tenants.id))
    .orderBy(asc(developments.name), asc(developments.id))
    .limit(limit)
  return {
    person: rows[0]?.person ?? null,
    tenantName: rows[0]?.tenantName ?? null,
    branding: { accent: rows[0]?.accent ?? null, logoId: rows[0]?.logoId ?? null },
    developments: rows.flatMap(({ development }) => (development ? [development] : [])),
  }
}

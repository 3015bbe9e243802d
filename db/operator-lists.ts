// Developments and people of all builders, as the operator lists them.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'

type Position = { name: string; id: string } | null

export type OperatorDevelopment = {
  id: string
  name: string
  tenantId: string
  tenantName: string
  locality: string
  homes: number
  claimed: number
  documents: number
  openGaps: number
}

/** The counts are of the page's rows only: each is an index look-up. */
export const listDevelopmentsOfAll = (
  db: Db,
  of: { tenantId: string | undefined; after: Position; limit: number },
): Promise<OperatorDevelopment[]> =>
  db.execute<OperatorDevelopment>(sql`
    select d.id, d.name, d.tenant_id as "tenantId", t.name as "tenantName", d.locality,
      (select count(*)::int from units u where u.tenant_id = d.tenant_id and u.development_id = d.id) as homes,
      (select count(u.claimed_at)::int from units u where u.tenant_id = d.tenant_id and u.development_id = d.id) as claimed,
      (select count(*)::int from documents x where x.tenant_id = d.tenant_id and x.development_id = d.id and x.deleted_at is null) as documents,
      (select count(*)::int from gaps g where g.tenant_id = d.tenant_id and g.development_id = d.id and g.status = 'open') as "openGaps"
    from developments d join tenants t on t.id = d.tenant_id
    where ${of.tenantId ? sql`d.tenant_id = ${of.tenantId}` : sql`true`}
      and ${of.after ? sql`(d.name, d.id) > (${of.after.name}, ${of.after.id}::uuid)` : sql`true`}
    order by d.name, d.id limit ${of.limit}`)

export type OperatorPerson = {
  id: string
  name: string
  email: string
  role: string
  tenantId: string | null
  tenantName: string | null
  disabledAt: string | null
  lastSeenAt: string | null
}

/** Staff of all builders and the operators. Who lives in a home is the builder's to know: homes are looked at by their logs. */
export const listPeopleOfAll = (
  db: Db,
  of: { tenantId: string | undefined; words: string | undefined; after: Position; limit: number },
): Promise<OperatorPerson[]> =>
  db.execute<OperatorPerson>(sql`
    select s.id, s.name, s.email, s.role, s.tenant_id as "tenantId", t.name as "tenantName", s.disabled_at as "disabledAt",
      (select max(x.last_seen_at) from sessions x where x.staff_id = s.id) as "lastSeenAt"
    from staff s left join tenants t on t.id = s.tenant_id
    where ${of.tenantId ? sql`s.tenant_id = ${of.tenantId}` : sql`true`}
      and ${of.words ? sql`strpos(lower(s.name || ' ' || s.email), lower(${of.words})) > 0` : sql`true`}
      and ${of.after ? sql`(s.name, s.id) > (${of.after.name}, ${of.after.id}::uuid)` : sql`true`}
    order by s.name, s.id limit ${of.limit}`)

type ImportOf = {
  id: string
  fileName: string
  status: 'checking' | 'checked' | 'importing' | 'imported' | 'failed'
  createCount: number
  updateCount: number
  unchangedCount: number
  errorCount: number
}

const IMPORTS_SHOWN = 10

/** A development with its homes counted and its newest imports; null when it is not this builder's. */
export async function listImportsOf(
  db: Db,
  tenantId: string,
  developmentId: string,
): Promise<{ developmentName: string; homes: number; isLivedIn: boolean; imports: ImportOf[] } | null> {
  const [row] = await db.execute<{
    name: string
    homes: number
    isLivedIn: boolean
    imports: ImportOf[] | string
  }>(sql`
    select d.name, (select count(*)::int from units u where u.tenant_id = d.tenant_id and u.development_id = d.id) as homes,
      exists (select from units u where u.tenant_id = d.tenant_id and u.development_id = d.id and u.claimed_at is not null) as "isLivedIn",
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'fileName', i.file_name, 'status', i.status,
          'createCount', i.create_count, 'updateCount', i.update_count, 'unchangedCount', i.unchanged_count,
          'errorCount', i.error_count) order by i.created_at desc)
        from (select * from imports where tenant_id = d.tenant_id and development_id = d.id
          order by created_at desc limit ${IMPORTS_SHOWN}) i), '[]') as imports
    from developments d where d.tenant_id = ${tenantId} and d.id = ${developmentId} limit 1`)
  if (!row) return null
  const imports = typeof row.imports === 'string' ? (JSON.parse(row.imports) as ImportOf[]) : row.imports
  return { developmentName: row.name, homes: row.homes, isLivedIn: row.isLivedIn, imports }
}

/** The homes of printed links, for whoever must not see the links. */
export const addressesOfLinks = (
  db: Db,
  publicIds: readonly string[],
): Promise<{ publicId: string; address: string }[]> =>
  db.execute<{ publicId: string; address: string }>(sql`
    select public_id as "publicId", address_line as address from units
    where public_id in (${sql.join(
      publicIds.map((publicId) => sql`${publicId}`),
      sql`, `,
    )}) limit ${publicIds.length}`)

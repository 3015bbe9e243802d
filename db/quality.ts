// What looks wrong in the data of builders: one query a check, all in one shape.
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'

export type QualityRow = {
  id: string
  tenantId: string
  tenantName: string
  developmentName: string | null
  what: string
  detail: string | null
}

/** Each yields `id, tenant_id, development_id, what, detail`. */
const CHECKS = {
  'house-types-without-documents': sql`
    select h.id, h.tenant_id, h.development_id, h.code as what, h.name as detail from house_types h
    where not exists (
      select from document_house_types x join documents d on d.tenant_id = x.tenant_id and d.id = x.document_id
      where x.tenant_id = h.tenant_id and x.house_type_id = h.id and d.deleted_at is null and d.live_version_id is not null)`,
  'house-types-without-homes': sql`
    select h.id, h.tenant_id, h.development_id, h.code as what, h.name as detail from house_types h
    where not exists (select from units u where u.tenant_id = h.tenant_id and u.house_type_id = h.id)`,
  'developments-without-homes': sql`
    select d.id, d.tenant_id, d.id as development_id, d.name as what, d.locality as detail from developments d
    where not exists (select from units u where u.tenant_id = d.tenant_id and u.development_id = d.id)`,
  'documents-that-cannot-be-read': sql`
    select d.id, d.tenant_id, d.development_id, d.title as what, v.failure_code as detail
    from documents d join document_versions v on v.tenant_id = d.tenant_id and v.document_id = d.id
      and v.number = (select max(n.number) from document_versions n where n.tenant_id = d.tenant_id and n.document_id = d.id)
    where d.deleted_at is null and v.status = 'failed'`,
  'documents-without-a-version': sql`
    select d.id, d.tenant_id, d.development_id, d.title as what, d.kind as detail from documents d
    where d.deleted_at is null
      and not exists (select from document_versions v where v.tenant_id = d.tenant_id and v.document_id = d.id)`,
  'documents-twice': sql`
    select d.id, d.tenant_id, d.development_id, d.title as what, v.file_name as detail
    from documents d join document_versions v on v.tenant_id = d.tenant_id and v.id = d.live_version_id
    where d.deleted_at is null and exists (
      select from documents o join document_versions w on w.tenant_id = o.tenant_id and w.id = o.live_version_id
      where o.tenant_id = d.tenant_id and o.development_id = d.development_id and o.id <> d.id
        and o.deleted_at is null and w.content_sha256 = v.content_sha256)`,
  'homes-twice': sql`
    select u.id, u.tenant_id, u.development_id, u.address_line as what, u.eircode as detail from units u
    where exists (select from units o where o.tenant_id = u.tenant_id and o.id <> u.id
      and (o.eircode = u.eircode or (o.development_id = u.development_id and lower(o.address_line) = lower(u.address_line))))`,
  'homes-without-a-position': sql`
    select u.id, u.tenant_id, u.development_id, u.address_line as what, u.geocode_failure_code as detail from units u
    where u.latitude is null`,
  'addresses-that-were-not-found': sql`
    select u.id, u.tenant_id, u.development_id, u.address_line as what, u.geocode_failure_code as detail
    from units u where u.geocode_failure_code is not null
    union all
    select d.id, d.tenant_id, d.id, d.name, d.geocode_failure_code
    from developments d where d.geocode_failure_code is not null`,
  'files-of-nothing': sql`
    select j.id, j.tenant_id, null::uuid as development_id, j.kind as what, j.payload ->> 'documentId' as detail
    from job_status j
    where j.kind in ('ingest-document','reingest-document') and j.finalized_at is null and not exists (
      select from documents d where d.tenant_id = j.tenant_id and d.id = (j.payload ->> 'documentId')::uuid)`,
} satisfies Record<string, SQL>

export type CheckName = keyof typeof CHECKS
export const checkNames = Object.keys(CHECKS) as [CheckName, ...CheckName[]]

/** Beyond this the exact number says nothing more. */
export const COUNTED_MAX = 10_000

/** How many rows each check finds, counted up to a bound. */
export async function countFindings(db: Db): Promise<{ check: CheckName; count: number }[]> {
  const parts = checkNames.map(
    (check) => sql`select ${check}::text as check,
      (select count(*)::int from (select 1 from (${CHECKS[check]}) f limit ${COUNTED_MAX}) counted) as count`,
  )
  return db.execute<{ check: CheckName; count: number }>(sql.join(parts, sql` union all `))
}

export const listFindings = (
  db: Db,
  check: CheckName,
  page: { after: string | null; limit: number },
): Promise<QualityRow[]> =>
  db.execute<QualityRow>(sql`
    select f.id, f.tenant_id as "tenantId", t.name as "tenantName", d.name as "developmentName", f.what, f.detail
    from (${CHECKS[check]}) f join tenants t on t.id = f.tenant_id
    left join developments d on d.tenant_id = f.tenant_id and d.id = f.development_id
    where ${page.after ? sql`f.id > ${page.after}::uuid` : sql`true`} order by f.id limit ${page.limit}`)

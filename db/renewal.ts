// Statements about the yearly renewal of a development's documents.
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'

export type RenewalRow = {
  id: string
  title: string
  kind: string
  /** Of the one home it is for. */
  homeAddress: string | null
  houseTypeCodes: string[]
  expiresOn: string | null
  number: number
  pageCount: number | null
  readyOn: string
  /** What homes saw on the day a year ago; null for what was not there. */
  thenNumber: number | null
  thenPageCount: number | null
  thenReadyOn: string | null
}

const DOCUMENTS_MAX = 2_000

const dayOf = (at: SQL) => sql`(${at} at time zone 'Europe/Dublin')::date::text`

/** What homes see now, by kind and title, each beside the version that was the newest on that day. */
export const renewalRows = (db: Db, developmentId: string, then: string): Promise<RenewalRow[]> =>
  db.execute<RenewalRow>(sql`
    select d.id, d.title, d.kind,
      (select u.address_line from units u where u.tenant_id = d.tenant_id and u.id = d.unit_id) as "homeAddress",
      v.expires_on::text as "expiresOn", v.number, v.page_count as "pageCount",
      ${dayOf(sql`coalesce(v.ready_at, v.created_at)`)} as "readyOn",
      old.number as "thenNumber", old.page_count as "thenPageCount", old.ready_on as "thenReadyOn",
      coalesce((select array_agg(t.code order by t.code) from document_house_types x
        join house_types t on t.tenant_id = x.tenant_id and t.id = x.house_type_id
        where x.tenant_id = d.tenant_id and x.document_id = d.id), '{}') as "houseTypeCodes"
    from documents d
    join document_versions v on v.tenant_id = d.tenant_id and v.document_id = d.id and v.id = d.live_version_id
    left join lateral (
      select o.number, o.page_count, ${dayOf(sql`o.ready_at`)} as ready_on from document_versions o
      where o.tenant_id = d.tenant_id and o.document_id = d.id and o.status = 'ready'
        and o.ready_at < ((${then}::date + 1)::timestamp at time zone 'Europe/Dublin')
      order by o.number desc limit 1) old on true
    where d.development_id = ${developmentId} and d.deleted_at is null and d.deprecated_at is null
    order by d.kind, lower(d.title), d.id limit ${DOCUMENTS_MAX}`)

export type RenewalSize = { passages: number; characters: number }

/** How much text reading everything again would have embedded if all of it had changed. */
export async function renewalSize(db: Db, developmentId: string): Promise<RenewalSize> {
  const [row] = await db.execute<RenewalSize>(sql`
    select count(*)::int as passages, coalesce(sum(length(c.content)), 0)::float8 as characters
    from documents d
    join document_versions v on v.tenant_id = d.tenant_id and v.document_id = d.id and v.id = d.live_version_id
    join chunks c on c.tenant_id = v.tenant_id and c.version_id = v.id and c.reading = v.reading
    where d.development_id = ${developmentId} and d.deleted_at is null and d.deprecated_at is null`)
  return row ?? { passages: 0, characters: 0 }
}

const VERSIONS_MAX = 10_000

/** The versions that homes see, for reading each again. */
export const liveVersions = (
  db: Db,
  developmentId: string,
): Promise<{ documentId: string; versionId: string }[]> =>
  db.execute<{ documentId: string; versionId: string }>(sql`
    select d.id as "documentId", d.live_version_id as "versionId" from documents d
    join document_versions v on v.tenant_id = d.tenant_id and v.id = d.live_version_id and v.status = 'ready'
    where d.development_id = ${developmentId} and d.deleted_at is null and d.deprecated_at is null
    order by d.id limit ${VERSIONS_MAX}`)

/** Names on each version the live job that reads it again, so that its page shows how far it is. */
export async function nameRereadings(db: Db, developmentId: string): Promise<void> {
  await db.execute(sql`
    update document_versions v set job_id = j.id
    from documents d, job_status j
    where d.development_id = ${developmentId} and v.tenant_id = d.tenant_id and v.document_id = d.id
      and v.id = d.live_version_id and j.tenant_id = v.tenant_id and j.kind = 'reingest-document'
      and j.dedupe_key = v.id::text and j.state in ('available','scheduled','running','retryable')`)
}

/** How many documents of the development are being read again now. */
export async function rereadingCount(db: Db, developmentId: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from documents d
    join document_versions v on v.tenant_id = d.tenant_id and v.id = d.live_version_id
    join job_status j on j.tenant_id = v.tenant_id and j.id = v.job_id and j.kind = 'reingest-document'
      and j.state in ('available','scheduled','running','retryable')
    where d.development_id = ${developmentId} and d.deleted_at is null`)
  return row?.count ?? 0
}

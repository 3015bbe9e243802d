// Statements about must-read documents: what a person has not read yet, who has, and how the homes stand.
import { asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { type DocumentKind, purchaserKinds } from './document-kinds.ts'
import { acknowledgements, documents } from './schema/index.ts'

/**
 * Must-read documents of the home `u`, by the rule of its own list, each with the version from which on an
 * acknowledgement counts: the one marked, or a later one that asks again, but never one that is not live any more.
 */
const asked = sql`
  select d.id, d.title, d.kind, l.id as version_id, l.number, l.page_count, least(greatest(d.must_read_from, coalesce((
      select max(v.number) from document_versions v where v.tenant_id = d.tenant_id and v.document_id = d.id
        and v.asks_again and v.ready_at is not null and v.number <= l.number), 0)), l.number) as from_number
  from documents d join document_versions l on l.tenant_id = d.tenant_id and l.id = d.live_version_id
  where d.tenant_id = u.tenant_id and d.development_id = u.development_id and d.must_read_from is not null
    and d.deleted_at is null and d.deprecated_at is null and d.kind in ${[...purchaserKinds]}
    and (d.unit_id = u.id or (d.unit_id is null and (
      not exists (select from document_house_types x where x.tenant_id = d.tenant_id and x.document_id = d.id)
      or exists (select from document_house_types x where x.tenant_id = d.tenant_id and x.document_id = d.id
        and x.house_type_id = u.house_type_id))))`

/** Who of the home `u` has to: everybody on the contract, or the home where no names are recorded. */
const readers = sql`
  select p.id, p.full_name, p.position from purchasers p where p.tenant_id = u.tenant_id and p.unit_id = u.id
  union all
  select u.id, null, 1::smallint where not exists (
    select from purchasers p where p.tenant_id = u.tenant_id and p.unit_id = u.id)`

const hasRead = (readerId: SQL) => sql`exists (
  select from acknowledgements a where a.tenant_id = u.tenant_id and a.document_id = m.id
    and a.reader_id = ${readerId} and a.version_number >= m.from_number)`

/** Of homes `u`: whether it has something that must be read, and whether somebody of it has not read something. */
export const mustRead = sql`exists (select from (${asked}) m)`
export const hasUnread = sql`exists (select from (${asked}) m, (${readers}) r where not ${hasRead(sql`r.id`)})`

export type UnreadDocument = {
  id: string
  title: string
  kind: DocumentKind
  versionId: string
  versionNumber: number
  pageCount: number
}

/** What this person has not acknowledged yet, by title. */
export const unreadOf = (db: Db, home: { unitId: string; readerId: string }): Promise<UnreadDocument[]> =>
  db.execute<UnreadDocument>(sql`
    select m.id, m.title, m.kind, m.version_id as "versionId", m.number as "versionNumber",
      coalesce(m.page_count, 0) as "pageCount"
    from units u cross join lateral (${asked}) m
    where u.id = ${home.unitId} and not ${hasRead(sql`${home.readerId}::uuid`)}
    order by m.title, m.id`)

/** False when the person acknowledged that version before. */
export async function insertAcknowledgement(
  db: Db,
  row: typeof acknowledgements.$inferInsert,
): Promise<boolean> {
  const rows = await db
    .insert(acknowledgements)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: acknowledgements.id })
  return rows.length > 0
}

export async function setMustRead(db: Db, documentId: string, from: number | null): Promise<void> {
  await db.update(documents).set({ mustReadFrom: from }).where(eq(documents.id, documentId))
}

export type HomeReading = {
  id: string
  number: string
  addressLine: string
  sortKey: string
  people: { name: string | null; documents: { title: string; at: string | null }[] }[]
}

const sortKey = sql`(lpad(left(regexp_replace(u.number, '\\D', '', 'g'), 10), 10, '0') || u.number) collate "C"`

export type ReadingFilter = {
  developmentId: string
  documentId?: string | undefined
  isMissing?: boolean | undefined
}

/** Homes that have something to read, with who has; one row more than `limit` when there is a next page. */
export const homesReading = (
  db: Db,
  filter: ReadingFilter,
  page: { after?: { key: string; id: string } | undefined; limit: number },
): Promise<HomeReading[]> => {
  const only = filter.documentId ? sql`where m.id = ${filter.documentId}` : sql``
  const wanted = sql`(select * from (${asked}) m ${only})`
  const unread = sql`exists (select from ${wanted} m, (${readers}) r where not ${hasRead(sql`r.id`)})`
  return db.execute<HomeReading>(sql`
    select u.id, u.number, u.address_line as "addressLine", ${sortKey} as "sortKey", (
      select json_agg(json_build_object('name', r.full_name, 'documents', (
        select json_agg(json_build_object('title', m.title, 'at', (
          select a.created_at from acknowledgements a where a.tenant_id = u.tenant_id and a.document_id = m.id
            and a.reader_id = r.id and a.version_number >= m.from_number
          order by a.version_number limit 1)) order by m.title, m.id) from ${wanted} m)) order by r.position)
      from (${readers}) r) as people
    from units u
    where u.development_id = ${filter.developmentId} and exists (select from ${wanted} m)
      ${filter.isMissing === undefined ? sql`` : sql`and ${unread} = ${filter.isMissing}`}
      ${page.after ? sql`and (${sortKey}, u.id) > (${page.after.key}::text, ${page.after.id}::uuid)` : sql``}
    order by ${sortKey}, u.id limit ${page.limit + 1}`)
}

/** How many homes have something that must be read, of one document or at all, and where everybody has read it. */
export async function readingCounts(
  db: Db,
  filter: Pick<ReadingFilter, 'developmentId' | 'documentId'>,
): Promise<{ required: number; acknowledged: number }> {
  const only = filter.documentId ? sql`where m.id = ${filter.documentId}` : sql``
  const [row] = await db.execute<{ required: number; acknowledged: number }>(sql`
    select count(*)::int as required, count(*) filter (where h.is_done)::int as acknowledged from (
      select not exists (select from (select * from (${asked}) m ${only}) m, (${readers}) r
        where not ${hasRead(sql`r.id`)}) as is_done
      from units u where u.development_id = ${filter.developmentId}
        and exists (select from (${asked}) m ${only})) h`)
  return row ?? { required: 0, acknowledged: 0 }
}

export type AcknowledgementRow = {
  id: string
  developmentId: string
  documentId: string
  versionId: string
  versionNumber: number
  unitId: string
  readerId: string
  createdAt: Date
}

/** In order of time; one row more than `limit` when there is a next page. */
export async function listAcknowledgements(
  db: Db,
  page: {
    developmentId?: string | undefined
    documentId?: string | undefined
    unitId?: string | undefined
    after?: string | undefined
    limit: number
  },
): Promise<AcknowledgementRow[]> {
  const rows = await db.execute<AcknowledgementRow>(sql`
    select a.id, a.development_id as "developmentId", a.document_id as "documentId", a.version_id as "versionId",
      a.version_number as "versionNumber", a.unit_id as "unitId", a.reader_id as "readerId", a.created_at as "createdAt"
    from acknowledgements a where true
      ${page.developmentId ? sql`and a.development_id = ${page.developmentId}` : sql``}
      ${page.documentId ? sql`and a.document_id = ${page.documentId}` : sql``}
      ${page.unitId ? sql`and a.unit_id = ${page.unitId}` : sql``}
      ${page.after ? sql`and a.id > ${page.after}::uuid` : sql``}
    order by a.id limit ${page.limit + 1}`)
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }))
}

const OF_A_PERSON_MAX = 1_000

/** What one person acknowledged, for the copy of their data. */
export const acknowledgementsOfReader = (db: Db, readerId: string) =>
  db
    .select({
      document: documents.title,
      versionNumber: acknowledgements.versionNumber,
      at: acknowledgements.createdAt,
      ipAddress: acknowledgements.ipAddress,
    })
    .from(acknowledgements)
    .innerJoin(documents, eq(documents.id, acknowledgements.documentId))
    .where(eq(acknowledgements.readerId, readerId))
    .orderBy(asc(acknowledgements.id))
    .limit(OF_A_PERSON_MAX)

export async function deleteAcknowledgements(db: Db, readerId: string): Promise<number> {
  const rows = await db
    .delete(acknowledgements)
    .where(eq(acknowledgements.readerId, readerId))
    .returning({ id: acknowledgements.id })
  return rows.length
}

// Statements about documents and their versions. `visibleToHome` is the one rule of what a home sees.
import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { answerKinds, type DocumentKind, purchaserKinds } from './document-kinds.ts'
import { pagesWithoutText } from './document-quality.ts'
import { type FileAndReading, fileColumns } from './document-versions.ts'
import {
  documentHouseTypes,
  documentPages,
  documents,
  documentVersions,
  houseTypes,
  jobStatus,
} from './schema/index.ts'

export type Home = { developmentId: string; unitId: string; houseTypeId: string }

/**
 * True for documents of this home: of the whole development, of its house type, or of the home itself. Used by
 * the list, the download, retrieval and the API alike; a document that matches nothing is seen by nobody.
 */
export function visibleToHome(home: Home, purpose: 'reading' | 'answering'): SQL {
  const kinds = purpose === 'answering' ? answerKinds : purchaserKinds
  return and(
    eq(documents.developmentId, home.developmentId),
    isNull(documents.deletedAt),
    isNull(documents.deprecatedAt),
    isNotNull(documents.liveVersionId),
    inArray(documents.kind, kinds),
    or(
      eq(documents.unitId, home.unitId),
      and(
        isNull(documents.unitId),
        sql`(not exists (select 1 from ${documentHouseTypes} t where t.tenant_id = ${documents.tenantId} and t.document_id = ${documents.id})
          or exists (select 1 from ${documentHouseTypes} t where t.tenant_id = ${documents.tenantId} and t.document_id = ${documents.id} and t.house_type_id = ${home.houseTypeId}))`,
      ),
    ),
  ) as SQL
}

export type HomeDocument = {
  id: string
  title: string
  kind: DocumentKind
  houseTypeCodes: string[]
  forThisHome: boolean
  versionId: string
  pageCount: number
  sizeBytes: number
  fileName: string
  storageKey: string
  hasActiveContent: boolean
  readyAt: Date
}

const houseTypeCodesOf = sql<
  string[]
>`coalesce((select array_agg(h.code order by h.code) from ${documentHouseTypes} t join ${houseTypes} h on h.tenant_id = t.tenant_id and h.id = t.house_type_id where t.tenant_id = ${documents.tenantId} and t.document_id = ${documents.id}), '{}')`

const homeDocumentColumns = {
  id: documents.id,
  title: documents.title,
  kind: sql<DocumentKind>`${documents.kind}`,
  houseTypeCodes: houseTypeCodesOf,
  forThisHome: sql<boolean>`${documents.unitId} is not null`,
  versionId: documentVersions.id,
  pageCount: sql<number>`coalesce(${documentVersions.pageCount}, 0)`,
  sizeBytes: documentVersions.sizeBytes,
  fileName: documentVersions.fileName,
  storageKey: documentVersions.storageKey,
  hasActiveContent: documentVersions.hasActiveContent,
  readyAt: sql<Date>`${documentVersions.readyAt}`.mapWith(documentVersions.readyAt),
}

const liveVersion = and(
  eq(documentVersions.tenantId, documents.tenantId),
  eq(documentVersions.documentId, documents.id),
  eq(documentVersions.id, documents.liveVersionId),
)

const HOME_DOCUMENTS_MAX = 500

export const documentsOfHome = (
  db: Db,
  home: Home,
  kinds?: readonly DocumentKind[],
): Promise<HomeDocument[]> =>
  db
    .select(homeDocumentColumns)
    .from(documents)
    .innerJoin(documentVersions, liveVersion)
    .where(and(visibleToHome(home, 'reading'), kinds ? inArray(documents.kind, [...kinds]) : undefined))
    .orderBy(asc(documents.title), asc(documents.id))
    .limit(HOME_DOCUMENTS_MAX)

/** At most `documentIds.length` rows, in no order: what the home may not see is left out. */
export const documentsOfHomeByIds = (
  db: Db,
  home: Home,
  documentIds: readonly string[],
): Promise<HomeDocument[]> =>
  db
    .select(homeDocumentColumns)
    .from(documents)
    .innerJoin(documentVersions, liveVersion)
    .where(and(visibleToHome(home, 'reading'), inArray(documents.id, [...documentIds])))
    .limit(documentIds.length)

export async function documentOfHome(db: Db, home: Home, documentId: string): Promise<HomeDocument | null> {
  const [row] = await documentsOfHomeByIds(db, home, [documentId])
  return row ?? null
}

export type StaffDocument = FileAndReading & {
  id: string
  developmentId: string
  unitId: string | null
  /** Of the one home it is for. */
  homeAddress: string | null
  title: string
  kind: DocumentKind
  houseTypeCodes: string[]
  /** Of the version that staff are shown, as everything up to the job is. */
  versionId: string
  versionNumber: number
  /** The last day that what it says holds. */
  expiresOn: string | null
  /** Pages of a version that is ready on which no text was found; 0 while it is not. */
  pagesWithoutText: number
  jobId: string | null
  /** Of the stage the job is in; 0 of 0 when it does not count. */
  progressDone: number
  progressTotal: number
  /** What homes see; null while no version has become ready. */
  liveVersionId: string | null
  liveVersionNumber: number | null
  deprecatedAt: Date | null
  mustReadFrom: number | null
  createdAt: Date
}

/**
 * The version that staff are shown: one after the live one that is on its way or failed, unless somebody decided
 * against it; else the live one; else the newest.
 */
const shownVersion = and(
  eq(documentVersions.tenantId, documents.tenantId),
  eq(documentVersions.documentId, documents.id),
  sql`${documentVersions.id} = (
    select v.id from document_versions v
    left join document_versions l on l.tenant_id = v.tenant_id and l.id = ${documents.liveVersionId}
    where v.tenant_id = ${documents.tenantId} and v.document_id = ${documents.id}
    order by (v.status <> 'ready' and v.withdrawn_at is null and v.number > coalesce(l.number, 0)) desc,
      (v.id is not distinct from l.id) desc, v.number desc
    limit 1)`,
)

const staffDocumentColumns = {
  id: documents.id,
  developmentId: documents.developmentId,
  unitId: documents.unitId,
  homeAddress: sql<
    string | null
  >`(select u.address_line from units u where u.tenant_id = ${documents.tenantId} and u.id = ${documents.unitId})`,
  title: documents.title,
  kind: sql<DocumentKind>`${documents.kind}`,
  houseTypeCodes: houseTypeCodesOf,
  versionId: documentVersions.id,
  versionNumber: documentVersions.number,
  ...fileColumns,
  expiresOn: documentVersions.expiresOn,
  pagesWithoutText,
  jobId: documentVersions.jobId,
  progressDone: sql<number>`coalesce(${jobStatus.progressDone}, 0)`,
  progressTotal: sql<number>`coalesce(${jobStatus.progressTotal}, 0)`,
  liveVersionId: documents.liveVersionId,
  liveVersionNumber: sql<
    number | null
  >`(select l.number from document_versions l where l.tenant_id = ${documents.tenantId} and l.id = ${documents.liveVersionId})`,
  deprecatedAt: documents.deprecatedAt,
  mustReadFrom: documents.mustReadFrom,
  createdAt: documents.createdAt,
}

const ingestingJob = and(eq(jobStatus.tenantId, documents.tenantId), eq(jobStatus.id, documentVersions.jobId))

export type Keyset = { at: Date; id: string }

export type DocumentFilter = {
  developmentId?: string | undefined
  status?: StaffDocument['status'] | undefined
  after?: Keyset | undefined
  limit: number
}

/** Newest first, one row more than `limit` when there is a next page. */
export const documentsOfTenant = (db: Db, filter: DocumentFilter): Promise<StaffDocument[]> =>
  db
    .select(staffDocumentColumns)
    .from(documents)
    .innerJoin(documentVersions, shownVersion)
    .leftJoin(jobStatus, ingestingJob)
    .where(
      and(
        isNull(documents.deletedAt),
        filter.developmentId ? eq(documents.developmentId, filter.developmentId) : undefined,
        filter.status ? eq(documentVersions.status, filter.status) : undefined,
        filter.after
          ? or(
              lt(documents.createdAt, filter.after.at),
              and(eq(documents.createdAt, filter.after.at), lt(documents.id, filter.after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(documents.createdAt), desc(documents.id))
    .limit(filter.limit + 1)

export async function documentOfTenant(db: Db, documentId: string): Promise<StaffDocument | null> {
  const [row] = await db
    .select(staffDocumentColumns)
    .from(documents)
    .innerJoin(documentVersions, shownVersion)
    .leftJoin(jobStatus, ingestingJob)
    .where(and(eq(documents.id, documentId), isNull(documents.deletedAt)))
    .limit(1)
  return row ?? null
}

export async function insertDocument(
  db: Db,
  document: typeof documents.$inferInsert & { id: string },
  houseTypeIds: readonly string[],
  version: typeof documentVersions.$inferInsert,
): Promise<void> {
  await db.insert(documents).values(document)
  if (houseTypeIds.length > 0) {
    const { id: documentId, tenantId, developmentId } = document
    await db
      .insert(documentHouseTypes)
      .values(houseTypeIds.map((houseTypeId) => ({ tenantId, developmentId, documentId, houseTypeId })))
  }
  await db.insert(documentVersions).values(version)
}

export async function setVersionJob(db: Db, versionId: string, jobId: string): Promise<void> {
  await db.update(documentVersions).set({ jobId }).where(eq(documentVersions.id, versionId))
}

export type PageRow = { page: number; printedPage: string | null; content: string; headingLines: number[] }

export async function pageOfVersion(db: Db, versionId: string, page: number): Promise<PageRow | null> {
  const [row] = await db
    .select({
      page: documentPages.page,
      printedPage: documentPages.printedPage,
      content: documentPages.content,
      headingLines: documentPages.headingLines,
    })
    .from(documentPages)
    .innerJoin(
      documentVersions,
      and(
        eq(documentVersions.tenantId, documentPages.tenantId),
        eq(documentVersions.id, documentPages.versionId),
        eq(documentVersions.reading, documentPages.reading),
      ),
    )
    .where(and(eq(documentPages.versionId, versionId), eq(documentPages.page, page)))
    .limit(1)
  return row ?? null
}

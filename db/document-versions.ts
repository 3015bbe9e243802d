// Statements about the versions of a document: which there are, which is live, what each holds.
import { and, asc, desc, eq, inArray, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { documentHouseTypes, documentPages, documents, documentVersions, jobStatus } from './schema/index.ts'

export type HeldDocument = {
  id: string
  developmentId: string
  unitId: string | null
  title: string
  liveVersionId: string | null
  deprecatedAt: Date | null
  mustReadFrom: number | null
}

/** Holds the document until the transaction ends, so that decisions about it follow each other. */
export async function lockDocument(db: Db, documentId: string): Promise<HeldDocument | null> {
  const [row] = await db
    .select({
      id: documents.id,
      developmentId: documents.developmentId,
      unitId: documents.unitId,
      title: documents.title,
      liveVersionId: documents.liveVersionId,
      deprecatedAt: documents.deprecatedAt,
      mustReadFrom: documents.mustReadFrom,
    })
    .from(documents)
    .where(and(eq(documents.id, documentId), isNull(documents.deletedAt)))
    .limit(1)
    .for('no key update')
  return row ?? null
}

const HOUSE_TYPES_MAX = 200

export async function houseTypeIdsOfDocument(db: Db, documentId: string): Promise<string[]> {
  const rows = await db
    .select({ id: documentHouseTypes.houseTypeId })
    .from(documentHouseTypes)
    .where(eq(documentHouseTypes.documentId, documentId))
    .limit(HOUSE_TYPES_MAX)
  return rows.map((row) => row.id)
}

export async function insertVersion(
  db: Db,
  version: Omit<typeof documentVersions.$inferInsert, 'number'>,
): Promise<number> {
  const [row] = await db
    .insert(documentVersions)
    .values({
      ...version,
      number: sql`(select max(v.number) + 1 from document_versions v where v.tenant_id = ${version.tenantId} and v.document_id = ${version.documentId})`,
    })
    .returning({ number: documentVersions.number })
  return row?.number as number
}

/** Of one version: its file, and how far its reading is. */
export type FileAndReading = {
  status: 'queued' | 'processing' | 'ready' | 'failed'
  stage: 'stored' | 'extracting' | 'chunking' | 'embedding' | 'ready'
  failureCode: string | null
  fileName: string
  storageKey: string
  sizeBytes: number
  pageCount: number | null
  chunkCount: number | null
  hasActiveContent: boolean
}

export const fileColumns = {
  status: documentVersions.status,
  stage: documentVersions.stage,
  failureCode: documentVersions.failureCode,
  fileName: documentVersions.fileName,
  storageKey: documentVersions.storageKey,
  sizeBytes: documentVersions.sizeBytes,
  pageCount: documentVersions.pageCount,
  chunkCount: documentVersions.chunkCount,
  hasActiveContent: documentVersions.hasActiveContent,
}

export type Version = FileAndReading & {
  id: string
  documentId: string
  number: number
  isLive: boolean
  notes: string | null
  reading: number
  jobId: string | null
  jobState: (typeof jobStatus.$inferSelect)['state'] | null
  jobKind: string | null
  jobErrorCode: string | null
  progressDone: number
  progressTotal: number
  withdrawnAt: Date | null
  readyAt: Date | null
  createdAt: Date
}

const versionColumns = {
  id: documentVersions.id,
  documentId: documentVersions.documentId,
  number: documentVersions.number,
  isLive: sql<boolean>`${documentVersions.id} is not distinct from ${documents.liveVersionId}`,
  ...fileColumns,
  notes: documentVersions.notes,
  reading: documentVersions.reading,
  jobId: documentVersions.jobId,
  jobState: jobStatus.state,
  jobKind: jobStatus.kind,
  jobErrorCode: jobStatus.errorCode,
  progressDone: sql<number>`coalesce(${jobStatus.progressDone}, 0)`,
  progressTotal: sql<number>`coalesce(${jobStatus.progressTotal}, 0)`,
  withdrawnAt: documentVersions.withdrawnAt,
  readyAt: documentVersions.readyAt,
  createdAt: documentVersions.createdAt,
}

const itsDocument = and(
  eq(documents.tenantId, documentVersions.tenantId),
  eq(documents.id, documentVersions.documentId),
  isNull(documents.deletedAt),
)
const itsJob = and(
  eq(jobStatus.tenantId, documentVersions.tenantId),
  eq(jobStatus.id, documentVersions.jobId),
)

const versions = (db: Db) =>
  db
    .select(versionColumns)
    .from(documentVersions)
    .innerJoin(documents, itsDocument)
    .leftJoin(jobStatus, itsJob)

/** Newest first, one row more than `limit` when there is a next page. */
export const versionsOfDocument = (
  db: Db,
  documentId: string,
  page: { before?: number | undefined; limit: number },
): Promise<Version[]> =>
  versions(db)
    .where(
      and(
        eq(documentVersions.documentId, documentId),
        page.before === undefined ? undefined : lt(documentVersions.number, page.before),
      ),
    )
    .orderBy(desc(documentVersions.number))
    .limit(page.limit + 1)

export async function versionOfDocument(
  db: Db,
  documentId: string,
  versionId: string,
): Promise<Version | null> {
  const [row] = await versions(db)
    .where(and(eq(documentVersions.documentId, documentId), eq(documentVersions.id, versionId)))
    .limit(1)
  return row ?? null
}

/** Those that homes see of these documents; of one that has none, none. */
export const liveVersionsOf = (db: Db, documentIds: readonly string[]): Promise<Version[]> =>
  versions(db)
    .where(
      and(
        inArray(documentVersions.documentId, [...documentIds]),
        eq(documentVersions.id, documents.liveVersionId),
      ),
    )
    .limit(documentIds.length)

/** Raises the development's retrieval version, as every change of a document's row does. */
export async function setLiveVersion(db: Db, documentId: string, versionId: string): Promise<void> {
  await db.update(documents).set({ liveVersionId: versionId }).where(eq(documents.id, documentId))
}

/** Whatever is on its way or has failed gives way to the version that somebody chose. */
export async function withdrawOtherVersions(db: Db, documentId: string, chosenId: string): Promise<void> {
  await db
    .update(documentVersions)
    .set({ withdrawnAt: new Date() })
    .where(
      and(
        eq(documentVersions.documentId, documentId),
        ne(documentVersions.id, chosenId),
        ne(documentVersions.status, 'ready'),
        isNull(documentVersions.withdrawnAt),
      ),
    )
}

export async function setDeprecated(db: Db, documentId: string, at: Date | null): Promise<void> {
  await db.update(documents).set({ deprecatedAt: at }).where(eq(documents.id, documentId))
}

export async function setVersionNotes(db: Db, versionId: string, notes: string | null): Promise<void> {
  await db.update(documentVersions).set({ notes }).where(eq(documentVersions.id, versionId))
}

export async function setVersionExpiry(db: Db, versionId: string, expiresOn: string | null): Promise<void> {
  await db.update(documentVersions).set({ expiresOn }).where(eq(documentVersions.id, versionId))
}

export type PageText = { page: number; content: string; headingLines: number[] }

/** The pages of a version as people see it now, in order. */
export const pagesOfVersion = (db: Db, versionId: string, limit: number): Promise<PageText[]> =>
  db
    .select({
      page: documentPages.page,
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
    .where(eq(documentPages.versionId, versionId))
    .orderBy(asc(documentPages.page))
    .limit(limit)

/** The document that already holds these bytes for the same homes, if any, with the job that ingests it. */
export async function documentByDuplicateKey(
  db: Db,
  developmentId: string,
  duplicateKey: string,
): Promise<{ id: string; versionId: string } | null> {
  const [row] = await db
    .select({ id: documentVersions.documentId, versionId: documentVersions.id })
    .from(documentVersions)
    .where(
      and(
        eq(documentVersions.developmentId, developmentId),
        eq(documentVersions.duplicateKey, duplicateKey),
        countsAsDuplicate,
      ),
    )
    .limit(1)
  return row ?? null
}

/** Failures of ours, not of the file, may be tried again with the same bytes. Mirrors the unique index. */
const countsAsDuplicate = sql`coalesce(failure_code, '') not in ('storage_lost', 'ingestion_failed')`

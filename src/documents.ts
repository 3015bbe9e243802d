// Documents: uploading one, listing what a home or the staff may see, opening a page, signing a download.

import { developmentById } from '#db/developments.ts'
import type { DocumentKind } from '#db/document-kinds.ts'
import { documentByDuplicateKey } from '#db/document-versions.ts'
import {
  documentOfHome,
  documentOfTenant,
  documentsOfHome,
  documentsOfHomeByIds,
  documentsOfTenant,
  type HomeDocument,
  insertDocument,
  type PageRow,
  pageOfVersion,
  type StaffDocument,
  setVersionJob,
} from '#db/documents.ts'
import { insertDataAccess } from '#db/logs.ts'
import { type HomeScope, type Scope, sqlState, within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { noteActivity } from './activity.ts'
import { storage, storageKey } from './clients/storage.ts'
import { displayName } from './documents/file-names.ts'
import { failure } from './failure.ts'
import { houseTypeIdsOf } from './house-types.ts'
import { keptRead } from './kept-reads.ts'
import { log } from './log.ts'
import { type Page, pageOf, readCursor } from './paging.ts'
import { checkRoom, takeRoom } from './storage-use.ts'
import type { ReceivedFile } from './uploads.ts'

export const HOUSE_TYPES_MAX = 50
const UNIQUE_VIOLATION = '23505'

export type NewDocument = {
  developmentId: string
  title: string | null
  kind: DocumentKind
  /** Codes such as `BD01`; empty for every home of the development. */
  houseTypeCodes: readonly string[]
  unitId?: string | null
  /** Homes must read it before they use the app. */
  mustRead?: boolean
  fileName: string
}

export type Uploaded = {
  documentId: string
  versionId: string
  jobId: string
  status: StaffDocument['status']
  isDuplicate: boolean
}

/**
 * What must hold before the first byte of a body is read: the development is the caller's, its types exist, and there
 * is room. @throws Failure `not_found`, `unknown_house_type`, `storage_full`
 */
export async function checkUploadTarget(
  scope: Scope,
  target: Pick<NewDocument, 'developmentId' | 'houseTypeCodes'>,
  declaredBytes?: number,
): Promise<{ houseTypeIds: string[] }> {
  return within(scope, async (db) => {
    if (!(await developmentById(db, target.developmentId))) throw failure('not_found')
    const houseTypeIds = await houseTypeIdsOf(db, target.developmentId, target.houseTypeCodes)
    await checkRoom(db, scope, declaredBytes)
    return { houseTypeIds }
  })
}

/**
 * Keeps a received file as a new document and enqueues its ingestion, both or neither. The same bytes for the same
 * homes are the document that is already there, also when two uploads of it race.
 */
export async function keepDocument(
  scope: Scope,
  asked: NewDocument,
  houseTypeIds: readonly string[],
  file: ReceivedFile,
): Promise<Uploaded> {
  const duplicateKey = duplicateKeyOf(file.sha256, asked.unitId ?? null, houseTypeIds)
  const existing = await duplicateOf(scope, asked.developmentId, duplicateKey)
  if (existing) {
    await file.discard()
    return existing
  }
  const documentId = Bun.randomUUIDv7()
  const versionId = Bun.randomUUIDv7()
  const key = storageKey(scope, documentId, versionId)
  await storage().store(key, file.path)
  try {
    const kept = { documentId, versionId, storageKey: key, duplicateKey }
    const jobId = await recordDocument(scope, asked, houseTypeIds, file, kept)
    return { documentId, versionId, jobId, status: 'queued', isDuplicate: false }
  } catch (error) {
    await removeOrphan(key)
    const raced =
      sqlState(error) === UNIQUE_VIOLATION
        ? await duplicateOf(scope, asked.developmentId, duplicateKey)
        : null
    if (raced) return raced
    throw error
  }
}

/** One transaction: room, rows, the log and the job. @returns the job */
const recordDocument = (
  scope: Scope,
  asked: NewDocument,
  houseTypeIds: readonly string[],
  file: ReceivedFile,
  kept: { documentId: string; versionId: string; storageKey: string; duplicateKey: string },
): Promise<string> =>
  within(scope, async (db) => {
    const { tenantId, requestId } = scope
    const { developmentId, kind } = asked
    const { documentId, versionId, storageKey, duplicateKey } = kept
    const fileName = displayName(asked.fileName)
    const title = asked.title?.trim() || fileName.replace(/\.pdf$/i, '')
    await takeRoom(db, scope, file.sizeBytes, 'documents')
    await insertDocument(
      db,
      {
        id: documentId,
        tenantId,
        developmentId,
        unitId: asked.unitId ?? null,
        kind,
        title,
        mustReadFrom: asked.mustRead ? 1 : null,
      },
      houseTypeIds,
      {
        id: versionId,
        tenantId,
        developmentId,
        documentId,
        number: 1,
        fileName,
        storageKey,
        sizeBytes: file.sizeBytes,
        contentSha256: file.sha256,
        duplicateKey,
      },
    )
    await noteActivity(db, scope, {
      action: 'document.uploaded',
      targetType: 'document',
      targetId: documentId,
      changes: { title, kind },
    })
    const jobId = await enqueue(db, 'ingest-document', { tenantId, documentId, versionId }, { requestId })
    await setVersionJob(db, versionId, jobId)
    return jobId
  })

/** Of a file whose row was not written. What cannot be removed is logged: nothing else knows of it. */
export const removeOrphan = (key: string): Promise<void> =>
  storage()
    .remove(key)
    .catch((error) => log('warn', 'orphaned_file', { key, error }))

/** The same bytes for the same homes have the same key. */
export const duplicateKeyOf = (sha256: string, unitId: string | null, houseTypeIds: readonly string[]) =>
  [sha256, unitId ?? '', ...[...houseTypeIds].sort()].join(' ')

async function duplicateOf(
  scope: Scope,
  developmentId: string,
  duplicateKey: string,
): Promise<Uploaded | null> {
  return within(scope, async (db) => {
    const found = await documentByDuplicateKey(db, developmentId, duplicateKey)
    if (!found) return null
    const document = await documentOfTenant(db, found.id)
    return document?.jobId
      ? {
          documentId: found.id,
          versionId: found.versionId,
          jobId: document.jobId,
          status: document.status,
          isDuplicate: true,
        }
      : null
  })
}

export async function listDocuments(
  scope: Scope,
  query: {
    developmentId?: string | undefined
    status?: StaffDocument['status'] | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<Page<StaffDocument>> {
  const list = `documents ${query.developmentId ?? ''} ${query.status ?? ''}`
  const position = readCursor(list, query.cursor, 2)
  const after = position ? { at: new Date(position[0] as string), id: position[1] as string } : undefined
  const rows = await keptRead(scope, {
    name: list,
    parts: [query.cursor ?? '', query.limit],
    tables: ['documents', 'document_versions', 'document_house_types', 'house_types', 'units'],
    read: () => within(scope, (db) => documentsOfTenant(db, { ...query, after })),
    // How far its job has come moves without any of these tables.
    isLasting: (found) => found.every(({ status }) => status === 'ready' || status === 'failed'),
  })
  return pageOf(list, rows, query.limit, (row) => [row.createdAt.toISOString(), row.id])
}

/** @throws Failure `not_found` */
export async function findDocument(scope: Scope, documentId: string): Promise<StaffDocument> {
  const found = await within(scope, (db) => documentOfTenant(db, documentId))
  if (!found) throw failure('not_found')
  return found
}

export const listHomeDocuments = (
  home: HomeScope,
  kinds?: readonly DocumentKind[],
): Promise<HomeDocument[]> => within(home, (db) => documentsOfHome(db, home, kinds))

/** A document of the home with the text of one of its pages. @throws Failure `not_found` */
export async function openHomeDocument(
  home: HomeScope,
  documentId: string,
  page: number,
): Promise<{ document: HomeDocument; text: PageRow | null }> {
  return within(home, async (db) => {
    const document = await documentOfHome(db, home, documentId)
    if (!document || page > document.pageCount) throw failure('not_found')
    return { document, text: await pageOfVersion(db, document.versionId, page) }
  })
}

/** Checks the right to a file and notes who took it, in one transaction. @throws Failure `not_found` */
export async function takeHomeFile(home: HomeScope, documentId: string): Promise<HomeDocument> {
  const [document] = await takeHomeFiles(home, [documentId])
  if (!document) throw failure('not_found')
  return document
}

/** The files of those documents that the home may see; each is noted as an access. */
export async function takeHomeFiles(
  home: HomeScope,
  documentIds: readonly string[],
): Promise<HomeDocument[]> {
  if (documentIds.length === 0) return []
  return within(home, async (db) => {
    const found = await documentsOfHomeByIds(db, home, documentIds)
    const access = { ...accessBy(home), unitId: home.unitId, action: 'document.file' }
    await insertDataAccess(db, ...found.map(({ id }) => ({ ...access, documentId: id })))
    return found
  })
}

export async function takeStaffFile(scope: Scope, documentId: string): Promise<StaffDocument> {
  return within(scope, async (db) => {
    const document = await documentOfTenant(db, documentId)
    if (!document) throw failure('not_found')
    await insertDataAccess(db, {
      ...accessBy(scope),
      unitId: document.unitId,
      documentId,
      action: 'document.file',
    })
    return document
  })
}

const accessBy = (scope: Scope) => ({
  tenantId: scope.tenantId,
  actorType: scope.actor.type,
  actorId: scope.actor.id,
  requestId: scope.requestId,
})

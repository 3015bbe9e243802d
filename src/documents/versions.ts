// Versions of a document: a new one supersedes the live one when it is ready, an earlier one can be put back.
import {
  documentByDuplicateKey,
  type HeldDocument,
  houseTypeIdsOfDocument,
  insertVersion,
  liveVersionsOf,
  lockDocument,
  setDeprecated,
  setLiveVersion,
  setVersionNotes,
  type Version,
  versionOfDocument,
  versionsOfDocument,
  withdrawOtherVersions,
} from '#db/document-versions.ts'
import { documentOfTenant, setVersionJob } from '#db/documents.ts'
import { reviveVersion } from '#db/ingestion.ts'
import { lockDocumentVersion } from '#db/locks.ts'
import { insertDataAccess } from '#db/logs.ts'
import { type Db, type Scope, sqlState, within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { noteActivity } from '../activity.ts'
import { storage, storageKey } from '../clients/storage.ts'
import { duplicateKeyOf, removeOrphan } from '../documents.ts'
import { failure } from '../failure.ts'
import { type Page, pageOf, readCursor } from '../paging.ts'
import { fillVectors } from '../reindexing.ts'
import { checkRoom, takeRoom } from '../storage-use.ts'
import type { ReceivedFile } from '../uploads.ts'
import { displayName } from './file-names.ts'

export type { Version } from '#db/document-versions.ts'

export const NOTES_CHARS_MAX = 2_000
const UNIQUE_VIOLATION = '23505'

/** `asksAgain`: of a must-read document, also whoever acknowledged a version before it. */
export type NewVersion = { fileName: string; notes: string | null; asksAgain?: boolean }

export type KeptVersion = {
  versionId: string
  jobId: string | null
  number: number
  status: Version['status']
  /** The same bytes are a version of the document already; `isLive` says whether it is the one people see. */
  isDuplicate: boolean
  isLive: boolean
}

/** Asked before the first byte of a body is read. @throws Failure `not_found`, `storage_full` */
export async function checkVersionTarget(
  scope: Scope,
  documentId: string,
  declaredBytes?: number,
): Promise<void> {
  await within(scope, async (db) => {
    if (!(await documentOfTenant(db, documentId))) throw failure('not_found')
    await checkRoom(db, scope, declaredBytes)
  })
}

/**
 * Keeps a received file as the next version and enqueues its ingestion, both or neither. People see the version
 * before it until it is ready; of several on their way the one uploaded last ends up live.
 * @throws Failure `not_found`, `duplicate_document`, `storage_full`
 */
export async function keepVersion(
  scope: Scope,
  documentId: string,
  asked: NewVersion,
  file: ReceivedFile,
): Promise<KeptVersion> {
  const versionId = Bun.randomUUIDv7()
  const key = storageKey(scope, documentId, versionId)
  try {
    const existing = await sameBytes(scope, documentId, file.sha256)
    if (existing) return existing
    await storage().store(key, file.path)
  } finally {
    await file.discard()
  }
  try {
    return await within(scope, async (db) => {
      const document = await lockDocument(db, documentId)
      if (!document) throw failure('not_found')
      const { tenantId } = scope
      await takeRoom(db, scope, file.sizeBytes, 'documents')
      const number = await insertVersion(db, {
        id: versionId,
        tenantId,
        developmentId: document.developmentId,
        documentId,
        fileName: displayName(asked.fileName),
        storageKey: key,
        sizeBytes: file.sizeBytes,
        contentSha256: file.sha256,
        duplicateKey: await keyOf(db, document, file.sha256),
        notes: cleanNotes(asked.notes),
        asksAgain: asked.asksAgain ?? false,
      })
      const payload = { tenantId, documentId, versionId }
      const jobId = await enqueue(db, 'ingest-document', payload, { requestId: scope.requestId })
      await setVersionJob(db, versionId, jobId)
      await note(db, scope, 'document.version_uploaded', documentId, { version: number })
      return { versionId, jobId, number, status: 'queued', isDuplicate: false, isLive: false }
    })
  } catch (error) {
    await removeOrphan(key)
    const raced =
      sqlState(error) === UNIQUE_VIOLATION ? await sameBytes(scope, documentId, file.sha256) : null
    if (raced) return raced
    throw error
  }
}

/** @throws Failure `not_found`; `duplicate_document` when another document holds the bytes for the same homes */
async function sameBytes(scope: Scope, documentId: string, sha256: string): Promise<KeptVersion | null> {
  return within(scope, async (db) => {
    const document = await documentOfTenant(db, documentId)
    if (!document) throw failure('not_found')
    const found = await documentByDuplicateKey(db, document.developmentId, await keyOf(db, document, sha256))
    if (!found) return null
    const version = await versionOfDocument(db, found.id, found.versionId)
    if (found.id === documentId && version) {
      const { id: versionId, jobId, number, status, isLive } = version
      return { versionId, jobId, number, status, isDuplicate: true, isLive }
    }
    const other = await documentOfTenant(db, found.id)
    throw failure('duplicate_document', {
      fields: [{ path: 'file', message: `The same file is already here as “${other?.title ?? ''}”.` }],
    })
  })
}

const keyOf = async (db: Db, document: Pick<HeldDocument, 'id' | 'unitId'>, sha256: string) =>
  duplicateKeyOf(sha256, document.unitId, await houseTypeIdsOfDocument(db, document.id))

export async function listVersions(
  scope: Scope,
  documentId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<Version>> {
  const list = `versions ${documentId}`
  const before = readCursor(list, query.cursor, 1)?.[0]
  const rows = await within(scope, async (db) => {
    if (!(await documentOfTenant(db, documentId))) throw failure('not_found')
    const page = { before: before === undefined ? undefined : Number(before), limit: query.limit }
    return versionsOfDocument(db, documentId, page)
  })
  return pageOf(list, rows, query.limit, (row) => [String(row.number)])
}

/** @throws Failure `not_found` */
export async function findVersion(scope: Scope, documentId: string, versionId: string): Promise<Version> {
  const version = await within(scope, (db) => versionOfDocument(db, documentId, versionId))
  if (!version) throw failure('not_found')
  return version
}

/** Of each of these documents the version that homes see, by the document's id. */
export async function liveVersionsByDocument(
  scope: Scope,
  documentIds: readonly string[],
): Promise<Map<string, Version>> {
  if (documentIds.length === 0) return new Map()
  const live = await within(scope, (db) => liveVersionsOf(db, documentIds))
  return new Map(live.map((version) => [version.documentId, version]))
}

/** The file of a version for the staff, with a note of who took it. @throws Failure `not_found` */
export async function takeVersionFile(scope: Scope, documentId: string, versionId: string): Promise<Version> {
  return within(scope, async (db) => {
    const version = await versionOfDocument(db, documentId, versionId)
    if (!version) throw failure('not_found')
    await insertDataAccess(db, { ...by(scope), documentId, action: 'document.file' })
    return version
  })
}

/**
 * Makes a version the one people see, at once. What was on its way when this was decided becomes ready, but does
 * not take its place. @throws Failure `not_found`, `version_not_ready`
 */
export async function publishVersion(scope: Scope, documentId: string, versionId: string): Promise<Version> {
  return within(scope, async (db) => {
    const document = await lockDocument(db, documentId)
    const version = document && (await versionOfDocument(db, documentId, versionId))
    if (!document || !version) throw failure('not_found')
    if (version.status !== 'ready') throw failure('version_not_ready')
    await withdrawOtherVersions(db, documentId, versionId)
    if (version.isLive) return version
    await setLiveVersion(db, documentId, versionId)
    await note(db, scope, 'document.version_published', documentId, { version: version.number })
    await fillVectors(db, scope, document.developmentId, version)
    return { ...version, isLive: true }
  })
}

/** Takes a document out of the homes and out of answers, or puts it back; staff see it either way. */
export async function deprecateDocument(
  scope: Scope,
  documentId: string,
  isDeprecated: boolean,
): Promise<void> {
  await within(scope, async (db) => {
    const document = await lockDocument(db, documentId)
    if (!document) throw failure('not_found')
    if ((document.deprecatedAt !== null) === isDeprecated) return
    await setDeprecated(db, documentId, isDeprecated ? new Date() : null)
    await note(db, scope, isDeprecated ? 'document.deprecated' : 'document.restored', documentId, {})
    const { liveVersionId } = document
    const live = !isDeprecated && liveVersionId && (await versionOfDocument(db, documentId, liveVersionId))
    if (live) await fillVectors(db, scope, document.developmentId, live)
  })
}

/** @throws Failure `not_found` */
export async function noteVersion(
  scope: Scope,
  documentId: string,
  versionId: string,
  notes: string | null,
  check: (before: Version) => void = () => {},
): Promise<Version> {
  return within(scope, async (db) => {
    await lockDocumentVersion(db, versionId)
    const version = await versionOfDocument(db, documentId, versionId)
    if (!version) throw failure('not_found')
    check(version)
    const kept = cleanNotes(notes)
    await setVersionNotes(db, versionId, kept)
    await note(db, scope, 'document.version_noted', documentId, { version: version.number })
    return { ...version, notes: kept }
  })
}

/**
 * Reads the stored bytes again: of a version that failed, to make it ready after all; else of the live one, beside
 * what people see. Asked twice it is one job. @throws Failure `not_found`, `version_not_ready`
 */
export async function reingestDocument(scope: Scope, documentId: string): Promise<{ jobId: string }> {
  return within(scope, async (db) => {
    const held = await lockDocument(db, documentId)
    const document = held && (await documentOfTenant(db, documentId))
    if (!document) throw failure('not_found')
    const { versionId, status, jobId } = document
    if (status === 'queued' || status === 'processing') {
      if (!jobId) throw failure('version_not_ready')
      return { jobId }
    }
    if (status === 'failed') await revive(db, versionId)
    const kind = status === 'failed' ? 'ingest-document' : 'reingest-document'
    const payload = { tenantId: scope.tenantId, documentId, versionId }
    const options = { dedupeKey: versionId, requestId: scope.requestId }
    const newJobId = await enqueue(db, kind, payload, options)
    await setVersionJob(db, versionId, newJobId)
    await note(db, scope, 'document.reingested', documentId, { version: document.versionNumber })
    return { jobId: newJobId }
  })
}

async function revive(db: Db, versionId: string): Promise<void> {
  try {
    await reviveVersion(db, versionId)
  } catch (error) {
    // Its bytes have been uploaded once more since.
    if (sqlState(error) === UNIQUE_VIOLATION) throw failure('duplicate_document')
    throw error
  }
}

const cleanNotes = (notes: string | null) =>
  notes?.normalize('NFC').toWellFormed().replaceAll('\u0000', '').trim().slice(0, NOTES_CHARS_MAX) || null

const by = ({ tenantId, actor, requestId }: Scope) => ({
  tenantId,
  actorType: actor.type,
  actorId: actor.id,
  requestId,
})

const note = (db: Db, scope: Scope, action: string, documentId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'document', targetId: documentId, changes })

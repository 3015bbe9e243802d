// Ingestion: a stored PDF becomes pages, chunks and (with a model) embeddings that people and answers use.
import { deleteUnusedEmbeddings } from '#db/embeddings.ts'
import {
  deleteOtherChunks,
  deleteOtherPages,
  failVersion,
  type ReadingOf,
  setLiveUnlessOvertaken,
  setReading,
  setVersionReady,
  touchDocument,
  type VersionToIngest,
  versionToIngest,
} from '#db/ingestion.ts'
import type { Db, Scope } from '#db/scope.ts'
import { announce } from '../webhooks.ts'
import { type Ingested, type IngestionContext, readStoredBytes } from './reading.ts'

export type { Ingested, IngestionContext } from './reading.ts'

/**
 * Reads a new version and makes it live. A failure of the file itself ends as a code on its version, and the version
 * before it stays live; anything else is thrown, for the queue to try again. Running twice leaves what once does.
 */
export async function ingestVersion(
  scope: Scope,
  versionId: string,
  context: IngestionContext,
): Promise<Ingested> {
  const version = await context.fenced((db) => versionToIngest(db, versionId))
  if (!version || version.deletedAt) return { outcome: 'gone' }
  if (version.status === 'ready') return { outcome: 'ready' }
  // A retry makes it wait again, unless another document has taken its place.
  if (version.status === 'failed')
    return { outcome: 'failed', code: version.failureCode ?? 'ingestion_failed' }
  const of = readingOf(scope, version, version.reading)
  return readStoredBytes(of, version, context, {
    publish: async (db, figures) => {
      if (!(await setVersionReady(db, versionId, figures))) return
      await setLiveUnlessOvertaken(db, of.documentId, versionId)
      await announce(db, scope, 'document.ready', eventOf(of))
    },
    fail: async (db, code) => {
      await failVersion(db, versionId, code)
      await announce(db, scope, 'document.failed', { ...eventOf(of), failure_code: code })
    },
  })
}

const eventOf = ({ documentId, versionId, developmentId }: ReadingOf) => ({
  document_id: documentId,
  version_id: versionId,
  development_id: developmentId,
})

/**
 * Reads the stored bytes of a ready version once more, beside what people see, and puts the result in its place in
 * one transaction. When the file fails this time, what was there stays.
 */
export async function reingestVersion(
  scope: Scope,
  versionId: string,
  context: IngestionContext,
): Promise<Ingested> {
  const version = await context.fenced((db) => versionToIngest(db, versionId))
  if (!version || version.deletedAt || version.status !== 'ready') return { outcome: 'gone' }
  const readings = { from: version.reading, to: version.reading + 1 }
  const of = readingOf(scope, version, readings.to)
  const keepOnly = async (db: Db, reading: number) => {
    await deleteOtherPages(db, versionId, reading)
    await deleteUnusedEmbeddings(db, of.developmentId, await deleteOtherChunks(db, versionId, reading))
  }
  return readStoredBytes(of, version, context, {
    publish: async (db, figures) => {
      if (!(await setReading(db, versionId, readings, figures))) return
      await keepOnly(db, readings.to)
      await touchDocument(db, of.documentId)
    },
    fail: (db) => keepOnly(db, readings.from),
  })
}

const readingOf = (scope: Scope, version: VersionToIngest, reading: number): ReadingOf => ({
  tenantId: scope.tenantId,
  developmentId: version.developmentId,
  documentId: version.documentId,
  versionId: version.id,
  reading,
})

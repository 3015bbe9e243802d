// Ingestion: a stored PDF becomes pages, chunks and (with a model) embeddings, stage by stage, each repeatable.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import {
  chunksToEmbed,
  failVersion,
  holdDocument,
  publishVersion,
  replaceChunks,
  replacePages,
  setEmbeddings,
  setVersionStage,
  versionToIngest,
} from '#db/ingestion.ts'
import { insertIngestion } from '#db/logs.ts'
import type { Db, Scope } from '#db/scope.ts'
import { StoredFileMissing, storage } from '../clients/storage.ts'
import { config } from '../config.ts'
import { encodeEmbedding } from '../retrieval/embedding-bytes.ts'
import { indexedText } from '../retrieval/query-terms.ts'
import { type Chunk, chunkPages } from './chunking.ts'
import { type Extraction, ExtractionFailure, extractPdf } from './extraction.ts'

/** Texts sent to the embedding model at once. */
const EMBEDDING_BATCH = 64

/** Turns texts into vectors of one model; `src/clients/openai.ts` makes one. */
export type Embedder = { model: string; embed(texts: string[], signal: AbortSignal): Promise<Float32Array[]> }

export type IngestionContext = {
  signal: AbortSignal
  progress(stage: string, done: number, total: number): void
  /** A transaction that only commits while the job is still ours. */
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
  embedder: Embedder | null
}

export type Ingested = { outcome: 'ready' } | { outcome: 'failed'; code: string } | { outcome: 'gone' }

/** Deleted while it was being read. */
class DocumentGone extends Error {}

/**
 * Runs all stages. A failure of the file itself ends as a code on its version; anything else is thrown, for the
 * queue to try again. Running twice leaves what running once does.
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
  const of = {
    tenantId: scope.tenantId,
    developmentId: version.developmentId,
    documentId: version.documentId,
    versionId,
  }
  const started = performance.now()
  try {
    const extraction = await extract(version.storageKey, versionId, context)
    context.progress('chunking', 0, extraction.pageCount)
    const chunks = chunkPages(extraction.pages)
    await context.fenced(async (db) => {
      if (!(await holdDocument(db, of.documentId))) throw new DocumentGone()
      await setVersionStage(db, versionId, 'chunking')
      await replacePages(
        db,
        extraction.pages.map((page) => pageRow(scope.tenantId, versionId, page)),
      )
      await replaceChunks(
        db,
        { ...of, embeddingModel: context.embedder?.model ?? null },
        chunks.map((chunk) => chunkRow(version.title, chunk)),
      )
    })
    if (context.embedder) await embed(versionId, chunks.length, context.embedder, context)
    await context.fenced(async (db) => {
      if (!(await holdDocument(db, of.documentId))) throw new DocumentGone()
      await publishVersion(db, {
        ...of,
        pageCount: extraction.pageCount,
        chunkCount: chunks.length,
        hasActiveContent: extraction.activeContent,
      })
      await insertIngestion(
        db,
        logRow(
          of,
          'ready',
          { pages: extraction.pageCount, chunks: chunks.length, activeContent: extraction.activeContent },
          started,
        ),
      )
    })
    return { outcome: 'ready' }
  } catch (error) {
    if (error instanceof DocumentGone) return { outcome: 'gone' }
    const code =
      error instanceof ExtractionFailure
        ? error.code
        : error instanceof StoredFileMissing
          ? 'storage_lost'
          : null
    if (!code) throw error
    await context.fenced(async (db) => {
      await failVersion(db, versionId, code)
      await insertIngestion(db, logRow(of, 'failed', { code }, started))
    })
    return { outcome: 'failed', code }
  }
}

async function extract(key: string, versionId: string, context: IngestionContext): Promise<Extraction> {
  await context.fenced((db) => setVersionStage(db, versionId, 'extracting'))
  context.progress('extracting', 0, 0)
  const file = await storage().borrow(key)
  try {
    return await extractPdf(file.path, {
      signal: context.signal,
      codeFolder: join(config().dataDir, 'cache', 'code'),
      onPage: (done, total) => context.progress('extracting', done, total),
    })
  } finally {
    await file.giveBack()
  }
}

async function embed(
  versionId: string,
  total: number,
  embedder: Embedder,
  context: IngestionContext,
): Promise<void> {
  await context.fenced((db) => setVersionStage(db, versionId, 'embedding'))
  for (;;) {
    const batch = await context.fenced((db) => chunksToEmbed(db, versionId, EMBEDDING_BATCH))
    if (batch.length === 0) return
    const vectors = await embedder.embed(
      batch.map((chunk) => chunk.content),
      context.signal,
    )
    await context.fenced((db) =>
      setEmbeddings(
        db,
        embedder.model,
        batch.map((chunk, i) => ({ id: chunk.id, embedding: encodeEmbedding(vectors[i] as Float32Array) })),
      ),
    )
    context.progress('embedding', batch.length, total)
  }
}

function pageRow(tenantId: string, versionId: string, page: Extraction['pages'][number]) {
  return {
    tenantId,
    versionId,
    page: page.page,
    printedPage: page.printedPage,
    content: page.blocks.map((block) => block.text.replaceAll('\n', ' ')).join('\n'),
    headingLines: page.blocks.flatMap((block, line) => (block.heading ? [line] : [])),
  }
}

function chunkRow(title: string, chunk: Chunk) {
  return {
    ...chunk,
    contentSha256: createHash('sha256').update(chunk.content).digest('hex'),
    indexedText: indexedText({ title, ...chunk }),
  }
}

function logRow(
  of: { tenantId: string; documentId: string; versionId: string },
  outcome: string,
  detail: Record<string, unknown>,
  startedMs: number,
) {
  const { tenantId, documentId, versionId } = of
  return {
    tenantId,
    documentId,
    versionId,
    stage: 'ingestion',
    outcome,
    detail,
    durationMs: Math.round(performance.now() - startedMs),
  }
}

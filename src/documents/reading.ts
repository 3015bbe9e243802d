// One reading of a version's stored bytes, stage by stage: extract, chunk, embed, and whatever makes it count.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import {
  embeddingSpace,
  insertEmbeddings,
  lockEmbeddingSpace,
  setEmbeddingSpace,
  textsToEmbed,
} from '#db/embeddings.ts'
import {
  holdDocument,
  type ReadingFigures,
  type ReadingOf,
  replaceChunks,
  replacePages,
  setVersionStage,
  type VersionToIngest,
} from '#db/ingestion.ts'
import { insertIngestion } from '#db/logs.ts'
import type { Db } from '#db/scope.ts'
import { StoredFileMissing, storage } from '../clients/storage.ts'
import { config } from '../config.ts'
import { indexedText } from '../retrieval/query-terms.ts'
import { type Chunk, chunkPages } from './chunking.ts'
import { type ChooseEmbedder, EMBEDDING_BATCH, type Embedder, embedTexts, isSameSpace } from './embedding.ts'
import { type Extraction, ExtractionFailure, extractPdf } from './extraction.ts'

/** Re-indexes that may overtake one document while it is being embedded. */
const SPACE_CHANGES_MAX = 3

export type IngestionContext = {
  signal: AbortSignal
  progress(stage: string, done: number, total: number): void
  /** A transaction that only commits while the job is still ours. */
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** Null without a language model. */
  embedder: ChooseEmbedder | null
}

export type Ingested = { outcome: 'ready' } | { outcome: 'failed'; code: string } | { outcome: 'gone' }

/** Deleted while it was being read. */
class DocumentGone extends Error {}

/** What makes a reading count, and what its failure leaves behind; each inside the last transaction. */
export type Ending = {
  publish(db: Db, figures: ReadingFigures): Promise<void>
  fail(db: Db, code: string): Promise<void>
}

export async function readStoredBytes(
  of: ReadingOf,
  version: VersionToIngest,
  context: IngestionContext,
  ending: Ending,
): Promise<Ingested> {
  const started = performance.now()
  try {
    const extraction = await extract(version.storageKey, of.versionId, context)
    context.progress('chunking', 0, extraction.pageCount)
    const chunks = chunkPages(extraction.pages)
    await context.fenced(async (db) => {
      if (!(await holdDocument(db, of.documentId))) throw new DocumentGone()
      await setVersionStage(db, of.versionId, 'chunking')
      await replacePages(
        db,
        extraction.pages.map((page) => pageRow(of, page)),
      )
      await replaceChunks(
        db,
        of,
        chunks.map((chunk) => chunkRow(version.title, chunk)),
      )
    })
    const figures = {
      pageCount: extraction.pageCount,
      chunkCount: chunks.length,
      hasActiveContent: extraction.activeContent,
    }
    await publish(of, figures, context, ending, started)
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
      await ending.fail(db, code)
      await insertIngestion(db, logRow(of, 'failed', { code }, started))
    })
    return { outcome: 'failed', code }
  }
}

/** Embeds and publishes; once more when a re-index changed the vectors that searches use in between. */
async function publish(
  of: ReadingOf,
  figures: ReadingFigures,
  context: IngestionContext,
  ending: Ending,
  startedMs: number,
): Promise<void> {
  for (let attempt = 1; attempt <= SPACE_CHANGES_MAX; attempt++) {
    const live = context.embedder ? await context.fenced((db) => embeddingSpace(db, of.developmentId)) : null
    const embedder = context.embedder?.(live) ?? null
    if (embedder) await embed(of, figures.chunkCount, embedder, context)
    const isPublished = await context.fenced(async (db) => {
      if (!(await holdDocument(db, of.documentId))) throw new DocumentGone()
      const now = await lockEmbeddingSpace(db, of.developmentId)
      if (embedder && now && !isSameSpace(embedder, now)) return false
      if (embedder && !now) await setEmbeddingSpace(db, of.developmentId, embedder)
      await ending.publish(db, figures)
      await insertIngestion(db, logRow(of, 'ready', { ...figures, reading: of.reading }, startedMs))
      return true
    })
    if (isPublished) return
  }
  throw new Error('the vectors of the development changed too often while a document was being embedded')
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
  of: ReadingOf,
  total: number,
  embedder: Embedder,
  context: IngestionContext,
): Promise<void> {
  await context.fenced((db) => setVersionStage(db, of.versionId, 'embedding'))
  for (let done = 0; ; ) {
    const batch = await context.fenced((db) => textsToEmbed(db, of, embedder, EMBEDDING_BATCH))
    if (batch.length === 0) return
    const rows = await embedTexts(of, batch, embedder, context.signal)
    await context.fenced((db) => insertEmbeddings(db, rows))
    done += batch.length
    context.progress('embedding', done, total)
  }
}

function pageRow({ tenantId, versionId, reading }: ReadingOf, page: Extraction['pages'][number]) {
  return {
    tenantId,
    versionId,
    reading,
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

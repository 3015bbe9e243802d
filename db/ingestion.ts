// Statements of ingestion: what a version is made of, written stage by stage so that a restart goes on.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { chunks, documentPages, documents, documentVersions } from './schema/index.ts'

export type VersionToIngest = {
  id: string
  documentId: string
  developmentId: string
  storageKey: string
  status: 'queued' | 'processing' | 'ready' | 'failed'
  failureCode: string | null
  title: string
  deletedAt: Date | null
}

export async function versionToIngest(db: Db, versionId: string): Promise<VersionToIngest | null> {
  const [row] = await db
    .select({
      id: documentVersions.id,
      documentId: documentVersions.documentId,
      developmentId: documentVersions.developmentId,
      storageKey: documentVersions.storageKey,
      status: documentVersions.status,
      failureCode: documentVersions.failureCode,
      title: documents.title,
      deletedAt: documents.deletedAt,
    })
    .from(documentVersions)
    .innerJoin(
      documents,
      and(eq(documents.tenantId, documentVersions.tenantId), eq(documents.id, documentVersions.documentId)),
    )
    .where(eq(documentVersions.id, versionId))
    .limit(1)
  return row ?? null
}

/**
 * Holds the document as it is until the transaction ends: a deletion waits, and then finds all that was written.
 * False when it was deleted before.
 */
export async function holdDocument(db: Db, documentId: string): Promise<boolean> {
  const held = await db
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.id, documentId), isNull(documents.deletedAt)))
    .limit(1)
    .for('share')
  return held.length > 0
}

export async function setVersionStage(
  db: Db,
  versionId: string,
  stage: 'extracting' | 'chunking' | 'embedding',
): Promise<void> {
  await db
    .update(documentVersions)
    .set({ status: 'processing', stage })
    .where(
      and(eq(documentVersions.id, versionId), inArray(documentVersions.status, ['queued', 'processing'])),
    )
}

export async function failVersion(db: Db, versionId: string, failureCode: string): Promise<void> {
  await db
    .update(documentVersions)
    .set({ status: 'failed', failureCode })
    .where(
      and(eq(documentVersions.id, versionId), inArray(documentVersions.status, ['queued', 'processing'])),
    )
}

/** Replaces all pages of a version: a second run of the stage leaves what the first would have. */
export async function replacePages(db: Db, rows: (typeof documentPages.$inferInsert)[]): Promise<void> {
  const [first] = rows
  if (!first) return
  await db.delete(documentPages).where(eq(documentPages.versionId, first.versionId))
  for (const batch of batches(rows, PAGE_BATCH)) await db.insert(documentPages).values(batch)
}

const PAGE_BATCH = 200
const CHUNK_BATCH = 500

export type NewChunk = {
  ordinal: number
  page: number
  printedPage: string | null
  heading: string | null
  content: string
  contentSha256: string
  indexedText: string
}

/**
 * Replaces all chunks of a version. The lexemes are PostgreSQL's own, computed where the text is stored; a chunk
 * that stood in the development before keeps its embedding, so unchanged text is never paid for twice.
 */
export async function replaceChunks(
  db: Db,
  of: {
    tenantId: string
    developmentId: string
    documentId: string
    versionId: string
    embeddingModel: string | null
  },
  rows: readonly NewChunk[],
): Promise<void> {
  await db.delete(chunks).where(eq(chunks.versionId, of.versionId))
  for (const batch of batches(rows, CHUNK_BATCH)) {
    const values = JSON.stringify(batch.map((row) => ({ ...row, id: Bun.randomUUIDv7() })))
    await db.execute(sql`
      with incoming as (
        select * from jsonb_to_recordset(${values}::jsonb)
          as x(id uuid, ordinal int, page int, "printedPage" text, heading text, content text, "contentSha256" text, "indexedText" text)
      ), lexed as (
        select i.*, coalesce(l.terms, '{}') terms, coalesce(l.counts, '{}') counts from incoming i
        cross join lateral (
          select array_agg(u.lexeme order by u.lexeme) terms, array_agg(least(cardinality(u.positions), 255)::smallint order by u.lexeme) counts
          from unnest(to_tsvector('english', i."indexedText")) u
        ) l
      )
      insert into chunks (id, tenant_id, development_id, document_id, version_id, ordinal, page, printed_page, heading, content, content_sha256, terms, term_counts, embedding, embedding_model)
      select l.id, ${of.tenantId}, ${of.developmentId}, ${of.documentId}, ${of.versionId}, l.ordinal, l.page, l."printedPage", l.heading, l.content, l."contentSha256", l.terms, l.counts, e.embedding, e.embedding_model
      from lexed l
      left join lateral (
        select c.embedding, c.embedding_model from chunks c
        where c.tenant_id = ${of.tenantId} and c.development_id = ${of.developmentId} and c.content_sha256 = l."contentSha256"
          and c.embedding_model = ${of.embeddingModel} limit 1
      ) e on true`)
  }
}

export type ChunkToEmbed = { id: string; heading: string | null; content: string }

export const chunksToEmbed = (db: Db, versionId: string, limit: number): Promise<ChunkToEmbed[]> =>
  db
    .select({ id: chunks.id, heading: chunks.heading, content: chunks.content })
    .from(chunks)
    .where(and(eq(chunks.versionId, versionId), isNull(chunks.embedding)))
    .orderBy(chunks.ordinal)
    .limit(limit)

export async function setEmbeddings(
  db: Db,
  model: string,
  rows: readonly { id: string; embedding: Uint8Array }[],
): Promise<void> {
  const values = JSON.stringify(
    rows.map(({ id, embedding }) => ({ id, embedding: Buffer.from(embedding).toString('base64') })),
  )
  await db.execute(sql`
    update chunks set embedding = decode(x.embedding, 'base64'), embedding_model = ${model}
    from jsonb_to_recordset(${values}::jsonb) as x(id uuid, embedding text) where chunks.id = x.id`)
}

/** Makes a version the one that people see. The document's update raises the development's retrieval version. */
export async function publishVersion(
  db: Db,
  of: {
    documentId: string
    versionId: string
    pageCount: number
    chunkCount: number
    hasActiveContent: boolean
  },
): Promise<void> {
  await db
    .update(documentVersions)
    .set({
      status: 'ready',
      stage: 'ready',
      readyAt: new Date(),
      pageCount: of.pageCount,
      chunkCount: of.chunkCount,
      hasActiveContent: of.hasActiveContent,
    })
    .where(
      and(eq(documentVersions.id, of.versionId), inArray(documentVersions.status, ['queued', 'processing'])),
    )
  await db
    .update(documents)
    .set({ liveVersionId: of.versionId })
    .where(and(eq(documents.id, of.documentId), isNull(documents.deletedAt)))
}

function* batches<T>(rows: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}

// Statements of ingestion: what a version is made of, written stage by stage so that a restart goes on.
import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
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
  reading: number
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
      reading: documentVersions.reading,
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
 * Holds the document until the transaction ends: a deletion, another version that becomes ready and a roll-back wait,
 * and then find all that was written. False when it was deleted before.
 */
export async function holdDocument(db: Db, documentId: string): Promise<boolean> {
  const held = await db
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.id, documentId), isNull(documents.deletedAt)))
    .limit(1)
    // Not `share`: two versions that become ready at once would each wait for the other to let go.
    .for('no key update')
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

/** Sends a version that failed on its way once more. False when it had not failed. */
export async function reviveVersion(db: Db, versionId: string): Promise<boolean> {
  const rows = await db
    .update(documentVersions)
    .set({ status: 'queued', stage: 'stored', failureCode: null })
    .where(and(eq(documentVersions.id, versionId), eq(documentVersions.status, 'failed')))
    .returning({ id: documentVersions.id })
  return rows.length > 0
}

/** Replaces all pages of a reading: a second run of the stage leaves what the first would have. */
export async function replacePages(db: Db, rows: (typeof documentPages.$inferInsert)[]): Promise<void> {
  const [first] = rows
  if (!first) return
  await db
    .delete(documentPages)
    .where(and(eq(documentPages.versionId, first.versionId), eq(documentPages.reading, first.reading)))
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

export type ReadingOf = {
  tenantId: string
  developmentId: string
  documentId: string
  versionId: string
  reading: number
}

/** Replaces all chunks of a reading. The lexemes are PostgreSQL's own, computed where the text is stored. */
export async function replaceChunks(db: Db, of: ReadingOf, rows: readonly NewChunk[]): Promise<void> {
  await db.delete(chunks).where(and(eq(chunks.versionId, of.versionId), eq(chunks.reading, of.reading)))
  for (const batch of batches(rows, CHUNK_BATCH)) {
    const values = JSON.stringify(batch.map((row) => ({ ...row, id: Bun.randomUUIDv7() })))
    await db.execute(sql`
      with incoming as (
        select * from jsonb_to_recordset(${values}::jsonb)
          as x(id uuid, ordinal int, page int, "printedPage" text, heading text, content text, "contentSha256" text, "indexedText" text)
      )
      insert into chunks (id, tenant_id, development_id, document_id, version_id, reading, ordinal, page, printed_page, heading, content, content_sha256, terms, term_counts)
      select i.id, ${of.tenantId}, ${of.developmentId}, ${of.documentId}, ${of.versionId}, ${of.reading}, i.ordinal, i.page, i."printedPage", i.heading, i.content, i."contentSha256",
        coalesce(l.terms, '{}'), coalesce(l.counts, '{}')
      from incoming i
      cross join lateral (
        select array_agg(u.lexeme order by u.lexeme) terms, array_agg(least(cardinality(u.positions), 255)::smallint order by u.lexeme) counts
        from unnest(to_tsvector('english', i."indexedText")) u
      ) l`)
  }
}

export type ReadingFigures = { pageCount: number; chunkCount: number; hasActiveContent: boolean }

/** A first reading is whole. False when the version is not on its way any more. */
export async function setVersionReady(db: Db, versionId: string, figures: ReadingFigures): Promise<boolean> {
  const rows = await db
    .update(documentVersions)
    .set({ ...figures, status: 'ready', stage: 'ready', failureCode: null, readyAt: new Date() })
    .where(
      and(eq(documentVersions.id, versionId), inArray(documentVersions.status, ['queued', 'processing'])),
    )
    .returning({ id: documentVersions.id })
  return rows.length > 0
}

/**
 * Makes a version live that has just become ready, unless a later one is live already or somebody chose another
 * meanwhile: the latest decision wins, not the quickest reading. Raises the development's retrieval version.
 */
export async function setLiveUnlessOvertaken(db: Db, documentId: string, versionId: string): Promise<void> {
  await db.execute(sql`
    update documents d set live_version_id = v.id
    from document_versions v
    where d.id = ${documentId} and d.deleted_at is null
      and v.tenant_id = d.tenant_id and v.document_id = d.id and v.id = ${versionId} and v.withdrawn_at is null
      and v.number >= coalesce((select l.number from document_versions l
        where l.tenant_id = d.tenant_id and l.id = d.live_version_id), 0)`)
}

/** Puts a later reading in the place of the one that people see. False when another one took it meanwhile. */
export async function setReading(
  db: Db,
  versionId: string,
  readings: { from: number; to: number },
  figures: ReadingFigures,
): Promise<boolean> {
  const rows = await db
    .update(documentVersions)
    .set({ ...figures, reading: readings.to })
    .where(and(eq(documentVersions.id, versionId), eq(documentVersions.reading, readings.from)))
    .returning({ id: documentVersions.id })
  return rows.length > 0
}

/** Every page of a version but those of one reading. */
export async function deleteOtherPages(db: Db, versionId: string, keptReading: number): Promise<void> {
  await db
    .delete(documentPages)
    .where(and(eq(documentPages.versionId, versionId), ne(documentPages.reading, keptReading)))
}

/** The same of its chunks. Returns what they held, by hash. */
export async function deleteOtherChunks(db: Db, versionId: string, keptReading: number): Promise<string[]> {
  const rows = await db
    .delete(chunks)
    .where(and(eq(chunks.versionId, versionId), ne(chunks.reading, keptReading)))
    .returning({ contentSha256: chunks.contentSha256 })
  return rows.map((row) => row.contentSha256)
}

/** Changes nothing but the development's retrieval version, which a trigger raises. */
export async function touchDocument(db: Db, documentId: string): Promise<void> {
  await db
    .update(documents)
    .set({ liveVersionId: documents.liveVersionId })
    .where(eq(documents.id, documentId))
}

function* batches<T>(rows: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}

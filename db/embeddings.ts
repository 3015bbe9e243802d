// Statements about the vectors of a development: which it searches with, which texts still lack one.
import { eq, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { answerKinds } from './document-kinds.ts'
import { chunkEmbeddings, developments } from './schema/index.ts'

/** Vectors can be compared only when both are of one model and one length. */
export type EmbeddingSpace = { model: string; dimensions: number }

type SpaceRow = { model: string | null; dimensions: number | null }

const spaceColumns = { model: developments.embeddingModel, dimensions: developments.embeddingDimensions }

const spaceOf = (row: SpaceRow | undefined): EmbeddingSpace | null =>
  row?.model && row.dimensions ? { model: row.model, dimensions: row.dimensions } : null

/** What the development's searches use now; null while nothing is embedded. */
export async function embeddingSpace(db: Db, developmentId: string): Promise<EmbeddingSpace | null> {
  const [row] = await db
    .select(spaceColumns)
    .from(developments)
    .where(eq(developments.id, developmentId))
    .limit(1)
  return spaceOf(row)
}

/**
 * The same, held until the transaction ends: nothing is published and nothing is swapped meanwhile. Taken after the
 * document's own lock, never before it. Undefined when there is no such development.
 */
export async function lockEmbeddingSpace(
  db: Db,
  developmentId: string,
): Promise<EmbeddingSpace | null | undefined> {
  const rows = await db
    .select(spaceColumns)
    .from(developments)
    .where(eq(developments.id, developmentId))
    .limit(1)
    .for('no key update')
  return rows.length === 0 ? undefined : spaceOf(rows[0])
}

/** Makes searches use these vectors: one row changes, so a search finds all of the old ones or all of the new. */
export async function setEmbeddingSpace(db: Db, developmentId: string, space: EmbeddingSpace): Promise<void> {
  await db.execute(sql`
    with swapped as (
      update developments set embedding_model = ${space.model}, embedding_dimensions = ${space.dimensions},
        embedding_version = embedding_version + 1, retrieval_version = retrieval_version + 1
      where id = ${developmentId} returning id
    )
    select pg_notify('retrieval_changed', id::text)::text from swapped`)
}

export type TextToEmbed = { contentSha256: string; content: string }

const lacksVector = (space: EmbeddingSpace) => sql`not exists (
  select 1 from chunk_embeddings e where e.tenant_id = c.tenant_id and e.development_id = c.development_id
    and e.content_sha256 = c.content_sha256 and e.model = ${space.model} and e.dimensions = ${space.dimensions})`

/** Texts of one reading of a version that have no vector in `space`, each once. */
export const textsToEmbed = (
  db: Db,
  of: { versionId: string; reading: number },
  space: EmbeddingSpace,
  limit: number,
): Promise<TextToEmbed[]> =>
  db.execute<TextToEmbed>(sql`
    select distinct on (c.content_sha256) c.content_sha256 as "contentSha256", c.content from chunks c
    where c.version_id = ${of.versionId} and c.reading = ${of.reading} and ${lacksVector(space)}
    order by c.content_sha256 limit ${limit}`)

/** Chunks that answers may use now. */
const liveChunks = (developmentId: string) => sql`
  chunks c
  join documents o on o.tenant_id = c.tenant_id and o.id = c.document_id and o.live_version_id = c.version_id
    and o.deleted_at is null and o.deprecated_at is null and o.kind in ${answerKinds}
  join document_versions v on v.tenant_id = c.tenant_id and v.id = c.version_id and v.reading = c.reading
  where c.development_id = ${developmentId}`

/** The same of everything that answers of a development use. */
export const liveTextsToEmbed = (
  db: Db,
  developmentId: string,
  space: EmbeddingSpace,
  limit: number,
): Promise<TextToEmbed[]> =>
  db.execute<TextToEmbed>(sql`
    select distinct on (c.content_sha256) c.content_sha256 as "contentSha256", c.content
    from ${liveChunks(developmentId)} and ${lacksVector(space)}
    order by c.content_sha256 limit ${limit}`)

export type EmbeddingCounts = {
  chunks: number
  /** Different texts; chunks that repeat one share its vector. */
  texts: number
  textsWithoutVector: number
  charactersWithoutVector: number
}

/** How much of what answers use now has a vector in `space`, and how much has not. */
export async function embeddingCounts(
  db: Db,
  developmentId: string,
  space: EmbeddingSpace,
): Promise<EmbeddingCounts> {
  const [row] = await db.execute<EmbeddingCounts>(sql`
    with texts as (
      select c.content_sha256, count(*) as chunks, max(length(c.content)) as characters, bool_or(${lacksVector(space)}) as is_missing
      from ${liveChunks(developmentId)} group by c.content_sha256
    )
    select coalesce(sum(chunks), 0)::int as "chunks", count(*)::int as "texts",
      (count(*) filter (where is_missing))::int as "textsWithoutVector",
      coalesce(sum(characters) filter (where is_missing), 0)::float8 as "charactersWithoutVector"
    from texts`)
  return row ?? { chunks: 0, texts: 0, textsWithoutVector: 0, charactersWithoutVector: 0 }
}

/** Two jobs may embed one text at once; the first vector stays. */
export async function insertEmbeddings(db: Db, rows: (typeof chunkEmbeddings.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await db.insert(chunkEmbeddings).values(rows).onConflictDoNothing()
}

/** Vectors of texts that no chunk of the development holds any more. A vector tells much of its text. */
export async function deleteUnusedEmbeddings(
  db: Db,
  developmentId: string,
  contentHashes: readonly string[],
): Promise<void> {
  if (contentHashes.length === 0) return
  await db.execute(sql`
    delete from chunk_embeddings e
    where e.development_id = ${developmentId}
      and e.content_sha256 in (select jsonb_array_elements_text(${JSON.stringify(contentHashes)}::jsonb))
      and not exists (select 1 from chunks c where c.tenant_id = e.tenant_id and c.development_id = e.development_id
        and c.content_sha256 = e.content_sha256)`)
}

/** Vectors in any space but these two: left behind by the re-index before the last. */
export async function deleteForgottenEmbeddings(
  db: Db,
  developmentId: string,
  kept: readonly EmbeddingSpace[],
): Promise<void> {
  const names = kept.map(({ model, dimensions }) => `${model} ${dimensions}`)
  await db.execute(sql`
    delete from chunk_embeddings e where e.development_id = ${developmentId}
      and e.model || ' ' || e.dimensions not in (select jsonb_array_elements_text(${JSON.stringify(names)}::jsonb))`)
}

/** Developments of every tenant whose searches use another space, by id. Through the queue's door. */
export const developmentsInOtherSpaces = (
  db: Db,
  space: EmbeddingSpace,
  after: string | null,
  limit: number,
): Promise<{ id: string; tenantId: string }[]> =>
  db.execute<{ id: string; tenantId: string }>(sql`
    select id, tenant_id as "tenantId" from developments
    where (embedding_model, embedding_dimensions) is distinct from (${space.model}, ${space.dimensions}::smallint)
      and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${limit}`)

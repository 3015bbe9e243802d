// What the in-process index of a development is built of, and the lexemes of a question.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { answerKinds } from './document-kinds.ts'
import type { EmbeddingSpace } from './embeddings.ts'
import { type Given, statement } from './statement.ts'

export type LiveDocument = {
  documentId: string
  versionId: string
  reading: number
  chunkCount: number
  unitId: string | null
  houseTypeIds: string[]
  title: string
  kind: string
}

export type IndexState = {
  /** Raised with every change that a search must see. */
  version: number
  /** The vectors that searches use; null while nothing is embedded. */
  space: EmbeddingSpace | null
}

/** What every question asks: whether the index in memory is still the one to search. */
export async function indexState(db: Db, developmentId: string): Promise<IndexState> {
  const [row] = await stateOf(db, { developmentId })
  return {
    version: Number(row?.version ?? 0),
    space: row?.model && row.dimensions ? { model: row.model, dimensions: row.dimensions } : null,
  }
}

const stateOf = statement((db, given: Given<{ developmentId: string }>) =>
  db.execute<{ version: string; model: string | null; dimensions: number | null }>(sql`
    select retrieval_version::text as version, embedding_model as model, embedding_dimensions as dimensions
    from developments where id = ${given.developmentId}`),
)

export type LiveIndex = IndexState & {
  embeddingVersion: number
  documents: LiveDocument[]
}

/**
 * Which versions answers may use now, oldest document first: among equal passages the index prefers the later one.
 * The app role's row-level security limits it to the scope.
 */
export async function liveIndex(db: Db, developmentId: string): Promise<LiveIndex> {
  const rows = await db.execute<{
    version: string
    model: string | null
    dimensions: number | null
    embeddingVersion: number
    documents: LiveDocument[]
  }>(sql`
    select d.retrieval_version::text as version, d.embedding_model as model, d.embedding_dimensions as dimensions,
      d.embedding_version as "embeddingVersion", coalesce((
      select jsonb_agg(jsonb_build_object('documentId', o.id, 'versionId', o.live_version_id, 'reading', v.reading, 'chunkCount', coalesce(v.chunk_count, 0), 'unitId', o.unit_id, 'title', o.title, 'kind', o.kind,
        'houseTypeIds', (select coalesce(jsonb_agg(t.house_type_id), '[]') from document_house_types t where t.tenant_id = o.tenant_id and t.document_id = o.id)) order by o.id)
      from documents o
      join document_versions v on v.tenant_id = o.tenant_id and v.id = o.live_version_id
      where o.tenant_id = d.tenant_id and o.development_id = d.id and o.deleted_at is null and o.deprecated_at is null
        and o.kind in ${answerKinds}), '[]') as documents
    from developments d where d.id = ${developmentId}`)
  const [row] = rows
  return {
    version: Number(row?.version ?? 0),
    space: row?.model && row.dimensions ? { model: row.model, dimensions: row.dimensions } : null,
    embeddingVersion: row?.embeddingVersion ?? 0,
    documents: parsed<LiveDocument[]>(row?.documents) ?? [],
  }
}

export type IndexRow = {
  chunkId: string
  versionId: string
  page: number
  printedPage: string | null
  heading: string | null
  terms: string[]
  counts: number[]
  embedding: Uint8Array | null
}

const VERSIONS_A_READ = 200

/** The chunks of readings of some versions, with vectors of `space` only: two models are never mixed. */
export async function chunksOfReadings(
  db: Db,
  readings: readonly { versionId: string; reading: number }[],
  space: EmbeddingSpace | null,
): Promise<IndexRow[]> {
  if (readings.length > VERSIONS_A_READ) throw new Error(`at most ${VERSIONS_A_READ} versions at once`)
  if (readings.length === 0) return []
  return db.execute<IndexRow>(sql`
    select c.id as "chunkId", c.version_id as "versionId", c.page, c.printed_page as "printedPage", c.heading, c.terms, c.term_counts as counts,
      e.embedding
    from jsonb_to_recordset(${JSON.stringify(readings)}::jsonb) as r("versionId" uuid, reading smallint)
    join chunks c on c.version_id = r."versionId" and c.reading = r.reading
    left join chunk_embeddings e on e.tenant_id = c.tenant_id and e.development_id = c.development_id
      and e.content_sha256 = c.content_sha256 and e.model = ${space?.model ?? null} and e.dimensions = ${space?.dimensions ?? null}
    order by c.version_id, c.ordinal`)
}

/** PostgreSQL's own lexemes of the words, in their order. */
export async function lexemesOf(db: Db, text: string): Promise<string[]> {
  const rows = await lexemes(db, { text })
  return rows.map((row) => row.lexeme)
}

const lexemes = statement((db, given: Given<{ text: string }>) =>
  db.execute<{ lexeme: string }>(sql`
    select lexeme from unnest(to_tsvector('english', ${given.text})) order by positions[1]`),
)

export type ChunkText = {
  chunkId: string
  documentId: string
  versionId: string
  title: string
  kind: string
  page: number
  printedPage: string | null
  heading: string | null
  content: string
  pageText: string
}

/** The words behind candidates, with the whole page each stands on. */
export async function chunkTexts(db: Db, chunkIds: readonly string[]): Promise<ChunkText[]> {
  if (chunkIds.length === 0) return []
  return textsOf(db, { chunkIds: `{${chunkIds.join(',')}}` })
}

const textsOf = statement((db, given: Given<{ chunkIds: string }>) =>
  db.execute<ChunkText>(sql`
    select c.id as "chunkId", c.document_id as "documentId", c.version_id as "versionId", o.title, o.kind, c.page, c.printed_page as "printedPage", c.heading, c.content,
      coalesce(p.content, '') as "pageText"
    from chunks c
    join documents o on o.tenant_id = c.tenant_id and o.id = c.document_id and o.live_version_id = c.version_id
      and o.deleted_at is null and o.deprecated_at is null
    left join document_pages p on p.tenant_id = c.tenant_id and p.version_id = c.version_id and p.reading = c.reading and p.page = c.page
    where c.id = any(${given.chunkIds}::uuid[])`),
)

/** drizzle leaves jsonb of raw statements as text. */
const parsed = <T>(value: unknown): T | null =>
  typeof value === 'string' ? (JSON.parse(value) as T) : ((value as T) ?? null)

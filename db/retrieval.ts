// What the in-process index of a development is built of, and the lexemes of a question.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { answerKinds } from './document-kinds.ts'

export type LiveDocument = {
  documentId: string
  versionId: string
  unitId: string | null
  houseTypeIds: string[]
  title: string
  kind: string
}

/**
 * Which versions answers may use now, oldest document first: among equal passages the index prefers the later one.
 * The app role's row-level security limits it to the scope.
 */
export async function liveDocuments(
  db: Db,
  developmentId: string,
): Promise<{ version: number; documents: LiveDocument[] }> {
  const rows = await db.execute<{ version: string; documents: LiveDocument[] }>(sql`
    select d.retrieval_version::text as version, coalesce((
      select jsonb_agg(jsonb_build_object('documentId', o.id, 'versionId', o.live_version_id, 'unitId', o.unit_id, 'title', o.title, 'kind', o.kind,
        'houseTypeIds', (select coalesce(jsonb_agg(t.house_type_id), '[]') from document_house_types t where t.tenant_id = o.tenant_id and t.document_id = o.id)) order by o.id)
      from documents o
      where o.tenant_id = d.tenant_id and o.development_id = d.id and o.deleted_at is null and o.live_version_id is not null
        and o.kind in ${answerKinds}), '[]') as documents
    from developments d where d.id = ${developmentId}`)
  const [row] = rows
  return { version: Number(row?.version ?? 0), documents: parsed<LiveDocument[]>(row?.documents) ?? [] }
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

/** The chunks of some versions, with embeddings of `model` only: two models are never mixed. */
export async function chunksOfVersions(
  db: Db,
  versionIds: readonly string[],
  model: string | null,
): Promise<IndexRow[]> {
  if (versionIds.length > VERSIONS_A_READ) throw new Error(`at most ${VERSIONS_A_READ} versions at once`)
  if (versionIds.length === 0) return []
  return db.execute<IndexRow>(sql`
    select id as "chunkId", version_id as "versionId", page, printed_page as "printedPage", heading, terms, term_counts as counts,
      case when embedding_model = ${model} then embedding end as embedding
    from chunks where version_id in ${versionIds} order by version_id, ordinal`)
}

/** PostgreSQL's own lexemes of the words, in their order. */
export async function lexemesOf(db: Db, text: string): Promise<string[]> {
  const rows = await db.execute<{ lexeme: string }>(sql`
    select lexeme from unnest(to_tsvector('english', ${text})) order by positions[1]`)
  return rows.map((row) => row.lexeme)
}

export type ChunkText = {
  chunkId: string
  documentId: string
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
  return db.execute<ChunkText>(sql`
    select c.id as "chunkId", c.document_id as "documentId", o.title, o.kind, c.page, c.printed_page as "printedPage", c.heading, c.content,
      coalesce(p.content, '') as "pageText"
    from chunks c
    join documents o on o.tenant_id = c.tenant_id and o.id = c.document_id and o.live_version_id = c.version_id and o.deleted_at is null
    left join document_pages p on p.tenant_id = c.tenant_id and p.version_id = c.version_id and p.page = c.page
    where c.id in ${chunkIds}`)
}

/** drizzle leaves jsonb of raw statements as text. */
const parsed = <T>(value: unknown): T | null =>
  typeof value === 'string' ? (JSON.parse(value) as T) : ((value as T) ?? null)

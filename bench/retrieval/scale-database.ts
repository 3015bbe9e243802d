// Puts passages into a development of a real database as ingestion would have left them.
import { createHash } from 'node:crypto'
import type postgres from 'postgres'
import { encodeEmbedding } from '#src/retrieval/embedding-bytes.ts'
import type { Lexemes } from './lexemes.ts'

export const PASSAGES_A_DOCUMENT = 100
export const MODEL = 'bench-model'

export type Passage = { content: string; lexemes: Lexemes; vector: Float32Array }

/** One document of at most a hundred passages, live, for the whole development. */
export async function insertDocument(
  sql: postgres.Sql,
  into: { tenantId: string; developmentId: string; number: number },
  passages: readonly Passage[],
): Promise<void> {
  const { tenantId, developmentId, number } = into
  const [documentId, versionId] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
  const name = `Bench ${number}`
  await sql.begin(async (db) => {
    await db`insert into documents (id, tenant_id, development_id, kind, title)
      values (${documentId}, ${tenantId}, ${developmentId}, 'manual', ${name})`
    await db`insert into document_versions (id, tenant_id, development_id, document_id, number, status, stage, file_name, storage_key, size_bytes, content_sha256, duplicate_key, page_count, chunk_count, ready_at)
      values (${versionId}, ${tenantId}, ${developmentId}, ${documentId}, 1, 'ready', 'ready', ${name}, ${versionId}, 1, ${versionId}, ${versionId}, ${passages.length}, ${passages.length}, now())`
    for (const [ordinal, { content, lexemes, vector }] of passages.entries()) {
      const hash = createHash('sha256').update(`${number} ${ordinal} ${content}`).digest('hex')
      await db`insert into document_pages (tenant_id, version_id, reading, page, content, heading_lines)
        values (${tenantId}, ${versionId}, 1, ${ordinal + 1}, ${content}, '{}')`
      await db`insert into chunks (id, tenant_id, development_id, document_id, version_id, reading, ordinal, page, content, content_sha256, terms, term_counts)
        values (${Bun.randomUUIDv7()}, ${tenantId}, ${developmentId}, ${documentId}, ${versionId}, 1, ${ordinal}, ${ordinal + 1}, ${content}, ${hash}, ${lexemes.terms}, ${lexemes.counts})`
      await db`insert into chunk_embeddings (tenant_id, development_id, model, dimensions, content_sha256, embedding)
        values (${tenantId}, ${developmentId}, ${MODEL}, ${vector.length}, ${hash}, ${encodeEmbedding(vector)})`
    }
    await db`update documents set live_version_id = ${versionId} where id = ${documentId}`
  })
}

/** Searches use the vectors of this model from now on. */
export async function useVectors(
  sql: postgres.Sql,
  developmentId: string,
  dimensions: number,
): Promise<void> {
  await sql`update developments set embedding_model = ${MODEL}, embedding_dimensions = ${dimensions},
    embedding_version = embedding_version + 1, retrieval_version = retrieval_version + 1 where id = ${developmentId}`
}

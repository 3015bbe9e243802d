// Passages for the documents of the largest development, made by the database as ingestion would have left them.
import type postgres from 'postgres'

const PASSAGES_A_DOCUMENT = 20

/** Four hundred characters each: one sentence that can be asked for, and numbered words. Returns how many there are. */
export async function seedPassages(sql: postgres.Sql): Promise<number> {
  await sql`create unlogged table scale_passages as
    select uuidv7() as id, d.tenant_id, d.development_id, d.id as document_id, d.version_id, k, w.question || ' ' || w.words as content
    from scale_documents d join documents live on live.id = d.id and live.live_version_id = d.version_id,
      generate_series(0, ${PASSAGES_A_DOCUMENT - 1}::int) k,
      lateral (select (select question from scale_wordings where n = 1 + (d.n * 7 + k) % (select count(*)::int from scale_wordings)) as question,
        string_agg('part' || (d.n * 31 + k * 17 + i * i) % 5000, ' ') as words from generate_series(1, 40) i) w
    where d.development = 1`
  await sql`insert into document_pages (tenant_id, version_id, reading, page, content, heading_lines)
    select tenant_id, version_id, 1, k + 1, content, '{}' from scale_passages`
  const rows =
    await sql`insert into chunks (id, tenant_id, development_id, document_id, version_id, reading, ordinal, page, content, content_sha256, terms, term_counts)
    select p.id, p.tenant_id, p.development_id, p.document_id, p.version_id, 1, p.k, p.k + 1, p.content, md5(p.content), l.terms, l.counts
    from scale_passages p, lateral (select array_agg(u.lexeme order by u.lexeme) as terms,
      array_agg(least(cardinality(u.positions), 255)::smallint order by u.lexeme) as counts from unnest(to_tsvector('english', p.content)) u) l
    returning 1`
  await sql`update developments set retrieval_version = retrieval_version + 1 where slug = 'scale-1'`
  return rows.length
}

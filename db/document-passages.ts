// What answers make of a document: its passages now, and the answers that quoted a version that is not live any more.
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { chunks, documents, documentVersions, type messageCitations } from './schema/index.ts'
import { type Given, statement } from './statement.ts'

export type Passage = {
  ordinal: number
  page: number
  printedPage: string | null
  heading: string | null
  content: string
}

/** In the order of the document, one row more than `limit` when there is a next page. */
export const passagesOfVersion = (
  db: Db,
  versionId: string,
  page: { after?: number | undefined; limit: number },
): Promise<Passage[]> =>
  db
    .select({
      ordinal: chunks.ordinal,
      page: chunks.page,
      printedPage: chunks.printedPage,
      heading: chunks.heading,
      content: chunks.content,
    })
    .from(chunks)
    .innerJoin(
      documentVersions,
      and(
        eq(documentVersions.tenantId, chunks.tenantId),
        eq(documentVersions.id, chunks.versionId),
        eq(documentVersions.reading, chunks.reading),
      ),
    )
    .where(
      and(
        eq(chunks.versionId, versionId),
        page.after === undefined ? undefined : gt(chunks.ordinal, page.after),
      ),
    )
    .orderBy(asc(chunks.ordinal))
    .limit(page.limit + 1)

export type FoundPassage = Omit<Passage, 'ordinal'> & { id: string; documentId: string; title: string }

/** In no order: whoever looked for them knows it. */
export const passagesByIds = (db: Db, ids: string[]): Promise<FoundPassage[]> =>
  db
    .select({
      id: chunks.id,
      documentId: chunks.documentId,
      title: documents.title,
      page: chunks.page,
      printedPage: chunks.printedPage,
      heading: chunks.heading,
      content: chunks.content,
    })
    .from(chunks)
    .innerJoin(documents, and(eq(documents.tenantId, chunks.tenantId), eq(documents.id, chunks.documentId)))
    .where(inArray(chunks.id, ids))
    .limit(ids.length)

export async function insertMessageCitations(
  db: Db,
  rows: (typeof messageCitations.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await citations(db, { rows: JSON.stringify(rows) })
}

/** One parameter, however many rows. */
const citations = statement((db, given: Given<{ rows: string }>) =>
  db.execute(sql`
    insert into message_citations (tenant_id, message_id, position, document_id, version_id, page, quote)
    select "tenantId", "messageId", position, "documentId", "versionId", page, quote
    from jsonb_to_recordset(${given.rows}::jsonb) as r ("tenantId" uuid, "messageId" uuid, position smallint,
      "documentId" uuid, "versionId" uuid, page int, quote text)`),
)

export type OldAnswer = {
  messageId: string
  position: number
  versionNumber: number
  page: number
  quote: string
  unitNumber: string
  houseTypeCode: string
  answeredAt: Date
}

/**
 * Answers that quoted another version than the live one, newest first. Of the conversation nothing but the words of
 * the document is told.
 */
export async function answersFromOldVersions(
  db: Db,
  documentId: string,
  limit: number,
): Promise<OldAnswer[]> {
  const rows = await db.execute<Omit<OldAnswer, 'answeredAt'> & { answeredAt: string }>(sql`
    select m.message_id as "messageId", m.position, v.number as "versionNumber", m.page, m.quote,
      u.number as "unitNumber", h.code as "houseTypeCode", m.created_at as "answeredAt"
    from message_citations m
    join documents o on o.tenant_id = m.tenant_id and o.id = m.document_id and o.live_version_id is distinct from m.version_id
    join document_versions v on v.tenant_id = m.tenant_id and v.id = m.version_id
    join messages g on g.tenant_id = m.tenant_id and g.id = m.message_id
    join conversations c on c.tenant_id = g.tenant_id and c.id = g.conversation_id
    join units u on u.tenant_id = c.tenant_id and u.id = c.unit_id
    join house_types h on h.tenant_id = u.tenant_id and h.id = u.house_type_id
    where m.document_id = ${documentId}
    order by m.created_at desc, m.message_id desc, m.position limit ${limit}`)
  return rows.map((row) => ({ ...row, answeredAt: new Date(row.answeredAt) }))
}

export async function countAnswersFromOldVersions(db: Db, documentId: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(distinct m.message_id)::int as count from message_citations m
    join documents o on o.tenant_id = m.tenant_id and o.id = m.document_id and o.live_version_id is distinct from m.version_id
    where m.document_id = ${documentId}`)
  return row?.count ?? 0
}

// The statements that delete a document.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { chunks, documentPages, documents, documentVersions } from './schema/index.ts'

/**
 * Marks a document as deleted and takes its text out of the database. Its duplicate key is spent, so that the same
 * bytes may be uploaded again. Null when there is no such document.
 */
export async function deleteDocument(
  db: Db,
  documentId: string,
): Promise<{ developmentId: string; jobIds: string[]; contentHashes: string[] } | null> {
  const [row] = await db
    .update(documents)
    .set({ deletedAt: new Date(), liveVersionId: null })
    .where(and(eq(documents.id, documentId), isNull(documents.deletedAt)))
    .returning({ developmentId: documents.developmentId })
  if (!row) return null
  const versions = await db
    .update(documentVersions)
    .set({ duplicateKey: sql`${documentVersions.duplicateKey} || ' deleted ' || ${documentVersions.id}` })
    .where(eq(documentVersions.documentId, documentId))
    .returning({ id: documentVersions.id, jobId: documentVersions.jobId })
  const versionIds = versions.map(({ id }) => id)
  const gone = await db
    .delete(chunks)
    .where(inArray(chunks.versionId, versionIds))
    .returning({ contentSha256: chunks.contentSha256 })
  await db.delete(documentPages).where(inArray(documentPages.versionId, versionIds))
  return {
    developmentId: row.developmentId,
    jobIds: versions.flatMap(({ jobId }) => jobId ?? []),
    contentHashes: gone.map(({ contentSha256 }) => contentSha256),
  }
}

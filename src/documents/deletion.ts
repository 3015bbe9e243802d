// Deleting a document: nothing of its text stays, a running ingestion of it ends, its bytes may come again.
import { deleteDocument as deleteRows } from '#db/document-deletion.ts'
import { deleteUnusedEmbeddings } from '#db/embeddings.ts'
import { cancelJobs } from '#db/job-actions.ts'
import { type Scope, within } from '#db/scope.ts'
import { noteActivity } from '../activity.ts'
import { failure } from '../failure.ts'

/** The row and the stored file stay for the record until a purge. @throws Failure `not_found` */
export async function deleteDocument(scope: Scope, documentId: string): Promise<void> {
  await within(scope, async (db) => {
    const deleted = await deleteRows(db, documentId)
    if (!deleted) throw failure('not_found')
    await deleteUnusedEmbeddings(db, deleted.developmentId, deleted.contentHashes)
    await cancelJobs(db, deleted.jobIds)
    await noteActivity(db, scope, {
      action: 'document.deleted',
      targetType: 'document',
      targetId: documentId,
    })
  })
}

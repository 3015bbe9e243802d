// Deleting a document: nothing of its text stays, a running ingestion of it ends, its bytes may come again.
import { deleteDocument as deleteRows } from '#db/document-deletion.ts'
import { deleteUnusedEmbeddings } from '#db/embeddings.ts'
import { cancelJobs } from '#db/job-actions.ts'
import { insertActivity } from '#db/logs.ts'
import { type Scope, within } from '#db/scope.ts'
import { failure } from '../failure.ts'

/** The row and the stored file stay for the record until a purge. @throws Failure `not_found` */
export async function deleteDocument(scope: Scope, documentId: string): Promise<void> {
  await within(scope, async (db) => {
    const deleted = await deleteRows(db, documentId)
    if (!deleted) throw failure('not_found')
    await deleteUnusedEmbeddings(db, deleted.developmentId, deleted.contentHashes)
    await cancelJobs(db, deleted.jobIds)
    await insertActivity(db, {
      tenantId: scope.tenantId,
      actorType: scope.actor.type,
      actorId: scope.actor.id,
      requestId: scope.requestId,
      action: 'document.deleted',
      targetType: 'document',
      targetId: documentId,
      changes: {},
    })
  })
}

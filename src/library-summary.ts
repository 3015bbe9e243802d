// The house types of a development and the room its builder's files take, which the page of documents shows together.
import { librarySummary } from '#db/library-summary.ts'
import { type Scope, within } from '#db/scope.ts'
import { keptRead } from './kept-reads.ts'
import { type StorageUse, storageUse } from './storage-use.ts'

export async function libraryOf(
  scope: Scope,
  developmentId: string,
): Promise<{ houseTypes: { code: string; name: string }[]; storage: StorageUse }> {
  const { tenantId } = scope
  const { houseTypes, stored } = await keptRead(scope, {
    name: 'library summary',
    parts: [developmentId],
    tables: ['house_types', 'document_versions', 'snags', 'brandings'],
    read: () => within(scope, (db) => librarySummary(db, { tenantId, developmentId })),
  })
  return { houseTypes, storage: storageUse(stored) }
}

// Which versions of which documents an answer quoted, as rows: the words may be replaced later.
import type { HomeScope } from '#db/scope.ts'
import type { Citation } from '../answers/question.ts'

export const citationRows = ({ tenantId }: HomeScope, messageId: string, citations: readonly Citation[]) =>
  citations.flatMap(({ documentId, versionId, page, quote }, position) =>
    versionId ? [{ tenantId, messageId, position, documentId, versionId, page, quote }] : [],
  )

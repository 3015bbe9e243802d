// Ingests a version of a document: extract, chunk, embed, publish.
import { documentEmbedder } from '#src/clients/models.ts'
import { ingestVersion } from '#src/documents/ingestion.ts'
import type { Run } from './context.ts'
import { namingFailures } from './embedding-outcome.ts'
import { cancel, JobFailure } from './outcome.ts'

export const run: Run<'ingest-document'> = async (scope, { versionId }, context) => {
  const embedder = documentEmbedder(scope.tenantId, context.requestId)
  const ended = await namingFailures(ingestVersion(scope, versionId, { ...context, embedder }))
  if (ended.outcome === 'gone') return cancel('deleted')
  if (ended.outcome === 'failed') throw new JobFailure(ended.code)
  return undefined
}

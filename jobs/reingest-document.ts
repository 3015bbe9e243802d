// Reads the stored bytes of a version again, beside what people see, and swaps the result in.
import { documentEmbedder } from '#src/clients/models.ts'
import { reingestVersion } from '#src/documents/ingestion.ts'
import type { Run } from './context.ts'
import { namingFailures } from './embedding-outcome.ts'
import { cancel, JobFailure } from './outcome.ts'

export const run: Run<'reingest-document'> = async (scope, { versionId }, context) => {
  const embedder = documentEmbedder(scope.tenantId, context.requestId)
  const ended = await namingFailures(reingestVersion(scope, versionId, { ...context, embedder }))
  if (ended.outcome === 'gone') return cancel('deleted')
  if (ended.outcome === 'failed') throw new JobFailure(ended.code)
  return undefined
}

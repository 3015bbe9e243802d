// Ingests a version of a document: extract, chunk, embed, publish.
import { documentEmbedder } from '#src/clients/models.ts'
import { LlmFailure } from '#src/clients/openai-failures.ts'
import { ingestVersion } from '#src/documents/ingestion.ts'
import type { Run } from './context.ts'
import { cancel, JobFailure } from './outcome.ts'

export const run: Run<'ingest-document'> = async (scope, { versionId }, context) => {
  const embedder = documentEmbedder(scope.tenantId, context.requestId)
  const ended = await ingestVersion(scope, versionId, { ...context, embedder }).catch(named)
  if (ended.outcome === 'gone') return cancel('deleted')
  if (ended.outcome === 'failed') throw new JobFailure(ended.code)
  return undefined
}

/** A model that fails has a code of its own, and may say when to come back. */
function named(error: unknown): never {
  if (!(error instanceof LlmFailure)) throw error
  throw new JobFailure('embedding_unavailable', {
    retryAfterMs: error.retryAfterMs ?? undefined,
    cause: error,
  })
}

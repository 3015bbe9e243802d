// Embeds a development's documents with the model of the settings, and swaps the vectors in when all are there.
import { documentEmbedder } from '#src/clients/models.ts'
import { reindexDevelopment } from '#src/reindexing.ts'
import type { Run } from './context.ts'
import { namingFailures } from './embedding-outcome.ts'
import { cancel, snooze } from './outcome.ts'

const NEXT_TURN_MS = 1_000

export const run: Run<'reindex-development'> = async (scope, { developmentId }, context) => {
  const embedder = documentEmbedder(scope.tenantId, context.requestId)
  const ended = await namingFailures(reindexDevelopment(scope, developmentId, { ...context, embedder }))
  if (ended === 'gone') return cancel('deleted')
  if (ended === 'not_set_up') return cancel('embeddings_not_set_up')
  return ended === 'later' ? snooze(NEXT_TURN_MS) : undefined
}

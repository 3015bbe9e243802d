// Embeds a development's documents with the model of the settings, asks the golden suite with the new vectors, and
// swaps them in when all are there and nothing is answered worse.
import { documentEmbedder } from '#src/clients/models.ts'
import { reviewVectors } from '#src/golden/suite.ts'
import { reindexDevelopment } from '#src/reindexing.ts'
import type { Run } from './context.ts'
import { namingFailures } from './embedding-outcome.ts'
import { cancel, snooze } from './outcome.ts'

const NEXT_TURN_MS = 1_000

export const run: Run<'reindex-development'> = async (scope, { developmentId }, context) => {
  const embedder = documentEmbedder(scope.tenantId, context.requestId)
  const reindexing = reindexDevelopment(scope, developmentId, {
    ...context,
    embedder,
    review: (target) => reviewVectors(scope, developmentId, target, context),
  })
  const ended = await namingFailures(reindexing)
  if (ended === 'gone') return cancel('deleted')
  if (ended === 'not_set_up') return cancel('embeddings_not_set_up')
  if (ended === 'waiting') return cancel('golden_dropped')
  if (ended === 'rejected') return cancel('vectors_rejected')
  return ended === 'later' ? snooze(NEXT_TURN_MS) : undefined
}

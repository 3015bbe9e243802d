// Fails `number` times with a code of its kind, then succeeds.
import { JobFailure } from '#jobs/outcome.ts'
import type { Run } from './run.ts'

export const run: Run = async (_scope, payload, context) => {
  if (context.attempt <= payload.number)
    throw new JobFailure('peer_busy', { cause: new Error('peer says 503') })
  return undefined
}

// Posts an event to the address of another program.
import { deliver } from '#src/webhooks.ts'
import type { Run } from './context.ts'
import { cancel, JobFailure } from './outcome.ts'

export const run: Run<'deliver-webhook'> = async (_scope, { deliveryId }, context) => {
  const delivered = await deliver(deliveryId, context)
  if (delivered.outcome === 'failed')
    throw new JobFailure(delivered.code, { retryAfterMs: delivered.retryAfterMs })
  if (delivered.outcome === 'gone') return cancel('deleted')
  return delivered.outcome === 'disabled' ? cancel('webhook_disabled') : undefined
}

// Has every tenant's days counted, nightly.
import { sweepAnalytics } from '#src/analytics.ts'
import type { Run } from './context.ts'

export const run: Run<'sweep-analytics'> = async (_scope, _payload, context) => {
  await sweepAnalytics(context)
  return undefined
}

// Counts the days of a tenant's developments.
import { rollUp } from '#src/analytics.ts'
import type { Run } from './context.ts'

export const run: Run<'roll-up-analytics'> = async (scope, { from, to }, context) => {
  await rollUp(scope, { from, to }, context)
  return undefined
}

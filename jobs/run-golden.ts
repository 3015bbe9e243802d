// Asks every golden question of a development and records what was not answered as expected.
import { runGolden } from '#src/golden/suite.ts'
import type { Run } from './context.ts'
import { cancel } from './outcome.ts'

export const run: Run<'run-golden'> = async (scope, payload, context) =>
  (await runGolden(scope, payload, context)) === 'gone' ? cancel('deleted') : undefined

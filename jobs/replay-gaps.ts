// Asks open gaps again after staff have answered one of them.
import { replayGaps } from '#src/gaps/replay.ts'
import type { Run } from './context.ts'
import { cancel } from './outcome.ts'

export const run: Run<'replay-gaps'> = async (scope, payload, context) =>
  (await replayGaps(scope, payload, context)).outcome === 'gone' ? cancel('retired') : undefined

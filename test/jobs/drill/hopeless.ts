// Fails with a code that no repetition can cure, or (number 1) with one that is not in the closed set.
import { JobFailure } from '#jobs/outcome.ts'
import type { Run } from './run.ts'

export const run: Run = async (_scope, payload) => {
  throw new JobFailure(payload.number === 1 ? 'made_up' : 'broken_file')
}

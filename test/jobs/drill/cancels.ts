// Finds that its work has become pointless.
import { cancel } from '#jobs/outcome.ts'
import type { Run } from './run.ts'

export const run: Run = async () => cancel('pointless')

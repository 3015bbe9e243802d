// Does nothing, for measuring the queue itself.
import type { Run } from './run.ts'

export const run: Run = async () => undefined

// Waits for ever but listens to its signal.
import type { Run } from './run.ts'

export const run: Run = (_scope, _payload, context) =>
  new Promise((_, reject) =>
    context.signal.addEventListener('abort', () => reject(new Error('told to stop'))),
  )

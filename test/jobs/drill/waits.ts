// Works until its file appears or it is told to stop.
import { existsSync } from 'node:fs'
import type { Run } from './run.ts'

export const run: Run = async (_scope, payload, context) => {
  context.progress('waiting', 1, 2)
  while (!existsSync(payload.file)) {
    context.signal.throwIfAborted()
    await Bun.sleep(10)
  }
  return undefined
}

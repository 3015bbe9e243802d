// Ends its whole thread.
import type { Run } from './run.ts'

export const run: Run = async () => {
  await Bun.sleep(1)
  process.exit(3)
}

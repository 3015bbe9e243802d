// Never gives the thread back.
import type { Run } from './run.ts'

export const run: Run = async () => {
  for (;;);
}

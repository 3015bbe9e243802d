// Throws where no promise of the job can catch it, and never comes back.
import type { Run } from './run.ts'

export const run: Run = async () => {
  setTimeout(() => {
    throw new Error('thrown from a timer')
  }, 5)
  await new Promise(() => {})
  return undefined
}

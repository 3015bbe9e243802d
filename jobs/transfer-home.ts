// Takes the old household's data out of a home that has changed hands, and opens it to the next one.
import { finishTransfer } from '#src/transfers.ts'
import type { Run } from './context.ts'

export const run: Run<'transfer-home'> = async (scope, transfer, context) => {
  await finishTransfer(scope, transfer, context)
  return undefined
}

// Removes what was kept long enough, and shortens the addresses that were.
import { purgeExpired } from '#src/retention.ts'
import type { Run } from './context.ts'

export const run: Run<'purge-expired'> = async (_scope, _payload, context) => {
  await purgeExpired(context)
  return undefined
}

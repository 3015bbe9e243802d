// Writes a tenant's reminders of what is due in its homes.
import { remindHomes } from '#src/maintenance/reminders.ts'
import type { Run } from './context.ts'

export const run: Run<'remind-homes'> = async (scope, _payload, context) => {
  await remindHomes(scope, context)
  return undefined
}

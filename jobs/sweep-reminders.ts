// Has every tenant's people who chose it reminded of what is due, daily.
import { sweepReminders } from '#src/maintenance/reminders.ts'
import type { Run } from './context.ts'

export const run: Run<'sweep-reminders'> = async (_scope, _payload, context) => {
  await sweepReminders(context)
  return undefined
}

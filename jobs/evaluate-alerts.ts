// Judges the alert rules.
import { evaluateAlerts } from '#src/alerts.ts'
import type { Run } from './context.ts'

export const run: Run<'evaluate-alerts'> = async (_scope, _payload, context) => {
  await evaluateAlerts(context)
  return undefined
}

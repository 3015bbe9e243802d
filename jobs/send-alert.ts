// Tells the operator what became of an incident.
import { tellOperator } from '#src/alerts.ts'
import type { Run } from './context.ts'
import { kinds } from './kinds.ts'
import { cancel, JobFailure } from './outcome.ts'

export const run: Run<'send-alert'> = async (_scope, { eventId, by }, { signal, attempt, requestId }) => {
  const isLastTry = attempt >= kinds['send-alert'].attemptsMax
  const outcome = await tellOperator(eventId, by, { signal, isLastTry, requestId })
  if (outcome === 'gone') return cancel('deleted')
  if (outcome === 'not_set_up') return cancel('alert_not_set_up')
  if (outcome === 'failed') throw new JobFailure('alert_not_delivered')
  return undefined
}

// Fetches the places near a development.
import { placesSource } from '#src/clients/places.ts'
import { refreshPlaces } from '#src/places.ts'
import type { Run } from './context.ts'
import { cancel, JobFailure, snooze } from './outcome.ts'

export const run: Run<'refresh-places'> = async (scope, payload, context) => {
  const ended = await refreshPlaces(scope, payload, { ...context, source: placesSource() })
  switch (ended.outcome) {
    case 'done':
      return undefined
    case 'gone':
      return cancel('deleted')
    case 'pointless':
      return cancel(ended.code)
    case 'later':
      return snooze(ended.delayMs)
    case 'failed':
      throw new JobFailure(ended.code, { retryAfterMs: ended.retryAfterMs })
  }
}

// What the queue is told of how a search for a position went.
import type { Geocoding } from '#src/geocoding.ts'
import { cancel, JobFailure, type Outcome, snooze } from './outcome.ts'

export function geocodingOutcome(ended: Geocoding): Outcome | undefined {
  switch (ended.outcome) {
    case 'placed':
      return undefined
    case 'gone':
      return cancel('deleted')
    case 'later':
      return snooze(ended.delayMs)
    case 'failed':
      if (ended.code === 'geocode_not_set_up') return cancel(ended.code)
      throw new JobFailure(ended.code, { retryAfterMs: ended.retryAfterMs })
  }
}

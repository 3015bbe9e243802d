// Removes fetched places that may be kept no longer, and has every development's fetched again.
import { sweepPlaces } from '#src/places.ts'
import type { Run } from './context.ts'

export const run: Run<'sweep-places'> = async (_scope, _payload, context) => {
  await sweepPlaces(context)
  return undefined
}

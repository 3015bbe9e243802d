// Finds where a home is, from its address.
import { geocoder } from '#src/clients/geocoder.ts'
import { geocode } from '#src/geocoding.ts'
import type { Run } from './context.ts'
import { geocodingOutcome } from './geocoding-outcome.ts'

export const run: Run<'geocode-unit'> = async (_scope, { unitId }, context) =>
  geocodingOutcome(await geocode({ type: 'unit', id: unitId }, { ...context, geocoder: geocoder() }))

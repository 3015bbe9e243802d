// Finds where a development is, then sends its homes and the places nearby after it.
import { geocoder } from '#src/clients/geocoder.ts'
import { geocodeDevelopment } from '#src/geocoding.ts'
import type { Run } from './context.ts'
import { geocodingOutcome } from './geocoding-outcome.ts'

export const run: Run<'geocode-development'> = async (scope, { developmentId }, context) =>
  geocodingOutcome(await geocodeDevelopment(scope, developmentId, { ...context, geocoder: geocoder() }))

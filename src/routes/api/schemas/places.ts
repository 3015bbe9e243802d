// Shape of places near a development in the API.
import { z } from 'zod'
import { moment, uuid } from './envelopes.ts'

export const place = z
  .object({
    id: uuid,
    development_id: uuid,
    category: z.string(),
    name: z.string(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    distance_m: z
      .number()
      .int()
      .nullable()
      .describe('Straight line from the development; null when a position is missing'),
    source: z.string(),
    is_shown: z.boolean().describe('False when its kind is switched off for the development'),
    recorded_on: z.string(),
    fetched_at: moment.nullable().describe('Null for places that people recorded'),
  })
  .meta({ id: 'Place' })

// Shapes of developments in the API.
import { z } from 'zod'
import { moment, uuid } from './envelopes.ts'

const text = (charsMax: number) => z.string().trim().min(1).max(charsMax)

export const development = z
  .object({
    id: uuid,
    slug: z.string(),
    name: z.string(),
    tenure: z.enum(['sale', 'rent', 'mixed']).describe('`mixed`: each home says whether it is sold or let'),
    address_line: z.string(),
    locality: z.string(),
    county: z.string(),
    eircode: z.string().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    places_refreshed_at: moment.nullable().describe('When the places nearby were last fetched'),
    places_failure_code: z.string().nullable().describe('Why the newest refresh failed, if it did'),
    created_at: moment,
  })
  .meta({ id: 'Development' })

export const reindexEstimate = z
  .object({
    model: z.string().describe('What the vectors would be of'),
    dimensions: z.number().int(),
    current_model: z.string().nullable().describe('What searches use now'),
    current_dimensions: z.number().int().nullable(),
    chunks: z.number().int(),
    chunks_to_embed: z
      .number()
      .int()
      .describe('Different texts without a vector; equal text is embedded once'),
    tokens: z.number().int().describe('Estimated from the length of the text'),
    cost_eur: z.number(),
    job_id: uuid.nullable().describe('The re-index that is under way'),
  })
  .meta({ id: 'ReindexEstimate' })

export const newDevelopment = z
  .strictObject({
    name: text(120).describe('Its slug and the letters of its access codes are made of it'),
    address_line: text(300),
    locality: text(120),
    county: text(60),
    tenure: z.enum(['sale', 'rent', 'mixed']).default('sale'),
    eircode: z.string().max(10).nullish(),
    latitude: z.number().min(-90).max(90).nullish().describe('Left out: looked up'),
    longitude: z.number().min(-180).max(180).nullish(),
  })
  .refine(
    ({ latitude, longitude }) => ((latitude ?? null) !== null) === ((longitude ?? null) !== null),
    'latitude and longitude come together',
  )
  .meta({ id: 'NewDevelopment' })

/** What is not named stays as it is. */
export const developmentChange = z
  .strictObject({
    name: text(120).optional(),
    address_line: text(300).optional(),
    locality: text(120).optional(),
    county: text(60).optional(),
    eircode: z.string().max(10).nullish(),
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
  })
  .refine(
    ({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined),
    'latitude and longitude come together',
  )
  .meta({ id: 'DevelopmentChange' })

// Shapes of units and households in the API.
import { z } from 'zod'
import { FACTS_A_HOME_MAX } from '../../../home-parts.ts'
import { moment, uuid } from './envelopes.ts'
import { fact } from './facts.ts'

const person = z.object({ id: uuid, full_name: z.string(), email: z.string().nullable() })

export const unit = z
  .object({
    id: uuid,
    development_id: uuid,
    house_type_id: uuid,
    house_type: z.string(),
    number: z.string(),
    address_line: z.string(),
    eircode: z.string().nullable(),
    bedrooms: z.number().int().nullable(),
    bathrooms: z.number().int().nullable(),
    floor_area_m2: z.number().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    location_source: z
      .enum(['entered', 'geocoded', 'development'])
      .nullable()
      .describe('`development`: no position was found, so the home stands at its development'),
    geocode_quality: z.enum(['exact', 'interpolated', 'street', 'area']).nullable(),
    geocode_failure_code: z.string().nullable(),
    tenure: z.enum(['sale', 'rent']).describe('Sold or let; of the development unless that is mixed'),
    phase: z.string().nullable().describe('Of the building works'),
    handed_over_on: z.string().nullable(),
    claimed_at: moment.nullable(),
    household: z
      .array(person)
      .max(4)
      .optional()
      .describe(
        'With `expand=household`, in the order of the contract; each household sees that you read it',
      ),
    facts: z
      .array(fact)
      .max(FACTS_A_HOME_MAX)
      .optional()
      .describe(
        `With \`expand=facts\`: what is recorded of the home itself, the first ${FACTS_A_HOME_MAX} by topic and key`,
      ),
  })
  .meta({ id: 'Unit' })

export const household = z
  .object({
    unit_id: uuid,
    people: z.array(person).max(4).describe('In the order of the contract'),
  })
  .meta({ id: 'Household' })

/** The number and the house type are corrected by repairs, because people and answers hang on them. */
export const unitChange = z
  .strictObject({
    address_line: z.string().trim().min(1).max(300).optional(),
    eircode: z.string().max(10).nullish(),
    bedrooms: z.number().int().min(0).max(20).nullish(),
    bathrooms: z.number().int().min(0).max(20).nullish(),
    floor_area_m2: z.number().min(10).max(2_000).nullish(),
    handed_over_on: z.iso.date().nullish(),
    phase: z.string().trim().min(1).max(46).nullish().describe('`Phase 2` is kept as `2`'),
    tenure: z.enum(['sale', 'rent']).optional().describe('Only of homes in a development that is `mixed`'),
  })
  .meta({ id: 'UnitChange' })

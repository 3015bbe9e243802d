// Shapes of what sets up a development through the API.
import { z } from 'zod'
import { uuid } from './schemas.ts'

const text = (charsMax: number) => z.string().trim().min(1).max(charsMax)

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

export const newHouseType = z
  .strictObject({
    development_id: uuid,
    code: text(20).describe('As lists of homes name it, such as `BD01`'),
    name: text(120),
    typical_bedrooms: z.number().int().min(0).max(20).nullish(),
    typical_floor_area_m2: z.number().positive().max(9_999).nullish(),
  })
  .meta({ id: 'NewHouseType' })

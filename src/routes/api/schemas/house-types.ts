// Shapes of house types in the API.
import { z } from 'zod'
import { uuid } from './envelopes.ts'

const text = (charsMax: number) => z.string().trim().min(1).max(charsMax)

export const houseType = z
  .object({
    id: uuid,
    development_id: uuid,
    code: z.string(),
    name: z.string(),
    typical_bedrooms: z.number().int().nullable(),
    typical_floor_area_m2: z.number().nullable(),
  })
  .meta({ id: 'HouseType' })

export const newHouseType = z
  .strictObject({
    development_id: uuid,
    code: text(20).describe('As lists of homes name it, such as `BD01`'),
    name: text(120),
    typical_bedrooms: z.number().int().min(0).max(20).nullish(),
    typical_floor_area_m2: z.number().positive().max(9_999).nullish(),
  })
  .meta({ id: 'NewHouseType' })

export const houseTypeChange = z
  .strictObject({
    name: text(120).optional(),
    typical_bedrooms: z.number().int().min(0).max(20).nullish(),
    typical_floor_area_m2: z.number().positive().max(9_999).nullish(),
  })
  .meta({ id: 'HouseTypeChange' })

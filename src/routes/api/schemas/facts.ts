// Shapes of facts in the API.
import { z } from 'zod'
import { FACT_CHARS_MAX } from '../../../facts.ts'
import { uuid } from './envelopes.ts'

const text = (charsMax: number) => z.string().trim().min(1).max(charsMax)
const metres = z.number().positive().max(999).nullish()

const given = {
  development_id: uuid,
  topic: text(FACT_CHARS_MAX.topic).describe('`rooms`, `energy`, `waste` and the like'),
  key: text(FACT_CHARS_MAX.key)
    .regex(/^[a-z0-9_.]+$/, 'must be lower-case letters, digits, dots and underscores')
    .describe('Unique in its place, such as `room.kitchen`: recording it again replaces it'),
  label: text(FACT_CHARS_MAX.label).describe('In the words that people ask with'),
  value: text(FACT_CHARS_MAX.value),
  source: text(FACT_CHARS_MAX.source).describe('Where it stands or who said so; shown with answers'),
  recorded_on: z.iso.date(),
}

export const fact = z
  .object({
    id: uuid,
    ...given,
    house_type_id: uuid.nullable(),
    unit_id: uuid.nullable(),
    length_m: z.number().nullable(),
    width_m: z.number().nullable(),
    area_m2: z.number().nullable(),
  })
  .meta({ id: 'Fact' })

export const newFact = z
  .strictObject({
    ...given,
    house_type_id: uuid.nullish().describe('Set: typical of that house type'),
    unit_id: uuid.nullish().describe('Set: of that home only'),
    length_m: metres,
    width_m: metres,
    area_m2: z.number().positive().max(99_999).nullish(),
  })
  .meta({ id: 'NewFact' })

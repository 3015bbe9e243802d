// Shape of the figures in the API.
import { z } from 'zod'
import { uuid } from './envelopes.ts'

const dayCounts = {
  questions: z.number().int(),
  answered: z.number().int().describe('Questions that got an answer'),
  unanswered: z.number().int().describe('Questions that became gaps'),
  documents_opened: z.number().int(),
  scans: z.number().int().describe('Scans of printed codes'),
  claims: z.number().int().describe('Homes whose app was opened for the first time'),
}

export const analytics = z
  .object({
    development_id: uuid.nullable(),
    from: z.iso.date(),
    to: z.iso.date(),
    totals: z.object({ ...dayCounts, active_homes_max: z.number().int().describe('The most of one day') }),
    days: z.array(z.object({ day: z.iso.date(), active_homes: z.number().int(), ...dayCounts })).max(366),
  })
  .meta({ id: 'Analytics' })

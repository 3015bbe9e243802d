// Shapes of repairs of a unit in the API.
import { z } from 'zod'
import { moment, uuid } from './envelopes.ts'

export const homeRepair = z
  .object({
    id: uuid,
    unit_id: uuid,
    other_unit_id: uuid.nullable(),
    kind: z.enum(['move', 'exchange', 'house_type', 'undo']),
    reason: z.string(),
    created_at: moment,
    undone_at: moment.nullable(),
  })
  .meta({ id: 'HomeRepair' })

const reason = z.string().trim().min(10).max(500).describe('Kept in the activity log')

export const newRepair = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('move'),
      to_number: z.string().min(1).max(20).describe('Number of the home in the same development'),
      purchaser_ids: z.array(uuid).max(4).optional().describe('Everybody of the home when left out'),
      reason,
    }),
    z.strictObject({
      kind: z.literal('exchange'),
      to_number: z.string().min(1).max(20).describe('The two households change places'),
      reason,
    }),
    z.strictObject({ kind: z.literal('house_type'), house_type: z.string().min(1).max(40), reason }),
  ])
  .meta({ id: 'NewHomeRepair' })

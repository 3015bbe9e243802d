// Shape of the feed of events in the API.
import { z } from 'zod'
import { webhookEvents } from '../../../webhooks.ts'
import { moment, uuid } from './envelopes.ts'

export const eventType = z.enum(webhookEvents)

const event = z
  .object({
    id: uuid.describe('The same as in the delivery of a webhook'),
    type: eventType,
    created_at: moment,
    data: z
      .record(z.string(), z.union([z.string(), z.number(), z.null()]))
      .describe('Ids and counts of what it is about'),
  })
  .meta({ id: 'Event' })

export const eventsBody = z.object({
  data: z.array(event).describe('Oldest first'),
  next_cursor: z.string().nullable().describe('Also at the end: with it, the feed goes on later'),
  has_more: z.boolean(),
})

// Shapes of webhooks and deliveries in the API.
import { z } from 'zod'
import { webhookEvents } from '../../../webhooks.ts'
import { uuid } from './envelopes.ts'

const moment = z.iso.datetime()
const event = z.enum(webhookEvents)

export const newWebhook = z
  .strictObject({
    url: z.string().min(1).max(2_000).describe('https address on the public internet'),
    events: z.array(event).min(1).max(50),
  })
  .meta({ id: 'NewWebhook' })

export const webhookChange = z
  .strictObject({
    url: z.string().min(1).max(2_000).optional(),
    events: z.array(event).min(1).max(50).optional(),
  })
  .meta({ id: 'WebhookChange' })

const webhookFields = {
  id: uuid,
  url: z.string(),
  events: z.array(event),
  failure_count: z.number().int().describe('Deliveries given up one after the other'),
  disabled_at: moment.nullable().describe('Set after ten deliveries were given up, or an answer of 410'),
  created_at: moment,
}

export const webhook = z.object(webhookFields).meta({ id: 'Webhook' })

export const webhookCreated = z
  .object({ ...webhookFields, secret: z.string().describe('Signs every delivery; shown this once') })
  .meta({ id: 'WebhookCreated' })

export const webhookDelivery = z
  .object({
    id: uuid,
    webhook_id: uuid,
    event_id: uuid.describe('The same for every try and replay of an event'),
    event: z.string(),
    data: z.record(z.string(), z.unknown()),
    state: z.enum(['pending', 'delivered', 'failed']),
    attempt_count: z.number().int(),
    response_status: z.number().int().nullable(),
    duration_ms: z.number().int().nullable(),
    failure_code: z.string().nullable(),
    delivered_at: moment.nullable(),
    created_at: moment,
  })
  .meta({ id: 'WebhookDelivery' })

export const webhookDeletion = z
  .object({ id: uuid, deleted: z.literal(true) })
  .meta({ id: 'WebhookDeletion' })

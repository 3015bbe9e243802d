// Webhooks of the key's tenant, and the log of what was delivered to them.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import { unchangedSince } from '../../http/entity-tags.ts'
import {
  changeWebhook,
  createWebhook,
  type DeliveryRow,
  deliveriesPage,
  enableWebhook,
  findWebhook,
  removeWebhook,
  replayDelivery,
  type WebhookRow,
  webhooksPage,
} from '../../webhooks.ts'
import { describe, responses } from './operations.ts'
import { errorBody, itemParams, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'
import {
  newWebhook,
  webhook,
  webhookChange,
  webhookCreated,
  webhookDeletion,
  webhookDelivery,
} from './schemas/webhooks.ts'

export const webhooks = new Elysia({ name: 'api/webhooks', prefix: '/webhooks' })
  .use(access)
  .post(
    '',
    async ({ client, body, set }) => {
      const created = await createWebhook(client.scope, body)
      set.status = 201
      return { ...webhookBody(created.webhook), secret: created.secret }
    },
    {
      forApiClient: 'webhooks:write',
      body: newWebhook,
      response: responses({ 201: webhookCreated, 409: errorBody }),
      detail: describe('Webhooks', 'createWebhook', 'Have events posted to an address'),
    },
  )
  .get(
    '',
    async ({ client, query }) => {
      const page = await webhooksPage(client.scope, query)
      return { data: page.rows.map(webhookBody), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'webhooks:read',
      query: pageQuery,
      response: responses({ 200: pageBody(webhook) }),
      detail: describe('Webhooks', 'listWebhooks', 'List webhooks'),
    },
  )
  .get('/:id', async ({ client, params }) => webhookBody(await findWebhook(client.scope, params.id)), {
    forApiClient: 'webhooks:read',
    params: itemParams,
    response: responses({ 200: webhook }),
    detail: describe('Webhooks', 'getWebhook', 'Read a webhook'),
  })
  .patch(
    '/:id',
    async ({ client, params, body, request }) =>
      webhookBody(await changeWebhook(client.scope, params.id, body, unchangedSince(request, webhookBody))),
    {
      forApiClient: 'webhooks:write',
      params: itemParams,
      body: webhookChange,
      response: responses({ 200: webhook }),
      detail: describe('Webhooks', 'changeWebhook', 'Change the address or the events; the secret stays'),
    },
  )
  .delete(
    '/:id',
    async ({ client, params }) => {
      await removeWebhook(client.scope, params.id)
      return { id: params.id, deleted: true as const }
    },
    {
      forApiClient: 'webhooks:write',
      params: itemParams,
      response: responses({ 200: webhookDeletion }),
      detail: describe('Webhooks', 'deleteWebhook', 'Delete a webhook with its deliveries'),
    },
  )
  .post(
    '/:id/enablement',
    async ({ client, params }) => webhookBody(await enableWebhook(client.scope, params.id)),
    {
      forApiClient: 'webhooks:write',
      params: itemParams,
      response: responses({ 200: webhook }),
      detail: describe('Webhooks', 'enableWebhook', 'Switch a failing webhook on again'),
    },
  )
  .get(
    '/:id/deliveries',
    async ({ client, params, query }) => {
      const page = await deliveriesPage(client.scope, params.id, query)
      return { data: page.rows.map(deliveryBody), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'webhooks:read',
      params: itemParams,
      query: pageQuery,
      response: responses({ 200: pageBody(webhookDelivery) }),
      detail: describe('Webhooks', 'listWebhookDeliveries', 'List deliveries, newest first'),
    },
  )
  .post(
    '/:id/deliveries/:delivery_id/replay',
    async ({ client, params, set }) => {
      set.status = 202
      return deliveryBody(await replayDelivery(client.scope, params.id, params.delivery_id))
    },
    {
      forApiClient: 'webhooks:write',
      params: z.object({ id: uuid, delivery_id: uuid }),
      response: responses({ 202: webhookDelivery, 409: errorBody }),
      detail: describe('Webhooks', 'replayWebhookDelivery', 'Deliver an event once more'),
    },
  )

const webhookBody = (row: WebhookRow) => ({
  id: row.id,
  url: row.url,
  events: row.events as z.infer<typeof webhook>['events'],
  failure_count: row.failureCount,
  disabled_at: row.disabledAt?.toISOString() ?? null,
  created_at: row.createdAt.toISOString(),
})

const deliveryBody = (row: DeliveryRow) => ({
  id: row.id,
  webhook_id: row.webhookId,
  event_id: row.eventId,
  event: row.event,
  data: row.data,
  state: row.state,
  attempt_count: row.attemptCount,
  response_status: row.responseStatus,
  duration_ms: row.durationMs,
  failure_code: row.failureCode,
  delivered_at: row.deliveredAt?.toISOString() ?? null,
  created_at: row.createdAt.toISOString(),
})

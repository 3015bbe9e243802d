// Settings: the webhooks of a builder and their deliveries.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { WebhookPage, WebhooksPage, type WebhookView } from '#views/developer/settings/webhooks.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../../access/access.ts'
import type { StaffCaller } from '../../../access/caller.ts'
import { Failure, failure } from '../../../failure.ts'
import { seeOther } from '../../../http/redirect.ts'
import { portalPlace } from '../../../portal.ts'
import {
  createWebhook,
  deliveriesPage,
  enableWebhook,
  findWebhook,
  removeWebhook,
  replayDelivery,
  WEBHOOKS_MAX,
  type WebhookEvent,
  type WebhookRow,
  webhookEvents,
  webhooksPage,
} from '../../../webhooks.ts'
import { shellOf } from '../present.ts'
import { many, type Problems, problemsOf, sayingOf } from './refused.ts'

const ROWS_A_PAGE = 50
const itemParams = z.object({ id: z.uuid() })
const ofItem = { forStaff: 'admin', params: itemParams, detail: { hide: true } } as const
const webhookBody = z.object({
  url: z.string().trim().max(2_000),
  events: many(z.enum(webhookEvents), webhookEvents.length),
})

const DONE = {
  removed: 'Removed. Nothing is told to that address any more.',
  enabled: 'Switched on again.',
  replayed: 'Being sent once more.',
} as const

export const webhookSettings = new Elysia({ name: 'developer/settings/webhooks' })
  .use(access)
  .get(
    '/developer/settings/webhooks',
    ({ staff, query }) => list(staff, { message: query.done && DONE[query.done] }),
    { forStaff: 'admin', query: z.object({ done: z.literal('removed').optional() }), detail: { hide: true } },
  )
  .post(
    '/developer/settings/webhooks',
    async ({ staff, body, set }) => {
      try {
        if (body.events.length === 0)
          throw failure('invalid', { fields: [{ path: 'events', message: 'Choose at least one event.' }] })
        const { secret } = await createWebhook(staff.scope, body)
        return await list(staff, { secret })
      } catch (error) {
        const problems = tooMany(error) ?? problemsOf(error)
        set.status = 422
        return list(staff, { typed: body, problems })
      }
    },
    { forStaff: 'admin', body: webhookBody, detail: { hide: true } },
  )
  .get(
    '/developer/settings/webhooks/:id',
    ({ staff, params, query }) => item(staff, params.id, query.cursor, query.done && DONE[query.done]),
    {
      ...ofItem,
      query: z.object({
        cursor: z.string().max(500).optional(),
        done: z.enum(['enabled', 'replayed']).optional(),
      }),
    },
  )
  .post(
    '/developer/settings/webhooks/:id/deletion',
    async ({ staff, params, request }) => {
      await removeWebhook(staff.scope, params.id)
      return seeOther(request, paths.developer.webhooks({ done: 'removed' }))
    },
    ofItem,
  )
  .post(
    '/developer/settings/webhooks/:id/enabling',
    async ({ staff, params, request }) => {
      await enableWebhook(staff.scope, params.id)
      return seeOther(request, paths.developer.webhook(params.id, { done: 'enabled' }))
    },
    ofItem,
  )
  .post(
    '/developer/settings/webhooks/:id/deliveries/:deliveryId/replay',
    async ({ staff, params, request }) => {
      await replayDelivery(staff.scope, params.id, params.deliveryId)
      return seeOther(request, paths.developer.webhook(params.id, { done: 'replayed' }))
    },
    { ...ofItem, params: itemParams.extend({ deliveryId: z.uuid() }) },
  )

const tooMany = (error: unknown): Problems | null =>
  error instanceof Failure && error.code === 'too_many_webhooks'
    ? [{ path: 'url', message: error.sentence }]
    : null

type Said = {
  secret?: string
  typed?: { url: string; events: WebhookEvent[] }
  problems?: Problems
  message?: string | undefined
}

async function list(staff: StaffCaller, said: Said) {
  const [place, page] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, undefined),
    webhooksPage(staff.scope, { limit: WEBHOOKS_MAX }),
  ])
  const url = sayingOf(said.problems)('url')
  return WebhooksPage({
    shell: shellOf(place),
    webhooks: page.rows.map(webhookView),
    allEvents: webhookEvents,
    secret: said.secret ?? null,
    form: {
      ...(said.typed ?? { url: '', events: [] }),
      problem: (field) => (field === 'url' ? url && sentence(url) : sayingOf(said.problems)(field)),
    },
    message: said.message,
  })
}

/** The rules of the API end a sentence that begins with the field's name. */
const sentence = (message: string) => (/^[a-z]/.test(message) ? `The address ${message}.` : message)

async function item(staff: StaffCaller, id: string, cursor: string | undefined, message: string | undefined) {
  const [place, webhook, deliveries] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, undefined),
    findWebhook(staff.scope, id),
    deliveriesPage(staff.scope, id, { cursor, limit: ROWS_A_PAGE }),
  ])
  return WebhookPage({
    shell: shellOf(place),
    webhook: webhookView(webhook),
    deliveries: deliveries.rows.map((row) => ({
      id: row.id,
      event: row.event,
      state: row.state,
      attempts: row.attemptCount,
      status: row.responseStatus,
      failure: row.failureCode,
      at: row.createdAt,
    })),
    message,
    nextUrl: deliveries.nextCursor
      ? paths.developer.webhook(id, { cursor: deliveries.nextCursor })
      : undefined,
    firstUrl: cursor ? paths.developer.webhook(id) : undefined,
  })
}

const webhookView = ({ id, url, events, disabledAt }: WebhookRow): WebhookView => ({
  id,
  url,
  events,
  isDisabled: disabledAt !== null,
})

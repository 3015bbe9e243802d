// Webhooks: events of a tenant, told to its other programs, signed, again and again until they were taken.
import { createHmac } from 'node:crypto'
import { insertEvent } from '#db/events.ts'
import { lockWebhook } from '#db/locks.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import * as rows from '#db/webhooks.ts'
import { enqueueMany } from '#jobs/queue.ts'
import { noteActivity } from './activity.ts'
import { postWebhook, refusalOfUrl, WebhookFailure } from './clients/webhook.ts'
import { config } from './config.ts'
import { failure } from './failure.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export type { DeliveryRow, WebhookRow } from '#db/webhooks.ts'

export const WEBHOOKS_MAX = 20
const GONE = 410

/** Every event with what its `data` holds: ids only, the rest is read through the API with the rights of a key. */
export const webhookEvents = [
  'document.ready',
  'document.failed',
  'gap.opened',
  'unit.claimed',
  'import.finished',
  'snag.reported',
  'golden.dropped',
  'home.transfer_started',
  'home.transferred',
  'document.acknowledged',
] as const

export type WebhookEvent = (typeof webhookEvents)[number]

/** Notes an event, and tells it to every webhook that wants it, if and only if the caller's transaction commits. */
export async function announce(
  db: Db,
  scope: Pick<Scope, 'tenantId' | 'requestId'>,
  name: WebhookEvent,
  data: Record<string, string | number | null>,
): Promise<void> {
  const event = { id: Bun.randomUUIDv7(), name, data }
  await insertEvent(db, { ...event, tenantId: scope.tenantId })
  const deliveryIds = await rows.insertDeliveries(db, event)
  if (deliveryIds.length > 0) await enqueueDeliveries(db, scope, deliveryIds)
}

/** The secret is shown once. @throws Failure `invalid`, `too_many_webhooks` */
export async function createWebhook(
  scope: Scope,
  asked: { url: string; events: readonly WebhookEvent[] },
): Promise<{ webhook: rows.WebhookRow; secret: string }> {
  const refusal = refusalOfUrl(asked.url)
  if (refusal) throw failure('invalid', { fields: [{ path: 'url', message: refusal }] })
  const id = Bun.randomUUIDv7()
  return within(scope, async (db) => {
    if ((await rows.countWebhooks(db)) >= WEBHOOKS_MAX) throw failure('too_many_webhooks')
    const { tenantId } = scope
    await rows.insertWebhook(db, { id, tenantId, url: asked.url, events: [...new Set(asked.events)] })
    await note(db, scope, 'webhook.created', id)
    return { webhook: await existing(rows.webhookById(db, id)), secret: secretOf(id) }
  })
}

/** The secret stays. @throws Failure `not_found`, `invalid`; what `check` throws */
export async function changeWebhook(
  scope: Scope,
  id: string,
  given: { url?: string | undefined; events?: readonly WebhookEvent[] | undefined },
  check: (before: rows.WebhookRow) => void,
): Promise<rows.WebhookRow> {
  const { url, events } = given
  const refusal = url === undefined ? null : refusalOfUrl(url)
  if (refusal) throw failure('invalid', { fields: [{ path: 'url', message: refusal }] })
  return within(scope, async (db) => {
    await lockWebhook(db, id)
    check(await existing(rows.webhookById(db, id)))
    if (url === undefined && events === undefined) return existing(rows.webhookById(db, id))
    await rows.setWebhook(db, id, {
      ...(url === undefined ? {} : { url }),
      ...(events === undefined ? {} : { events: [...new Set(events)] }),
    })
    await note(db, scope, 'webhook.changed', id)
    return existing(rows.webhookById(db, id))
  })
}

export async function webhooksPage(
  scope: Scope,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<rows.WebhookRow>> {
  const after = readCursor('webhooks', query.cursor, 1)?.[0]
  const found = await within(scope, (db) => rows.listWebhooks(db, { after, limit: query.limit }))
  return pageOf('webhooks', found, query.limit, (row) => [row.id])
}

/** @throws Failure `not_found` */
export const findWebhook = (scope: Scope, id: string): Promise<rows.WebhookRow> =>
  within(scope, (db) => existing(rows.webhookById(db, id)))

/** Its deliveries go with it; a job that is under way finds nothing to deliver. @throws Failure `not_found` */
export async function removeWebhook(scope: Scope, id: string): Promise<void> {
  await within(scope, async (db) => {
    if (!(await rows.deleteWebhook(db, id))) throw failure('not_found')
    await note(db, scope, 'webhook.deleted', id)
  })
}

/** Switches on again what was switched off for failing. @throws Failure `not_found` */
export async function enableWebhook(scope: Scope, id: string): Promise<rows.WebhookRow> {
  return within(scope, async (db) => {
    if (!(await rows.setWebhookEnabled(db, id))) throw failure('not_found')
    await note(db, scope, 'webhook.enabled', id)
    return existing(rows.webhookById(db, id))
  })
}

/** @throws Failure `not_found` */
export async function deliveriesPage(
  scope: Scope,
  webhookId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<rows.DeliveryRow>> {
  const list = `webhook deliveries ${webhookId}`
  const position = readCursor(list, query.cursor, 2)
  const after = position ? { at: new Date(position[0] as string), id: position[1] as string } : undefined
  const found = await within(scope, async (db) => {
    await existing(rows.webhookById(db, webhookId))
    return rows.listDeliveries(db, webhookId, { after, limit: query.limit })
  })
  return pageOf(list, found, query.limit, (row) => [row.createdAt.toISOString(), row.id])
}

/** Delivers an event once more, as a delivery of its own. @throws Failure `not_found`, `webhook_disabled` */
export async function replayDelivery(
  scope: Scope,
  webhookId: string,
  deliveryId: string,
): Promise<rows.DeliveryRow> {
  return within(scope, async (db) => {
    const webhook = await existing(rows.webhookById(db, webhookId))
    const delivery = await existing(rows.deliveryById(db, deliveryId))
    if (delivery.webhookId !== webhookId) throw failure('not_found')
    if (webhook.disabledAt) throw failure('webhook_disabled')
    const id = await rows.insertReplay(db, scope.tenantId, delivery)
    await enqueueDeliveries(db, scope, [id])
    await note(db, scope, 'webhook.delivery_replayed', webhookId)
    return existing(rows.deliveryById(db, id))
  })
}

export type DeliveryContext = { signal: AbortSignal; fenced<T>(work: (db: Db) => Promise<T>): Promise<T> }

export type Delivered =
  | { outcome: 'delivered' | 'gone' | 'disabled' }
  | { outcome: 'failed'; code: string; retryAfterMs: number | undefined }

/** One try. What came of it is on the delivery's row, whatever the queue makes of it. */
export async function deliver(deliveryId: string, { signal, fenced }: DeliveryContext): Promise<Delivered> {
  const found = await fenced(async (db) => {
    const delivery = await rows.deliveryById(db, deliveryId)
    return delivery && { delivery, webhook: await rows.webhookById(db, delivery.webhookId) }
  })
  if (!found?.webhook) return { outcome: 'gone' }
  const { delivery, webhook } = found
  if (delivery.state === 'delivered') return { outcome: 'delivered' }
  if (webhook.disabledAt) return { outcome: 'disabled' }
  const started = performance.now()
  const tookMs = () => Math.round(performance.now() - started)
  try {
    const status = await postWebhook(webhook.url, { ...signed(webhook.id, delivery), signal })
    await fenced(async (db) => {
      await rows.noteAttempt(db, deliveryId, { status, durationMs: tookMs(), failureCode: null })
      await rows.setFailureCountZero(db, webhook.id)
    })
    return { outcome: 'delivered' }
  } catch (error) {
    if (!(error instanceof WebhookFailure)) throw error
    const { code, status, retryAfterMs } = error
    await fenced(async (db) => {
      await rows.noteAttempt(db, deliveryId, { status, durationMs: tookMs(), failureCode: code })
      if (status === GONE) await rows.setWebhookDisabled(db, webhook.id)
    })
    return status === GONE ? { outcome: 'disabled' } : { outcome: 'failed', code, retryAfterMs }
  }
}

/** `openhouse-signature: t=<seconds>,v1=<hex of HMAC-SHA256 over "<t>.<body>">`, made anew for each try. */
function signed(webhookId: string, delivery: rows.DeliveryRow) {
  const body = JSON.stringify({
    id: delivery.eventId,
    type: delivery.event,
    created_at: delivery.createdAt.toISOString(),
    data: delivery.data,
  })
  const seconds = Math.floor(Date.now() / 1_000)
  const hash = createHmac('sha256', secretOf(webhookId)).update(`${seconds}.${body}`).digest('hex')
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'OpenHouse-Webhooks/1',
    'openhouse-delivery': delivery.id,
    'openhouse-event': delivery.event,
    'openhouse-signature': `t=${seconds},v1=${hash}`,
  }
  return { body, headers }
}

/** Made of the webhook's id and the encryption key, so that no secret is stored that could be stolen. */
const secretOf = (webhookId: string) =>
  `whsec_${createHmac('sha256', config().encryptionKey).update(`webhook ${webhookId}`).digest('base64url')}`

const enqueueDeliveries = (
  db: Db,
  { tenantId, requestId }: Pick<Scope, 'tenantId' | 'requestId'>,
  deliveryIds: readonly string[],
) =>
  enqueueMany(
    db,
    'deliver-webhook',
    deliveryIds.map((deliveryId) => ({ payload: { tenantId, deliveryId }, dedupeKey: deliveryId })),
    { requestId },
  )

async function existing<T>(looked: Promise<T | null>): Promise<T> {
  const row = await looked
  if (row === null) throw failure('not_found')
  return row
}

const note = (db: Db, scope: Scope, action: string, targetId: string) =>
  noteActivity(db, scope, { action, targetType: 'webhook', targetId })

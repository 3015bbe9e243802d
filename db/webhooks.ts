// Statements about webhooks and their deliveries.
import { and, desc, eq, gt, lt, or, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { webhookDeliveries, webhooks } from './schema/index.ts'

const webhookColumns = {
  id: webhooks.id,
  url: webhooks.url,
  events: webhooks.events,
  failureCount: webhooks.failureCount,
  disabledAt: webhooks.disabledAt,
  createdAt: webhooks.createdAt,
}

export type WebhookRow = {
  [K in keyof typeof webhookColumns]: (typeof webhooks.$inferSelect)[K]
}

export async function insertWebhook(db: Db, row: typeof webhooks.$inferInsert): Promise<void> {
  await db.insert(webhooks).values(row)
}

export async function countWebhooks(db: Db): Promise<number> {
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(webhooks)
  return row?.count ?? 0
}

/** In order of age; one row more than `limit` when there is a next page. */
export const listWebhooks = (
  db: Db,
  page: { after?: string | undefined; limit: number },
): Promise<WebhookRow[]> =>
  db
    .select(webhookColumns)
    .from(webhooks)
    .where(page.after ? gt(webhooks.id, page.after) : undefined)
    .orderBy(webhooks.id)
    .limit(page.limit + 1)

export async function webhookById(db: Db, id: string): Promise<WebhookRow | null> {
  const [row] = await db.select(webhookColumns).from(webhooks).where(eq(webhooks.id, id)).limit(1)
  return row ?? null
}

export async function deleteWebhook(db: Db, id: string): Promise<boolean> {
  const rows = await db.delete(webhooks).where(eq(webhooks.id, id)).returning({ id: webhooks.id })
  return rows.length > 0
}

export async function setWebhook(
  db: Db,
  id: string,
  set: Partial<Pick<typeof webhooks.$inferInsert, 'url' | 'events'>>,
): Promise<void> {
  await db.update(webhooks).set(set).where(eq(webhooks.id, id))
}

export async function setWebhookEnabled(db: Db, id: string): Promise<boolean> {
  const rows = await db
    .update(webhooks)
    .set({ disabledAt: null, failureCount: 0 })
    .where(eq(webhooks.id, id))
    .returning({ id: webhooks.id })
  return rows.length > 0
}

export async function setWebhookDisabled(db: Db, id: string): Promise<void> {
  await db
    .update(webhooks)
    .set({ disabledAt: sql`coalesce(${webhooks.disabledAt}, now())` })
    .where(eq(webhooks.id, id))
}

export async function setFailureCountZero(db: Db, id: string): Promise<void> {
  await db
    .update(webhooks)
    .set({ failureCount: 0 })
    .where(and(eq(webhooks.id, id), gt(webhooks.failureCount, 0)))
}

/** One delivery for each webhook that wants the event. Returns their ids. */
export async function insertDeliveries(
  db: Db,
  event: { id: string; name: string; data: Record<string, unknown> },
): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    insert into webhook_deliveries (id, tenant_id, webhook_id, event_id, event, data)
    select gen_random_uuid(), tenant_id, id, ${event.id}, ${event.name}, ${JSON.stringify(event.data)}::jsonb
    from webhooks where disabled_at is null and ${event.name} = any(events)
    returning id`)
  return rows.map(({ id }) => id)
}

const deliveryColumns = {
  id: webhookDeliveries.id,
  webhookId: webhookDeliveries.webhookId,
  eventId: webhookDeliveries.eventId,
  event: webhookDeliveries.event,
  data: webhookDeliveries.data,
  state: webhookDeliveries.state,
  attemptCount: webhookDeliveries.attemptCount,
  responseStatus: webhookDeliveries.responseStatus,
  durationMs: webhookDeliveries.durationMs,
  failureCode: webhookDeliveries.failureCode,
  deliveredAt: webhookDeliveries.deliveredAt,
  createdAt: webhookDeliveries.createdAt,
}

export type DeliveryRow = {
  [K in keyof typeof deliveryColumns]: (typeof webhookDeliveries.$inferSelect)[K]
}

export async function deliveryById(db: Db, id: string): Promise<DeliveryRow | null> {
  const [row] = await db
    .select(deliveryColumns)
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.id, id))
    .limit(1)
  return row ?? null
}

/** Newest first; one row more than `limit` when there is a next page. */
export const listDeliveries = (
  db: Db,
  webhookId: string,
  page: { after?: { at: Date; id: string } | undefined; limit: number },
): Promise<DeliveryRow[]> => {
  const { after } = page
  const older = after
    ? or(
        lt(webhookDeliveries.createdAt, after.at),
        and(eq(webhookDeliveries.createdAt, after.at), lt(webhookDeliveries.id, after.id)),
      )
    : undefined
  return db
    .select(deliveryColumns)
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.webhookId, webhookId), older))
    .orderBy(desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id))
    .limit(page.limit + 1)
}

export async function insertReplay(db: Db, tenantId: string, of: DeliveryRow): Promise<string> {
  const id = Bun.randomUUIDv7()
  const { webhookId, eventId, event, data } = of
  await db.insert(webhookDeliveries).values({ id, tenantId, webhookId, eventId, event, data })
  return id
}

export async function noteAttempt(
  db: Db,
  id: string,
  attempt: { status: number | null; durationMs: number; failureCode: string | null },
): Promise<void> {
  const isDelivered = attempt.failureCode === null
  await db
    .update(webhookDeliveries)
    .set({
      attemptCount: sql`${webhookDeliveries.attemptCount} + 1`,
      responseStatus: attempt.status,
      durationMs: attempt.durationMs,
      failureCode: attempt.failureCode,
      ...(isDelivered ? { state: 'delivered' as const, deliveredAt: new Date() } : {}),
    })
    .where(eq(webhookDeliveries.id, id))
}

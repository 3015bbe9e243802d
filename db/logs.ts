// Rows of the logs: each is written by the door that saw the thing happen.
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { dataAccessLog, errorLog, ingestionLog, llmErrorLog, qrScans, rateLimitLog } from './schema/index.ts'

export type Activity = {
  tenantId: string | null
  actorType: string
  actorId: string
  action: string
  targetType: string
  targetId: string
  changes?: Record<string, unknown>
  ipAddress?: string | null
  requestId: string
}

const SALT_BYTES = 16

/**
 * Notes what happened, in the transaction of the thing itself. What was changed and from which address stands in a
 * row of its own that may be erased; the log keeps its salted hash, so that erasing is told from tampering.
 */
export async function insertActivity(db: Db, activity: Activity): Promise<void> {
  const { changes = {}, ipAddress = null, ...row } = activity
  const salt = randomBytes(SALT_BYTES)
  const payload = JSON.stringify(changes)
  const hash = createHash('sha256').update(salt).update(payload).digest()
  await db.execute(sql`
    with logged as (
      insert into activity_log (id, tenant_id, actor_type, actor_id, action, target_type, target_id, payload_sha256, request_id)
      values (${Bun.randomUUIDv7()}, ${row.tenantId}, ${row.actorType}, ${row.actorId}, ${row.action},
        ${row.targetType}, ${row.targetId}, decode(${hash.toString('hex')}, 'hex'), ${row.requestId})
      returning id, tenant_id
    )
    insert into activity_payloads (activity_id, tenant_id, salt, payload, ip_address)
    select id, tenant_id, decode(${salt.toString('hex')}, 'hex'), ${payload}::text, ${ipAddress}::text from logged`)
}

export async function insertQrScan(db: Db, row: typeof qrScans.$inferInsert): Promise<void> {
  await db.insert(qrScans).values(row)
}

export async function insertError(db: Db, row: typeof errorLog.$inferInsert): Promise<void> {
  await db.insert(errorLog).values(row)
}

export async function insertLlmError(db: Db, row: typeof llmErrorLog.$inferInsert): Promise<void> {
  await db.insert(llmErrorLog).values(row)
}

export async function insertRateLimitDenial(db: Db, row: typeof rateLimitLog.$inferInsert): Promise<void> {
  await db.insert(rateLimitLog).values(row)
}

export async function insertIngestion(db: Db, row: typeof ingestionLog.$inferInsert): Promise<void> {
  await db.insert(ingestionLog).values(row)
}

export async function insertDataAccess(
  db: Db,
  ...rows: (typeof dataAccessLog.$inferInsert)[]
): Promise<void> {
  if (rows.length > 0) await db.insert(dataAccessLog).values(rows)
}

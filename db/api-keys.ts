// API keys: which program of which tenant is calling, through the door; and the keys of one tenant.
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { apiKeys, tenants } from './schema/index.ts'

export type ApiKeyRow = {
  id: string
  tenantId: string
  name: string
  scopes: string[]
  allowedOrigins: string[]
  requestsPerMinute: number
}

/** A live key of a tenant that is not suspended; null for anything else. */
export async function liveApiKeyByHash(db: Db, keyHash: string): Promise<ApiKeyRow | null> {
  const [row] = await db
    .select({
      id: apiKeys.id,
      tenantId: apiKeys.tenantId,
      name: apiKeys.name,
      scopes: apiKeys.scopes,
      allowedOrigins: apiKeys.allowedOrigins,
      requestsPerMinute: apiKeys.requestsPerMinute,
    })
    .from(apiKeys)
    .innerJoin(tenants, and(eq(tenants.id, apiKeys.tenantId), isNull(tenants.suspendedAt)))
    .where(and(eq(apiKeys.keyHash, keyHash), isNull(apiKeys.revokedAt)))
    .limit(1)
  return row ?? null
}

export async function touchApiKey(db: Db, id: string): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: new Date() }).where(eq(apiKeys.id, id))
}

export async function insertApiKey(db: Db, row: typeof apiKeys.$inferInsert): Promise<void> {
  await db.insert(apiKeys).values(row)
}

export type ApiKeyEntry = {
  id: string
  name: string
  prefix: string
  scopes: string[]
  allowedOrigins: string[]
  requestsPerMinute: number
  revokedAt: Date | null
  lastUsedAt: Date | null
  createdAt: Date
}

/** Those that work first, then by age. */
export const listApiKeys = (db: Db, limit: number): Promise<ApiKeyEntry[]> =>
  db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      prefix: apiKeys.prefix,
      scopes: apiKeys.scopes,
      allowedOrigins: apiKeys.allowedOrigins,
      requestsPerMinute: apiKeys.requestsPerMinute,
      revokedAt: apiKeys.revokedAt,
      lastUsedAt: apiKeys.lastUsedAt,
      createdAt: apiKeys.createdAt,
    })
    .from(apiKeys)
    .orderBy(sql`${apiKeys.revokedAt} is not null`, asc(apiKeys.createdAt), asc(apiKeys.id))
    .limit(limit)

export async function countLiveApiKeys(db: Db): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(apiKeys)
    .where(isNull(apiKeys.revokedAt))
  return row?.count ?? 0
}

/** False when there is no such key that works. Every process then forgets what it remembers of keys. */
export async function setApiKeyRevoked(db: Db, id: string): Promise<boolean> {
  const rows = await db.execute(sql`
    with revoked as (
      update api_keys set revoked_at = now() where id = ${id} and revoked_at is null returning id
    )
    select pg_notify('keys_changed', '')::text from revoked`)
  return rows.length > 0
}

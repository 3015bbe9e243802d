// API keys, through the door: which program of which tenant is calling.
import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from './client.ts'
import { apiKeys, tenants } from './schema/index.ts'

export type ApiKeyRow = {
  id: string
  tenantId: string
  name: string
  scopes: string[]
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

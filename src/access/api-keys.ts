// API keys: shown once, stored hashed, looked up through the door.
import { createHash, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { type ApiKeyRow, liveApiKeyByHash, touchApiKey } from '#db/api-keys.ts'
import { mintScope, throughDoor } from '#db/scope.ts'
import { countedCache } from '../counted-cache.ts'
import { log } from '../log.ts'
import type { ApiClientCaller } from './caller.ts'

const KEY_SHAPE = /^oh_[A-Za-z0-9_-]{43}$/
/** How long a process trusts what it read of a key when no notification reached it. */
const CACHE_TTL_MS = 5_000
const CACHED_KEYS_MAX = 1_000
/** `last_used_at` is for people; once a minute is often enough. */
const TOUCH_INTERVAL_MS = 60_000

const cached = countedCache<string, ApiKeyRow>('API keys', { max: CACHED_KEYS_MAX, ttl: CACHE_TTL_MS })
const touched = new LRUCache<string, true>({ max: CACHED_KEYS_MAX, ttl: TOUCH_INTERVAL_MS })

/** Counted, so that what was being read while keys changed is not kept. */
let forgotten = 0

/** Keys were changed, here or in another process. */
export function forgetApiKeys(): void {
  forgotten++
  cached.clear()
  touched.clear()
}

/** A new key and what of it is stored. 256 random bits need no slow hash. */
export const makeApiKey = () => apiKeyFrom(randomBytes(32))

/** The key made of 32 bytes. */
export function apiKeyFrom(bytes: Uint8Array): { key: string; prefix: string; keyHash: string } {
  const key = `oh_${Buffer.from(bytes).toString('base64url')}`
  return { key, prefix: key.slice(0, 10), keyHash: hashApiKey(key) }
}

const hashApiKey = (key: string) => createHash('sha256').update(key).digest('hex')

/** The program behind an `Authorization` header, or null. Malformed keys cost no query. */
export async function identifyApiClient(
  request: Request,
  requestId: string,
): Promise<ApiClientCaller | null> {
  const [scheme, key] = (request.headers.get('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !key || !KEY_SHAPE.test(key)) return null
  const keyHash = hashApiKey(key)
  const row = cached.get(keyHash) ?? (await readKey(keyHash))
  if (!row) return null
  noteUse(row.id)
  return {
    scope: mintScope({
      tenantId: row.tenantId,
      actor: { type: 'api_client', id: row.id, name: row.name, scopes: row.scopes },
      requestId,
      developmentIds: 'all',
      readOnly: false,
    }),
    keyId: row.id,
    scopes: row.scopes,
    requestsPerMinute: row.requestsPerMinute,
    allowedOrigins: row.allowedOrigins,
  }
}

async function readKey(keyHash: string): Promise<ApiKeyRow | null> {
  const before = forgotten
  const row = await throughDoor((db) => liveApiKeyByHash(db, keyHash))
  // Only what was read is kept: kept anew with each use, a busy key would never be looked up again.
  if (row && forgotten === before) cached.set(keyHash, row)
  return row
}

function noteUse(id: string): void {
  if (touched.has(id)) return
  touched.set(id, true)
  throughDoor((db) => touchApiKey(db, id)).catch((error) => log('warn', 'api_key_touch_failed', { error }))
}

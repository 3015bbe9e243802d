// Sessions: a short-lived JWT beside a long-lived opaque cookie whose row can be revoked at any moment.
import { createHash, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { type Db, throughDoor } from '#db/scope.ts'
import {
  insertSession,
  type SessionRow,
  sessionById,
  sessionByRefreshHash,
  touchSession,
} from '#db/sessions.ts'
import { countedCache } from '../counted-cache.ts'
import { type CookieKind, type CookiePolicy, cookieLine, cookieName, readCookie } from './cookies.ts'
import { signToken, tokenLifetimeS, verifyToken } from './tokens.ts'

const LIFETIME_S = { purchaser: 30 * 24 * 3_600, staff: 12 * 3_600 } as const
const REFRESH_BYTES = 32
const REFRESH_SHAPE = /^[A-Za-z0-9_-]{43}$/
const SESSION_ID_SHAPE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const USER_AGENT_CHARS_MAX = 300
/** How long a process trusts what it read of a session when no notification reached it. */
const CACHE_TTL_MS = 5_000
const CACHED_SESSIONS_MAX = 10_000

const purposeOf = { purchaser: 'purchaser_session', staff: 'staff_session' } as const

const remembered = countedCache<string, SessionRow>('sessions', {
  max: CACHED_SESSIONS_MAX,
  ttl: CACHE_TTL_MS,
})
const inFlight = new Map<string, Promise<SessionRow | null>>()

export type LiveSession = { row: SessionRow; setCookies: string[] }

/** Counted, so that what was being read while a session changed is not kept. */
let forgotten = 0

/** Forgets a session that was changed, here or in another process. */
export function forgetSession(sessionId: string): void {
  forgotten++
  remembered.delete(sessionId)
}
export function forgetAllSessions(): void {
  forgotten++
  remembered.clear()
}

/** Makes a session in the caller's transaction. The cookies go to the browser only after it commits. */
export async function openSession(
  db: Db,
  kind: CookieKind,
  subject: {
    tenantId: string | null
    staffId: string | null
    unitId: string | null
    purchaserId: string | null
  },
  client: { ipAddress: string | null; userAgent: string | null },
  policy: CookiePolicy,
): Promise<{ sessionId: string; setCookies: string[] }> {
  const refresh = randomBytes(REFRESH_BYTES).toString('base64url')
  const sessionId = Bun.randomUUIDv7()
  await insertSession(db, {
    id: sessionId,
    ...subject,
    refreshHash: hashRefresh(refresh),
    ipAddress: client.ipAddress,
    userAgent: client.userAgent?.slice(0, USER_AGENT_CHARS_MAX) ?? null,
    expiresAt: new Date(Date.now() + LIFETIME_S[kind] * 1_000),
  })
  const token = await signToken(purposeOf[kind], sessionId)
  return {
    sessionId,
    setCookies: [
      cookieLine(cookieName(kind, 'token', policy), token, LIFETIME_S[kind], policy),
      cookieLine(cookieName(kind, 'refresh', policy), refresh, LIFETIME_S[kind], policy),
    ],
  }
}

/**
 * The live session behind a request's cookies, or null. The row decides each time, so revoking is immediate;
 * a token past half its life is replaced, once for all requests that arrive together.
 */
export async function liveSession(
  request: Request,
  kind: CookieKind,
  policy: CookiePolicy,
): Promise<LiveSession | null> {
  const token = readCookie(request, cookieName(kind, 'token', policy))
  const verified = token ? await verifyToken(purposeOf[kind], token) : null
  if (verified && SESSION_ID_SHAPE.test(verified.subject)) {
    const row = await readSession(verified.subject)
    if (!row || !isLive(row)) return null
    const isPastHalf = Date.now() / 1_000 > (verified.issuedAtS + verified.expiresAtS) / 2
    return { row, setCookies: isPastHalf && mayMint(request) ? [await nextToken(kind, row, policy)] : [] }
  }
  const refresh = readCookie(request, cookieName(kind, 'refresh', policy))
  if (!refresh || !REFRESH_SHAPE.test(refresh)) return null
  const row = await singleFlight(`refresh:${hashRefresh(refresh)}`, () =>
    throughDoor((db) => sessionByRefreshHash(db, hashRefresh(refresh))),
  )
  if (!row || !isLive(row)) return null
  return { row, setCookies: [await nextToken(kind, row, policy)] }
}

/** Whether the request comes with the live session of this id, or of this member of staff. */
export async function isSessionOf(request: Request, holder: string, policy: CookiePolicy): Promise<boolean> {
  const home = await liveSession(request, 'purchaser', policy)
  if (home?.row.id === holder) return true
  const staff = await liveSession(request, 'staff', policy)
  return staff?.row.staff?.id === holder
}

/** `Set-Cookie` lines that end a session in the browser. */
export const clearedCookies = (kind: CookieKind, policy: CookiePolicy): string[] =>
  (['token', 'refresh'] as const).map((part) => cookieLine(cookieName(kind, part, policy), '', 0, policy))

const minted = new LRUCache<string, Promise<string>>({
  max: CACHED_SESSIONS_MAX,
  ttl: (tokenLifetimeS('staff_session') * 1_000) / 4,
})

/** One token a session, kind and quarter-life, however many requests ask for it at once. */
async function nextToken(kind: CookieKind, row: SessionRow, policy: CookiePolicy): Promise<string> {
  const key = `${kind} ${row.id}`
  let minting = minted.get(key)
  if (!minting) {
    minting = signToken(purposeOf[kind], row.id)
    minted.set(key, minting)
    await throughDoor((db) => touchSession(db, row.id))
  }
  const lifetimeS = Math.max(1, Math.floor((row.expiresAt.getTime() - Date.now()) / 1_000))
  return cookieLine(cookieName(kind, 'token', policy), await minting, lifetimeS, policy)
}

/** A stream cannot set cookies once it has begun. */
const mayMint = (request: Request) => !request.headers.get('accept')?.startsWith('text/event-stream')

async function readSession(sessionId: string): Promise<SessionRow | null> {
  const known = remembered.get(sessionId)
  if (known) return known
  const before = forgotten
  const row = await singleFlight(sessionId, () => throughDoor((db) => sessionById(db, sessionId)))
  if (row && forgotten === before) remembered.set(sessionId, row)
  return row
}

function singleFlight(key: string, read: () => Promise<SessionRow | null>): Promise<SessionRow | null> {
  const running = inFlight.get(key) ?? read().finally(() => inFlight.delete(key))
  inFlight.set(key, running)
  return running
}

function isLive(row: SessionRow): boolean {
  return (
    row.revokedAt === null &&
    row.expiresAt.getTime() > Date.now() &&
    row.tenantSuspendedAt === null &&
    !row.staff?.disabledAt
  )
}

const hashRefresh = (refresh: string) => createHash('sha256').update(refresh).digest('hex')

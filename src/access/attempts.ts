// Wrong access codes: what counts is failures, so that 75 families behind one address still get in.
import { LRUCache } from 'lru-cache'

/** Wrong codes a home before a wait, and the wait after the first beyond them, doubling up to the longest. */
const HOME_FREE_FAILURES = 5
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 15 * 60_000
const ADDRESS_FREE_FAILURES = 30
const MEMORY_MS = 24 * 3_600_000
const KEYS_MAX = 100_000

type Failures = { count: number; lastAtMs: number }

const failures = new LRUCache<string, Failures>({ max: KEYS_MAX, ttl: MEMORY_MS })

/** Milliseconds to wait before the next try, 0 when there is none. Pure: the test's clock decides. */
export function waitMs(record: Failures | undefined, freeFailures: number, nowMs: number): number {
  if (!record || record.count < freeFailures) return 0
  const penaltyMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(20, record.count - freeFailures))
  return Math.max(0, record.lastAtMs + penaltyMs - nowMs)
}

const homeKey = (publicId: string) => `home ${publicId}`
const addressKey = (address: string) => `address ${address}`

export function attemptWaitMs(publicId: string, address: string, nowMs = Date.now()): number {
  return Math.max(
    waitMs(failures.get(homeKey(publicId)), HOME_FREE_FAILURES, nowMs),
    waitMs(failures.get(addressKey(address)), ADDRESS_FREE_FAILURES, nowMs),
  )
}

export function noteFailure(publicId: string, address: string, nowMs = Date.now()): void {
  for (const key of [homeKey(publicId), addressKey(address)])
    failures.set(key, { count: (failures.get(key)?.count ?? 0) + 1, lastAtMs: nowMs })
}

/** A right code clears its home; the address keeps its record, or one known code would shield a guesser. */
export const noteSuccess = (publicId: string): void => void failures.delete(homeKey(publicId))

export const forgetAttempts = (): void => failures.clear()

// Wrong codes and passwords: what counts is failures, so that 75 families behind one address still get in.
import { LRUCache } from 'lru-cache'

/** Wrong ones before a wait, and the wait after the first beyond them, doubling up to the longest. */
const HOME_FREE_FAILURES = 5
const ADDRESS_FREE_FAILURES = 30
const ACCOUNT_FREE_FAILURES = 5
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 15 * 60_000
const MEMORY_MS = 24 * 3_600_000
const KEYS_MAX = 100_000

type Failures = { count: number; lastAtMs: number }

/** What failures are counted against, and how many are free. */
export type Subject = { key: string; freeFailures: number }

const failures = new LRUCache<string, Failures>({ max: KEYS_MAX, ttl: MEMORY_MS })

/** Milliseconds to wait before the next try, 0 when there is none. Pure: the test's clock decides. */
export function waitMs(record: Failures | undefined, freeFailures: number, nowMs: number): number {
  if (!record || record.count < freeFailures) return 0
  const penaltyMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(20, record.count - freeFailures))
  return Math.max(0, record.lastAtMs + penaltyMs - nowMs)
}

const home = (publicId: string): Subject => ({ key: `home ${publicId}`, freeFailures: HOME_FREE_FAILURES })
const address = (group: string): Subject => ({
  key: `address ${group}`,
  freeFailures: ADDRESS_FREE_FAILURES,
})

export const claimSubjects = (publicId: string, group: string): Subject[] => [home(publicId), address(group)]

/** One account from one address: nobody locks somebody else out by guessing from elsewhere. */
export const accountSubjects = (email: string, group: string): Subject[] => [
  {
    key: `account ${email.trim().toLowerCase().slice(0, 254)} ${group}`,
    freeFailures: ACCOUNT_FREE_FAILURES,
  },
  address(group),
]

/** Codes are short, so that these are counted wherever they come from; it takes the password to get here. */
export const secondFactorSubject = (staffId: string): Subject => ({
  key: `second factor ${staffId}`,
  freeFailures: ACCOUNT_FREE_FAILURES,
})

export const longestWaitMs = (subjects: readonly Subject[], nowMs = Date.now()): number =>
  Math.max(0, ...subjects.map(({ key, freeFailures }) => waitMs(failures.get(key), freeFailures, nowMs)))

/** Failed so often that the next try must show some work, or some patience. */
export const mustBeChallenged = (subjects: readonly Subject[]): boolean =>
  subjects.some(({ key, freeFailures }) => (failures.get(key)?.count ?? 0) >= freeFailures)

export function noteFailure(subjects: readonly Subject[], nowMs = Date.now()): void {
  for (const { key } of subjects)
    failures.set(key, { count: (failures.get(key)?.count ?? 0) + 1, lastAtMs: nowMs })
}

/** What was got right is cleared; an address keeps its record, or one known code would shield a guesser. */
export function noteSuccess(subjects: readonly Subject[]): void {
  for (const { key } of subjects) if (!key.startsWith('address ')) failures.delete(key)
}

export const forgetAttempts = (): void => failures.clear()

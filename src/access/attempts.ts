// Wrong codes and passwords: what counts is failures, so that 75 families behind one address still get in.
import { createHash } from 'node:crypto'
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

export type DelayKind = 'home' | 'address' | 'account' | 'second factor'

export type Delay = {
  /** Names it without saying it: a home's key is its secret link. */
  id: string
  kind: DelayKind
  subject: string
  failureCount: number
  /** 0 when only a moment's work is asked for still. */
  waitMs: number
}

const FREE_FAILURES: Record<DelayKind, number> = {
  home: HOME_FREE_FAILURES,
  address: ADDRESS_FREE_FAILURES,
  account: ACCOUNT_FREE_FAILURES,
  'second factor': ACCOUNT_FREE_FAILURES,
}
const KINDS = Object.keys(FREE_FAILURES) as DelayKind[]
const DELAYS_SHOWN = 50

/** Who is delayed in this process, the longest wait first. */
export function delaysNow(nowMs = Date.now()): Delay[] {
  const delays = [...failures.entries()].flatMap(([key, record]) => {
    const kind = KINDS.find((each) => key.startsWith(`${each} `))
    if (!kind || record.count < FREE_FAILURES[kind]) return []
    const subject = key.slice(kind.length + 1)
    const wait = waitMs(record, FREE_FAILURES[kind], nowMs)
    return [{ id: idOf(key), kind, subject, failureCount: record.count, waitMs: wait }]
  })
  return delays.sort((a, b) => b.waitMs - a.waitMs).slice(0, DELAYS_SHOWN)
}

/** Lets whoever is delayed begin anew, in this process. */
export function forgetDelay(id: string): void {
  for (const key of failures.keys()) if (idOf(key) === id) failures.delete(key)
}

/** The same for an address with the accounts that were tried from it; homes keep their record. */
export function forgetDelaysOf(group: string): void {
  for (const key of failures.keys())
    if (key === `address ${group}` || (key.startsWith('account ') && key.endsWith(` ${group}`)))
      failures.delete(key)
}

const ID_CHARS = 32
const idOf = (key: string) => createHash('sha256').update(key).digest('hex').slice(0, ID_CHARS)

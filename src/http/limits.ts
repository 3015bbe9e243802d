// Rate limits by the generic cell rate algorithm: one number a key, no burst at a window's edge.
import { LRUCache } from 'lru-cache'

/** `burst` at once, then one every `intervalMs`. */
export type LimitPolicy = { name: string; burst: number; intervalMs: number }

const perMinute = (name: string, count: number, burst = count): LimitPolicy => ({
  name,
  burst,
  intervalMs: 60_000 / count,
})
const perHour = (name: string, count: number): LimitPolicy => ({
  name,
  burst: count,
  intervalMs: 3_600_000 / count,
})

/** The limits of the product, by what they protect. */
export const policies = {
  chat: { name: 'chat', burst: 10, intervalMs: 3_000 },
  link_unknown: perHour('link_unknown', 20),
  link_known: perHour('link_known', 300),
  sign_in: perMinute('sign_in', 10),
  public: perMinute('public', 60),
  client_errors: perMinute('client_errors', 20),
  /** Calls without a good key: no key can be guessed, so this only bounds the work they cause. */
  api_unknown: perMinute('api_unknown', 600),
  /** Calendars ask a few times an hour; a wrong address is guessing. */
  calendar: perHour('calendar', 60),
  calendar_unknown: perHour('calendar_unknown', 30),
  /** Each may bring a picture that is decoded. */
  snags: perMinute('snags', 10),
  /** Each may mail an address that the person typed. */
  own_details: perHour('own_details', 10),
  downloads: perMinute('downloads', 30),
  staff: perMinute('staff', 150, 150),
  admin: perMinute('admin', 100),
} as const satisfies Record<string, LimitPolicy>

export const apiKeyPolicy = (requestsPerMinute: number): LimitPolicy =>
  perMinute('api_key', requestsPerMinute)

export type Verdict = { allowed: boolean; remaining: number; retryAfterS: number }

/** What a key may do unless its plan says otherwise; for the page that shows the policies. */
const API_KEY_SHOWN = 600

/** Keys kept at once; the least used fall out, so a million addresses cost bounded memory. */
const KEYS_MAX = 100_000

/** Pure step of the algorithm: the theoretical arrival time before and after this request. */
export function gcra(
  arrivalMs: number,
  nowMs: number,
  policy: LimitPolicy,
): { verdict: Verdict; arrivalMs: number } {
  const { burst, intervalMs } = policy
  const next = Math.max(arrivalMs, nowMs) + intervalMs
  const debtMs = next - nowMs
  const toleranceMs = burst * intervalMs
  if (debtMs > toleranceMs)
    return {
      verdict: { allowed: false, remaining: 0, retryAfterS: Math.ceil((debtMs - toleranceMs) / 1_000) },
      arrivalMs,
    }
  return {
    verdict: { allowed: true, remaining: Math.floor((toleranceMs - debtMs) / intervalMs), retryAfterS: 0 },
    arrivalMs: next,
  }
}

const arrivals = new LRUCache<string, number>({ max: KEYS_MAX })

/** Counts one request of `key` and says whether it may pass. */
export function consume(policy: LimitPolicy, key: string, nowMs = Date.now()): Verdict {
  const name = `${policy.name}:${key}`
  const { verdict, arrivalMs } = gcra(arrivals.get(name) ?? 0, nowMs, policy)
  arrivals.set(name, arrivalMs)
  count(policy.name, verdict.allowed, nowMs)
  return verdict
}

export const forgetLimits = (): void => arrivals.clear()

/** Lets a key begin anew, in this process. */
export const forgetLimit = (policy: string, key: string): void => void arrivals.delete(`${policy}:${key}`)

const MINUTES_KEPT = 60
type Minute = { minute: number; allowed: number; limited: number }
/** The last hour of every policy, a ring of minutes each. Policies are a closed set. */
const minutes = new Map<string, Minute[]>()

function count(policy: string, isAllowed: boolean, nowMs: number): void {
  const minute = Math.floor(nowMs / 60_000)
  let ring = minutes.get(policy)
  if (!ring) {
    ring = Array.from({ length: MINUTES_KEPT }, () => ({ minute: -1, allowed: 0, limited: 0 }))
    minutes.set(policy, ring)
  }
  const slot = ring[minute % MINUTES_KEPT] as Minute
  if (slot.minute !== minute) Object.assign(slot, { minute, allowed: 0, limited: 0 })
  if (isAllowed) slot.allowed++
  else slot.limited++
}

export type LimitFigures = {
  policy: string
  burst: number
  perMinute: number
  lastMinute: { allowed: number; limited: number }
  lastHour: { allowed: number; limited: number }
}

/** Of this process. A minute counts once it is over, and the one that runs as well. */
export function limitFigures(nowMs = Date.now()): LimitFigures[] {
  const now = Math.floor(nowMs / 60_000)
  const named = [...Object.values(policies), { ...apiKeyPolicy(API_KEY_SHOWN), burst: API_KEY_SHOWN }]
  return named.map(({ name, burst, intervalMs }) => {
    const ring = minutes.get(name) ?? []
    const sumOf = (span: number) =>
      ring
        .filter(({ minute }) => minute > now - span && minute <= now)
        .reduce(
          (sum, { allowed, limited }) => ({ allowed: sum.allowed + allowed, limited: sum.limited + limited }),
          {
            allowed: 0,
            limited: 0,
          },
        )
    const perMinute = Math.round((60_000 / intervalMs) * 10) / 10
    return { policy: name, burst, perMinute, lastMinute: sumOf(2), lastHour: sumOf(MINUTES_KEPT) }
  })
}

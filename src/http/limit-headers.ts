// The headers that tell a caller where they stand with a limit: the IETF draft's pair, beside Retry-After on a denial.
import type { LimitPolicy, Verdict } from './limits.ts'

/** Elysia's `set`, as far as headers go. */
export type WithHeaders = { headers: Record<string, unknown> }

/**
 * Writes `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers): the quota and its window, what
 * remains of it, and the seconds until there is more. Every limited answer of the product gets them from here.
 */
export function writeLimitHeaders({ headers }: WithHeaders, policy: LimitPolicy, verdict: Verdict): void {
  const windowS = Math.ceil((policy.burst * policy.intervalMs) / 1_000)
  const moreInS = verdict.allowed ? Math.ceil(policy.intervalMs / 1_000) : verdict.retryAfterS
  headers['ratelimit-policy'] = `"${policy.name}";q=${policy.burst};w=${windowS}`
  headers.ratelimit = `"${policy.name}";r=${verdict.remaining};t=${moreInS}`
}

// Applies a limit to a request: headers that tell the caller where they stand, a row when one is denied.
import { LRUCache } from 'lru-cache'
import { insertRateLimitDenial } from '#db/logs.ts'
import { throughDoor } from '#db/scope.ts'
import { type FailureCode, failure } from '../failure.ts'
import { log } from '../log.ts'
import { writeLimitHeaders } from './limit-headers.ts'
import { consume, type LimitPolicy } from './limits.ts'
import { loggedPath, requestContext } from './request-context.ts'

/** A flood is one row each ten seconds and key, not one a request. */
const RECORD_INTERVAL_MS = 10_000
const recorded = new LRUCache<string, true>({ max: 10_000, ttl: RECORD_INTERVAL_MS })

type Limited = { request: Request; set: { headers: Record<string, unknown> } }

/** @throws Failure `too_many_requests` (or the code given) with the seconds to wait. */
export function limitOrThrow(
  limited: Limited,
  policy: LimitPolicy,
  key: string,
  code: FailureCode = 'too_many_requests',
): void {
  const verdict = consume(policy, key)
  writeLimitHeaders(limited.set, policy, verdict)
  if (verdict.allowed) return
  recordDenial(limited.request, policy.name, key)
  throw failure(code, { retryAfterS: verdict.retryAfterS })
}

function recordDenial(request: Request, policy: string, subject: string): void {
  if (recorded.has(`${policy}:${subject}`)) return
  recorded.set(`${policy}:${subject}`, true)
  const { requestId, actor } = requestContext(request)
  const row = {
    tenantId: actor?.tenantId ?? null,
    policy,
    subject,
    route: loggedPath(request),
    requestId,
  }
  throughDoor((db) => insertRateLimitDenial(db, row)).catch((error) =>
    log('warn', 'denial_not_recorded', { error }),
  )
}

/** For tests, which share a process and the ids of the demonstration. */
export const forgetDenials = (): void => recorded.clear()

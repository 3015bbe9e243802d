// Other sites' pages and the API: each key says whose pages may call with it. Never a cookie.
import { config } from '../config.ts'
import { allowedMethods } from './allowed-methods.ts'
import { ownOrigins } from './hosts.ts'

const PREFLIGHT_S = 600
const ORIGIN_CHARS_MAX = 300
const REQUEST_HEADERS = 'authorization, content-type, idempotency-key, if-match, if-none-match, traceparent'
const ANSWER_HEADERS =
  'deprecation, etag, idempotency-replayed, link, ratelimit, ratelimit-policy, retry-after, sunset, x-request-id'

export const CORS_HEADERS = ['access-control-allow-origin', 'access-control-expose-headers', 'vary']

/** Lets the page that asks read the answer, a refusal too, so that its author learns why. */
export function shareAnswer(request: Request, headers: Record<string, unknown>): void {
  headers.vary = 'Origin'
  const origin = originOf(request)
  if (origin === null) return
  headers['access-control-allow-origin'] = origin
  headers['access-control-expose-headers'] = ANSWER_HEADERS
}

/**
 * Answers `OPTIONS`; null for an address that is none. A browser asks without the key, so nothing can be decided
 * here: the answer is the same for every site and tells what the contract tells. Looking the site up among all keys
 * would tell strangers whose customers use what.
 */
export function preflight(request: Request, path: string, already: Record<string, unknown>): Response | null {
  const methods = allowedMethods(path)
  if (methods.length === 0) return null
  const headers = new Headers({ allow: [...methods, 'OPTIONS'].join(', ') })
  for (const [name, value] of Object.entries(already)) headers.set(name, String(value))
  if (originOf(request) !== null) {
    headers.set('access-control-allow-methods', methods.join(', '))
    headers.set('access-control-allow-headers', REQUEST_HEADERS)
    headers.set('access-control-max-age', String(PREFLIGHT_S))
  }
  return new Response(null, { status: 204, headers })
}

/** Whether a page of that site may call with a key of that list; what is no browser's page may always. */
export function originMayCall(request: Request, allowedOrigins: readonly string[]): boolean {
  const origin = request.headers.get('origin')
  if (origin === null || ownOrigins(request).includes(origin)) return true
  return allowedOrigins.includes(origin) || config().corsOrigins.includes(origin)
}

/** As a browser writes it: scheme, host and port; null for none, and for what only looks like one. */
function originOf(request: Request): string | null {
  const origin = request.headers.get('origin')
  if (origin === null || origin.length > ORIGIN_CHARS_MAX || !URL.canParse(origin)) return null
  return new URL(origin).origin === origin ? origin : null
}

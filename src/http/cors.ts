// Other sites' pages that may call the API: the origins of the setting `CORS_ORIGINS`, with a key and never a cookie.
import { config } from '../config.ts'
import { allowedMethods } from './allowed-methods.ts'

const PREFLIGHT_S = 600
const REQUEST_HEADERS = 'authorization, content-type, idempotency-key, if-none-match, traceparent'
const ANSWER_HEADERS = 'etag, idempotency-replayed, ratelimit, ratelimit-policy, retry-after, x-request-id'

export const CORS_HEADERS = ['access-control-allow-origin', 'access-control-expose-headers', 'vary']

/** Whether the page that asks may read the answer; then the headers say so. */
export function allowOrigin(request: Request, headers: Record<string, unknown>): boolean {
  const origin = request.headers.get('origin')
  if (config().corsOrigins.length > 0) headers.vary = 'Origin'
  if (origin === null || !config().corsOrigins.includes(origin)) return false
  headers['access-control-allow-origin'] = origin
  headers['access-control-expose-headers'] = ANSWER_HEADERS
  return true
}

/** Answers `OPTIONS`; null for an address that is none. */
export function preflight(path: string, already: Record<string, unknown>): Response | null {
  const methods = allowedMethods(path)
  if (methods.length === 0) return null
  const headers = new Headers({ allow: [...methods, 'OPTIONS'].join(', ') })
  for (const [name, value] of Object.entries(already)) headers.set(name, String(value))
  if (headers.has('access-control-allow-origin')) {
    headers.set('access-control-allow-methods', methods.join(', '))
    headers.set('access-control-allow-headers', REQUEST_HEADERS)
    headers.set('access-control-max-age', String(PREFLIGHT_S))
  }
  return new Response(null, { status: 204, headers })
}

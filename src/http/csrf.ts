// Cross-site request forgery: the browser itself says where a request came from.

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * True when a state-changing request from a browser did not come from our own pages. `Sec-Fetch-Site` decides;
 * where a browser does not send it, `Origin` must be ours. Neither means no browser sent it, and without a
 * session cookie such a request can do nothing: with one it is refused.
 */
export function isCrossSite(request: Request, ownOrigins: readonly string[]): boolean {
  if (SAFE.has(request.method)) return false
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site !== 'same-origin' && site !== 'none'
  const origin = request.headers.get('origin')
  if (origin !== null) return !ownOrigins.includes(origin)
  return request.headers.has('cookie')
}

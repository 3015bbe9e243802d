// Which Host headers this server answers to: poisoned ones never reach a handler.

import { config as settings } from '../config.ts'

/** Loopback names pass on any port outside production, so that a browser on the machine always gets in. */
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/

export function hostIsAllowed(
  request: Request,
  config: { publicUrl: string; isProduction: boolean },
): boolean {
  const host = (request.headers.get('host') ?? new URL(request.url).host).toLowerCase()
  const own = new URL(config.publicUrl)
  if (host === own.host.toLowerCase()) return true
  if (config.isProduction) return LOOPBACK_HOST.test(host) && LOOPBACK_HOST.test(own.host)
  return LOOPBACK_HOST.test(host) || host.replace(/:\d{1,5}$/, '') === own.hostname.toLowerCase()
}

/** The origins of our own pages, as this request names the server. */
export const ownOrigins = (request: Request): string[] => {
  const host = request.headers.get('host')
  return [new URL(settings().publicUrl).origin, ...(host ? [`http://${host}`, `https://${host}`] : [])]
}

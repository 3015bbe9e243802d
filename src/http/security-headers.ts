// Headers that every answer carries.

/** `imageOrigins`: other sites that a page shows pictures of, such as the tiles of its map. */
export const contentSecurityPolicy = (imageOrigins: readonly string[] = []) =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    ["img-src 'self' data:", ...imageOrigins].join(' '),
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

const ALWAYS: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'content-security-policy': contentSecurityPolicy(),
}

/** Adds what the handler did not set itself; pages are private unless they say otherwise. */
export function secureHeaders(
  headers: Record<string, string | string[] | number | undefined>,
  options: { https: boolean },
): void {
  for (const name in ALWAYS) headers[name] ??= ALWAYS[name]
  headers['cache-control'] ??= 'private, no-store'
  if (options.https) headers['strict-transport-security'] ??= 'max-age=63072000; includeSubDomains'
}

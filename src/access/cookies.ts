// Names and attributes of the session cookies: one pair for each kind of caller.

/** `__Host-` needs a secure context; browsers count loopback as one. Elsewhere a plain name, never in production. */
export type CookiePolicy = { secure: boolean }

const NAMES = {
  purchaser: { token: 'oh-home', refresh: 'oh-home-refresh' },
  staff: { token: 'oh-staff', refresh: 'oh-staff-refresh' },
} as const

/** One opaque cookie: who looks as somebody else stays signed in as themselves beside it. */
export const impersonationCookie = (policy: CookiePolicy): string =>
  `${policy.secure ? '__Host-' : ''}oh-impersonation`

/** Who gave the right password and owes a code; good for some minutes and for nothing else. */
export const secondStepCookie = (policy: CookiePolicy): string =>
  `${policy.secure ? '__Host-' : ''}oh-second-step`

export type CookieKind = keyof typeof NAMES

/** The link a phone last opened, so that an ended session can ask for the code alone. Names a development, no more. */
export const HOME_LINK_COOKIE = 'oh-home-link'

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

export function cookiePolicy(request: Request, publicUrl: string): CookiePolicy {
  const host = request.headers.get('host') ?? new URL(request.url).host
  return { secure: publicUrl.startsWith('https:') || LOOPBACK.test(host) }
}

export const cookieName = (kind: CookieKind, part: 'token' | 'refresh', policy: CookiePolicy): string =>
  (policy.secure ? '__Host-' : '') + NAMES[kind][part]

/** The value of a cookie; null when absent, or sent twice, which only an attacker or a bug does. */
export function readCookie(request: Request, name: string): string | null {
  const header = request.headers.get('cookie')
  if (!header) return null
  let found: string | null = null
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals < 0 || pair.slice(0, equals).trim() !== name) continue
    if (found !== null) return null
    found = pair.slice(equals + 1).trim()
  }
  return found
}

/** A `Set-Cookie` line. `maxAgeS` 0 deletes. */
export function cookieLine(name: string, value: string, maxAgeS: number, policy: CookiePolicy): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeS}${policy.secure ? '; Secure' : ''}`
}

// Codes of an authenticator app (RFC 6238): six digits, 30 seconds, the step before and after forgiven.
import { Secret, TOTP } from 'otpauth'

const ISSUER = 'OpenHouse'
const PERIOD_S = 30
const DIGITS = 6
/** Clocks of phones are some seconds off; a wider window would only help a guesser. */
const WINDOW_STEPS = 1
/** As long as the hash, which RFC 4226 recommends. */
const SECRET_BYTES = 20

/** A new secret, in base32 as authenticator apps take it. */
export const makeTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

/** The address that an authenticator app reads from the QR code. */
export const totpUri = (secret: string, email: string): string => totpOf(secret, email).toString()

export const totpCode = (secret: string, atMs: number): string => totpOf(secret).generate({ timestamp: atMs })

/** The 30 seconds since 1970 that the code is of, or null when it is of none that may be used now. Constant time. */
export function totpStep(secret: string, code: string, nowMs: number): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const delta = totpOf(secret).validate({ token: code, window: WINDOW_STEPS, timestamp: nowMs })
  return delta === null ? null : Math.floor(nowMs / 1_000 / PERIOD_S) + delta
}

const totpOf = (secret: string, label = '') =>
  new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1',
    digits: DIGITS,
    period: PERIOD_S,
    secret: Secret.fromBase32(secret),
  })

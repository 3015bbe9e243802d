// Signed tokens: the one place that signs or verifies a JWT, with everything pinned on both sides.
import { errors, jwtVerify, SignJWT } from 'jose'

const ISSUER = 'openhouse'
const ALGORITHM = 'HS256'
const CLOCK_TOLERANCE_S = 5
/** Larger tokens are refused before any cryptography. */
const TOKEN_CHARS_MAX = 2_048

/** A token is good for one purpose: its `typ` and audience are both checked, so none passes for another. */
const purposes = {
  purchaser_session: { typ: 'purchaser+jwt', audience: 'openhouse/purchaser', lifetimeS: 3_600 },
  staff_session: { typ: 'staff+jwt', audience: 'openhouse/staff', lifetimeS: 3_600 },
  download: { typ: 'download+jwt', audience: 'openhouse/files', lifetimeS: 300 },
  second_step: { typ: 'second-step+jwt', audience: 'openhouse/second-step', lifetimeS: 600 },
  enrolment: { typ: 'enrolment+jwt', audience: 'openhouse/enrolment', lifetimeS: 1_800 },
  challenge: { typ: 'challenge+jwt', audience: 'openhouse/challenge', lifetimeS: 900 },
  cursor: { typ: 'cursor+jwt', audience: 'openhouse/cursor', lifetimeS: 86_400 },
} as const

export type TokenPurpose = keyof typeof purposes
export const tokenLifetimeS = (purpose: TokenPurpose): number => purposes[purpose].lifetimeS

export type VerifiedToken = {
  subject: string
  id: string
  issuedAtS: number
  expiresAtS: number
  claims: Record<string, unknown>
}

let signingKey: Uint8Array | null = null

/** Sets the process's key. Sessions signed with another key end with it. */
export function useSigningKey(key: Uint8Array): void {
  signingKey = key
}

export async function signToken(
  purpose: TokenPurpose,
  subject: string,
  claims: Record<string, unknown> = {},
): Promise<string> {
  const { typ, audience, lifetimeS } = purposes[purpose]
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, typ })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(`${lifetimeS}s`)
    .setJti(crypto.randomUUID())
    .sign(key())
}

/** What the token says, or null for anything that is not exactly a live token of this purpose. */
export async function verifyToken(purpose: TokenPurpose, token: string): Promise<VerifiedToken | null> {
  if (token.length > TOKEN_CHARS_MAX) return null
  const { typ, audience, lifetimeS } = purposes[purpose]
  try {
    const { payload } = await jwtVerify(token, key(), {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience,
      typ,
      requiredClaims: ['exp', 'iat', 'sub', 'jti'],
      clockTolerance: CLOCK_TOLERANCE_S,
      maxTokenAge: lifetimeS,
    })
    return {
      subject: String(payload.sub),
      id: String(payload.jti),
      issuedAtS: Number(payload.iat),
      expiresAtS: Number(payload.exp),
      claims: payload,
    }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null
    throw error
  }
}

function key(): Uint8Array {
  if (!signingKey) throw new Error('no signing key is set')
  return signingKey
}

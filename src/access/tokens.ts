// Signed tokens: the one place that signs or verifies a JWT, with everything pinned on both sides.
import { createHash } from 'node:crypto'
import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose'
import { LRUCache } from 'lru-cache'

const ISSUER = 'openhouse'
const ALGORITHM = 'HS256'
const CLOCK_TOLERANCE_S = 5
/** Larger tokens are refused before any cryptography. */
const TOKEN_CHARS_MAX = 2_048
/** Tokens of half a kilobyte: at most some megabytes. */
const GOOD_TOKENS_MAX = 10_000

/** A token is good for one purpose: its `typ` and audience are both checked, so none passes for another. */
const purposes = {
  purchaser_session: { typ: 'purchaser+jwt', audience: 'openhouse/purchaser', lifetimeS: 3_600 },
  staff_session: { typ: 'staff+jwt', audience: 'openhouse/staff', lifetimeS: 3_600 },
  download: { typ: 'download+jwt', audience: 'openhouse/files', lifetimeS: 300 },
  second_step: { typ: 'second-step+jwt', audience: 'openhouse/second-step', lifetimeS: 600 },
  enrolment: { typ: 'enrolment+jwt', audience: 'openhouse/enrolment', lifetimeS: 1_800 },
  challenge: { typ: 'challenge+jwt', audience: 'openhouse/challenge', lifetimeS: 900 },
  /** Whoever reads the mail at a new address and is signed in as the person. */
  address: { typ: 'address+jwt', audience: 'openhouse/address', lifetimeS: 86_400 },
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

type SigningKey = { id: string; key: Uint8Array }

/** The first signs; those behind it are still good for what they signed, until they are taken away. */
let signingKeys: readonly SigningKey[] = []

const goodTokens = new LRUCache<string, { purpose: TokenPurpose; token: VerifiedToken }>({
  max: GOOD_TOKENS_MAX,
})

/** Sets the process's key, and the one before it while sessions still carry its tokens. */
export function useSigningKeys(current: Uint8Array, previous: Uint8Array | null = null): void {
  goodTokens.clear()
  signingKeys = [current, previous].flatMap((key) => (key ? [{ id: keyIdOf(key), key }] : []))
}

/** Tells keys apart and nothing of them. */
export const keyIdOf = (key: Uint8Array): string =>
  createHash('sha256').update('openhouse key id').update(key).digest('base64url').slice(0, 8)

export async function signToken(
  purpose: TokenPurpose,
  subject: string,
  claims: Record<string, unknown> = {},
): Promise<string> {
  const { typ, audience, lifetimeS } = purposes[purpose]
  const { id, key } = currentKey()
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, typ, kid: id })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(`${lifetimeS}s`)
    .setJti(crypto.randomUUID())
    .sign(key)
}

/**
 * What the token says, or null for anything that is not exactly a live token of this purpose. A signature that was
 * found good is not computed again while the token lives; whether its session still does is for others to say.
 */
export async function verifyToken(purpose: TokenPurpose, token: string): Promise<VerifiedToken | null> {
  if (token.length > TOKEN_CHARS_MAX) return null
  const known = goodTokens.get(token)
  if (known?.purpose === purpose) return isInTime(known.token) ? known.token : null
  const verified = await checkToken(purpose, token)
  if (verified) goodTokens.set(token, { purpose, token: verified })
  return verified
}

const isInTime = ({ expiresAtS }: VerifiedToken) => Date.now() / 1_000 < expiresAtS + CLOCK_TOLERANCE_S

async function checkToken(purpose: TokenPurpose, token: string): Promise<VerifiedToken | null> {
  const { typ, audience, lifetimeS } = purposes[purpose]
  try {
    // Looked up among our own keys: what a token says of where its key lies is never followed.
    const { kid } = decodeProtectedHeader(token)
    const known = signingKeys.find(({ id }) => id === kid)
    if (!known) return null
    const { payload } = await jwtVerify(token, known.key, {
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

function currentKey(): SigningKey {
  const [current] = signingKeys
  if (!current) throw new Error('no signing key is set')
  return current
}

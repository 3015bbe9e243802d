// Work or patience after repeated failures: a browser with scripts solves a small puzzle, one without waits a little.
import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { signToken, tokenLifetimeS, verifyToken } from './tokens.ts'

/** Some half a second of work in a browser; each guess costs it anew. */
const CHALLENGE_BITS = 15
/** How old a challenge must be to pass without a solution. */
export const PATIENCE_S = 15
const SOLUTION_SHAPE = /^\d{1,12}$/
const SPENT_MAX = 100_000

/** What a form holds; the token is signed, so that nothing is kept of challenges nobody answers. */
export type Challenge = { token: string; salt: string; bits: number; patienceS: number }

const spent = new LRUCache<string, true>({ max: SPENT_MAX, ttl: tokenLifetimeS('challenge') * 1_000 })

export async function makeChallenge(): Promise<Challenge> {
  const salt = crypto.randomUUID()
  return {
    token: await signToken('challenge', salt),
    salt,
    bits: CHALLENGE_BITS,
    patienceS: PATIENCE_S,
  }
}

export type Answer = { challenge?: string | undefined; solution?: string | undefined }

/** Seconds to wait before the same challenge passes without a solution; null when there is none that may pass. */
export async function answerChallenge(answer: Answer, nowMs = Date.now()): Promise<number | null> {
  const token = answer.challenge ? await verifyToken('challenge', answer.challenge) : null
  if (!token || spent.has(token.subject)) return null
  const waitS = Math.ceil(PATIENCE_S - (nowMs / 1_000 - token.issuedAtS))
  if (waitS > 0 && !isSolved(token.subject, answer.solution ?? '')) return waitS
  spent.set(token.subject, true)
  return 0
}

/** The challenge of a form that came too early, to be shown again as it was, so that waiting counts. */
export async function sameChallenge({ challenge = '' }: Answer): Promise<Challenge | null> {
  const token = await verifyToken('challenge', challenge)
  return token && !spent.has(token.subject)
    ? { token: challenge, salt: token.subject, bits: CHALLENGE_BITS, patienceS: PATIENCE_S }
    : null
}

/** SHA-256 of salt and solution begins with enough zero bits. */
export function isSolved(salt: string, solution: string): boolean {
  if (!SOLUTION_SHAPE.test(solution)) return false
  const hash = createHash('sha256').update(`${salt}:${solution}`).digest()
  return hash.readUInt32BE(0) >>> (32 - CHALLENGE_BITS) === 0
}

// Requests that a program may send twice: the second gets the answer of the first, and nothing happens again.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import * as rows from '#db/idempotency.ts'
import { type Scope, within } from '#db/scope.ts'
import { config } from './config.ts'
import { failure } from './failure.ts'

const IDEMPOTENCY_HOURS = 24
const KEY_SHAPE = /^[\x21-\x7e]{1,255}$/
/** Longer than any request may take: a process that died in the middle of one does not block its key for a day. */
const UNANSWERED_S = 180
const RETRY_S = 1
const IV_BYTES = 12
const TAG_BYTES = 16

export type FirstAnswer = { status: number; body: unknown }

/** A claimed request: exactly one of the two ends it. */
export type Claimed = { keep(answer: FirstAnswer): Promise<void>; giveBack(): Promise<void> }

/**
 * Claims the request for its key, or gives what was answered the first time.
 * @throws Failure `invalid`, `idempotency_mismatch`, `idempotency_in_progress`
 */
export async function claimRequest(
  scope: Scope,
  request: { route: string; key: string; content: string },
): Promise<{ first: FirstAnswer } | { claimed: Claimed }> {
  if (!KEY_SHAPE.test(request.key))
    throw failure('invalid', {
      fields: [{ path: 'idempotency-key', message: 'must be 1 to 255 visible ASCII characters' }],
    })
  const { tenantId } = scope
  const keyHash = createHash('sha256').update(request.key).digest()
  const name = { tenantId, apiKeyId: scope.actor.id, route: request.route, keyHash }
  const requestHash = createHmac('sha256', config().jwtSecret).update(request.content).digest()
  const id = Bun.randomUUIDv7()
  const counts = { hours: IDEMPOTENCY_HOURS, unansweredS: UNANSWERED_S }
  const before = await within(scope, async (db) =>
    (await rows.claimRequest(db, { ...name, id, requestHash }, counts))
      ? 'none'
      : rows.requestByName(db, name),
  )
  if (before === 'none')
    return {
      claimed: {
        keep: (answer) =>
          within(scope, (db) => rows.setRequestAnswer(db, id, seal(answer, request.key, keyHash))),
        giveBack: () => within(scope, (db) => rows.deleteUnanswered(db, id)),
      },
    }
  if (before && !timingSafeEqual(before.requestHash, requestHash)) throw failure('idempotency_mismatch')
  if (!before?.sealedAnswer) throw failure('idempotency_in_progress', { retryAfterS: RETRY_S })
  return { first: open(before.sealedAnswer, request.key, keyHash) }
}

/** Answers hold what people asked and secrets shown once, so only who has the key can have them read again. */
const sealingKey = (key: string) =>
  new Uint8Array(hkdfSync('sha256', config().jwtSecret, key, 'idempotent answer', 32))

function seal(answer: FirstAnswer, key: string, keyHash: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', sealingKey(key), iv)
  cipher.setAAD(keyHash)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()])
  return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), sealed]))
}

function open(sealed: Uint8Array, key: string, keyHash: Uint8Array): FirstAnswer {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(key), bytes.subarray(0, IV_BYTES))
  decipher.setAAD(keyHash)
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
  return JSON.parse(text.toString('utf8'))
}

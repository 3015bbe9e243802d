// The second factor of staff: set up with an authenticator app, asked for at sign-in, replaced by recovery codes.
import { createHash, randomBytes } from 'node:crypto'
import { type Db, throughDoor } from '#db/scope.ts'
import {
  clearSecondFactor,
  enableSecondFactor,
  secondFactorOf,
  setRecoveryCodes,
  takeRecoveryCode,
  takeTotpStep,
} from '#db/second-factor.ts'
import { type StaffLogin, staffLoginById } from '#db/sessions.ts'
import { config } from '../config.ts'
import { failure } from '../failure.ts'
import { log } from '../log.ts'
import { longestWaitMs, noteFailure, noteSuccess, secondFactorSubject } from './attempts.ts'
import type { Visitor } from './claim.ts'
import { noteOwnAct } from './own-acts.ts'
import { passwordMatches } from './passwords.ts'
import { seal, unseal } from './sealing.ts'
import { signToken, verifyToken } from './tokens.ts'
import { makeTotpSecret, totpStep, totpUri } from './totp.ts'

const RECOVERY_CODES = 10
/** 120 bits, so that a plain hash is enough to keep them by. */
const RECOVERY_CODE_CHARS = 24
/** Crockford's base32: no letter that is taken for a digit, and 256 divides by 32. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The operator's console reaches every builder; a password alone opens it on one's own machine only. Of staff it is
 * required where their builder says so.
 */
export const isRequiredOf = ({ role, mustHaveSecondFactor }: StaffLogin): boolean =>
  mustHaveSecondFactor || (role === 'super_admin' && !config().isLocal)

export type SecondFactorState = {
  enabledAt: Date | null
  recoveryCodesLeft: number
  isRequired: boolean
}

export async function secondFactorState(staffId: string): Promise<SecondFactorState> {
  const [found, login] = await throughDoor(async (db) => [
    await secondFactorOf(db, staffId),
    await staffLoginById(db, staffId),
  ])
  return {
    enabledAt: found?.enabledAt ?? null,
    recoveryCodesLeft: found?.recoveryCodesLeft ?? 0,
    isRequired: login !== null && isRequiredOf(login),
  }
}

/** What the page that sets it up shows. The secret is kept nowhere until a code of it came back. */
export type Enrolment = { token: string; secret: string; uri: string }

export async function beginEnrolment(staffId: string, email: string): Promise<Enrolment> {
  const secret = makeTotpSecret()
  const sealed = seal(secret, boundTo(staffId), config().encryptionKey)
  return { token: await signToken('enrolment', staffId, { sealed }), secret, uri: totpUri(secret, email) }
}

/** The enrolment of a form that was refused, so that nobody scans twice. Null for one that is too old or another's. */
export async function sameEnrolment(
  staffId: string,
  email: string,
  token: string,
): Promise<Enrolment | null> {
  const secret = await secretOf(staffId, token)
  return secret ? { token, secret, uri: totpUri(secret, email) } : null
}

/**
 * Sets it up once a code shows that the app has the secret. Returns the recovery codes, which are shown this once.
 * @throws Failure `wrong_second_factor`, `too_many_attempts`, `conflict` when it is set up already
 */
export async function enrol(
  staffId: string,
  given: { token: string; code: string },
  visitor: Visitor,
): Promise<string[]> {
  await refuseWhileWaiting(staffId)
  const secret = await secretOf(staffId, given.token)
  const step = secret === null ? null : totpStep(secret, digitsOf(given.code), Date.now())
  if (secret === null || step === null) throw await refused(staffId, visitor)
  const codes = makeRecoveryCodes()
  const row = { secretEncrypted: seal(secret, boundTo(staffId), config().encryptionKey), step }
  await throughDoor(async (db) => {
    const isFirst = await enableSecondFactor(db, staffId, { ...row, recoveryCodeHashes: codes.map(hashOf) })
    if (!isFirst) throw failure('conflict')
    await note(db, staffId, 'staff.second_factor_enabled', visitor)
  })
  noteSuccess([secondFactorSubject(staffId)])
  return codes
}

/**
 * Passes a code of the app, each once, or a recovery code, each once.
 * @throws Failure `wrong_second_factor`, `too_many_attempts`
 */
export async function proveSecondFactor(staffId: string, typed: string, visitor: Visitor): Promise<void> {
  await refuseWhileWaiting(staffId)
  const isRight = await throughDoor(async (db) => {
    const found = await secondFactorOf(db, staffId)
    if (!found) return false
    const secret = unseal(found.secretEncrypted, boundTo(staffId), config().encryptionKey)
    const step = totpStep(secret, digitsOf(typed), Date.now())
    if (step !== null) return takeTotpStep(db, staffId, step)
    const recoveryCode = normalised(typed)
    if (recoveryCode.length !== RECOVERY_CODE_CHARS) return false
    if (!(await takeRecoveryCode(db, staffId, hashOf(recoveryCode)))) return false
    await note(db, staffId, 'staff.recovery_code_used', visitor)
    return true
  })
  if (!isRight) throw await refused(staffId, visitor)
  noteSuccess([secondFactorSubject(staffId)])
}

/** New recovery codes in place of all old ones. @throws as `proveSecondFactor` */
export async function renewRecoveryCodes(
  staffId: string,
  typed: string,
  visitor: Visitor,
): Promise<string[]> {
  await proveSecondFactor(staffId, typed, visitor)
  const codes = makeRecoveryCodes()
  await throughDoor(async (db) => {
    await setRecoveryCodes(db, staffId, codes.map(hashOf))
    await note(db, staffId, 'staff.recovery_codes_renewed', visitor)
  })
  return codes
}

/** @throws as `proveSecondFactor`; Failure `not_found` for those who must have one */
export async function removeSecondFactor(staffId: string, typed: string, visitor: Visitor): Promise<void> {
  if ((await secondFactorState(staffId)).isRequired) throw failure('not_found')
  await proveSecondFactor(staffId, typed, visitor)
  await throughDoor(async (db) => {
    await clearSecondFactor(db, staffId)
    await note(db, staffId, 'staff.second_factor_removed', visitor)
  })
}

/**
 * Setting it up takes the password again: an unlocked screen is not its owner, and may not guess there either.
 * Returns whose password it is, with the hash that it was compared with. A wrong one is put on record: somebody may sit
 * at another's screen. @throws Failure `wrong_credentials`, `too_many_attempts`
 */
export async function requirePassword(
  staffId: string,
  password: string,
  visitor: Visitor,
): Promise<StaffLogin> {
  await refuseWhileWaiting(staffId)
  const login = await throughDoor((db) => staffLoginById(db, staffId))
  const matches = await passwordMatches(password, login?.passwordHash ?? null)
  if (!login || !matches) {
    await noteRefusal(staffId, 'staff.password_refused', visitor)
    throw failure('wrong_credentials')
  }
  return login
}

async function refuseWhileWaiting(staffId: string): Promise<void> {
  const waitMs = longestWaitMs([secondFactorSubject(staffId)])
  if (waitMs > 0) throw failure('too_many_attempts', { retryAfterS: Math.ceil(waitMs / 1_000) })
}

async function refused(staffId: string, visitor: Visitor) {
  await noteRefusal(staffId, 'staff.second_factor_failed', visitor)
  return failure('wrong_second_factor')
}

/** Counted against the next tries, told in the log of the process and put on record. */
async function noteRefusal(staffId: string, action: string, visitor: Visitor): Promise<void> {
  noteFailure([secondFactorSubject(staffId)])
  log('warn', 'authn_login_fail', { requestId: visitor.requestId, address: visitor.addressGroup })
  await throughDoor((db) => note(db, staffId, action, visitor))
}

async function secretOf(staffId: string, token: string): Promise<string | null> {
  const enrolment = await verifyToken('enrolment', token)
  if (enrolment?.subject !== staffId) return null
  return unseal(String(enrolment.claims.sealed), boundTo(staffId), config().encryptionKey)
}

async function note(db: Db, staffId: string, action: string, visitor: Visitor): Promise<void> {
  const login = await staffLoginById(db, staffId)
  const { tenantId, role } = login ?? { tenantId: null, role: 'staff' }
  await noteOwnAct(db, { id: staffId, tenantId, role }, { action }, visitor)
}

const boundTo = (staffId: string) => `second factor ${staffId}`
const digitsOf = (typed: string) => typed.replace(/[\s-]/g, '')
const normalised = (typed: string) => typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
const hashOf = (code: string) => createHash('sha256').update(normalised(code)).digest('hex')

const makeRecoveryCodes = () => Array.from({ length: RECOVERY_CODES }, makeRecoveryCode)

function makeRecoveryCode(): string {
  const bytes = randomBytes(RECOVERY_CODE_CHARS)
  const chars = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
  return chars.replace(/(.{6})(?=.)/g, '$1-')
}

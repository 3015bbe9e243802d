// Staff and super admins signing in and out: one answer for every way a sign-in can fail, and a second step where set up.
import { createHash } from 'node:crypto'
import { insertActivity } from '#db/logs.ts'
import { throughDoor } from '#db/scope.ts'
import { revokeSession, type StaffLogin, staffLoginByEmail, staffLoginById } from '#db/sessions.ts'
import { failure } from '../failure.ts'
import { log } from '../log.ts'
import { accountSubjects, longestWaitMs, mustBeChallenged, noteFailure, noteSuccess } from './attempts.ts'
import { type Answer, answerChallenge, PATIENCE_S } from './challenge.ts'
import type { Visitor } from './claim.ts'
import { cookieLine, readCookie, secondStepCookie } from './cookies.ts'
import { passwordMatches } from './passwords.ts'
import { isRequiredOf, proveSecondFactor } from './second-factor.ts'
import { forgetSession, openSession } from './sessions.ts'
import { signToken, tokenLifetimeS, verifyToken } from './tokens.ts'

const EMAIL_CHARS_MAX = 254

export type Role = StaffLogin['role']

/** Signed in; or half way, with a cookie that a code completes, or that lets the second factor be set up first. */
export type SignIn = { outcome: 'signed_in' | 'code' | 'enrolment'; setCookies: string[]; role: Role }

export type Credentials = Answer & {
  email: string
  password: string
  /** People do not see this field; programs that fill in everything fill it in. */
  trap?: string | undefined
}

export const mustAnswerChallenge = (email: string, visitor: Visitor): boolean =>
  mustBeChallenged(accountSubjects(email, visitor.addressGroup))

/**
 * @throws Failure `wrong_credentials`, whether the account is unknown, disabled, or the password wrong;
 * `too_many_attempts` after too many of them; `challenge_needed` when work or patience is wanted first
 */
export async function signInStaff(given: Credentials, visitor: Visitor): Promise<SignIn> {
  const subjects = accountSubjects(given.email, visitor.addressGroup)
  const waitMs = longestWaitMs(subjects)
  if (waitMs > 0) throw failure('too_many_attempts', { retryAfterS: Math.ceil(waitMs / 1_000) })
  const patienceS = mustBeChallenged(subjects) ? await answerChallenge(given) : 0
  if (patienceS !== 0) throw failure('challenge_needed', { retryAfterS: patienceS ?? PATIENCE_S })
  const login = given.trap
    ? null
    : await throughDoor((db) => staffLoginByEmail(db, given.email.trim().slice(0, EMAIL_CHARS_MAX)))
  const matches = await passwordMatches(given.password, login?.passwordHash ?? null)
  if (!login || !matches || login.disabledAt || login.tenantSuspendedAt) {
    noteFailure(subjects)
    await noteFailedSignIn(login, visitor)
    throw failure('wrong_credentials')
  }
  noteSuccess(subjects)
  if (login.hasSecondFactor) return halfWay('code', login, visitor)
  if (isRequiredOf(login)) return halfWay('enrolment', login, visitor)
  return completed(login, visitor)
}

export type HalfSignedIn = { login: StaffLogin; wants: 'code' | 'enrolment' }

/** Who gave the right password a moment ago. Null when that is too long ago, or the password is another since. */
export async function halfSignedIn(request: Request, visitor: Visitor): Promise<HalfSignedIn | null> {
  const token = readCookie(request, secondStepCookie(visitor.policy))
  const step = token ? await verifyToken('second_step', token) : null
  if (!step) return null
  const login = await throughDoor((db) => staffLoginById(db, step.subject))
  if (!login || login.disabledAt || login.tenantSuspendedAt) return null
  if (step.claims.password !== fingerprintOf(login)) return null
  return { login, wants: login.hasSecondFactor ? 'code' : 'enrolment' }
}

/** @throws Failure `wrong_second_factor`, `too_many_attempts`, `not_signed_in` for whom no code is asked of */
export async function completeWithCode(half: HalfSignedIn, code: string, visitor: Visitor): Promise<SignIn> {
  if (half.wants !== 'code') throw failure('not_signed_in')
  await proveSecondFactor(half.login.id, code, visitor)
  return completed(half.login, visitor)
}

/** After the second factor was set up in the middle of signing in. */
export const completeAfterEnrolment = (half: HalfSignedIn, visitor: Visitor): Promise<SignIn> =>
  completed(half.login, visitor)

/** Ends the session everywhere at once. */
export async function endSession(sessionId: string): Promise<void> {
  await throughDoor((db) => revokeSession(db, sessionId))
  forgetSession(sessionId)
}

async function completed(login: StaffLogin, visitor: Visitor): Promise<SignIn> {
  const subject = { tenantId: login.tenantId, staffId: login.id, unitId: null, purchaserId: null }
  const client = { ipAddress: visitor.address, userAgent: visitor.userAgent }
  const { setCookies } = await throughDoor(async (db) => {
    const opened = await openSession(db, 'staff', subject, client, visitor.policy)
    await insertActivity(db, {
      tenantId: login.tenantId,
      actorType: login.role,
      actorId: login.id,
      action: 'staff.signed_in',
      targetType: 'session',
      targetId: opened.sessionId,
      ipAddress: visitor.address,
      requestId: visitor.requestId,
    })
    return opened
  })
  const cleared = cookieLine(secondStepCookie(visitor.policy), '', 0, visitor.policy)
  return { outcome: 'signed_in', setCookies: [...setCookies, cleared], role: login.role }
}

async function halfWay(wants: HalfSignedIn['wants'], login: StaffLogin, visitor: Visitor): Promise<SignIn> {
  const token = await signToken('second_step', login.id, { password: fingerprintOf(login) })
  const cookie = secondStepCookie(visitor.policy)
  const line = cookieLine(cookie, token, tokenLifetimeS('second_step'), visitor.policy)
  return { outcome: wants, setCookies: [line], role: login.role }
}

/** A row for the operator, who sees many of them from one place, and for the builder whose account it is. */
async function noteFailedSignIn(login: StaffLogin | null, visitor: Visitor): Promise<void> {
  log('warn', 'authn_login_fail', { requestId: visitor.requestId, address: visitor.addressGroup })
  await throughDoor((db) =>
    insertActivity(db, {
      tenantId: login?.tenantId ?? null,
      actorType: 'visitor',
      actorId: login?.id ?? 'unknown',
      action: 'staff.sign_in_failed',
      targetType: 'staff',
      targetId: login?.id ?? 'unknown',
      ipAddress: visitor.address,
      requestId: visitor.requestId,
    }),
  )
}

const fingerprintOf = ({ passwordHash }: StaffLogin) =>
  createHash('sha256').update(passwordHash).digest('base64url').slice(0, 22)

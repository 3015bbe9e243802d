// Staff and super admins signing in and out: one answer for every way a sign-in can fail.
import { insertActivity } from '#db/logs.ts'
import { throughDoor } from '#db/scope.ts'
import { revokeSession, staffLoginByEmail } from '#db/sessions.ts'
import { failure } from '../failure.ts'
import { log } from '../log.ts'
import type { Visitor } from './claim.ts'
import { passwordMatches } from './passwords.ts'
import { forgetSession, openSession } from './sessions.ts'

export const EMAIL_CHARS_MAX = 254

/** @throws Failure `wrong_credentials`, whether the account is unknown, disabled, or the password wrong. */
export async function signInStaff(
  email: string,
  password: string,
  visitor: Visitor,
): Promise<{ setCookies: string[]; role: 'super_admin' | 'admin' | 'developer' }> {
  const login = await throughDoor((db) => staffLoginByEmail(db, email.trim().slice(0, EMAIL_CHARS_MAX)))
  const matches = await passwordMatches(password, login?.passwordHash ?? null)
  if (!login || !matches || login.disabledAt || login.tenantSuspendedAt) {
    log('warn', 'authn_login_fail', { requestId: visitor.requestId, address: visitor.addressGroup })
    throw failure('wrong_credentials')
  }
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
  return { setCookies, role: login.role }
}

/** Ends the session everywhere at once. */
export async function endSession(sessionId: string): Promise<void> {
  await throughDoor((db) => revokeSession(db, sessionId))
  forgetSession(sessionId)
}

// Staff and operators choosing another password while they are signed in.
import { throughDoor } from '#db/scope.ts'
import { endStaffLink, endStaffSessions, replaceStaffPassword } from '#db/staff.ts'
import { failure } from '../failure.ts'
import type { Visitor } from './claim.ts'
import { noteOwnAct } from './own-acts.ts'
import { hashPassword, passwordProblem } from './passwords.ts'
import { requirePassword } from './second-factor.ts'
import { forgetSession } from './sessions.ts'

/**
 * Takes the password of now, because an unlocked screen is not its owner, and ends every other session of the person
 * and a link to set a password that lies in a mailbox.
 * @throws Failure `wrong_credentials`, `too_many_attempts`, `invalid`; `conflict` when it was changed meanwhile
 */
export async function changeOwnPassword(
  { staffId, sessionId }: { staffId: string; sessionId: string },
  given: { current: string; next: string },
  visitor: Visitor,
): Promise<void> {
  const login = await requirePassword(staffId, given.current, visitor)
  const context = [login.email, login.name, login.tenantName ?? '']
  const problem =
    given.next === given.current
      ? 'This is the password that you have. Choose another.'
      : passwordProblem(given.next, context)
  if (problem) throw failure('invalid', { fields: [{ path: 'next', message: problem }] })
  const after = await hashPassword(given.next)
  const ended = await throughDoor(async (db) => {
    // Of two at once the second proved a password that is none any more.
    if (!(await replaceStaffPassword(db, { staffId, before: login.passwordHash, after })))
      throw failure('conflict')
    await endStaffLink(db, staffId)
    await noteOwnAct(db, login, { action: 'staff.password_changed' }, visitor)
    return endStaffSessions(db, staffId, sessionId)
  })
  for (const id of ended) forgetSession(id)
}

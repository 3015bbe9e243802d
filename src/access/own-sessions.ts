// Staff and operators seeing where they are signed in, and ending what is not theirs any more.
import { endOwnSession, liveSessionsOfStaff, type OwnSession } from '#db/own-sessions.ts'
import { throughDoor } from '#db/scope.ts'
import { endStaffSessions } from '#db/staff.ts'
import { failure } from '../failure.ts'
import type { Visitor } from './claim.ts'
import { noteOwnAct } from './own-acts.ts'
import { requirePassword } from './second-factor.ts'
import { forgetSession } from './sessions.ts'

export type { OwnSession } from '#db/own-sessions.ts'

export const ownSessions = (staffId: string): Promise<OwnSession[]> =>
  throughDoor((db) => liveSessionsOfStaff(db, staffId))

/**
 * Ends one session of the person, or all but this one. It takes the password: whoever sits at an unlocked screen must
 * not throw its owner out elsewhere. The session of the request itself is ended by signing out.
 * @throws Failure `wrong_credentials`, `too_many_attempts`; `invalid` for a session that is over, or never was theirs
 */
export async function endOwnSessions(
  { staffId, sessionId }: { staffId: string; sessionId: string },
  given: { current: string; ended: string },
  visitor: Visitor,
): Promise<void> {
  const login = await requirePassword(staffId, given.current, visitor)
  const ended = await throughDoor(async (db) => {
    const isOne = given.ended !== 'others'
    if (isOne && (given.ended === sessionId || !(await endOwnSession(db, staffId, given.ended)))) return null
    const ids = isOne ? [given.ended] : await endStaffSessions(db, staffId, sessionId)
    const act = { action: 'staff.own_sessions_ended', changes: { sessions: ids.length } }
    await noteOwnAct(db, login, act, visitor)
    return ids
  })
  if (!ended)
    throw failure('invalid', { fields: [{ path: 'ended', message: 'That session is over already.' }] })
  for (const id of ended) forgetSession(id)
}

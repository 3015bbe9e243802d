// The one-time link of an invitation or a forgotten password: opened by whoever holds it, good for one password.
import { createHash } from 'node:crypto'
import { insertActivity } from '#db/logs.ts'
import { throughDoor } from '#db/scope.ts'
import { endStaffSessions, type OpenLink, openStaffLink, setStaffPassword, useStaffLink } from '#db/staff.ts'
import { failure } from '../failure.ts'
import type { Visitor } from './claim.ts'
import { hashPassword, passwordProblem } from './passwords.ts'
import { forgetSession } from './sessions.ts'

const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Looking uses nothing up: mail programs open links by themselves. @throws Failure `not_found` */
export async function findStaffLink(token: string): Promise<OpenLink> {
  const link = TOKEN_SHAPE.test(token) ? await throughDoor((db) => openStaffLink(db, hashOf(token))) : null
  if (!link) throw failure('not_found')
  return link
}

/** Sets the password and ends every session of before. @throws Failure `not_found`, `invalid` */
export async function usePasswordLink(token: string, password: string, visitor: Visitor): Promise<void> {
  const { context } = await findStaffLink(token)
  const problem = passwordProblem(password, context)
  if (problem) throw failure('invalid', { fields: [{ path: 'password', message: problem }] })
  const passwordHash = await hashPassword(password)
  const sessionIds = await throughDoor(async (db) => {
    const link = await openStaffLink(db, hashOf(token))
    // Of two who come at once the second finds it used.
    if (!link || !(await useStaffLink(db, hashOf(token)))) throw failure('not_found')
    await setStaffPassword(db, link.staffId, passwordHash)
    await insertActivity(db, {
      tenantId: link.tenantId,
      actorType: 'staff',
      actorId: link.staffId,
      action: 'staff.password_set',
      targetType: 'staff',
      targetId: link.staffId,
      changes: { purpose: link.purpose },
      ipAddress: visitor.address,
      requestId: visitor.requestId,
    })
    return endStaffSessions(db, link.staffId)
  })
  for (const id of sessionIds) forgetSession(id)
}

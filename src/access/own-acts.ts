// What staff and operators do to their own sign-in, put on record with the address it came from.
import { insertActivity } from '#db/logs.ts'
import type { Db } from '#db/scope.ts'
import type { Visitor } from './claim.ts'

export type OwnAct = { action: string; changes?: Record<string, unknown> }

/** In the transaction that does it. */
export const noteOwnAct = (
  db: Db,
  staff: { id: string; tenantId: string | null; role: string },
  act: OwnAct,
  visitor: Visitor,
): Promise<void> =>
  insertActivity(db, {
    tenantId: staff.tenantId,
    actorType: staff.role,
    actorId: staff.id,
    targetType: 'staff',
    targetId: staff.id,
    ipAddress: visitor.address,
    requestId: visitor.requestId,
    ...act,
  })

// Impersonations as their tenant sees them, and the end of those whose time is over.
import { expireImpersonations, recentImpersonations, type SeenImpersonation } from '#db/impersonations.ts'
import { insertActivity } from '#db/logs.ts'
import { type Scope, throughDoor, within } from '#db/scope.ts'

export type { SeenImpersonation } from '#db/impersonations.ts'

export const listImpersonations = (scope: Scope): Promise<SeenImpersonation[]> =>
  within(scope, recentImpersonations)

/** Notes the end of those that ran out; that they are worth nothing any more, every request checks by itself. */
export async function endExpiredImpersonations(requestId: string): Promise<number> {
  return throughDoor(async (db) => {
    const ended = await expireImpersonations(db)
    for (const { id, tenantId, operatorId, subject, type } of ended)
      for (const chain of [tenantId, null])
        await insertActivity(db, {
          tenantId: chain,
          actorType: 'super_admin',
          actorId: operatorId,
          requestId,
          action: 'impersonation.expired',
          targetType: type,
          targetId: subject,
          changes: { impersonationId: id },
        })
    return ended.length
  })
}

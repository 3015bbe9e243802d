// Who looked at whose data: noted wherever somebody who is not of the household opens what belongs to a home.
import { insertAccessesOncePerDay, insertAccessOncePerDay } from '#db/person-data.ts'
import { type AdminScope, acrossTenants, type Db, type Scope, within } from '#db/scope.ts'

/** What was opened; the person reads it in words of their own. */
export type AccessAction =
  | 'unit.read'
  | 'answer.asked'
  | 'questions.read'
  | 'household.read'
  | 'snag.read'
  | 'home.impersonated'

/** Notes it in the transaction that opens it. The household itself and the system's own jobs are not noted. */
export async function noteAccess(db: Db, scope: Scope, unitId: string, action: AccessAction): Promise<void> {
  const { actor, tenantId, requestId, readOnly } = scope
  if (actor.type === 'purchaser' || actor.type === 'system' || readOnly) return
  await insertAccessOncePerDay(db, {
    tenantId,
    unitId,
    actorType: actor.type,
    actorId: actor.id,
    action,
    requestId,
  })
}

/** The same for a list, in one statement. */
export async function noteAccesses(
  db: Db,
  scope: Scope,
  unitIds: readonly string[],
  action: AccessAction,
): Promise<void> {
  const { actor, tenantId, requestId, readOnly } = scope
  if (actor.type === 'purchaser' || actor.type === 'system' || readOnly || unitIds.length === 0) return
  await insertAccessesOncePerDay(db, unitIds, {
    tenantId,
    requestId,
    action,
    actorType: actor.type,
    actorId: actor.id,
  })
}

/** The same for whoever may only read, such as an impersonating operator: in a transaction of its own. */
export async function noteOperatorAccess(
  operator: AdminScope,
  home: { tenantId: string; unitId: string },
  action: AccessAction,
): Promise<void> {
  const { actor, requestId } = operator
  await acrossTenants(operator, `opened ${action}`, (db) =>
    insertAccessOncePerDay(db, { ...home, actorType: actor.type, actorId: actor.id, action, requestId }),
  )
}

/** Opens a home for somebody: runs `work` and notes the access in one transaction. */
export const openingHome = <T>(
  scope: Scope,
  unitId: string,
  action: AccessAction,
  work: (db: Db) => Promise<T | null>,
): Promise<T | null> =>
  within(scope, async (db) => {
    const found = await work(db)
    if (found !== null) await noteAccess(db, scope, unitId, action)
    return found
  })

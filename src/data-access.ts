// Who looked at whose data: noted wherever somebody who is not of the household opens what belongs to a home.
import { insertAccessesOncePerDay, insertAccessOncePerDay } from '#db/person-data.ts'
import { type AdminScope, acrossTenants, type Db, type Scope, within } from '#db/scope.ts'
import { lookingOperator } from './access/operator-scope.ts'

/** What was opened; the person reads it in words of their own. */
export type AccessAction =
  | 'unit.read'
  | 'answer.asked'
  | 'questions.read'
  | 'household.read'
  | 'snag.read'
  | 'home.impersonated'

/** Notes it in the transaction that opens it. The household itself and the system's own jobs are not noted. */
export const noteAccess = (db: Db, scope: Scope, unitId: string, action: AccessAction): Promise<void> =>
  noteAccesses(db, scope, [unitId], action)

/**
 * The same for a list, in one statement. An operator who looks as staff reads in transactions that cannot write, so
 * that what they open is noted in one of its own: the household is told of them as of anybody.
 */
export async function noteAccesses(
  db: Db,
  scope: Scope,
  unitIds: readonly string[],
  action: AccessAction,
): Promise<void> {
  const { actor, tenantId, requestId, readOnly } = scope
  if (actor.type === 'purchaser' || actor.type === 'system' || unitIds.length === 0) return
  const access = { tenantId, requestId, action, actorType: actor.type, actorId: actor.id }
  const operator = lookingOperator(scope)
  if (operator)
    await acrossTenants(operator, `looked at ${action}`, (own) =>
      insertAccessesOncePerDay(own, unitIds, access),
    )
  else if (!readOnly) await insertAccessesOncePerDay(db, unitIds, access)
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

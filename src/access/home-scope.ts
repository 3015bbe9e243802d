// The scope of one home for callers that are not its purchasers: API clients asking on a home's behalf.
import { type HomeScope, mintHomeScope, type Scope } from '#db/scope.ts'
import { unitById } from '#db/units.ts'
import { type AccessAction, openingHome } from '../data-access.ts'
import { failure } from '../failure.ts'

/** Narrows a tenant's scope to one of its homes. @throws Failure `not_found` for a home that is not the tenant's. */
export async function homeScopeOf(
  scope: Scope,
  unitId: string,
  action: AccessAction = 'answer.asked',
): Promise<HomeScope> {
  const unit = await openingHome(scope, unitId, action, (db) => unitById(db, unitId))
  if (!unit) throw failure('not_found')
  const { tenantId, actor, requestId, readOnly } = scope
  const { developmentId, id, houseTypeId } = unit
  return mintHomeScope(
    { tenantId, actor, requestId, readOnly, developmentIds: [developmentId] },
    // The row's own id: what was asked for may be written in capitals.
    { developmentId, unitId: id, houseTypeId },
  )
}

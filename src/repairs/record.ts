// The record of a repair: its own row and the activity log, and the shape in which people and homes stand on it.
import { insertActivity } from '#db/logs.ts'
import { type Home, insertRepair, type Person } from '#db/repairs.ts'
import type { Db, Scope } from '#db/scope.ts'

type NewRepair = Omit<Parameters<typeof insertRepair>[1], 'tenantId' | 'actorType' | 'actorId'> & {
  id: string
}

export async function recordRepair(db: Db, scope: Scope, repair: NewRepair): Promise<void> {
  const { tenantId, requestId } = scope
  const actor = { actorType: scope.actor.type, actorId: scope.actor.id }
  await insertRepair(db, { ...repair, tenantId, ...actor })
  const { id, kind, reason, unitId, otherUnitId, undoesId } = repair
  const purchaserIds = repair.after.purchasers.map((person) => person.id)
  await insertActivity(db, {
    tenantId,
    requestId,
    ...actor,
    action: kind === 'undo' ? 'home.repair_undone' : 'home.repaired',
    targetType: 'unit',
    targetId: unitId,
    changes: {
      repairId: id,
      kind,
      reason,
      otherUnitId: otherUnitId ?? null,
      purchaserIds,
      undoesId: undoesId ?? null,
    },
  })
}

export const unitOf = ({ id, houseTypeId, publicId, accessCodeEncrypted, claimedAt }: Home) => ({
  id,
  houseTypeId,
  publicId,
  accessCodeEncrypted,
  claimedAt,
})

export const placeOf = ({ id, unitId, position, introSeenAt }: Person) => ({
  id,
  unitId,
  position,
  introSeenAt,
})

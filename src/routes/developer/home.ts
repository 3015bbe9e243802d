// One home of the builder: who it is recorded for, and repairs when that is wrong.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { DeveloperHomePage } from '#views/developer/home.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { Failure } from '../../failure.ts'
import { seeOther } from '../../http/redirect.ts'
import { houseTypeOptions, portalPlace } from '../../portal.ts'
import { openHome, type Repair, repairHome, undoRepair } from '../../repairs.ts'
import { shellOf } from './present.ts'

const itemParams = z.object({ id: z.uuid() })
const repairBody = z.object({
  kind: z.enum(['move', 'exchange', 'house_type']),
  to_number: z.string().max(20).default(''),
  purchaser_ids: z.union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(4)]).default([]),
  house_type: z.string().max(40).default(''),
  reason: z.string().max(2_000).default(''),
})
type Asked = z.infer<typeof repairBody>

export const home = new Elysia({ name: 'developer/home' })
  .use(access)
  .get('/developer/homes/:id', ({ staff, params, query }) => page(staff, params.id, null, query.done), {
    forStaff: 'developer',
    params: itemParams,
    query: z.object({ done: z.enum(['repaired', 'undone']).optional() }),
    detail: { hide: true },
  })
  .post(
    '/developer/homes/:id/repairs',
    async ({ staff, params, body, request, set }) => {
      try {
        await repairHome(staff.scope, params.id, repairOf(body))
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'invalid') throw error
        set.status = error.status
        return page(staff, params.id, { asked: body, problems: error.details.fields ?? [] })
      }
      return seeOther(request, `${paths.developer.homeDetails(params.id)}?done=repaired`)
    },
    { forStaff: 'developer', params: itemParams, body: repairBody, detail: { hide: true } },
  )
  .post(
    '/developer/homes/:id/repairs/:repairId/undo',
    async ({ staff, params, request }) => {
      await undoRepair(staff.scope, params.id, params.repairId)
      return seeOther(request, `${paths.developer.homeDetails(params.id)}?done=undone`)
    },
    {
      forStaff: 'developer',
      params: z.object({ id: z.uuid(), repairId: z.uuid() }),
      detail: { hide: true },
    },
  )

function repairOf({
  kind,
  to_number: toNumber,
  house_type: houseType,
  purchaser_ids,
  reason,
}: Asked): Repair {
  if (kind === 'house_type') return { kind, houseType, reason }
  return kind === 'move'
    ? { kind, toNumber, purchaserIds: purchaser_ids, reason }
    : { kind, toNumber, reason }
}

async function page(
  staff: StaffCaller,
  unitId: string,
  refused: { asked: Asked; problems: { path: string; message: string }[] } | null,
  done?: 'repaired' | 'undone',
) {
  const { unit, people, repairs } = await openHome(staff.scope, unitId)
  const [place, houseTypes] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, unit.developmentId),
    houseTypeOptions(staff.scope, unit.developmentId),
  ])
  return DeveloperHomePage({
    shell: shellOf(place),
    developmentName: place.chosen?.name ?? '',
    homesUrl: paths.developer.homes({ development: unit.developmentId }),
    home: { id: unit.id, number: unit.number, address: unit.addressLine, houseType: unit.houseTypeCode },
    people,
    houseTypes: houseTypes.map((type) => ({ value: type.code, label: `${type.code}: ${type.name}` })),
    repairs: repairs.map((repair) => ({ ...repair, isUndoable: repair.kind !== 'undo' && !repair.undoneAt })),
    form: refused && {
      kind: refused.asked.kind,
      toNumber: refused.asked.to_number,
      purchaserIds: refused.asked.purchaser_ids,
      houseType: refused.asked.house_type,
      reason: refused.asked.reason,
      problem: (field: string) => refused.problems.find(({ path }) => path === field)?.message,
    },
    done: done ?? null,
  })
}

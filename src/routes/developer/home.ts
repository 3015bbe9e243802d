// One home of the builder: its details, who it is recorded for, and repairs when that is wrong.
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { RepairFormView } from '#views/developer/repair-forms.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { Failure } from '../../failure.ts'
import { changeHome } from '../../home-details.ts'
import { seeOther } from '../../http/redirect.ts'
import { type Repair, repairHome, undoRepair } from '../../repairs.ts'
import { HOME_DONE, homePage } from './home-page.ts'

const itemParams = z.object({ id: z.uuid() })
const repairBody = z.object({
  kind: z.enum(['move', 'exchange', 'house_type']),
  to_number: z.string().max(20).default(''),
  purchaser_ids: z.union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(4)]).default([]),
  house_type: z.string().max(40).default(''),
  reason: z.string().max(2_000).default(''),
})
const typed = z.string().max(1_000).default('')
const detailsBody = z.object({
  address_line: z.string().max(1_000),
  eircode: typed,
  handed_over_on: typed,
  bedrooms: typed,
  floor_area_m2: typed,
  phase: typed,
  tenure: z.enum(['sale', 'rent']).optional(),
})
type Asked = z.infer<typeof repairBody>

export const home = new Elysia({ name: 'developer/home' })
  .use(access)
  .get(
    '/developer/homes/:id',
    ({ staff, params, query }) => homePage(staff, params.id, { done: query.done }),
    {
      forStaff: 'developer',
      params: itemParams,
      query: z.object({ done: z.enum(HOME_DONE).optional() }),
      detail: { hide: true },
    },
  )
  .post(
    '/developer/homes/:id/details',
    async ({ staff, params, body, request, set }) => {
      try {
        await changeHome(staff.scope, params.id, body)
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'invalid') throw error
        set.status = error.status
        return homePage(staff, params.id, { details: { typed: body, problems: error.details.fields ?? [] } })
      }
      return seeOther(request, `${paths.developer.homeDetails(params.id)}?done=changed`)
    },
    { forStaff: 'developer', params: itemParams, body: detailsBody, detail: { hide: true } },
  )
  .post(
    '/developer/homes/:id/repairs',
    async ({ staff, params, body, request, set }) => {
      try {
        await repairHome(staff.scope, params.id, repairOf(body))
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'invalid') throw error
        set.status = error.status
        return homePage(staff, params.id, { repair: formOf(body, error.details.fields ?? []) })
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

const formOf = (asked: Asked, problems: { path: string; message: string }[]): RepairFormView => ({
  kind: asked.kind,
  toNumber: asked.to_number,
  purchaserIds: asked.purchaser_ids,
  houseType: asked.house_type,
  reason: asked.reason,
  problem: (field: string) => problems.find(({ path }) => path === field)?.message,
})

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

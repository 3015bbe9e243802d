// Repairs of a unit that has the wrong people or house type: made, listed, taken back.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import { findRepair, openHome, type RepairRow, repairHome, repairsPage, undoRepair } from '../../repairs.ts'
import { describe, responses } from './operations.ts'
import { errorBody, itemParams, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'
import { homeRepair, newRepair } from './schemas/repairs.ts'

const repairParams = z.object({ id: uuid, repair_id: uuid })

export const repairs = new Elysia({ name: 'api/repairs', prefix: '/units' })
  .use(access)
  .get(
    '/:id/repairs',
    async ({ client, params, query }) => {
      const page = await repairsPage(client.scope, params.id, query)
      return { data: page.rows.map(body), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'units:read',
      params: itemParams,
      query: pageQuery,
      response: responses({ 200: pageBody(homeRepair) }),
      detail: describe('Repairs', 'listRepairs', 'List the repairs that a unit was part of, newest first'),
    },
  )
  .post(
    '/:id/repairs',
    async ({ client, params, body: asked, set }) => {
      const { people } = await openHome(client.scope, params.id)
      const { repairId } = await repairHome(client.scope, params.id, repairOf(asked, people))
      set.status = 201
      return body(await findRepair(client.scope, params.id, repairId))
    },
    {
      forApiClient: 'units:write',
      params: itemParams,
      body: newRepair,
      response: responses({ 201: homeRepair }),
      detail: describe('Repairs', 'repairUnit', 'Move people to another unit, or correct a house type'),
    },
  )
  .delete(
    '/:id/repairs/:repair_id',
    async ({ client, params }) => {
      await undoRepair(client.scope, params.id, params.repair_id)
      return body(await findRepair(client.scope, params.id, params.repair_id))
    },
    {
      forApiClient: 'units:write',
      params: repairParams,
      response: responses({ 200: homeRepair, 409: errorBody }),
      detail: describe('Repairs', 'undoRepair', 'Take a repair back'),
    },
  )

function repairOf(asked: z.infer<typeof newRepair>, people: { id: string }[]) {
  if (asked.kind === 'house_type') return { ...asked, houseType: asked.house_type }
  if (asked.kind === 'exchange') return { ...asked, toNumber: asked.to_number }
  const purchaserIds = asked.purchaser_ids ?? people.map((person) => person.id)
  return { ...asked, toNumber: asked.to_number, purchaserIds }
}

const body = (row: RepairRow) => ({
  id: row.id,
  unit_id: row.unitId,
  other_unit_id: row.otherUnitId,
  kind: row.kind,
  reason: row.reason,
  created_at: row.createdAt.toISOString(),
  undone_at: row.undoneAt?.toISOString() ?? null,
})

// House types of the key's tenant.
import { Elysia } from 'elysia'
import type { HouseTypeRow } from '#db/developments.ts'
import { access } from '../../access/access.ts'
import { changeHouseType } from '../../development-details.ts'
import { findHouseType, houseTypesPage } from '../../homes.ts'
import { unchangedSince } from '../../http/entity-tags.ts'
import { addHouseType } from '../../new-developments.ts'
import { given } from './given.ts'
import { describe, responses } from './operations.ts'
import { errorBody, itemParams, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'
import { houseType, houseTypeChange, newHouseType } from './schemas/house-types.ts'

export const houseTypes = new Elysia({ name: 'api/house-types', prefix: '/house-types' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const page = await houseTypesPage(client.scope, { ...query, developmentId: query.development_id })
      return { data: page.rows.map(body), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'developments:read',
      query: pageQuery.extend({ development_id: uuid.optional() }),
      response: responses({ 200: pageBody(houseType) }),
      detail: describe('House types', 'listHouseTypes', 'List house types'),
    },
  )
  .post(
    '',
    async ({ client, body: sent, set }) => {
      const added = await addHouseType(client.scope, {
        developmentId: sent.development_id,
        code: sent.code,
        name: sent.name,
        typicalBedrooms: sent.typical_bedrooms ?? null,
        typicalFloorAreaM2: sent.typical_floor_area_m2 ?? null,
      })
      set.status = 201
      return body(added)
    },
    {
      forApiClient: 'developments:write',
      body: newHouseType,
      response: responses({ 201: houseType, 409: errorBody }),
      detail: describe('House types', 'addHouseType', 'Add a house type'),
    },
  )
  .get('/:id', async ({ client, params }) => body(await findHouseType(client.scope, params.id)), {
    forApiClient: 'developments:read',
    params: itemParams,
    response: responses({ 200: houseType }),
    detail: describe('House types', 'getHouseType', 'Read a house type'),
  })
  .patch(
    '/:id',
    async ({ client, params, body: sent, request }) =>
      body(await changeHouseType(client.scope, params.id, given(sent, NAMES), unchangedSince(request, body))),
    {
      forApiClient: 'developments:write',
      params: itemParams,
      body: houseTypeChange,
      response: responses({ 200: houseType }),
      detail: describe('House types', 'changeHouseType', 'Correct a house type; its code stays'),
    },
  )

const NAMES = {
  name: 'name',
  typical_bedrooms: 'typicalBedrooms',
  typical_floor_area_m2: 'typicalFloorAreaM2',
} as const

const body = (row: HouseTypeRow) => ({
  id: row.id,
  development_id: row.developmentId,
  code: row.code,
  name: row.name,
  typical_bedrooms: row.typicalBedrooms,
  typical_floor_area_m2: row.typicalFloorAreaM2,
})

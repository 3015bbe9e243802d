// Units (homes) of the key's tenant.
import { Elysia } from 'elysia'
import type { UnitRow } from '#db/units.ts'
import { access } from '../../access/access.ts'
import type { ApiScope } from '../../access/api-scopes.ts'
import { correctHome } from '../../home-details.ts'
import { type HomePart, type HomeParts, partsOfHomes } from '../../home-parts.ts'
import { findUnit, unitsPage } from '../../homes.ts'
import { unchangedSince } from '../../http/entity-tags.ts'
import { expandOf, refuseParts } from './expand.ts'
import { factBody } from './facts.ts'
import { given } from './given.ts'
import { personBody } from './households.ts'
import { describe, responses } from './operations.ts'
import { itemParams, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'
import { unit, unitChange } from './schemas/units.ts'

export const units = new Elysia({ name: 'api/units', prefix: '/units' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const asked = query.expand ?? []
      refuseParts(client, asked, PARTS)
      const page = await unitsPage(client.scope, { ...query, developmentId: query.development_id })
      const ids = page.rows.map(({ id }) => id)
      const partsOf = await partsOfHomes(client.scope, ids, asked)
      return {
        data: page.rows.map((row) => ({ ...body(row), ...partsBody(partsOf(row.id)) })),
        next_cursor: page.nextCursor,
      }
    },
    {
      forApiClient: 'units:read',
      query: pageQuery.extend({
        development_id: uuid.optional(),
        expand: expandOf(['household', 'facts']),
      }),
      response: responses({ 200: pageBody(unit) }),
      detail: describe('Units', 'listUnits', 'List units'),
    },
  )
  .get('/:id', async ({ client, params }) => body(await findUnit(client.scope, params.id)), {
    forApiClient: 'units:read',
    params: itemParams,
    response: responses({ 200: unit }),
    detail: describe('Units', 'getUnit', 'Read a unit'),
  })
  .patch(
    '/:id',
    async ({ client, params, body: sent, request }) => {
      await correctHome(client.scope, params.id, given(sent, NAMES), unchangedSince(request, body))
      return body(await findUnit(client.scope, params.id))
    },
    {
      forApiClient: 'units:write',
      params: itemParams,
      body: unitChange,
      response: responses({ 200: unit }),
      detail: describe('Units', 'changeUnit', 'Correct a unit; its number and house type take a repair'),
    },
  )

const PARTS = { household: 'households:read', facts: 'units:read' } as const satisfies Record<
  HomePart,
  ApiScope
>

const partsBody = ({ household, facts }: HomeParts) => ({
  ...(household && { household: household.map(personBody) }),
  ...(facts && { facts: facts.map(factBody) }),
})

const NAMES = {
  address_line: 'addressLine',
  eircode: 'eircode',
  bedrooms: 'bedrooms',
  bathrooms: 'bathrooms',
  floor_area_m2: 'floorAreaM2',
  handed_over_on: 'handedOverOn',
  tenure: 'tenure',
  phase: 'phase',
} as const

const body = (row: UnitRow) => ({
  id: row.id,
  development_id: row.developmentId,
  house_type_id: row.houseTypeId,
  house_type: row.houseTypeCode,
  number: row.number,
  address_line: row.addressLine,
  eircode: row.eircode,
  bedrooms: row.bedrooms,
  bathrooms: row.bathrooms,
  floor_area_m2: row.floorAreaM2,
  latitude: row.latitude,
  longitude: row.longitude,
  location_source: row.locationSource,
  geocode_quality: row.geocodeQuality,
  geocode_failure_code: row.geocodeFailureCode,
  tenure: row.tenure,
  phase: row.phase,
  handed_over_on: row.handedOverOn,
  claimed_at: row.claimedAt?.toISOString() ?? null,
})

// Developments of the key's tenant.
import { Elysia } from 'elysia'
import type { DevelopmentRow } from '#db/developments.ts'
import { access } from '../../access/access.ts'
import { developmentsPage, findDevelopment } from '../../homes.ts'
import { requestPlacesRefresh } from '../../places.ts'
import { describe, responses } from './operations.ts'
import { development, errorBody, itemParams, jobReceipt, pageBody, pageQuery } from './schemas.ts'

export const developments = new Elysia({ name: 'api/developments', prefix: '/developments' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const page = await developmentsPage(client.scope, query)
      return { data: page.rows.map(body), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'developments:read',
      query: pageQuery,
      response: responses({ 200: pageBody(development) }),
      detail: describe('Developments', 'listDevelopments', 'List developments'),
    },
  )
  .get('/:id', async ({ client, params }) => body(await findDevelopment(client.scope, params.id)), {
    forApiClient: 'developments:read',
    params: itemParams,
    response: responses({ 200: development }),
    detail: describe('Developments', 'getDevelopment', 'Read a development'),
  })
  .post(
    '/:id/places-refresh',
    async ({ client, params, set }) => {
      const { jobId } = await requestPlacesRefresh(client.scope, params.id)
      set.status = 202
      return { job_id: jobId }
    },
    {
      forApiClient: 'developments:write',
      params: itemParams,
      response: responses({ 202: jobReceipt, 409: errorBody }),
      detail: describe('Developments', 'refreshPlaces', 'Fetch the places nearby again'),
    },
  )

const body = (row: DevelopmentRow) => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  address_line: row.addressLine,
  locality: row.locality,
  county: row.county,
  eircode: row.eircode,
  latitude: row.latitude,
  longitude: row.longitude,
  places_refreshed_at: row.placesRefreshedAt?.toISOString() ?? null,
  places_failure_code: row.placesFailureCode,
  created_at: row.createdAt.toISOString(),
})

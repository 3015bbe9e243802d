// Places near the developments of the key's tenant.
import { Elysia } from 'elysia'
import { access } from '../../access/access.ts'
import { findPlace, type Place, placesPage } from '../../places.ts'
import { describe, responses } from './operations.ts'
import { itemParams, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'
import { place } from './schemas/places.ts'

export const places = new Elysia({ name: 'api/places', prefix: '/places' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const page = await placesPage(client.scope, { ...query, developmentId: query.development_id })
      return { data: page.rows.map(body), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'developments:read',
      query: pageQuery.extend({ development_id: uuid.optional() }),
      response: responses({ 200: pageBody(place) }),
      detail: describe('Places', 'listPlaces', 'List places near developments'),
    },
  )
  .get('/:id', async ({ client, params }) => body(await findPlace(client.scope, params.id)), {
    forApiClient: 'developments:read',
    params: itemParams,
    response: responses({ 200: place }),
    detail: describe('Places', 'getPlace', 'Read a place'),
  })

const body = (row: Place) => ({
  id: row.id,
  development_id: row.developmentId,
  category: row.category,
  name: row.name,
  latitude: row.latitude,
  longitude: row.longitude,
  distance_m: row.distanceM,
  source: row.source,
  is_shown: row.isShown,
  recorded_on: row.recordedOn,
  fetched_at: row.fetchedAt?.toISOString() ?? null,
})

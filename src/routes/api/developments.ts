// Developments of the key's tenant.
import { Elysia } from 'elysia'
import type { DevelopmentRow } from '#db/developments.ts'
import { access } from '../../access/access.ts'
import { changeDevelopment } from '../../development-details.ts'
import { developmentsPage, findDevelopment } from '../../homes.ts'
import { unchangedSince } from '../../http/entity-tags.ts'
import { addDevelopment } from '../../new-developments.ts'
import { requestPlacesRefresh } from '../../places.ts'
import { estimateReindex, type ReindexEstimate, requestReindex } from '../../reindexing.ts'
import { given } from './given.ts'
import { describe, responses } from './operations.ts'
import { development, developmentChange, newDevelopment, reindexEstimate } from './schemas/developments.ts'
import { errorBody, itemParams, jobReceipt, pageBody, pageQuery } from './schemas/envelopes.ts'

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
  .post(
    '',
    async ({ client, body: sent, set }) => {
      const { address_line: addressLine, eircode, latitude, longitude, ...names } = sent
      const place = { addressLine, eircode: eircode ?? null }
      const pin = { latitude: latitude ?? null, longitude: longitude ?? null }
      const added = await addDevelopment(client.scope, { ...names, ...place, ...pin })
      set.status = 201
      return body(added)
    },
    {
      forApiClient: 'developments:write',
      body: newDevelopment,
      response: responses({ 201: development, 409: errorBody }),
      detail: describe('Developments', 'addDevelopment', 'Add a development'),
    },
  )
  .get('/:id', async ({ client, params }) => body(await findDevelopment(client.scope, params.id)), {
    forApiClient: 'developments:read',
    params: itemParams,
    response: responses({ 200: development }),
    detail: describe('Developments', 'getDevelopment', 'Read a development'),
  })
  .patch(
    '/:id',
    async ({ client, params, body: sent, request }) =>
      body(
        await changeDevelopment(client.scope, params.id, given(sent, NAMES), unchangedSince(request, body)),
      ),
    {
      forApiClient: 'developments:write',
      params: itemParams,
      body: developmentChange,
      response: responses({ 200: development }),
      detail: describe('Developments', 'changeDevelopment', 'Correct a development; its slug stays'),
    },
  )
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
  .get(
    '/:id/reindex',
    async ({ client, params }) => estimateBody(await estimateReindex(client.scope, params.id)),
    {
      forApiClient: 'developments:read',
      params: itemParams,
      response: responses({ 200: reindexEstimate, 409: errorBody }),
      detail: describe('Developments', 'estimateReindex', 'What a re-index would embed and cost'),
    },
  )
  .post(
    '/:id/reindex',
    async ({ client, params, set }) => {
      const { jobId } = await requestReindex(client.scope, params.id)
      set.status = 202
      return { job_id: jobId }
    },
    {
      forApiClient: 'developments:write',
      params: itemParams,
      response: responses({ 202: jobReceipt, 409: errorBody }),
      detail: describe(
        'Developments',
        'reindexDevelopment',
        'Embed all documents with the model of the settings; answers use the old vectors until it is done',
      ),
    },
  )

const NAMES = {
  name: 'name',
  address_line: 'addressLine',
  locality: 'locality',
  county: 'county',
  eircode: 'eircode',
  latitude: 'latitude',
  longitude: 'longitude',
} as const

const estimateBody = (estimate: ReindexEstimate) => ({
  ...estimate.target,
  current_model: estimate.current?.model ?? null,
  current_dimensions: estimate.current?.dimensions ?? null,
  chunks: estimate.chunks,
  chunks_to_embed: estimate.chunksToEmbed,
  tokens: estimate.tokens,
  cost_eur: estimate.costEur,
  job_id: estimate.job?.id ?? null,
})

const body = (row: DevelopmentRow) => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  tenure: row.tenure,
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

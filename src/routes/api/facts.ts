// What is recorded of a development, a house type or a home, with its source.
import { Elysia } from 'elysia'
import type { z } from 'zod'
import { access } from '../../access/access.ts'
import { factsPage, findFact, type RecordedFact, recordFact, removeFact } from '../../facts.ts'
import { describe, responses } from './operations.ts'
import { deletion, itemParams, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'
import { fact, newFact } from './schemas/facts.ts'

export const facts = new Elysia({ name: 'api/facts', prefix: '/facts' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const { development_id: developmentId, house_type_id: houseTypeId, unit_id: unitId, ...page } = query
      const found = await factsPage(client.scope, { developmentId, houseTypeId, unitId, ...page })
      return { data: found.rows.map(factBody), next_cursor: found.nextCursor }
    },
    {
      forApiClient: 'units:read',
      query: pageQuery.extend({
        development_id: uuid.optional(),
        house_type_id: uuid.optional(),
        unit_id: uuid.optional(),
      }),
      response: responses({ 200: pageBody(fact) }),
      detail: describe('Facts', 'listFacts', 'List what is recorded, in the order it was'),
    },
  )
  .post(
    '',
    async ({ client, body: sent, set }) => {
      const { fact: recorded, isNew } = await recordFact(client.scope, asked(sent))
      set.status = isNew ? 201 : 200
      return factBody(recorded)
    },
    {
      forApiClient: 'units:write',
      body: newFact,
      response: responses({ 200: fact, 201: fact }),
      detail: describe('Facts', 'recordFact', 'Record a fact, in the place of an earlier one of its key'),
    },
  )
  .get('/:id', async ({ client, params }) => factBody(await findFact(client.scope, params.id)), {
    forApiClient: 'units:read',
    params: itemParams,
    response: responses({ 200: fact }),
    detail: describe('Facts', 'getFact', 'Read a fact'),
  })
  .delete(
    '/:id',
    async ({ client, params }) => {
      await removeFact(client.scope, params.id)
      return { id: params.id, deleted: true as const }
    },
    {
      forApiClient: 'units:write',
      params: itemParams,
      response: responses({ 200: deletion }),
      detail: describe('Facts', 'removeFact', 'Remove a fact: no answer gives it any more'),
    },
  )

const asked = (sent: z.infer<typeof newFact>) => ({
  developmentId: sent.development_id,
  houseTypeId: sent.house_type_id ?? null,
  unitId: sent.unit_id ?? null,
  topic: sent.topic,
  key: sent.key,
  label: sent.label,
  value: sent.value,
  lengthM: sent.length_m ?? null,
  widthM: sent.width_m ?? null,
  areaM2: sent.area_m2 ?? null,
  source: sent.source,
  recordedOn: sent.recorded_on,
})

export const factBody = (row: RecordedFact) => ({
  id: row.id,
  development_id: row.developmentId,
  house_type_id: row.houseTypeId,
  unit_id: row.unitId,
  topic: row.topic,
  key: row.key,
  label: row.label,
  value: row.value,
  length_m: row.lengthM,
  width_m: row.widthM,
  area_m2: row.areaM2,
  source: row.source,
  recorded_on: row.recordedOn,
})

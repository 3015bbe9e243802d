// The plans of warranties and maintenance of the key's developments. What households add or do is theirs.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import { unchangedSince } from '../../http/entity-tags.ts'
import {
  changePlan,
  findPlanItem,
  MAINTENANCE_MONTHS_MAX,
  MAINTENANCE_NOTE_CHARS_MAX,
  MAINTENANCE_TITLE_CHARS_MAX,
  maintenanceKinds,
  type PlanItem,
  planMaintenance,
  planPage,
  retirePlanItem,
} from '../../maintenance.ts'
import { describe, responses } from './operations.ts'
import { deletion, itemParams, moment, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'

const kind = z.enum(maintenanceKinds)
const months = z.number().int().min(1).max(MAINTENANCE_MONTHS_MAX)
const planItem = z
  .object({
    id: uuid,
    development_id: uuid,
    kind,
    title: z.string(),
    note: z.string().nullable(),
    months: months.describe(
      'A task is due every so many months after handover; a warranty ends after so many',
    ),
    house_type: z.string().nullable().describe('A code; null for every home of the development'),
    document_id: uuid.nullable(),
    created_at: moment,
  })
  .meta({ id: 'MaintenanceItem' })
const content = {
  kind,
  title: z.string().trim().min(1).max(MAINTENANCE_TITLE_CHARS_MAX),
  note: z.string().trim().min(1).max(MAINTENANCE_NOTE_CHARS_MAX).nullable().default(null),
  months,
  house_type: z.string().min(1).max(40).nullable().default(null),
  document_id: uuid.nullable().default(null),
}
const newItem = z.strictObject({ development_id: uuid, ...content }).meta({ id: 'NewMaintenanceItem' })
const change = z.strictObject(content).meta({ id: 'MaintenanceItemChange' })

export const maintenance = new Elysia({ name: 'api/maintenance', prefix: '/maintenance-items' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const { development_id: developmentId, ...page } = query
      const found = await planPage(client.scope, { developmentId, ...page })
      return { data: found.rows.map(body), next_cursor: found.nextCursor }
    },
    {
      forApiClient: 'developments:read',
      query: pageQuery.extend({ development_id: uuid.optional() }),
      response: responses({ 200: pageBody(planItem) }),
      detail: describe('Maintenance', 'listMaintenanceItems', 'List what is planned for homes'),
    },
  )
  .post(
    '',
    async ({ client, body: { development_id: developmentId, ...sent }, set }) => {
      set.status = 201
      return body(await planMaintenance(client.scope, developmentId, itemOf(sent)))
    },
    {
      forApiClient: 'developments:write',
      body: newItem,
      response: responses({ 201: planItem }),
      detail: describe('Maintenance', 'createMaintenanceItem', 'Add to the plan of a development'),
    },
  )
  .get('/:id', async ({ client, params }) => body(await findPlanItem(client.scope, params.id)), {
    forApiClient: 'developments:read',
    params: itemParams,
    response: responses({ 200: planItem }),
    detail: describe('Maintenance', 'getMaintenanceItem', 'Read an item of a plan'),
  })
  .put(
    '/:id',
    async ({ client, params, body: sent, request }) =>
      body(await changePlan(client.scope, params.id, itemOf(sent), unchangedSince(request, body))),
    {
      forApiClient: 'developments:write',
      params: itemParams,
      body: change,
      response: responses({ 200: planItem }),
      detail: describe('Maintenance', 'changeMaintenanceItem', 'Replace what an item of a plan says'),
    },
  )
  .delete(
    '/:id',
    async ({ client, params }) => {
      const { id } = await retirePlanItem(client.scope, params.id)
      return { id, deleted: true as const }
    },
    {
      forApiClient: 'developments:write',
      params: itemParams,
      response: responses({ 200: deletion }),
      detail: describe('Maintenance', 'deleteMaintenanceItem', 'Take an item out of a plan'),
    },
  )

const itemOf = ({ house_type: houseTypeCode, document_id: documentId, ...sent }: z.infer<typeof change>) => ({
  ...sent,
  houseTypeCode,
  documentId,
})

const body = (item: PlanItem) => ({
  id: item.id,
  development_id: item.developmentId,
  kind: item.kind,
  title: item.title,
  note: item.note,
  months: item.months ?? 1,
  house_type: item.houseTypeCode,
  document_id: item.documentId,
  created_at: item.createdAt.toISOString(),
})

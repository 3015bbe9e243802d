// Snags of the homes of the key's tenant: list, report, read, move along.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import { unchangedSince } from '../../http/entity-tags.ts'
import {
  moveSnag,
  openSnag,
  reportSnagFor,
  SNAG_DESCRIPTION_CHARS_MAX,
  SNAG_DESCRIPTION_CHARS_MIN,
  SNAG_NOTE_CHARS_MAX,
  SNAG_ROOM_CHARS_MAX,
  type SnagRow,
  snagCategories,
  snagStatuses,
  snagsPage,
} from '../../snags.ts'
import { describe, responses } from './operations.ts'
import { itemParams, moment, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'

const status = z.enum(snagStatuses)
const category = z.enum(snagCategories)
const row = {
  id: uuid,
  development_id: uuid,
  unit_id: uuid,
  room: z.string(),
  category,
  description: z.string(),
  status,
  has_photo: z.boolean(),
  created_at: moment,
  closed_at: moment.nullable(),
}
const snag = z.object(row).meta({ id: 'Snag' })
const openedSnag = z
  .object({
    ...row,
    changes: z.array(
      z.object({ status, note: z.string().nullable(), actor_type: z.string(), created_at: moment }),
    ),
  })
  .meta({ id: 'OpenedSnag' })
const newSnag = z
  .strictObject({
    unit_id: uuid,
    room: z.string().trim().min(1).max(SNAG_ROOM_CHARS_MAX),
    category,
    description: z.string().trim().min(SNAG_DESCRIPTION_CHARS_MIN).max(SNAG_DESCRIPTION_CHARS_MAX),
  })
  .meta({ id: 'NewSnag', description: 'Photos come from the household’s app only.' })
const move = z
  .strictObject({
    status,
    note: z.string().trim().min(1).max(SNAG_NOTE_CHARS_MAX).optional().describe('The household reads it'),
  })
  .meta({ id: 'SnagMove' })

export const snags = new Elysia({ name: 'api/snags', prefix: '/snags' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const { development_id: developmentId, unit_id: unitId, status, category, cursor, limit } = query
      const filter = { developmentId, unitId, statuses: status && [status], category }
      const page = await snagsPage(client.scope, { ...filter, cursor, limit })
      return { data: page.rows.map(body), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'snags:read',
      query: pageQuery.extend({
        development_id: uuid.optional(),
        unit_id: uuid.optional(),
        status: status.optional(),
        category: category.optional(),
      }),
      response: responses({ 200: pageBody(snag) }),
      detail: describe('Snags', 'listSnags', 'List snags, the oldest first'),
    },
  )
  .post(
    '',
    async ({ client, body: sent, set }) => {
      const { unit_id: unitId, ...told } = sent
      const opened = await openSnag(client.scope, await reportSnagFor(client.scope, unitId, told))
      set.status = 201
      return openedBody(opened)
    },
    {
      forApiClient: 'snags:write',
      body: newSnag,
      response: responses({ 201: openedSnag }),
      detail: describe('Snags', 'reportSnag', 'Report a snag of a home'),
    },
  )
  .get('/:id', async ({ client, params }) => openedBody(await openSnag(client.scope, params.id)), {
    forApiClient: 'snags:read',
    params: itemParams,
    response: responses({ 200: openedSnag }),
    detail: describe('Snags', 'getSnag', 'Read a snag and what was done about it'),
  })
  .patch(
    '/:id',
    async ({ client, params, body: sent, request }) => {
      const moved = { status: sent.status, note: sent.note ?? null }
      await moveSnag(client.scope, params.id, moved, unchangedSince(request, openedBody))
      return openedBody(await openSnag(client.scope, params.id))
    },
    {
      forApiClient: 'snags:write',
      params: itemParams,
      body: move,
      response: responses({ 200: openedSnag }),
      detail: describe('Snags', 'moveSnag', 'Move a snag along, or say something about it'),
    },
  )

const body = (snag: SnagRow) => ({
  id: snag.id,
  development_id: snag.developmentId,
  unit_id: snag.unitId,
  room: snag.room,
  category: snag.category,
  description: snag.description,
  status: snag.status,
  has_photo: snag.photoId !== null,
  created_at: snag.createdAt.toISOString(),
  closed_at: snag.closedAt?.toISOString() ?? null,
})

const openedBody = ({ snag, changes }: Awaited<ReturnType<typeof openSnag>>) => ({
  ...body(snag),
  changes: changes.map(({ status, note, actorType, at }) => ({
    status,
    note,
    actor_type: actorType,
    created_at: at.toISOString(),
  })),
})

// Notices to the homes of the key's tenant: list, write, read.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import {
  findNotice,
  NOTICE_BODY_CHARS_MAX,
  NOTICE_PHASES_MAX,
  NOTICE_TITLE_CHARS_MAX,
  type NoticeRow,
  noticeCategories,
  noticesPage,
  withdrawNotice,
  writeNotice,
} from '../../notices.ts'
import { PHASE_CHARS_MAX } from '../../phases.ts'
import { authorOf } from './gaps.ts'
import { describe, responses } from './operations.ts'
import { errorBody, itemParams, moment, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'

const category = z.enum(noticeCategories)
const houseTypes = z.array(z.string().min(1).max(50)).max(100)
const phases = z.array(z.string().trim().min(1).max(PHASE_CHARS_MAX)).max(NOTICE_PHASES_MAX)
const notice = z
  .object({
    id: uuid,
    development_id: uuid,
    title: z.string(),
    text: z.string(),
    category,
    house_types: houseTypes.describe('Codes; empty for homes of every type'),
    phases: phases.describe(
      'Empty for homes of every phase; `Phase 2` is kept as `2`, as for a unit. A home must fit both',
    ),
    author: z.string(),
    publish_at: moment,
    withdrawn_at: moment.nullable(),
    homes: z.number().int().describe('Homes that it is for'),
    homes_read: z.number().int().describe('Those of them where somebody has said that they read it'),
    created_at: moment,
  })
  .meta({ id: 'Notice' })
const newNotice = z
  .strictObject({
    development_id: uuid,
    title: z.string().trim().min(1).max(NOTICE_TITLE_CHARS_MAX),
    text: z.string().trim().min(1).max(NOTICE_BODY_CHARS_MAX),
    category: category.default('general'),
    house_types: houseTypes.default([]),
    phases: phases.default([]),
    publish_at: moment.optional().describe('At once when left out'),
  })
  .meta({ id: 'NewNotice' })

export const notices = new Elysia({ name: 'api/notices', prefix: '/notices' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const page = await noticesPage(client.scope, { ...query, developmentId: query.development_id })
      return { data: page.rows.map(body), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'notices:read',
      query: pageQuery.extend({ development_id: uuid.optional() }),
      response: responses({ 200: pageBody(notice) }),
      detail: describe('Notices', 'listNotices', 'List notices, the newest first'),
    },
  )
  .post(
    '',
    async ({ client, body: sent, set }) => {
      const id = await writeNotice(client.scope, authorOf(client).name, {
        developmentId: sent.development_id,
        title: sent.title,
        body: sent.text,
        category: sent.category,
        houseTypeCodes: sent.house_types,
        phases: sent.phases,
        publishAt: sent.publish_at ? new Date(sent.publish_at) : null,
      })
      set.status = 201
      return body(await findNotice(client.scope, id))
    },
    {
      forApiClient: 'notices:write',
      body: newNotice,
      response: responses({ 201: notice }),
      detail: describe('Notices', 'writeNotice', 'Write a notice to homes'),
    },
  )
  .get('/:id', async ({ client, params }) => body(await findNotice(client.scope, params.id)), {
    forApiClient: 'notices:read',
    params: itemParams,
    response: responses({ 200: notice }),
    detail: describe('Notices', 'getNotice', 'Read a notice and in how many homes it was read'),
  })
  .delete(
    '/:id',
    async ({ client, params }) => {
      await withdrawNotice(client.scope, params.id)
      return body(await findNotice(client.scope, params.id))
    },
    {
      forApiClient: 'notices:write',
      params: itemParams,
      response: responses({ 200: notice, 409: errorBody }),
      detail: describe('Notices', 'withdrawNotice', 'Withdraw a notice: no home sees it any more'),
    },
  )

const body = (row: NoticeRow) => ({
  id: row.id,
  development_id: row.developmentId,
  title: row.title,
  text: row.body,
  category: row.category,
  house_types: row.houseTypeCodes,
  phases: row.phases,
  author: row.authorName,
  publish_at: row.publishAt.toISOString(),
  withdrawn_at: row.withdrawnAt?.toISOString() ?? null,
  homes: row.homes,
  homes_read: row.homesRead,
  created_at: row.createdAt.toISOString(),
})

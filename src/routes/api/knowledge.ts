// The builder's own answers: list, add, take back.
import { Elysia } from 'elysia'
import { access } from '../../access/access.ts'
import {
  addKnowledge,
  findKnowledge,
  type KnowledgeRow,
  listKnowledge,
  retireKnowledge,
} from '../../knowledge.ts'
import { authorOf } from './gaps.ts'
import { describe, responses } from './operations.ts'
import { itemParams, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'
import { knowledge, knowledgeBody, knowledgeReceipt } from './schemas/gaps.ts'

export const knowledgeRoutes = new Elysia({ name: 'api/knowledge', prefix: '/knowledge' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const page = await listKnowledge(client.scope, { ...query, developmentId: query.development_id })
      return { data: page.rows.map(body), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'knowledge:read',
      query: pageQuery.extend({ development_id: uuid.optional() }),
      response: responses({ 200: pageBody(knowledge) }),
      detail: describe('Knowledge', 'listKnowledge', 'List the builder’s own answers, newest first'),
    },
  )
  .post(
    '',
    async ({ client, body, set }) => {
      const added = await addKnowledge(client.scope, authorOf(client), {
        developmentId: body.development_id,
        question: body.question,
        answer: body.answer,
        houseTypeCodes: body.house_types,
        unitId: body.unit_id ?? null,
      })
      set.status = 202
      return { id: added.knowledgeId, job_id: added.jobId }
    },
    {
      forApiClient: 'knowledge:write',
      body: knowledgeBody,
      response: responses({ 202: knowledgeReceipt }),
      detail: describe('Knowledge', 'addKnowledge', 'Add an answer of the builder’s own'),
    },
  )
  .get('/:id', async ({ client, params }) => body(await findKnowledge(client.scope, params.id)), {
    forApiClient: 'knowledge:read',
    params: itemParams,
    response: responses({ 200: knowledge }),
    detail: describe('Knowledge', 'getKnowledge', 'Read an answer of the builder’s own'),
  })
  .delete(
    '/:id',
    async ({ client, params }) => {
      await retireKnowledge(client.scope, params.id)
      return body(await findKnowledge(client.scope, params.id))
    },
    {
      forApiClient: 'knowledge:write',
      params: itemParams,
      response: responses({ 200: knowledge }),
      detail: describe('Knowledge', 'retireKnowledge', 'Take an answer back: no home gets it any more'),
    },
  )

const body = (row: KnowledgeRow) => ({
  id: row.id,
  development_id: row.developmentId,
  unit_id: row.unitId,
  house_types: row.houseTypeCodes,
  question: row.question,
  answer: row.answer,
  author: row.authorName,
  created_at: row.createdAt.toISOString(),
  retired_at: row.retiredAt?.toISOString() ?? null,
})

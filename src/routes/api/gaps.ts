// Gaps of the key's tenant: what nobody could answer, by how many homes wait, and answering it once.
import { Elysia } from 'elysia'
import { access } from '../../access/access.ts'
import type { ApiClientCaller } from '../../access/caller.ts'
import { answerGap, findGap, type GapGroup, listGaps } from '../../gaps.ts'
import { describe, responses } from './operations.ts'
import { errorBody, itemParams, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'
import { gap, gapAnswerBody, gapStatus, knowledgeReceipt } from './schemas/gaps.ts'

export const gaps = new Elysia({ name: 'api/gaps', prefix: '/gaps' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const page = await listGaps(client.scope, { ...query, developmentId: query.development_id })
      return { data: page.rows.map(body), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'gaps:read',
      query: pageQuery.extend({ development_id: uuid.optional(), status: gapStatus.default('open') }),
      response: responses({ 200: pageBody(gap) }),
      detail: describe('Gaps', 'listGaps', 'List unanswered questions, those of most homes first'),
    },
  )
  .get('/:id', async ({ client, params }) => body(await findGap(client.scope, params.id)), {
    forApiClient: 'gaps:read',
    params: itemParams,
    response: responses({ 200: gap }),
    detail: describe('Gaps', 'getGap', 'Read an unanswered question and those that mean the same'),
  })
  .post(
    '/:id/answer',
    async ({ client, params, body, set }) => {
      const added = await answerGap(client.scope, authorOf(client), params.id, {
        answer: body.answer,
        question: body.question,
        houseTypeCodes: body.house_types,
        unitId: body.unit_id ?? null,
      })
      set.status = 202
      return { id: added.knowledgeId, job_id: added.jobId }
    },
    {
      forApiClient: 'gaps:write',
      params: itemParams,
      body: gapAnswerBody,
      response: responses({ 202: knowledgeReceipt, 409: errorBody }),
      detail: describe('Gaps', 'answerGap', 'Answer a question for everybody who asked it'),
    },
  )

/** A program's answers carry the name of its key. */
export const authorOf = ({ scope }: ApiClientCaller) => ({
  id: null,
  name: scope.actor.type === 'api_client' ? scope.actor.name : '',
})

const body = (row: GapGroup) => ({
  id: row.id,
  group_id: row.groupId,
  development_id: row.developmentId,
  question: row.question,
  status: row.status,
  homes: row.homes,
  questions: row.questions,
  asked_builder: row.askedBuilder,
  wordings: row.wordings,
  house_types: row.houseTypeCodes,
  answer: row.answer,
  first_asked_at: row.firstAskedAt.toISOString(),
  last_asked_at: row.lastAskedAt.toISOString(),
  answered_at: row.answeredAt?.toISOString() ?? null,
})

// The golden suite: its questions, asking them all, and what came of it.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import {
  addGoldenQuestion,
  findGoldenRun,
  type GoldenQuestionRow,
  listGoldenQuestions,
  removeGoldenQuestion,
  requestGoldenRun,
} from '../../golden.ts'
import { authorOf } from './gaps.ts'
import { describe, responses } from './operations.ts'
import { deletion, itemParams, moment, pageBody, pageQuery, uuid } from './schemas/envelopes.ts'

const expected = {
  expected_phrase: z.string().nullable().describe('Must stand in the answer; letter case does not matter'),
  expected_document_id: uuid.nullable().describe('Must be cited'),
  expected_page: z.number().int().min(1).max(100_000).nullable().describe('Of that document'),
  must_be_gap: z
    .boolean()
    .describe('Right is that nothing on record answers it; then nothing else is expected'),
}

const goldenQuestion = z
  .object({
    id: uuid,
    development_id: uuid,
    house_type: z.string().nullable().describe('Asked as a home of this type; null: as any home'),
    question: z.string(),
    ...expected,
    author: z.string(),
    created_at: moment,
  })
  .meta({ id: 'GoldenQuestion' })

const newGoldenQuestion = z
  .strictObject({
    development_id: uuid,
    house_type: z.string().max(50).nullish(),
    question: z.string().trim().min(1).max(2_000),
    expected_phrase: z.string().trim().min(1).max(500).nullish(),
    expected_document_id: uuid.nullish(),
    expected_page: expected.expected_page.optional(),
    must_be_gap: z.boolean().default(false),
  })
  .meta({ id: 'NewGoldenQuestion' })

const runReceipt = z.object({ id: uuid, job_id: uuid }).meta({ id: 'GoldenRunReceipt' })

const goldenRun = z
  .object({
    id: uuid,
    development_id: uuid,
    trigger: z.enum(['manual', 'reindex', 'ingest']),
    total: z.number().int().nullable().describe('Null until the run is finished'),
    passed: z.number().int().nullable(),
    passed_before: z
      .number()
      .int()
      .nullable()
      .describe('Of a run before a re-index: as many passed with the index in use'),
    decision: z
      .enum(['accepted', 'rejected', 'swapped'])
      .nullable()
      .describe(
        'What became of the new index; null while a drop waits for a decision, or without a re-index',
      ),
    failures: z.array(
      z.object({
        golden_question_id: uuid,
        question: z.string(),
        stage: z.string(),
        answer: z.string(),
        is_lost: z.boolean().describe('Passed with the index in use, fails with the new one'),
      }),
    ),
    started_at: moment,
    finished_at: moment.nullable(),
  })
  .meta({ id: 'GoldenRun' })

export const goldenQuestionRoutes = new Elysia({ name: 'api/golden-questions', prefix: '/golden-questions' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const page = await listGoldenQuestions(client.scope, { ...query, developmentId: query.development_id })
      return { data: page.rows.map(body), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'knowledge:read',
      query: pageQuery.extend({ development_id: uuid.optional() }),
      response: responses({ 200: pageBody(goldenQuestion) }),
      detail: describe('Golden suite', 'listGoldenQuestions', 'List the golden questions, newest first'),
    },
  )
  .post(
    '',
    async ({ client, body: asked, set }) => {
      const row = await addGoldenQuestion(client.scope, authorOf(client), {
        developmentId: asked.development_id,
        houseTypeCode: asked.house_type ?? null,
        question: asked.question,
        expectedPhrase: asked.expected_phrase ?? null,
        expectedDocumentId: asked.expected_document_id ?? null,
        expectedPage: asked.expected_page ?? null,
        mustBeGap: asked.must_be_gap,
      })
      set.status = 201
      return body(row)
    },
    {
      forApiClient: 'knowledge:write',
      body: newGoldenQuestion,
      response: responses({ 201: goldenQuestion }),
      detail: describe('Golden suite', 'addGoldenQuestion', 'Add a question and what its answer must hold'),
    },
  )
  .delete(
    '/:id',
    async ({ client, params }) => {
      await removeGoldenQuestion(client.scope, params.id)
      return { id: params.id, deleted: true as const }
    },
    {
      forApiClient: 'knowledge:write',
      params: itemParams,
      response: responses({ 200: deletion }),
      detail: describe('Golden suite', 'removeGoldenQuestion', 'Remove a golden question'),
    },
  )

export const goldenRunRoutes = new Elysia({ name: 'api/golden-runs', prefix: '/golden-runs' })
  .use(access)
  .post(
    '',
    async ({ client, body: { development_id }, set }) => {
      const { runId, jobId } = await requestGoldenRun(client.scope, development_id)
      set.status = 202
      return { id: runId, job_id: jobId }
    },
    {
      forApiClient: 'knowledge:write',
      body: z.strictObject({ development_id: uuid }).meta({ id: 'NewGoldenRun' }),
      response: responses({ 202: runReceipt }),
      detail: describe('Golden suite', 'runGolden', 'Ask every golden question of a development'),
    },
  )
  .get(
    '/:id',
    async ({ client, params }) => {
      const run = await findGoldenRun(client.scope, params.id)
      return {
        id: run.id,
        development_id: run.developmentId,
        trigger: run.trigger,
        total: run.total,
        passed: run.passed,
        passed_before: run.passedBefore,
        decision: run.decision,
        failures: run.failures.map(({ goldenQuestionId, isLost, ...rest }) => ({
          golden_question_id: goldenQuestionId,
          ...rest,
          is_lost: isLost,
        })),
        started_at: run.startedAt.toISOString(),
        finished_at: run.finishedAt?.toISOString() ?? null,
      }
    },
    {
      forApiClient: 'knowledge:read',
      params: itemParams,
      response: responses({ 200: goldenRun }),
      detail: describe('Golden suite', 'getGoldenRun', 'Read a run, with what was not answered as expected'),
    },
  )

const body = (row: GoldenQuestionRow) => ({
  id: row.id,
  development_id: row.developmentId,
  house_type: row.houseTypeCode,
  question: row.question,
  expected_phrase: row.expectedPhrase,
  expected_document_id: row.expectedDocumentId,
  expected_page: row.expectedPage,
  must_be_gap: row.mustBeGap,
  author: row.authorName,
  created_at: row.createdAt.toISOString(),
})

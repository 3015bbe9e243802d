// Jobs of the key's tenant: how far the work behind an upload is, run it again, stop it, one or many.
import { Elysia } from 'elysia'
import type { z } from 'zod'
import { access } from '../../access/access.ts'
import {
  type ActionResult,
  CANCELLABLE,
  cancelJob,
  cancelJobs,
  jobsPage,
  jobsToActOn,
  openJob,
  RETRYABLE,
  retryJob,
  retryJobs,
} from '../../jobs.ts'
import { jobBody } from './job-body.ts'
import { jobEvents } from './job-events.ts'
import { describe, responses } from './operations.ts'
import { errorBody, itemParams, pageBody } from './schemas/envelopes.ts'
import { job, jobQuery, jobResults, jobSelection, jobWithAttempts } from './schemas/jobs.ts'

export const jobs = new Elysia({ name: 'api/jobs', prefix: '/jobs' })
  .use(access)
  .get(
    '',
    async ({ client, query }) => {
      const { cursor, limit } = query
      const page = await jobsPage(client.scope, { ...filterOf(query), cursor, limit })
      return { data: page.rows.map(jobBody), next_cursor: page.nextCursor }
    },
    {
      forApiClient: 'jobs:read',
      query: jobQuery,
      response: responses({ 200: pageBody(job) }),
      detail: describe('Jobs', 'listJobs', 'List jobs, newest first'),
    },
  )
  .get(
    '/:id',
    async ({ client, params }) => {
      const { job, attempts } = await openJob(client.scope, params.id)
      return { ...jobBody(job), attempts: attempts.map(attemptBody) }
    },
    {
      forApiClient: 'jobs:read',
      params: itemParams,
      response: responses({ 200: jobWithAttempts }),
      detail: describe('Jobs', 'getJob', 'Read a job and its attempts'),
    },
  )
  .post('/:id/retry', async ({ client, params }) => jobBody(await retryJob(client.scope, params.id)), {
    forApiClient: 'jobs:write',
    params: itemParams,
    response: responses({ 200: job, 409: errorBody }),
    detail: describe('Jobs', 'retryJob', 'Run a job again that failed, was cancelled or waits'),
  })
  .post('/:id/cancel', async ({ client, params }) => jobBody(await cancelJob(client.scope, params.id)), {
    forApiClient: 'jobs:write',
    params: itemParams,
    response: responses({ 200: job, 409: errorBody }),
    detail: describe('Jobs', 'cancelJob', 'End a waiting job, or ask a running one to stop'),
  })
  .post(
    '/retry',
    async ({ client, body }) => {
      const { ids, hasMore } = await selectedJobs(client.scope, body, RETRYABLE)
      return { data: (await retryJobs(client.scope, ids)) as Results, has_more: hasMore }
    },
    {
      forApiClient: 'jobs:write',
      body: jobSelection,
      response: responses({ 200: jobResults }),
      detail: describe('Jobs', 'retryJobs', 'Run many jobs again, by ids or by filter'),
    },
  )
  .post(
    '/cancel',
    async ({ client, body }) => {
      const { ids, hasMore } = await selectedJobs(client.scope, body, CANCELLABLE)
      return { data: (await cancelJobs(client.scope, ids)) as Results, has_more: hasMore }
    },
    {
      forApiClient: 'jobs:write',
      body: jobSelection,
      response: responses({ 200: jobResults }),
      detail: describe('Jobs', 'cancelJobs', 'Stop many jobs, by ids or by filter'),
    },
  )
  .use(jobEvents)

type Results = (ActionResult & { outcome: z.infer<typeof jobResults>['data'][number]['outcome'] })[]

type Filter = Omit<z.infer<typeof jobQuery>, 'limit' | 'cursor'>

const filterOf = (query: Filter) => ({
  states: query.state && [query.state],
  kind: query.kind,
  developmentId: query.development_id,
  documentId: query.document_id,
  unitId: query.unit_id,
  since: query.since === undefined ? undefined : new Date(query.since),
})

/** A filter without a state means every job that the action can do something to. */
async function selectedJobs(
  scope: Parameters<typeof jobsToActOn>[0],
  { ids, filter = {} }: z.infer<typeof jobSelection>,
  states: typeof RETRYABLE | typeof CANCELLABLE,
): Promise<{ ids: string[]; hasMore: boolean }> {
  if (ids) return { ids, hasMore: false }
  const chosen = filterOf(filter)
  return jobsToActOn(scope, { ...chosen, states: chosen.states ?? states })
}

/** Worker names and stacks stay inside. */
const attemptBody = (row: Awaited<ReturnType<typeof openJob>>['attempts'][number]) => ({
  attempt: row.attempt,
  outcome: row.outcome,
  error_code: row.errorCode,
  started_at: row.startedAt.toISOString(),
  finished_at: row.finishedAt?.toISOString() ?? null,
})

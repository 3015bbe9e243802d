// Jobs of the key's tenant: how far the work behind an upload is.
import { Elysia } from 'elysia'
import { access } from '../../access/access.ts'
import { findJob, type Job } from '../../jobs.ts'
import { describe, responses } from './operations.ts'
import { itemParams, job } from './schemas.ts'

export const jobs = new Elysia({ name: 'api/jobs', prefix: '/jobs' })
  .use(access)
  .get('/:id', async ({ client, params }) => body(await findJob(client.scope, params.id)), {
    forApiClient: 'jobs:read',
    params: itemParams,
    response: responses({ 200: job }),
    detail: describe('Jobs', 'getJob', 'Read a job'),
  })

const body = (row: Job) => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  attempt: row.attempt,
  max_attempts: row.maxAttempts,
  stage: row.stage,
  progress_done: row.progressDone,
  progress_total: row.progressTotal,
  error_code: row.errorCode,
  scheduled_at: row.scheduledAt.toISOString(),
  created_at: row.createdAt.toISOString(),
  finalized_at: row.finalizedAt?.toISOString() ?? null,
})

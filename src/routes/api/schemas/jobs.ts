// Shapes of jobs in the API.
import { z } from 'zod'
import { BULK_JOBS_MAX, jobStates } from '../../../jobs.ts'
import { moment, pageQuery, uuid } from './envelopes.ts'

const jobState = z.enum(jobStates)

export const job = z
  .object({
    id: uuid,
    kind: z.string(),
    state: jobState,
    attempt: z.number().int(),
    max_attempts: z.number().int(),
    stage: z.string().nullable(),
    progress_done: z.number().int(),
    progress_total: z.number().int(),
    error_code: z.string().nullable(),
    development_id: uuid.nullable(),
    document_id: uuid.nullable().describe('What it is about, when that is a document'),
    unit_id: uuid.nullable().describe('What it is about, when that is a home'),
    scheduled_at: moment.describe('When it may run, or may run again'),
    attempted_at: moment.nullable().describe('When the newest attempt began'),
    cancel_requested_at: moment.nullable(),
    created_at: moment,
    finalized_at: moment.nullable(),
  })
  .meta({ id: 'Job' })

const jobAttempt = z
  .object({
    attempt: z.number().int(),
    outcome: z
      .enum(['completed', 'failed', 'cancelled', 'snoozed', 'lost', 'released'])
      .nullable()
      .describe('Null while it runs; `lost` and `released` do not count'),
    error_code: z.string().nullable(),
    started_at: moment,
    finished_at: moment.nullable(),
  })
  .meta({ id: 'JobAttempt' })

export const jobWithAttempts = job
  .extend({ attempts: z.array(jobAttempt).describe('Oldest first') })
  .meta({ id: 'JobWithAttempts' })

const jobFilter = {
  state: jobState.optional(),
  kind: z.string().min(1).max(100).optional(),
  development_id: uuid.optional(),
  document_id: uuid.optional(),
  unit_id: uuid.optional(),
  since: z.iso.datetime({ offset: true }).optional().describe('Created at or after this time'),
}

export const jobQuery = pageQuery.extend(jobFilter)

export const jobSelection = z
  .strictObject({
    ids: z.array(uuid).min(1).max(BULK_JOBS_MAX).optional(),
    filter: z.strictObject(jobFilter).optional(),
  })
  .refine(
    ({ ids, filter }) => (ids === undefined) !== (filter === undefined),
    'must have either ids or filter',
  )
  .meta({ id: 'JobSelection' })

export const jobResults = z
  .object({
    data: z.array(
      z.object({
        id: uuid,
        outcome: z
          .enum([
            'retried',
            'cancelled',
            'cancelling',
            'not_found',
            'job_not_retryable',
            'job_already_queued',
            'job_is_over',
            'job_not_stoppable',
          ])
          .describe('`cancelling`: it runs and was told to stop'),
      }),
    ),
    has_more: z.boolean().describe('More jobs fit the filter than one call takes: call again'),
  })
  .meta({ id: 'JobResults' })

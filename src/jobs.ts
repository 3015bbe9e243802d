// The jobs of a tenant as its people and programs see them: look up, list, retry, cancel.
import * as rows from '#db/jobs.ts'
import { type Scope, sqlState, within } from '#db/scope.ts'
import { kinds } from '#jobs/kinds.ts'
import { failure } from './failure.ts'

export type { Job, JobCursor, JobFilter, JobState } from '#db/jobs.ts'

/** Budget of a retried job whose kind no longer exists; it can only be discarded again. */
const ATTEMPTS_OF_UNKNOWN_KIND = 1
const UNIQUE_VIOLATION = '23505'

/** @throws Failure `not_found` when it is not there, or another tenant's. */
export async function findJob(scope: Scope, id: string): Promise<rows.Job> {
  const job = await within(scope, (db) => rows.jobById(db, id))
  if (!job) throw failure('not_found')
  return job
}

export const listJobs = (
  scope: Scope,
  filter: rows.JobFilter,
  page: { limit: number; after?: rows.JobCursor | undefined },
) => within(scope, (db) => rows.listJobs(db, filter, page))

export const attemptsOf = (scope: Scope, id: string) => within(scope, (db) => rows.attemptsOfJob(db, id))

export type Retry = 'retried' | 'not_found' | 'not_retryable' | 'already_queued'

/** Runs a dead job again with a fresh budget of attempts, or a waiting one at once. */
export async function retryJob(scope: Scope, id: string): Promise<Retry> {
  try {
    return await within(scope, async (db) => {
      const job = await rows.jobById(db, id)
      if (!job) return 'not_found'
      const attemptsMore = job.kind in kinds ? kinds[job.kind as keyof typeof kinds].attemptsMax : null
      const isRetried = await rows.retryJob(db, id, attemptsMore ?? ATTEMPTS_OF_UNKNOWN_KIND)
      return isRetried ? 'retried' : 'not_retryable'
    })
  } catch (error) {
    // Meanwhile another job of the same dedupe key was enqueued.
    if (sqlState(error) === UNIQUE_VIOLATION) return 'already_queued'
    throw error
  }
}

/** `running`: the job was asked to stop and says soon what became of it. Null: over already, or not there. */
export const cancelJob = (scope: Scope, id: string) => within(scope, (db) => rows.cancelJob(db, id))

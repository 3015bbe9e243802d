// Jobs as a tenant sees them.
import { type Job, jobById } from '#db/jobs.ts'
import { type Scope, within } from '#db/scope.ts'
import { failure } from './failure.ts'

export type JobView = Job

/** @throws Failure `not_found` */
export async function findJob(scope: Scope, id: string): Promise<JobView> {
  const row = await within(scope, (db) => jobById(db, id))
  if (!row) throw failure('not_found')
  return row
}

// Removes jobs that ended long ago, so that the queue's table stays small.
import { deleteOldJobs, deleteOldTicks, type Retention } from '#db/job-history.ts'
import type { Run } from './context.ts'

/** What failed is kept longest, because somebody may still want to know why. */
const RETENTION: Retention = { completedDays: 7, cancelledDays: 30, discardedDays: 90 }
const TICK_DAYS = 90
const BATCH = 2_000
const BATCHES_MAX = 500

export const run: Run<'prune-jobs'> = async (_scope, _payload, context) => {
  let removed = 0
  for (let batch = 0; batch < BATCHES_MAX && !context.signal.aborted; batch++) {
    const count = await context.fenced((db) => deleteOldJobs(db, RETENTION, BATCH))
    removed += count
    context.progress('jobs', removed, removed)
    if (count < BATCH) break
  }
  await context.fenced((db) => deleteOldTicks(db, TICK_DAYS))
  return undefined
}

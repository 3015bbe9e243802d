// Recurring tasks: what each enqueues, and when. Whoever shows or starts them by hand needs no clock.
import type { Db } from '#db/scope.ts'
import { enqueue } from './queue.ts'

export type CronTask = {
  name: string
  /** Five fields in Irish time. Stay clear of 01:00–01:59, which the clocks skip once a year. */
  pattern: string
  /** Enqueues the tick's job in the transaction of the tick's row. */
  enqueue: (db: Db) => Promise<string>
}

export const cronTasks: readonly CronTask[] = [
  { name: 'prune-jobs', pattern: '10 3 * * *', enqueue: (db) => enqueue(db, 'prune-jobs', {}) },
  { name: 'refresh-places', pattern: '25 5,17 * * *', enqueue: (db) => enqueue(db, 'sweep-places', {}) },
]

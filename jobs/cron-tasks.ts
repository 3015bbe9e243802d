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
  { name: 'roll-up-analytics', pattern: '20 0 * * *', enqueue: (db) => enqueue(db, 'sweep-analytics', {}) },
  { name: 'purge-expired', pattern: '50 2 * * *', enqueue: (db) => enqueue(db, 'purge-expired', {}) },
  {
    name: 'verify-audit-chain',
    pattern: '40 2 * * *',
    enqueue: (db) => enqueue(db, 'verify-audit-chain', {}),
  },
  {
    name: 'expire-impersonations',
    pattern: '*/5 * * * *',
    enqueue: (db) => enqueue(db, 'expire-impersonations', {}),
  },
  {
    name: 'evaluate-alerts',
    pattern: '* * * * *',
    // One at a time: an evaluation that is late tells what the next one would.
    enqueue: (db) => enqueue(db, 'evaluate-alerts', {}, { dedupeKey: 'alerts' }),
  },
  { name: 'remind-homes', pattern: '15 8 * * *', enqueue: (db) => enqueue(db, 'sweep-reminders', {}) },
  { name: 'refresh-places', pattern: '25 5,17 * * *', enqueue: (db) => enqueue(db, 'sweep-places', {}) },
]

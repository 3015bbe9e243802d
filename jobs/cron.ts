// Fires recurring tasks: bunqueue says when, a unique row says who, and the job goes in with that row.
import { Queue, Worker } from 'bunqueue/client'
import type { QueueConnection } from '#db/client.ts'
import { insertTick, lastTick, noteTickJob } from '#db/cron-ticks.ts'
import { throughQueue } from '#db/scope.ts'
import { log } from '#src/log.ts'
import { CRON_TIME_ZONE, lastTickAt } from './cron-pattern.ts'
import type { CronTask } from './cron-tasks.ts'

/** This machine's clock, which fires, may be that far before the database's, which names the tick. */
const CLOCK_SKEW_MS_MAX = 20_000
/** Nothing here is urgent to the second, and an idle process should be idle. */
const DRAIN_DELAY_MS = 1_000

export type Cron = { stop(): Promise<void> }

/** Starts the clock and fires once for each task what was missed since its last tick. */
export async function startCron(tasks: readonly CronTask[], queue: QueueConnection): Promise<Cron> {
  if (tasks.length === 0) return { stop: async () => {} }
  const byName = new Map(tasks.map((task) => [task.name, task]))
  const clock = new Queue('cron', {
    embedded: true,
    defaultJobOptions: { attempts: 3, removeOnComplete: true, removeOnFail: true },
  })
  const worker = new Worker(
    'cron',
    async (job) => {
      const task = byName.get(job.name)
      if (task) await fireTick(task, queue, CLOCK_SKEW_MS_MAX)
    },
    { embedded: true, concurrency: 1, drainDelay: DRAIN_DELAY_MS },
  )
  worker.on('failed', (job, error) =>
    log('error', 'cron_tick_failed', { task: job.name, error: String(error) }),
  )
  for (const { name, pattern } of tasks)
    await clock.upsertJobScheduler(name, { pattern, timezone: CRON_TIME_ZONE }, { name, data: {} })
  for (const task of tasks) await fireTick(task, queue, 0)
  return {
    stop: async () => {
      await worker.close(true)
      await clock.close()
    },
  }
}

/**
 * Fires the task's newest tick unless it has been: after a downtime that is one for all that were missed. The
 * very first tick of a task is only noted, because nothing was missed before the task existed.
 */
export async function fireTick(
  task: CronTask,
  queue: QueueConnection,
  aheadMs: number,
): Promise<string | null> {
  const { nowMs, tickAtMs } = await queue.run((db) => lastTick(db, task.name))
  const tickAt = lastTickAt(task.pattern, nowMs + aheadMs)
  if (tickAtMs !== null && tickAt.getTime() <= tickAtMs) return null
  return throughQueue(async (db) => {
    if (!(await insertTick(db, task.name, tickAt))) return null
    if (tickAtMs === null) return null
    const jobId = await task.enqueue(db)
    await noteTickJob(db, task.name, tickAt, jobId)
    log('info', 'cron_tick_fired', { task: task.name, tickAt: tickAt.toISOString(), jobId })
    return jobId
  })
}

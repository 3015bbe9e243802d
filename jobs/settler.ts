// Writes down the ends of a thread's runs, those that come while a write is under way together in the next.
import type { QueueConnection } from '#db/client.ts'
import { type Settling, settleJobs } from '#db/job-leases.ts'
import { untilWritten } from './persist.ts'

export type Settler = {
  /** True when the run was the current one and its end is on disk. */
  settle(settling: Settling): Promise<boolean>
}

export function makeSettler(queue: QueueConnection): Settler {
  let waiting: { settling: Settling; resolve: (isSettled: boolean) => void }[] = []
  let isWriting = false

  async function writeAll(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      const settlings = batch.map(({ settling }) => settling)
      const ids = await untilWritten('job_settle_failed', () => queue.run((db) => settleJobs(db, settlings)))
      for (const { settling, resolve } of batch) resolve(ids?.includes(settling.lease.id) ?? false)
    }
    isWriting = false
  }

  return {
    settle: (settling) =>
      new Promise((resolve) => {
        waiting.push({ settling, resolve })
        if (!isWriting) void writeAll()
      }),
  }
}

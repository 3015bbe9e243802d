// How the queue is doing, for health pages.
import type { QueueConnection } from '#db/client.ts'
import { type QueueDepth, queueDepth } from '#db/job-history.ts'
import type { Crew } from './crew.ts'

export type JobStats = {
  depth: QueueDepth
  threads: { index: number; generation: number; state: string; runningCount: number }[]
  threadReplacementCount: number
  beatAgeMs: number
  isLockHeld: boolean
}

export async function readStats(
  queue: QueueConnection,
  crew: Crew,
  health: { beatAgeMs: number; isLockHeld: boolean },
): Promise<JobStats> {
  return {
    depth: await queue.run(queueDepth),
    threads: crew.members.map(({ index, generation, state, running }) => ({
      index,
      generation,
      state,
      runningCount: running.size,
    })),
    threadReplacementCount: crew.replacementCount,
    ...health,
  }
}

// What the main thread and the worker threads say to each other.
import type { ClaimedJob } from '#db/job-leases.ts'
import type { AbortReason } from './settlement.ts'

export type ThreadSettings = {
  /** Every claim's owner begins with it: `process.thread.generation.` */
  ownerPrefix: string
  thread: number
  threadCount: number
  kindsModule: string
}

export type ToThread =
  | { type: 'wake' }
  | { type: 'abort'; id: string; owner: string; reason: AbortReason }
  | { type: 'stop' }

/** A claimed job without its payload, which the main thread has no use for. */
export type RunningJob = Omit<ClaimedJob, 'payload'>

export type FromThread =
  | { type: 'ready' }
  | { type: 'claimed'; jobs: RunningJob[] }
  /** `dueInMs`: when it wants to run again, null when it is over. */
  | { type: 'settled'; id: string; owner: string; dueInMs: number | null }
  /** Code threw outside every job's promise, or asked to exit: nothing in this thread can be trusted now. */
  | { type: 'broken'; culprit: string | null; detail: string }

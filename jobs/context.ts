// What a running job is given besides its scope and payload.

import type { QueueConnection } from '#db/client.ts'
import { isLeaseHeld, type Lease, lockLease } from '#db/job-leases.ts'
import { type Db, type Scope, throughQueue, within } from '#db/scope.ts'
import type { Kind, Payload, TenantKind } from './kinds.ts'
import { CancelRequested, LeaseLost, type Outcome } from './outcome.ts'

export type JobContext = {
  jobId: string
  requestId: string
  /** 1 on the first try. */
  attempt: number
  /** Aborted at the deadline, on a request to cancel, when the process stops and when the lease is lost. */
  signal: AbortSignal
  /** Notes how far the job is; written down at most twice a second. */
  progress(stage: string, done: number, total: number): void
  leaseHeld(): Promise<boolean>
  /**
   * A transaction in the job's scope that commits only while this run is the current one. Every lasting effect
   * goes through it, and waits for nothing but the database, because the row stays locked.
   * @throws LeaseLost when another worker has the job, CancelRequested when it is to be stopped
   */
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/** The one export of a kind's file. Returns a `cancel` or `snooze`, or nothing when it is done. */
export type Run<K extends Kind> = (
  scope: K extends TenantKind ? Scope : null,
  payload: Payload<K>,
  context: JobContext,
) => Promise<Outcome | undefined>

export function makeContext(
  queue: QueueConnection,
  job: Lease & { requestId: string },
  scope: Scope | null,
  signal: AbortSignal,
  progress: JobContext['progress'],
): JobContext {
  const door = scope ? <T>(work: (db: Db) => Promise<T>) => within(scope, work) : throughQueue
  return {
    jobId: job.id,
    requestId: job.requestId,
    attempt: job.attempt,
    signal,
    progress,
    leaseHeld: () => queue.run((db) => isLeaseHeld(db, job)),
    fenced: (work) =>
      door(async (db) => {
        if (signal.aborted && signal.reason === 'lost') throw new LeaseLost()
        const lease = await lockLease(db, job)
        if (lease === 'lost') throw new LeaseLost()
        if (lease === 'cancelled') throw new CancelRequested()
        return work(db)
      }),
  }
}

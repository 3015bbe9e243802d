// What a job can say about how it went, other than returning (done) or throwing anything (try again).

/** Never again: the work has become pointless. The job ends `cancelled` with the code. */
export const cancel = (code: string): Outcome => ({ type: 'cancel', code })

/** Not now, and not counted as an attempt: what the job waits for is not there yet. */
export const snooze = (delayMs: number): Outcome => ({ type: 'snooze', delayMs })

export type Outcome = { type: 'cancel'; code: string } | { type: 'snooze'; delayMs: number }

/**
 * A failure with a code of the job's kind. Retried with backoff, not before `retryAfterMs`, unless the kind
 * lists the code as permanent.
 */
export class JobFailure extends Error {
  readonly code: string
  readonly retryAfterMs: number | undefined
  constructor(code: string, options: { retryAfterMs?: number | undefined; cause?: unknown } = {}) {
    super(`job failed: ${code}`, { cause: options.cause })
    this.code = code
    this.retryAfterMs = options.retryAfterMs
  }
}

/** The job is no longer ours: somebody else runs it, so nothing may be written for it. */
export class LeaseLost extends Error {
  constructor() {
    super('the lease of this job was lost')
  }
}

/** Somebody asked for the job to stop, and the word of it has not reached the run yet: nothing more is written. */
export class CancelRequested extends Error {
  constructor() {
    super('the job is to be stopped')
  }
}

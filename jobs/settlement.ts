// What is written down for a run of a job, from how it ended.
import type { Settlement } from '#db/job-leases.ts'
import { DatabaseUnavailable } from '#db/scope.ts'
import { redact } from '#src/log.ts'
import { backoffMs } from './backoff.ts'
import { COMMON_CODES } from './failure-codes.ts'
import type { KindPolicy } from './kinds.ts'
import { CancelRequested, JobFailure, LeaseLost, type Outcome } from './outcome.ts'

const SNOOZE_MS_MIN = 100
const SNOOZE_MS_MAX = 24 * 60 * 60_000

/** Why a run was told to stop. */
export type AbortReason = 'deadline' | 'cancelled' | 'stopping' | 'lost'

export type Ending =
  | { type: 'done' }
  | Outcome
  | { type: 'threw'; error: unknown; abortReason: AbortReason | null }
  /** Told by the main thread of a run whose thread can say nothing any more. */
  | { type: 'failed'; code: (typeof COMMON_CODES)[number]; detail: string }

type Run = { attempt: number; maxAttempts: number; policy: KindPolicy; baseMs: number; random: number }

/** Null: nothing may or need be written, the job is somebody else's or about to be released. */
export function settlementOf(ending: Ending, run: Run): Settlement | null {
  switch (ending.type) {
    case 'done':
      return { ...END, state: 'completed', outcome: 'completed' }
    case 'cancel':
      return { ...END, state: 'cancelled', outcome: 'cancelled', code: knownCode(ending.code, run.policy) }
    case 'snooze': {
      const delayMs = Math.min(Math.max(ending.delayMs, SNOOZE_MS_MIN), SNOOZE_MS_MAX)
      return { ...END, state: 'scheduled', outcome: 'snoozed', delayMs, isCounted: false }
    }
    case 'failed':
      return failureSettlement(ending.code, ending.detail, undefined, run)
    case 'threw':
      return settlementOfThrown(ending.error, ending.abortReason, run)
  }
}

const END = { code: null, detail: null, delayMs: 0, isCounted: true } as const

function settlementOfThrown(error: unknown, reason: AbortReason | null, run: Run): Settlement | null {
  if (error instanceof LeaseLost || reason === 'lost' || reason === 'stopping') return null
  if (reason === 'cancelled' || error instanceof CancelRequested)
    return { ...END, state: 'cancelled', outcome: 'cancelled', code: 'cancelled_on_request' }
  const detail = describe(error)
  if (reason === 'deadline') return failureSettlement('timed_out', detail, undefined, run)
  const retryAfterMs = error instanceof JobFailure ? error.retryAfterMs : undefined
  return failureSettlement(codeOf(error, run.policy), detail, retryAfterMs, run)
}

function failureSettlement(
  code: string,
  detail: string,
  retryAfterMs: number | undefined,
  run: Run,
): Settlement {
  const isLast = run.attempt >= run.maxAttempts || run.policy.permanent.includes(code)
  const delayMs = backoffMs(run.attempt, { baseMs: run.baseMs, random: run.random, retryAfterMs })
  return {
    state: isLast ? 'discarded' : 'retryable',
    outcome: 'failed',
    code,
    detail,
    delayMs,
    isCounted: true,
  }
}

function codeOf(error: unknown, policy: KindPolicy): string {
  if (error instanceof JobFailure) return knownCode(error.code, policy)
  return error instanceof DatabaseUnavailable ? 'database_unavailable' : 'unexpected'
}

/** The set of codes is closed: people, tests and translations rely on it. */
const knownCode = (code: string, policy: KindPolicy) =>
  policy.codes.includes(code) || (COMMON_CODES as readonly string[]).includes(code) ? code : 'unexpected'

/** The stack with its causes, for `job_attempts.error_detail`. PostgreSQL text cannot hold a NUL. */
export function describe(error: unknown): string {
  const parts: string[] = []
  for (
    let e: unknown = error;
    e !== undefined && parts.length < 5;
    e = e instanceof Error ? e.cause : undefined
  )
    parts.push(e instanceof Error ? (e.stack ?? e.message) : String(e))
  return redact(parts.join('\ncaused by ')).replaceAll('\0', '')
}

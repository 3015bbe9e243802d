// How long a failed job waits before its next attempt.

const DELAY_MS_MAX = 15 * 60_000
const RETRY_AFTER_MS_MAX = 60 * 60_000
const JITTER = 0.1
/** The base the formula is written for. A shorter base (drills) shortens the doubling part with it. */
const BASE_MS = 15_000

/**
 * `min(15 min, base + 2^attempt s)` ± 10 %, so that jobs that failed together do not come back together.
 * A peer that said when to come back is never asked earlier than that, up to an hour.
 * @param random uniform in [0, 1)
 */
export function backoffMs(
  attempt: number,
  options: { baseMs: number; random: number; retryAfterMs?: number | undefined },
): number {
  const doublingMs = 2 ** attempt * 1_000 * (options.baseMs / BASE_MS)
  const delayMs = Math.min(DELAY_MS_MAX, options.baseMs + doublingMs)
  const jitteredMs = delayMs * (1 - JITTER + 2 * JITTER * options.random)
  return Math.round(Math.max(jitteredMs, Math.min(options.retryAfterMs ?? 0, RETRY_AFTER_MS_MAX)))
}

// What a check of the doctor finds, and how bad the worst of it is.

/** Settings as the environment has them, before anybody has read them. */
export type Env = Record<string, string | undefined>

/** `not_reachable`: nobody answered, so nothing is known; never to be read as well. */
export type Outcome = 'ok' | 'warning' | 'failure' | 'not_reachable'

export type Finding = {
  /** What was looked at: a setting by its name, or a few words. */
  check: string
  outcome: Outcome
  /** What is so, and what to do about it. Never repeats a secret. */
  says: string
}

export const finding =
  (outcome: Outcome) =>
  (check: string, says: string): Finding => ({ check, outcome, says })

export const ok = finding('ok')
export const warning = finding('warning')
export const failure = finding('failure')
export const notReachable = finding('not_reachable')

/** One small look at one thing. It answers with what it found; what it throws is a failure of its own. */
export type Check = { name: string; look(): Promise<Finding[]> | Finding[] }

/** What `bun run doctor` exits with: 1 something is wrong, 2 something is doubtful, 3 somebody did not answer. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 | 2 | 3 {
  const has = (outcome: Outcome) => findings.some((each) => each.outcome === outcome)
  if (has('failure')) return 1
  if (has('warning')) return 2
  return has('not_reachable') ? 3 : 0
}

/** Errors of the network that say that nobody is there, as opposed to somebody who says no. */
const SILENCE =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ECONNECTION|EDNS|ESOCKET|CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket|ConnectionClosed|TimeoutError|unable to connect|timed out|did not answer/i

export function isSilence(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (SILENCE.test(`${(e as { code?: unknown }).code ?? ''} ${e.name} ${e.message}`)) return true
  return false
}

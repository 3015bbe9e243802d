// The closed set of ways in which the language model can fail, and how each outside error is read as one of them.
import { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'

const llmFailureCodes = [
  'llm_timeout',
  'llm_stalled',
  'llm_cut',
  'llm_rate_limited',
  'llm_quota',
  'llm_unauthorised',
  'llm_model_missing',
  'llm_server_error',
  'llm_bad_response',
  'llm_aborted',
  'llm_circuit_open',
  'llm_budget',
  'llm_busy',
] as const
export type LlmFailureCode = (typeof llmFailureCodes)[number]

const RETRYABLE: ReadonlySet<LlmFailureCode> = new Set(['llm_rate_limited', 'llm_server_error', 'llm_cut'])
/** Not the provider's fault: these neither open the circuit nor count towards it. */
const HARMLESS: ReadonlySet<LlmFailureCode> = new Set([
  'llm_aborted',
  'llm_circuit_open',
  'llm_budget',
  'llm_busy',
])
const MESSAGE_CHARACTERS_MAX = 300

export class LlmFailure extends Error {
  readonly httpStatus: number | null
  readonly retryAfterMs: number | null
  constructor(
    readonly code: LlmFailureCode,
    message: string,
    details: { httpStatus?: number | null; retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(message.slice(0, MESSAGE_CHARACTERS_MAX), { cause: details.cause })
    this.name = 'LlmFailure'
    this.httpStatus = details.httpStatus ?? null
    this.retryAfterMs = details.retryAfterMs ?? null
  }
  get isRetryable(): boolean {
    return RETRYABLE.has(this.code)
  }
  get countsAgainstProvider(): boolean {
    return !HARMLESS.has(this.code)
  }
}

/** Why the call was ended from our side, if it was. */
export type Ended = 'deadline' | 'idle' | 'reader' | null

/** Any error of the SDK, the network or a peer's answer as one failure, with no key in its message and no cause kept. */
export function failureOf(error: unknown, ended: Ended, redact: (text: string) => string): LlmFailure {
  if (ended === 'reader') return new LlmFailure('llm_aborted', 'the reader left')
  if (ended === 'deadline') return new LlmFailure('llm_timeout', 'the total deadline passed')
  if (ended === 'idle') return new LlmFailure('llm_stalled', 'nothing arrived within the idle time')
  const own = ownFailure(error)
  if (own !== null) return own
  const message = redact(error instanceof Error ? error.message : String(error))
  if (error instanceof APIUserAbortError) return new LlmFailure('llm_aborted', message)
  if (error instanceof APIConnectionTimeoutError) return new LlmFailure('llm_timeout', message)
  if (error instanceof SyntaxError) return new LlmFailure('llm_bad_response', message)
  if (error instanceof APIError && typeof error.status === 'number')
    return statusFailure(error, error.status, message)
  if (error instanceof APIError && error.code != null) return codeFailure(error, message)
  // A truncated connection is a plain TypeError in the SDK, a refused one an APIConnectionError without a status.
  const code = error instanceof APIError ? 'llm_server_error' : 'llm_cut'
  return new LlmFailure(code, message)
}

function ownFailure(error: unknown): LlmFailure | null {
  for (
    let cause: unknown = error, depth = 0;
    cause instanceof Error && depth < 4;
    cause = cause.cause, depth++
  ) {
    if (cause instanceof LlmFailure) return cause
  }
  return null
}

function statusFailure(error: APIError, status: number, message: string): LlmFailure {
  return new LlmFailure(codeOfStatus(status, error), message, {
    httpStatus: status,
    retryAfterMs: retryAfterMs(error.headers),
  })
}

// An error event inside a stream carries a code instead of a status.
function codeFailure(error: APIError, message: string): LlmFailure {
  if (isQuota(error)) return new LlmFailure('llm_quota', message)
  if (/rate_?limit/i.test(`${error.code} ${error.type}`)) return new LlmFailure('llm_rate_limited', message)
  return new LlmFailure('llm_server_error', message)
}

function codeOfStatus(status: number, error: APIError): LlmFailureCode {
  if (isQuota(error) || status === 402) return 'llm_quota'
  if (status === 429) return 'llm_rate_limited'
  if (status === 401 || status === 403) return 'llm_unauthorised'
  if (status === 404 || error.code === 'model_not_found') return 'llm_model_missing'
  if (status === 408 || status === 504) return 'llm_timeout'
  return status >= 500 ? 'llm_server_error' : 'llm_bad_response'
}

const isQuota = (error: APIError): boolean =>
  /insufficient_quota|billing/i.test(`${error.code} ${error.type}`)

function retryAfterMs(headers: Headers | undefined): number | null {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (Number.isFinite(exact) && exact >= 0) return exact
  const value = headers?.get('retry-after')
  if (value == null) return null
  const seconds = Number(value)
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1_000
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now())
}

/** Removes the configured key, anything that looks like a key, and credentials in addresses. */
export function redactor(apiKey: string): (text: string) => string {
  return (text) =>
    (apiKey.length > 0 ? text.replaceAll(apiKey, '[key]') : text)
      .replace(/\b(?:sk|pk|rk|key|org|proj|sess)-[\w*.-]{4,}/gi, '[key]')
      .replace(/\bBearer\s+\S+/gi, 'Bearer [key]')
      .replace(/\b(api[-_]?key|token|authorization)(["']?\s*[=:]\s*["']?)[^\s"',}]+/gi, '$1$2[key]')
      .replace(/:\/\/[^\s/@]+@/g, '://[key]@')
}

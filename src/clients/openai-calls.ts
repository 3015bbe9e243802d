// Runs one call to the model provider: slot, circuit, total deadline, idle watchdog, bounded retries, failure records.
import type { CircuitBreaker } from '#src/clients/circuit-breaker.ts'
import { type Ended, failureOf, LlmFailure, type LlmFailureCode } from '#src/clients/openai-failures.ts'
import type { Slots } from '#src/clients/slots.ts'
import { onBehalfOf } from '#src/clients/traceparent.ts'

const ATTEMPTS_MAX = 3
const RETRY_BASE_MS = 250
const RETRY_AFTER_MS_MAX = 5_000

export type CallContext = {
  requestId: string | null
  tenantId: string | null
  /** False when the tenant's budget for the day is spent. */
  withinBudget?: () => Promise<boolean>
}

/** One failed attempt, as `llm_error_log` keeps it. */
export type LlmFailureRecord = {
  code: LlmFailureCode
  operation: 'chat' | 'embeddings' | 'models'
  model: string
  attempt: number
  latencyMs: number
  httpStatus: number | null
  message: string
  willRetry: boolean
  requestId: string | null
  tenantId: string | null
}

export type CallMachinery = {
  breaker: CircuitBreaker
  slots: Slots
  deadlineMs: number
  idleMs: number
  now(): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
  random(): number
  redact(text: string): string
  onFailure(record: LlmFailureRecord): void
}

export type Attempt = {
  signal: AbortSignal
  /** Restarts the idle watchdog; called first when the answer's headers are there, then at every chunk. */
  beat(): void
  /** Stops the watchdog while the reader, not the provider, is slow. */
  pause(): void
  /** After this nothing is retried: the reader has seen words. */
  commit(): void
}

export async function runCall<T>(
  machinery: CallMachinery,
  call: {
    operation: LlmFailureRecord['operation']
    model: string
    context: CallContext
    signal: AbortSignal
  },
  attemptOnce: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const startedAt = machinery.now()
  const deadline = AbortSignal.timeout(machinery.deadlineMs)
  const outer = AbortSignal.any([call.signal, deadline])
  const endedOutside = (): Ended => (call.signal.aborted ? 'reader' : deadline.aborted ? 'deadline' : null)
  const report = (failure: LlmFailure, attempt: number, willRetry: boolean) =>
    machinery.onFailure({
      code: failure.code,
      operation: call.operation,
      model: call.model,
      attempt,
      latencyMs: Math.round(machinery.now() - startedAt),
      httpStatus: failure.httpStatus,
      message: machinery.redact(failure.message),
      willRetry,
      requestId: call.context.requestId,
      tenantId: call.context.tenantId,
    })

  const free = await admitted(machinery, call.context, outer, endedOutside).catch((error: unknown) => {
    const failure = failureOf(error, endedOutside(), machinery.redact)
    report(failure, 0, false)
    throw failure
  })
  try {
    for (let attempt = 1; ; attempt++) {
      const outcome = await onBehalfOf(call.context.requestId, () =>
        oneAttempt(machinery, outer, endedOutside, attemptOnce),
      )
      if ('value' in outcome) return outcome.value
      const { failure, committed } = outcome
      const delayMs = retryDelayMs(failure, attempt, machinery.random)
      const left = machinery.deadlineMs - (machinery.now() - startedAt)
      const willRetry =
        !committed && failure.isRetryable && attempt < ATTEMPTS_MAX && delayMs !== null && delayMs < left
      report(failure, attempt, willRetry)
      if (!willRetry) throw failure
      await machinery.sleep(delayMs ?? 0, outer).catch(() => {
        throw failureOf(null, endedOutside() ?? 'deadline', machinery.redact)
      })
    }
  } finally {
    free()
  }
}

async function admitted(
  machinery: CallMachinery,
  context: CallContext,
  signal: AbortSignal,
  ended: () => Ended,
): Promise<() => void> {
  if (context.withinBudget !== undefined && !(await context.withinBudget())) {
    throw new LlmFailure('llm_budget', 'the budget of the day is spent')
  }
  if (machinery.breaker.state() === 'open') throw circuitOpen()
  const free = await machinery.slots.take(signal).catch(() => {
    throw failureOf(null, ended() ?? 'deadline', machinery.redact)
  })
  if (free === null)
    throw new LlmFailure('llm_rate_limited', 'too many questions are waiting for the model here')
  return free
}

const circuitOpen = () => new LlmFailure('llm_circuit_open', 'the model kept failing and is being left alone')

type AttemptOutcome<T> = { value: T } | { failure: LlmFailure; committed: boolean }

async function oneAttempt<T>(
  machinery: CallMachinery,
  outer: AbortSignal,
  endedOutside: () => Ended,
  attemptOnce: (attempt: Attempt) => Promise<T>,
): Promise<AttemptOutcome<T>> {
  if (!machinery.breaker.admit()) return { failure: circuitOpen(), committed: false }
  const idle = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let committed = false
  const beat = () => {
    clearTimeout(timer)
    timer = setTimeout(() => idle.abort(), machinery.idleMs)
  }
  const signal = AbortSignal.any([outer, idle.signal])
  const ended = (): Ended => endedOutside() ?? (idle.signal.aborted ? 'idle' : null)
  try {
    const value = await untilAborted(
      attemptOnce({ signal, beat, pause: () => clearTimeout(timer), commit: () => (committed = true) }),
      signal,
    )
    machinery.breaker.succeeded()
    return { value }
  } catch (error) {
    const failure = failureOf(error, ended(), machinery.redact)
    if (failure.countsAgainstProvider) machinery.breaker.failed()
    else machinery.breaker.withdrew()
    return { failure, committed }
  } finally {
    clearTimeout(timer)
    idle.abort()
  }
}

// The SDK's stream may end quietly, or not at all, when it is aborted; the deadline must hold all the same.
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
    work.catch(() => {})
  }
}

/** The provider's own wait when it asks for a bearable one, else doubling with jitter; null when it asks for too long. */
function retryDelayMs(failure: LlmFailure, attempt: number, random: () => number): number | null {
  if (failure.retryAfterMs !== null)
    return failure.retryAfterMs <= RETRY_AFTER_MS_MAX ? failure.retryAfterMs : null
  return RETRY_BASE_MS * 2 ** (attempt - 1) * (0.75 + random() / 2)
}

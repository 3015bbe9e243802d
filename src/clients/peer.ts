// One JSON call to an outside system: deadline, size cap, no redirects, circuit, and what went wrong as one of a few words.
import { circuitBreaker } from './circuit-breaker.ts'
import type { Pace } from './outbound-pace.ts'
import { traceHeaders } from './traceparent.ts'

const FAILURES_TO_OPEN = 5
const OPEN_MS = 30_000
/** When a peer says "too much" and not for how long. */
const LIMITED_MS_DEFAULT = 60_000
const LIMITED_MS_MAX = 24 * 60 * 60_000
const MESSAGE_CHARS_MAX = 300

/** `limited` and `unavailable` pass, `denied` does not, `bad_response` is a peer that talks nonsense. */
export type Trouble = 'limited' | 'denied' | 'unavailable' | 'bad_response'

export class PeerFailure extends Error {
  readonly retryAfterMs: number | undefined
  constructor(
    readonly trouble: Trouble,
    message: string,
    options: { retryAfterMs?: number | undefined } = {},
  ) {
    super(message.slice(0, MESSAGE_CHARS_MAX))
    this.name = 'PeerFailure'
    this.retryAfterMs = options.retryAfterMs
  }
}

export type PeerSettings = {
  name: string
  deadlineMs: number
  answerBytesMax: number
  pace: Pace
  /** What must never stand in a message. */
  secrets: readonly string[]
  now?: () => number
}

export type PeerRequest = {
  url: URL
  method?: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
}

export type Peer = {
  /** Waits for its turn and returns 0, or returns at once in how many milliseconds to come back. */
  turn(signal: AbortSignal): Promise<number>
  /**
   * Calls once. `read` gets whatever JSON came, with any status, because some peers say what is wrong in the
   * body only: it throws a PeerFailure when told of one, and returns undefined when the body says nothing, so
   * that the status decides. Aborting rejects with the signal's own reason.
   * @throws PeerFailure
   */
  ask<T>(request: PeerRequest, read: Read<T>, signal: AbortSignal): Promise<T>
}

type Read<T> = (json: unknown) => T | undefined

export function openPeer(settings: PeerSettings): Peer {
  const breaker = circuitBreaker({
    failuresToOpen: FAILURES_TO_OPEN,
    openMs: OPEN_MS,
    now: settings.now ?? (() => performance.now()),
  })
  return {
    turn: (signal) => (breaker.state() === 'open' ? Promise.resolve(OPEN_MS) : settings.pace.turn(signal)),
    async ask(request, read, signal) {
      if (!breaker.admit())
        throw new PeerFailure('unavailable', `${settings.name} kept failing and is being left alone`, {
          retryAfterMs: OPEN_MS,
        })
      try {
        const value = await askOnce(settings, request, read, signal)
        breaker.succeeded()
        return value
      } catch (error) {
        const isOfPeer = error instanceof PeerFailure && error.trouble !== 'limited'
        if (isOfPeer) breaker.failed()
        else breaker.withdrew()
        if (error instanceof PeerFailure && error.trouble === 'limited')
          await settings.pace.putOff(error.retryAfterMs ?? LIMITED_MS_DEFAULT)
        throw error
      }
    },
  }
}

/** How long to stay away after a failure that says so, or that does not. */
export const comeBackMs = (failure: PeerFailure): number => failure.retryAfterMs ?? LIMITED_MS_DEFAULT

async function askOnce<T>(
  settings: PeerSettings,
  request: PeerRequest,
  read: Read<T>,
  signal: AbortSignal,
): Promise<T> {
  const deadline = AbortSignal.timeout(settings.deadlineMs)
  const either = AbortSignal.any([signal, deadline])
  try {
    // A redirect would carry the key, and the address of a home, to wherever it points.
    const headers = { ...request.headers, ...traceHeaders() }
    const response = await fetch(request.url, { ...request, headers, redirect: 'manual', signal: either })
    const text = await cappedText(response, settings)
    return readAnswer(settings, response, text, read)
  } catch (error) {
    signal.throwIfAborted()
    if (deadline.aborted)
      throw new PeerFailure('unavailable', `${settings.name} did not answer within ${settings.deadlineMs} ms`)
    if (error instanceof PeerFailure)
      throw new PeerFailure(error.trouble, redact(error.message, settings), {
        retryAfterMs: error.retryAfterMs,
      })
    // The cause is dropped: Bun's network errors carry the address, and with it the key.
    const { code } = error as { code?: unknown }
    throw new PeerFailure(
      'unavailable',
      `${settings.name} cannot be reached (${String(code ?? 'broken off')})`,
    )
  }
}

function readAnswer<T>({ name }: PeerSettings, response: Response, text: string, read: Read<T>): T {
  const json = parsed(text)
  const retryAfterMs = retryAfterMsOf(response.headers)
  try {
    if (json !== undefined && !isRedirect(response)) {
      const value = read(json)
      if (response.ok && value !== undefined) return value
    }
  } catch (error) {
    if (!(error instanceof PeerFailure)) throw error
    throw new PeerFailure(error.trouble, error.message, { retryAfterMs: error.retryAfterMs ?? retryAfterMs })
  }
  throw new PeerFailure(troubleOfStatus(response), `${name} answered ${response.status} without sense`, {
    retryAfterMs,
  })
}

function troubleOfStatus(response: Response): Trouble {
  const { status } = response
  if (response.ok || isRedirect(response)) return 'bad_response'
  if (status === 429) return 'limited'
  return status >= 500 || status === 408 ? 'unavailable' : 'denied'
}

const isRedirect = ({ status }: Response) => status >= 300 && status < 400

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function cappedText(response: Response, { name, answerBytesMax }: PeerSettings): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > answerBytesMax)
      throw new PeerFailure('bad_response', `${name} answered more than ${answerBytesMax} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function retryAfterMsOf(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LIMITED_MS_MAX)
}

const redact = (text: string, { secrets }: PeerSettings) =>
  secrets.reduce((kept, secret) => kept.replaceAll(secret, '[key]'), text)

/** Servers that volunteers run want to know who calls and how to reach them. */
export const userAgentOf = (publicUrl: string, contact: string | undefined): string =>
  `OpenHouse/1 (+${publicUrl}${contact ? `; ${contact}` : ''})`

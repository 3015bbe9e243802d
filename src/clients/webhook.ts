// Posting to a program's address: only on the open internet, no redirects, a deadline, and little of what comes back.
import { type LookupAddress, lookup } from 'node:dns'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { config } from '../config.ts'
import { isPublicAddress } from './public-address.ts'
import { traceHeaders } from './traceparent.ts'

const TOTAL_TIMEOUT_MS = 10_000
const RESPONSE_BYTES_MAX = 65_536

export type WebhookCode =
  | 'webhook_unreachable'
  | 'webhook_timed_out'
  | 'webhook_refused'
  | 'webhook_redirected'
  | 'webhook_address_private'

export class WebhookFailure extends Error {
  constructor(
    readonly code: WebhookCode,
    readonly status: number | null = null,
    readonly retryAfterMs: number | undefined = undefined,
    options?: { cause?: unknown },
  ) {
    super(`the webhook was not delivered: ${code}`, options)
  }
}

/** Why an address cannot be a webhook's, for whoever enters it; null when it can. */
export function refusalOfUrl(text: string): string | null {
  if (!URL.canParse(text)) return 'must be a URL'
  const url = new URL(text)
  const mayBePlain = !config().isProduction
  if (url.protocol !== 'https:' && !(mayBePlain && url.protocol === 'http:'))
    return 'must start with https://'
  if (url.username || url.password) return 'must not contain a user name or password'
  const host = bareHost(url)
  if (isIP(host) !== 0 && !isAllowed(host)) return 'must be on the public internet'
  if (/(?:^|\.)(?:localhost|local|internal)\.?$/.test(host) && !config().WEBHOOKS_ALLOW_PRIVATE)
    return 'must be on the public internet'
  return null
}

/**
 * Posts the body. Resolves with the status of a 2xx answer.
 * @throws WebhookFailure for everything else
 */
export async function postWebhook(
  text: string,
  request: { headers: Record<string, string>; body: string; signal: AbortSignal },
): Promise<number> {
  if (refusalOfUrl(text)) throw new WebhookFailure('webhook_address_private')
  const deadline = AbortSignal.timeout(TOTAL_TIMEOUT_MS)
  const response = await send(new URL(text), request, AbortSignal.any([request.signal, deadline])).catch(
    (error) => {
      if (error instanceof WebhookFailure) throw error
      const code = deadline.aborted ? 'webhook_timed_out' : 'webhook_unreachable'
      throw new WebhookFailure(code, null, undefined, { cause: error })
    },
  )
  const { status, retryAfter } = response
  if (status >= 200 && status < 300) return status
  const code = status >= 300 && status < 400 ? 'webhook_redirected' : 'webhook_refused'
  throw new WebhookFailure(code, status, retryAfter ? retryAfter * 1_000 : undefined)
}

type Reply = { status: number; retryAfter: number | null }

function send(
  url: URL,
  request: { headers: Record<string, string>; body: string },
  signal: AbortSignal,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const { request: begin } = url.protocol === 'https:' ? https : http
    const sent = begin(
      {
        method: 'POST',
        hostname: bareHost(url),
        port: url.port || undefined,
        path: `${url.pathname}${url.search}`,
        headers: { ...request.headers, ...traceHeaders(), 'content-length': Buffer.byteLength(request.body) },
        agent: false,
        lookup: publicLookup,
      },
      (response) => drain(response, resolve, reject),
    )
    signal.addEventListener('abort', () => sent.destroy(new Error('no answer in time')), { once: true })
    signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true })
    sent.on('error', reject)
    sent.end(request.body)
  })
}

/** The answer's text is of no interest; some of it is read so that the peer need not see a broken connection. */
function drain(
  response: IncomingMessage,
  resolve: (reply: Reply) => void,
  reject: (error: unknown) => void,
): void {
  const seconds = Number(response.headers['retry-after'])
  const reply = {
    status: response.statusCode ?? 0,
    retryAfter: Number.isFinite(seconds) && seconds > 0 ? seconds : null,
  }
  let bytes = 0
  response.on('data', (part: Uint8Array) => {
    bytes += part.byteLength
    if (bytes <= RESPONSE_BYTES_MAX) return
    response.destroy()
    resolve(reply)
  })
  response.on('end', () => resolve(reply))
  response.on('error', reject)
}

/**
 * Resolves the name once and connects to just that address: a name that answers differently the next time gains
 * nothing. One private address among several is enough to refuse.
 */
const publicLookup: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? []
    if (error || !first) return done(error ?? new Error(`no address for ${host}`), '', 0)
    if (!addresses.every(({ address }) => isAllowed(address)))
      return done(new WebhookFailure('webhook_address_private'), '', 0)
    if (options.all) return done(null, [first])
    return done(null, first.address, first.family)
  })
}

const isAllowed = (address: string) => config().WEBHOOKS_ALLOW_PRIVATE || isPublicAddress(address)

const bareHost = (url: URL) => url.hostname.replace(/^\[|\]$/g, '').toLowerCase()

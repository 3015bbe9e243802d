// A Sentry-compatible error tracker, when the settings name one: envelopes, sent one at a time, never waited for.
import { config } from '../config.ts'
import { log } from '../log.ts'
import { traceHeaders } from './traceparent.ts'

/** Events that may wait; what comes beyond is dropped and counted, because errors come in storms. */
const QUEUED_MAX = 100
const DEADLINE_MS = 5_000
/** When it says "too much" and not for how long; and the longest it is believed. */
const LIMITED_S_DEFAULT = 60
const LIMITED_S_MAX = 3_600
const CLIENT = 'openhouse/1.0'

export type SentryEvent = {
  id: string
  source: string
  platform: 'node' | 'javascript'
  fingerprint: string
  name: string
  message: string
  stack: string | null
  release: string
  requestId: string | null
  tenantId: string | null
  context: Record<string, unknown>
}

export type SentryFigures = { sent: number; dropped: number; queued: number }

export type Sentry = {
  /** Returns at once, whatever the tracker does. */
  report(event: SentryEvent): void
  figures(): SentryFigures
  /** Resolves once nothing waits any more. */
  idle(): Promise<void>
}

let opened: { dsn: string; sentry: Sentry } | null = null

/** Without a DSN errors stay in the database. */
export function reportToSentry(event: SentryEvent): void {
  const dsn = config().SENTRY_DSN
  if (!dsn) return
  if (opened?.dsn !== dsn) opened = { dsn, sentry: openSentry(dsn, config().NODE_ENV) }
  opened.sentry.report(event)
}

export const sentryFigures = (): SentryFigures =>
  opened?.sentry.figures() ?? { sent: 0, dropped: 0, queued: 0 }

export function openSentry(dsn: string, environment: string, deadlineMs = DEADLINE_MS): Sentry {
  const target = targetOf(dsn)
  const queue: SentryEvent[] = []
  let sent = 0
  let dropped = 0
  let pausedUntilMs = 0
  let sending: Promise<void> | null = null

  const sendAll = async () => {
    for (let event = queue.shift(); event; event = queue.shift()) {
      if (performance.now() < pausedUntilMs) {
        dropped++
        continue
      }
      try {
        const response = await fetch(target.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/x-sentry-envelope',
            'x-sentry-auth': target.auth,
            ...traceHeaders(event.requestId),
          },
          body: envelope(event, environment),
          redirect: 'manual',
          signal: AbortSignal.timeout(deadlineMs),
        })
        await response.body?.cancel()
        pausedUntilMs = performance.now() + 1_000 * limitedS(response)
        if (response.ok) sent++
        else dropped++
      } catch (error) {
        // Not retried: the database has it, and a tracker that is down must not be remembered with memory.
        dropped++
        log('warn', 'sentry_unreachable', { error: String(error) })
      }
    }
    sending = null
  }
  return {
    report(event) {
      if (queue.length >= QUEUED_MAX || performance.now() < pausedUntilMs) {
        dropped++
        return
      }
      queue.push(event)
      sending ??= Promise.resolve().then(sendAll)
    },
    figures: () => ({ sent, dropped, queued: queue.length }),
    idle: async () => {
      while (sending) await sending
    },
  }
}

/** `https://key@host/path/project` → the project's envelope address. Throws what the settings have refused before. */
function targetOf(dsn: string): { url: string; auth: string } {
  const { protocol, host, username, pathname } = new URL(dsn)
  const parts = pathname.split('/').filter(Boolean)
  const project = parts.pop() ?? ''
  const folder = parts.map((part) => `/${part}`).join('')
  return {
    url: `${protocol}//${host}${folder}/api/${project}/envelope/`,
    auth: `Sentry sentry_version=7, sentry_client=${CLIENT}, sentry_key=${username}`,
  }
}

/** https://develop.sentry.dev/sdk/data-model/envelopes/ */
function envelope(event: SentryEvent, environment: string): string {
  const eventId = event.id.replaceAll('-', '')
  const body = JSON.stringify({
    event_id: eventId,
    timestamp: new Date().toISOString(),
    platform: event.platform,
    level: 'error',
    logger: event.source,
    release: event.release,
    environment,
    fingerprint: [event.fingerprint],
    exception: { values: [{ type: event.name, value: event.message }] },
    tags: { source: event.source, request_id: event.requestId, tenant_id: event.tenantId },
    extra: { ...event.context, stack: event.stack },
  })
  const header = JSON.stringify({ event_id: eventId, sent_at: new Date().toISOString() })
  const item = JSON.stringify({ type: 'event', length: new TextEncoder().encode(body).length })
  return `${header}\n${item}\n${body}\n`
}

/** How long it asks to be left alone: https://develop.sentry.dev/sdk/expected-features/rate-limiting/ */
function limitedS(response: Response): number {
  const limits = (response.headers.get('x-sentry-rate-limits') ?? '').split(',').flatMap((limit) => {
    const [seconds, categories = ''] = limit.trim().split(':')
    const isOurs = categories === '' || categories.split(';').includes('error')
    return isOurs && Number(seconds) > 0 ? [Number(seconds)] : []
  })
  if (limits.length > 0) return Math.min(LIMITED_S_MAX, Math.max(...limits))
  if (response.status !== 429) return 0
  const after = response.headers.get('retry-after') ?? ''
  const seconds = /^\d+$/.test(after) ? Number(after) : (Date.parse(after) - Date.now()) / 1_000
  return Math.min(LIMITED_S_MAX, Number.isFinite(seconds) && seconds > 0 ? seconds : LIMITED_S_DEFAULT)
}

// The figures of this process in the text format of Prometheus, for whoever has the token.
import { createHash, timingSafeEqual } from 'node:crypto'
import { sentryFigures } from './clients/sentry.ts'
import { config } from './config.ts'
import { cacheFigures } from './counted-cache.ts'
import { droppedErrors } from './errors.ts'
import { processFigures } from './process-figures.ts'
import { BUCKETS_S, droppedRequests, requestCounts } from './request-log.ts'

/** False without the setting: then there is nothing to read. */
export function mayReadMetrics(authorization: string | null): boolean {
  const token = config().METRICS_TOKEN
  const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
  return token !== undefined && given !== undefined && timingSafeEqual(digest(token), digest(given))
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function metricsText(): string {
  const memory = process.memoryUsage()
  const sentry = sentryFigures()
  const { lagMsP50, lagMsP99 } = processFigures()
  return [
    ...metric('openhouse_build_info', 'gauge', 'What runs here.', [[{ release: config().RELEASE }, 1]]),
    ...metric('process_resident_memory_bytes', 'gauge', 'Memory of the process.', [[{}, memory.rss]]),
    ...metric('process_uptime_seconds', 'gauge', 'Since the process started.', [[{}, process.uptime()]]),
    ...metric(
      'openhouse_event_loop_lag_seconds',
      'gauge',
      'How late the event loop is, of the minute that runs.',
      [
        [{ quantile: '0.5' }, lagMsP50 / 1_000],
        [{ quantile: '0.99' }, lagMsP99 / 1_000],
      ],
    ),
    ...cacheMetrics(),
    ...requestMetrics(),
    ...metric('openhouse_request_rows_dropped_total', 'counter', 'Requests that were not written down.', [
      [{}, droppedRequests()],
    ]),
    ...metric('openhouse_errors_dropped_total', 'counter', 'Errors that were not written down.', [
      [{}, droppedErrors()],
    ]),
    ...metric('openhouse_sentry_events_total', 'counter', 'Events for the error tracker.', [
      [{ outcome: 'sent' }, sentry.sent],
      [{ outcome: 'dropped' }, sentry.dropped],
    ]),
    '',
  ].join('\n')
}

/** Bytes of the caches that count them; entries of all. */
function cacheMetrics(): string[] {
  const caches = cacheFigures()
  return [
    ...metric(
      'openhouse_cache_bytes',
      'gauge',
      'What caches with a limit in bytes hold.',
      caches.flatMap(({ name, bytes }): Sample[] => (bytes === null ? [] : [[{ cache: name }, bytes]])),
    ),
    ...metric(
      'openhouse_cache_entries',
      'gauge',
      'What caches hold.',
      caches.map(({ name, entries }): Sample => [{ cache: name }, entries]),
    ),
  ]
}

function requestMetrics(): string[] {
  const name = 'openhouse_http_request_duration_seconds'
  const lines = [`# HELP ${name} How long requests took.`, `# TYPE ${name} histogram`]
  const totals: Sample[] = []
  for (const { method, route, count, sumS, buckets, statuses } of requestCounts()) {
    const of = { method, route }
    for (const [i, bound] of BUCKETS_S.entries())
      lines.push(sample(`${name}_bucket`, { ...of, le: String(bound) }, buckets[i] ?? 0))
    lines.push(sample(`${name}_bucket`, { ...of, le: '+Inf' }, count))
    lines.push(sample(`${name}_sum`, of, sumS), sample(`${name}_count`, of, count))
    for (const [status, times] of Object.entries(statuses)) totals.push([{ ...of, status }, times])
  }
  return [...lines, ...metric('openhouse_http_requests_total', 'counter', 'Answered requests.', totals)]
}

type Sample = [Record<string, string>, number]

const metric = (name: string, type: string, help: string, samples: Sample[]) => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
  ...samples.map(([labels, value]) => sample(name, labels, value)),
]

function sample(name: string, labels: Record<string, string>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`
}

const escaped = (text: string) => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')

const digest = (text: string) => createHash('sha256').update(text).digest()

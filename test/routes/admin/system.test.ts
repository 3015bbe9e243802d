// The system page: real figures of this process, its statements and caches, and the charts of the minutes it noted.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { within } from '#db/scope.ts'
import { forgetStatementTimes, slowestStatements } from '#db/statement-times.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { cacheFigures, countedCache } from '#src/counted-cache.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { sseResponse } from '#src/http/sse.ts'
import { takeLoadSample } from '#src/load-samples.ts'
import { streamCount } from '#src/traffic.ts'
import { withCookies } from '../../support/app.ts'
import { type OperatedApp, startOperatedApp } from '../../support/operated-app.ts'

setDefaultTimeout(60_000)

let started: OperatedApp
let app: OperatedApp['app']
let look: OperatedApp['look']
let operator: string

beforeAll(async () => {
  started = await startOperatedApp()
  ;({ app, look, operator } = started)
})
beforeEach(() => forgetLimits())
afterAll(() => started.stop())

/** What the page lacks of what it should hold; a failure that prints the page helps nobody. */
const missing = (html: string, ...parts: string[]) => parts.filter((part) => !html.includes(part))
const page = async (path: string, headers: Record<string, string> = {}) =>
  (await app.call(path, withCookies(operator, { headers }))).text()

test('every part is there with figures, and only what listens is not measured here', async () => {
  const html = await page('/admin/system')
  const parts = [
    ...['Event loop p99', 'Processor', 'Memory', 'Event streams', 'Open sockets', 'Disk free'],
    ...['Pool of this process', 'Waiting for a connection', 'Blocks found in memory', 'Connections allowed'],
    ...['Hit rate', 'Search indexes', 'Sessions', 'Oldest due job waits', 'Tokens in', 'Cost'],
    ...['Error tracker: dropped', 'Statements of this process that took the longest'],
  ]
  expect(missing(html, ...parts)).toEqual([])
  // The test's application does not listen, so it has no requests in flight to count.
  expect(html.match(/Not measured/g)).toHaveLength(1)
  expect(/>(?:undefined|NaN|null)</.exec(html)?.[0]).toBeUndefined()
})

test('a slow statement is among the slowest, without the values it was given', async () => {
  forgetStatementTimes()
  const [tenant] = await look`select id from tenants limit 1`
  await within(systemScope(tenant?.id, 'test'), (db) =>
    db.execute(sql`select pg_sleep(0.4), ${'a secret of somebody'}::text as planted`),
  )
  const slowest = slowestStatements().find(({ text }) => text.includes('pg_sleep'))
  expect(slowest?.worstMs).toBeGreaterThan(390)
  const html = await page('/admin/system')
  expect(missing(html, 'pg_sleep(0.4)', 'a secret of somebody')).toEqual(['a secret of somebody'])
})

test('a statement that runs now is shown with what it waits for', async () => {
  const other = postgres(app.database.url, { max: 1, onnotice: () => {} })
  const running = other`select pg_sleep(15) as "planted statement"`.catch(() => {})
  try {
    let html = ''
    for (const until = performance.now() + 10_000; performance.now() < until; ) {
      html = await page('/admin/system')
      forgetLimits()
      if (html.includes('planted statement')) break
    }
    expect(missing(html, 'planted statement', 'Timeout: PgSleep')).toEqual([])
  } finally {
    await look`select pg_terminate_backend(pid) from pg_stat_activity where query like '%planted statement%' and pid <> pg_backend_pid()`
    await running
    await other.end({ timeout: 1 })
  }
})

test('a stream is counted while it is open', async () => {
  const before = streamCount()
  const shutdown = new AbortController()
  const response = sseResponse(
    new Request('http://localhost/'),
    null,
    (_send, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
    { shutdown: shutdown.signal, onError: () => {} },
  )
  expect(streamCount()).toBe(before + 1)
  shutdown.abort()
  await response.text()
  expect(streamCount()).toBe(before)
})

test('a cache says how often it helped', () => {
  const cache = countedCache<string, { n: number }>('of a test', { max: 2 })
  cache.set('a', { n: 1 })
  cache.get('a')
  cache.get('a')
  cache.get('b')
  expect(cacheFigures().find(({ name }) => name === 'of a test')).toEqual({
    ...{ name: 'of a test', hits: 2, misses: 1, entries: 1, bytes: null },
  })
})

test('the minutes of the processes are charts, with a mark where another release began', async () => {
  await takeLoadSample()
  const [own] = await look`delete from load_samples returning release, rss_megabytes, requests`
  expect(own?.release).toBe('unreleased')
  expect(own?.rss_megabytes).toBeGreaterThan(20)
  await look`insert into load_samples (id, process, release, cpu_percent, rss_megabytes, lag_ms, in_flight, streams, requests, failures, queue_depth, queue_age_ms, created_at)
    select gen_random_uuid(), 'other', case when n > 20 then 'v1' else 'v2' end, 10, 100, 3, 0, 0, 50 + n, 1, 0, 0, now() - n * interval '1 minute' from generate_series(5, 50) n`
  const hour = await page('/admin/system')
  expect(missing(hour, 'New releases: v2 at ', 'At most 100 at a time, at most 1 failed.')).toEqual([])
  const day = await page('/admin/system/charts?span=24h')
  expect(day).toStartWith('<section id="load-charts"')
  expect(day.match(/chart-mark/g)?.length).toBeGreaterThan(0)
  const part = await page('/admin/system', { 'hx-request-type': 'partial' })
  expect(part).toStartWith('<div class="stack" id="system-load"')
  expect(part).toContain('data-live-ms="5000"')
})

test('a part that breaks leaves the others', async () => {
  await look`alter table rag_log rename to hidden_for_a_test`
  const html = await page('/admin/system')
  await look`alter table hidden_for_a_test rename to rag_log`
  expect(missing(html, 'Language model cannot be shown', 'Event loop p99')).toEqual([])
})

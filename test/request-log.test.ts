// Requests on record: who asked what, how long it took, and that nobody waits for the record.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { forgetLimits } from '#src/http/limits.ts'
import { droppedRequests, flushRequests, noteRequest } from '#src/request-log.ts'
import { eventually } from './jobs/drills.ts'
import { bearer, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'
import { prepareTestProcess } from './support/process.ts'
import { processorMsOf } from './support/processor-time.ts'

setDefaultTimeout(60_000)

let app: TestApp
let look: postgres.Sql

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
})
beforeEach(() => forgetLimits())
afterAll(async () => {
  await flushRequests()
  await look.end()
  await app.stop()
})

const rowOf = async (response: Response) => {
  const id = response.headers.get('x-request-id')
  let row: postgres.Row | undefined
  await eventually('the request is on record', async () => {
    await flushRequests()
    ;[row] =
      await look`select tenant_id, route, method, status, duration_ms, actor_type from request_log where request_id = ${id}`
    return row !== undefined
  })
  return row
}
const call = (path: string, init?: RequestInit) => app.call(path, init)

test('a request is on record with its pattern, status, time, caller and tenant', async () => {
  const key = app.demo.api_keys[0]!
  const unit = app.demo.homes.find(({ tenant }) => tenant === key.tenant)!.unit_id
  const [tenant] = await look`select id from tenants where slug = ${key.tenant}`
  const ok = await rowOf(await call(`/api/v1/units/${unit}`, bearer(key.key)))
  expect(ok).toMatchObject({
    tenant_id: tenant?.id,
    route: '/api/v1/units/:id',
    method: 'GET',
    status: 200,
    actor_type: 'api_client',
  })
  expect(ok?.duration_ms).toBeGreaterThan(0)
  const missing = await rowOf(await call(`/api/v1/units/${Bun.randomUUIDv7()}`, bearer(key.key)))
  expect(missing).toMatchObject({ route: '/api/v1/units/:id', status: 404 })
  expect(await rowOf(await call('/developer'))).toMatchObject({
    status: 303,
    actor_type: 'nobody',
    tenant_id: null,
  })
})

test('a request keeps the trace it came with, and says how long it took', async () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  const response = await call('/developer/sign-in', { headers: { traceparent } })
  expect(response.headers.get('x-request-id')).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
  expect(response.headers.get('server-timing')).toMatch(/^total;dur=\d+\.\d$/)
  expect(await rowOf(response)).toMatchObject({ route: '/developer/sign-in', status: 200 })
})

test('the operator sees rate, failures and percentiles by route', async () => {
  await look`insert into request_log (id, request_id, route, method, status, duration_ms, actor_type)
    select gen_random_uuid(), 'slow-' || n, '/invented', 'GET', case when n > 98 then 500 else 200 end, n, 'nobody'
    from generate_series(1, 100) n`
  const cookie = await signIn(app, app.demo.super_admin, '/admin')
  const html = await (await call('/admin/latency?span=15m', withCookies(cookie))).text()
  const cells = html
    .slice(html.indexOf('/invented'))
    .split('</tr>')[0]
    ?.replace(/<[^>]*>/g, ' ')
    .split(/\s+/)
  expect(cells?.join(' ')).toContain('100 0 2 50.5 ms 95.1 ms 99 ms slow-100')
})

test('the operator sees how the system is doing, and the page asks for that part alone', async () => {
  const cookie = await signIn(app, app.demo.super_admin, '/admin')
  const html = await (await call('/admin/system', withCookies(cookie))).text()
  for (const part of [
    'Event loop p99',
    'Oldest due job waits',
    'Pool of this process',
    'data-live-ms="5000"',
  ])
    expect(html).toContain(part)
  const part = await call('/admin/system', withCookies(cookie, { headers: { 'hx-request-type': 'partial' } }))
  expect(await part.text()).toMatch(/^<div class="stack" id="system-load"/)
})

test('figures are for whoever has the token, and there are none without the setting', async () => {
  const token = 'a-metrics-token-of-thirty-two-chars-or-more'
  expect((await call('/metrics', bearer(token))).status).toBe(404)
  prepareTestProcess({ METRICS_TOKEN: token, RELEASE: 'r"7' })
  try {
    expect((await call('/metrics')).status).toBe(404)
    expect((await call('/metrics', bearer(`${token}x`))).status).toBe(404)
    await call('/developer/sign-in')
    const response = await call('/metrics', bearer(token))
    expect(response.headers.get('content-type')).toContain('text/plain')
    const text = await response.text()
    expect(text).toContain('openhouse_build_info{release="r\\"7"} 1')
    expect(text).toMatch(/duration_seconds_bucket\{method="GET",route="\/developer\/sign-in",le="\+Inf"\} \d/)
    expect(text).toMatch(/openhouse_cache_bytes\{cache="search indexes"\} \d/)
    expect(text).toMatch(/openhouse_cache_entries\{cache="sessions"\} \d/)
    expect(text).toMatch(/openhouse_event_loop_lag_seconds\{quantile="0.99"\} [\d.]+/)
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) .+|[a-z_]+(\{.*\})? [\d.e+-]+)$/)
  } finally {
    prepareTestProcess({})
    prepareTestProcess({ RELEASE: 'unreleased' })
  }
})

test('a database that is away loses rows, counted, and holds up nobody', async () => {
  await flushRequests()
  await look`alter table request_log rename to hidden_for_a_test`
  const before = droppedRequests()
  const request = {
    requestId: 'r',
    route: '/x',
    method: 'GET',
    status: 200,
    durationMs: 1,
    actorType: 'nobody',
  }
  const costMs = await processorMsOf(() => {
    for (let i = 0; i < 6_000; i++) noteRequest({ ...request, tenantId: null })
  })
  expect(costMs).toBeLessThan(250)
  expect(droppedRequests() - before).toBeGreaterThanOrEqual(1_000)
  await flushRequests()
  await look`alter table hidden_for_a_test rename to request_log`
  expect(droppedRequests() - before).toBeGreaterThanOrEqual(6_000)
})

// Jobs through the API: listed and filtered, run again, stopped, one and many, followed as a stream.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { scopeOfJob } from '#src/access/job-scope.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { bearer } from '../../support/app.ts'
import {
  type ApiTest,
  expectError,
  expectItem,
  expectPaged,
  expectStrangersRefused,
  jsonBody,
  openApi,
} from './client.ts'

const NOBODYS = '0190aaaa-0000-7000-8000-000000000000'
const BULK_MAX = 1_000

let api: ApiTest
let tenants: { mine: string; theirs: string }
beforeAll(async () => {
  api = await openApi()
  const idOf = async (slug: string) => (await api.look`select id from tenants where slug = ${slug}`)[0]?.id
  tenants = { mine: await idOf(api.mine.tenant), theirs: await idOf(api.theirs.tenant) }
})
afterAll(() => api.stop())
beforeEach(async () => {
  forgetLimits()
  await api.look`truncate job_status, job_attempts`
})

const geocoding = (whose: 'mine' | 'theirs' = 'mine', dedupeKey?: string): Promise<string> =>
  within(scopeOfJob({ tenantId: tenants[whose], kind: 'test', requestId: 'test' }), (db) =>
    enqueue(
      db,
      'geocode-unit',
      { tenantId: tenants[whose], unitId: api[whose].unit_id },
      dedupeKey ? { dedupeKey } : {},
    ),
  )
const refreshing = (): Promise<string> =>
  within(scopeOfJob({ tenantId: tenants.mine, kind: 'test', requestId: 'test' }), (db) =>
    enqueue(db, 'refresh-places', {
      tenantId: tenants.mine,
      developmentId: api.mine.development_id,
      isAsked: false,
    }),
  )
const becomes = (id: string, state: string) =>
  api.look`update job_status set state = ${state}, error_code = 'unexpected', attempt = 2,
    finalized_at = ${['completed', 'cancelled', 'discarded'].includes(state) ? new Date() : null},
    lease_owner = ${state === 'running' ? '1.0.1.1' : null} where id = ${id}`
const act = (path: string, body: unknown = {}, key?: string) => api.post(`jobs/${path}`, jsonBody(body), key)
const idsOf = async (query: string) =>
  (await api.get(`jobs?${query}`)).body.data.map(({ id }: { id: string }) => id)

test('strangers are refused, and reading is not writing', async () => {
  const id = await geocoding()
  await expectStrangersRefused(api, 'jobs')
  await expectStrangersRefused(api, `jobs/${id}/events`)
  await expectStrangersRefused(api, `jobs/${id}/retry`, { method: 'POST' })
  await expectStrangersRefused(api, 'jobs/cancel', { method: 'POST', ...jsonBody({ ids: [id] }) })
  const reader = await api.keyWith(['jobs:read'])
  expect((await api.get('jobs', reader)).status).toBe(200)
  for (const path of [`${id}/retry`, `${id}/cancel`, 'retry', 'cancel'])
    expectError(await act(path, { ids: [id] }, reader), 403, 'scope_missing')
})

test('pages fit together; one job says what it is about and each of its attempts, without what is inside', async () => {
  const first = await geocoding()
  for (let count = 0; count < 4; count++) await geocoding()
  const theirs = await geocoding('theirs')
  await expectPaged(api, 'jobs', 'units')
  await expectItem(api, 'jobs', first, theirs)
  await api.look`insert into job_attempts (id, tenant_id, job_id, attempt, worker, outcome, error_code, error_detail, finished_at)
    values (${Bun.randomUUIDv7()}, ${tenants.mine}, ${first}, 1, '7.0.1.1', 'failed', 'geocode_limited', 'secret stack', now())`
  const { body } = await api.get(`jobs/${first}`)
  expect(body).toMatchObject({
    unit_id: api.mine.unit_id,
    development_id: api.mine.development_id,
    document_id: null,
  })
  expect(body.attempts).toEqual([
    {
      attempt: 1,
      outcome: 'failed',
      error_code: 'geocode_limited',
      started_at: expect.any(String),
      finished_at: expect.any(String),
    },
  ])
  expect(JSON.stringify(body)).not.toMatch(/secret|7\.0\.1/)
})

test('lists are filtered by state, kind, subject and time; a foreign subject is an empty list', async () => {
  const home = await geocoding()
  const places = await refreshing()
  await becomes(home, 'discarded')
  expect(await idsOf('')).toEqual([places, home])
  expect(await idsOf('state=discarded')).toEqual([home])
  expect(await idsOf('kind=refresh-places')).toEqual([places])
  expect(await idsOf(`unit_id=${api.mine.unit_id}`)).toEqual([home])
  expect(await idsOf(`development_id=${api.mine.development_id}`)).toEqual([places, home])
  expect(await idsOf(`development_id=${api.theirs.development_id}`)).toEqual([])
  expect(await idsOf(`document_id=${NOBODYS}`)).toEqual([])
  expect(await idsOf(`since=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([])
  expect(await idsOf('since=2020-01-01T00:00:00Z')).toHaveLength(2)
  for (const bad of ['state=gone', 'since=yesterday', 'unit_id=7', 'kind='])
    expectError(await api.get(`jobs?${bad}`), 422, 'invalid')
})

test('a dead job runs again with a fresh budget; one that is done, or another tenant’s, does not', async () => {
  const id = await geocoding()
  expectError(await act(`${id}/retry`), 409, 'job_not_retryable')
  await becomes(id, 'discarded')
  expect(await act(`${id}/retry`)).toMatchObject({
    status: 200,
    body: { id, state: 'available', attempt: 2, max_attempts: 12, error_code: null, finalized_at: null },
  })
  await becomes(id, 'completed')
  expectError(await act(`${id}/retry`), 409, 'job_not_retryable')
  for (const foreign of [await geocoding('theirs'), NOBODYS])
    expectError(await act(`${foreign}/retry`), 404, 'not_found')
})

test('a waiting job is cancelled at once, a running one is asked to stop, one that is over stays', async () => {
  const waiting = await geocoding()
  expect(await act(`${waiting}/cancel`)).toMatchObject({
    status: 200,
    body: { state: 'cancelled', error_code: 'cancelled_on_request' },
  })
  expectError(await act(`${waiting}/cancel`), 409, 'job_is_over')
  const running = await geocoding()
  await becomes(running, 'running')
  const asked = (await act(`${running}/cancel`)).body
  expect(asked).toMatchObject({ state: 'running', cancel_requested_at: expect.any(String) })
  expect((await act(`${running}/cancel`)).body).toEqual(asked)
  expectError(await act(`${await geocoding('theirs')}/cancel`), 404, 'not_found')
})

test('many at once get a result each, and a retried key is never alive twice', async () => {
  const twin = await geocoding('mine', 'home')
  await becomes(twin, 'discarded')
  const dead = await geocoding('mine', 'home')
  await becomes(dead, 'discarded')
  const waiting = await geocoding()
  const theirs = await geocoding('theirs')
  expect((await act('retry', { ids: [twin, dead, waiting, theirs, NOBODYS, dead] })).body).toEqual({
    data: [
      { id: twin, outcome: 'job_already_queued' },
      { id: dead, outcome: 'retried' },
      { id: waiting, outcome: 'job_not_retryable' },
      { id: theirs, outcome: 'not_found' },
      { id: NOBODYS, outcome: 'not_found' },
    ],
    has_more: false,
  })
  await becomes(waiting, 'running')
  expect((await act('cancel', { ids: [dead, waiting, twin, theirs] })).body.data).toEqual([
    { id: dead, outcome: 'cancelled' },
    { id: waiting, outcome: 'cancelling' },
    { id: twin, outcome: 'job_is_over' },
    { id: theirs, outcome: 'not_found' },
  ])
  expect((await api.look`select state from job_status where id = ${theirs}`)[0]?.state).toBe('available')
})

test('by filter a call takes a thousand and says that there are more', async () => {
  await api.look`insert into job_status (id, tenant_id, kind, payload, max_attempts, timeout_ms, state, finalized_at)
    select gen_random_uuid(), ${tenants.mine}, 'geocode-unit', '{}', 10, 1000, 'discarded', now() from generate_series(1, ${BULK_MAX + 5}::int)`
  const kept = await geocoding('theirs')
  await becomes(kept, 'discarded')
  const first = (await act('retry', { filter: { state: 'discarded', kind: 'geocode-unit' } })).body
  expect([first.data.length, first.has_more]).toEqual([BULK_MAX, true])
  const second = (await act('retry', { filter: { state: 'discarded' } })).body
  expect([second.data.length, second.has_more]).toEqual([5, false])
  const all = (await act('cancel', { filter: {} })).body
  expect([all.data.length, all.has_more]).toEqual([BULK_MAX, true])
  expect((await api.look`select state from job_status where id = ${kept}`)[0]?.state).toBe('discarded')
  const ids = Array.from({ length: BULK_MAX + 1 }, () => Bun.randomUUIDv7())
  for (const bad of [
    { ids },
    { ids: [] },
    { ids: ['1'] },
    {},
    { ids: [kept], filter: {} },
    { filter: { nonsense: 1 } },
    null,
    [],
  ])
    expectError(await act('retry', bad), 422, 'invalid')
})

test('a stream tells each change of the job and ends when it is over', async () => {
  const id = await geocoding()
  const response = await api.app.call(`/api/v1/jobs/${id}/events`, bearer(api.keys.mine))
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const seen: { event: string; data: string }[] = []
  let text = ''
  for await (const bytes of response.body as ReadableStream<Uint8Array>) {
    text += new TextDecoder().decode(bytes)
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const match = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end))
      text = text.slice(end + 2)
      if (match) seen.push({ event: match[1] ?? '', data: match[2] ?? '' })
      if (match && seen.length === 1) await becomes(id, 'running')
      if (match && seen.length === 2) await becomes(id, 'discarded')
    }
  }
  expect(seen.map(({ event }) => event)).toEqual(['job', 'job', 'job', 'done'])
  const states = seen.slice(0, 3).map(({ data }) => JSON.parse(data).state)
  expect(states).toEqual(['available', 'running', 'discarded'])
  for (const missing of [NOBODYS, await geocoding('theirs')])
    expectError(await api.get(`jobs/${missing}/events`), 404, 'not_found')
})

test('a key may have fifty streams open, and a closed one makes room', async () => {
  const id = await geocoding()
  const open = () => api.app.call(`/api/v1/jobs/${id}/events`, bearer(api.keys.mine))
  const streams = await Promise.all(Array.from({ length: 50 }, open))
  expect((await open()).status).toBe(429)
  await streams[0]?.body?.cancel()
  await becomes(id, 'discarded')
  for (const { body } of streams.slice(1)) for await (const _ of body as ReadableStream);
  expect((await open()).status).toBe(200)
})

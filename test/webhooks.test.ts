// Webhooks: made through the API, delivered signed by jobs, tried again, switched off, and never into our own network.
import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Scope, within } from '#db/scope.ts'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { postWebhook, WebhookFailure } from '#src/clients/webhook.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { announce, WEBHOOKS_MAX } from '#src/webhooks.ts'
import { eventually } from './jobs/drills.ts'
import {
  type ApiTest,
  expectError,
  expectItem,
  expectStrangersRefused,
  jsonBody,
  openApi,
} from './routes/api/client.ts'
import { claim } from './support/app.ts'
import { prepareTestProcess, TEST_SECRET } from './support/process.ts'

setDefaultTimeout(60_000)

type Received = { headers: Headers; body: string }
type Behaviour = (request: Request) => Response | Promise<Response>

let api: ApiTest
let scope: Scope
let jobs: Jobs
let received: Received[] = []
let next: Behaviour[] = []
const peer = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  idleTimeout: 60,
  fetch: async (request) => {
    received.push({ headers: request.headers, body: await request.text() })
    return (next.shift() ?? (() => new Response('ok')))(request)
  },
})
const url = `http://127.0.0.1:${peer.port}/hook?a=1`

beforeAll(async () => {
  api = await openApi()
  const [row] = await api.look`select tenant_id from units where id = ${api.mine.unit_id}`
  scope = systemScope(row?.tenant_id, 'test')
  // The threads read the secrets from the environment, as they do in production.
  process.env.ENCRYPTION_KEY = TEST_SECRET
  const config = prepareTestProcess({
    ...{ WEBHOOKS_ALLOW_PRIVATE: '1', DATABASE_URL: api.app.database.url },
    ...{ JOB_BACKOFF_BASE_MS: '15', JOB_THREADS: '1' },
  })
  jobs = await startJobs(config, { cronTasks: [] })
})
afterAll(async () => {
  delete process.env.ENCRYPTION_KEY
  await jobs.stop(2_000)
  prepareTestProcess({ JOB_THREADS: '2' })
  await peer.stop(true)
  await api.stop()
})
beforeEach(async () => {
  forgetLimits()
  received = []
  next = []
  await api.look`truncate webhooks, webhook_deliveries, job_status, job_attempts`
})

const create = async (body: unknown = { url, events: ['document.ready'] }, key?: string) =>
  api.post('webhooks', jsonBody(body), key)
const settled = () =>
  eventually('every job is final', async () => {
    const rows = await api.look`select 1 from job_status where finalized_at is null`
    return rows.length === 0
  })
const happen = async (
  name: Parameters<typeof announce>[2] = 'document.ready',
  data = { document_id: 'd' },
) => {
  await within(scope, (db) => announce(db, scope, name, data))
  await settled()
}
const deliveries = async (id: string) => (await api.get(`webhooks/${id}/deliveries`)).body.data

test('an event arrives signed, once, at the webhooks that want it and nobody else’s', async () => {
  const { body: mine } = await create()
  const { body: other } = await create({ url: `${url}&other`, events: ['gap.opened'] })
  const { body: foreign } = await create(undefined, api.keys.theirs)
  await happen()
  expect(received.length).toBe(1)
  const { headers, body } = received[0] as Received
  const [, seconds, hash] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers.get('openhouse-signature') ?? '') ?? []
  const expected = createHmac('sha256', mine.secret).update(`${seconds}.${body}`).digest()
  expect(timingSafeEqual(expected, Buffer.from(hash ?? '', 'hex'))).toBe(true)
  expect(Math.abs(Number(seconds) - Date.now() / 1_000)).toBeLessThan(60)
  const [delivery, ...more] = await deliveries(mine.id)
  expect(more).toEqual([])
  expect(JSON.parse(body)).toEqual({
    ...{ id: delivery.event_id, type: 'document.ready' },
    ...{ created_at: delivery.created_at, data: { document_id: 'd' } },
  })
  expect(headers.get('openhouse-delivery')).toBe(delivery.id)
  expect(headers.get('traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  expect(delivery).toMatchObject({
    state: 'delivered',
    attempt_count: 1,
    response_status: 200,
    failure_code: null,
  })
  expect(await deliveries(other.id)).toEqual([])
  expect((await api.get(`webhooks/${foreign.id}/deliveries`, api.keys.theirs)).body.data).toEqual([])
})

test('an event of a transaction that is undone is never delivered', async () => {
  await create()
  await within(scope, async (db) => {
    await announce(db, scope, 'document.ready', { document_id: 'd' })
    throw new Error('undo')
  }).catch(() => {})
  expect((await api.look`select 1 from job_status`).length).toBe(0)
})

test('a first claim and a gap are told, in the transaction of the thing', async () => {
  const { body: webhook } = await create({ url, events: ['unit.claimed', 'gap.opened'] })
  const home = api.app.demo.homes.find(
    ({ unit_id }) => unit_id !== api.mine.unit_id && unit_id !== api.theirs.unit_id,
  )!
  await api.look`update units set claimed_at = null where id = ${home.unit_id}`
  await claim(api.app, home)
  await claim(api.app, home)
  await api.post(
    'questions',
    jsonBody({ unit_id: home.unit_id, question: 'Which paint was used in the wine cellar?' }),
  )
  await settled()
  const told = (await deliveries(webhook.id)).map((each: { event: string; data: object }) => [
    each.event,
    Object.keys(each.data),
  ])
  expect(told.sort()).toEqual([
    ['gap.opened', ['gap_id', 'unit_id', 'development_id']],
    ['unit.claimed', ['unit_id', 'development_id']],
  ])
})

test('what is refused is tried again until it is taken, with the same event', async () => {
  const { body: webhook } = await create()
  next = [
    () => new Response('no', { status: 500 }),
    () => new Response(null, { status: 429, headers: { 'retry-after': '0' } }),
  ]
  await happen()
  expect(received.length).toBe(3)
  expect(new Set(received.map(({ body }) => body)).size).toBe(1)
  expect((await deliveries(webhook.id))[0]).toMatchObject({ state: 'delivered', attempt_count: 3 })
})

test('redirects are not followed', async () => {
  const { body: webhook } = await create()
  next = Array.from({ length: 10 }, () => () => Response.redirect(`${url}&redirected`, 302))
  await happen()
  expect(received.length).toBe(10)
  expect((await deliveries(webhook.id))[0]).toMatchObject({
    ...{ state: 'failed', response_status: 302, failure_code: 'webhook_redirected', attempt_count: 10 },
  })
})

test('after ten deliveries given up it is switched off, waits cost nothing, and it can be switched on again', async () => {
  const { body: webhook } = await create()
  await api.look`update webhooks set failure_count = 8`
  next = Array.from({ length: 20 }, () => () => new Response(null, { status: 503 }))
  await happen()
  expect((await api.get(`webhooks/${webhook.id}`)).body).toMatchObject({
    failure_count: 9,
    disabled_at: null,
  })
  await happen()
  const off = (await api.get(`webhooks/${webhook.id}`)).body
  expect(off.failure_count).toBe(10)
  expect(off.disabled_at).not.toBe(null)
  received = []
  await happen()
  expect(received).toEqual([])
  const [given] = await deliveries(webhook.id)
  const replay = `webhooks/${webhook.id}/deliveries/${given.id}/replay`
  expectError(await api.post(replay, {}), 409, 'webhook_disabled')
  expect((await api.post(`webhooks/${webhook.id}/enablement`, {})).body).toMatchObject({
    failure_count: 0,
    disabled_at: null,
  })
  const replayed = await api.post(replay, {})
  expect(replayed.status).toBe(202)
  await settled()
  expect(received.length).toBe(1)
  const [newest] = await deliveries(webhook.id)
  expect(newest).toMatchObject({ id: replayed.body.id, event_id: given.event_id, state: 'delivered' })
})

test('a success sets the count of failures back, and 410 switches off at once', async () => {
  const { body: webhook } = await create()
  await api.look`update webhooks set failure_count = 9`
  await happen()
  expect((await api.get(`webhooks/${webhook.id}`)).body.failure_count).toBe(0)
  next = [() => new Response(null, { status: 410 })]
  await happen()
  expect((await api.get(`webhooks/${webhook.id}`)).body.disabled_at).not.toBe(null)
  expect((await deliveries(webhook.id))[0]).toMatchObject({ state: 'failed', response_status: 410 })
})

test('a webhook that is deleted while a delivery waits ends it', async () => {
  const { body: webhook } = await create()
  await jobs.stop(2_000)
  await within(scope, (db) => announce(db, scope, 'document.ready', { document_id: 'd' }))
  expect(
    (
      await api.call(`webhooks/${webhook.id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${api.keys.mine}` },
      })
    ).body,
  ).toEqual({ id: webhook.id, deleted: true })
  jobs = await startJobs(
    prepareTestProcess({
      ...{ WEBHOOKS_ALLOW_PRIVATE: '1', DATABASE_URL: api.app.database.url },
      ...{ JOB_BACKOFF_BASE_MS: '15', JOB_THREADS: '1' },
    }),
    { cronTasks: [] },
  )
  await settled()
  expect([...(await api.look`select state, error_code from job_status`)]).toEqual([
    { state: 'cancelled', error_code: 'deleted' },
  ])
  expect(received).toEqual([])
})

describe('the API', () => {
  test('strangers are refused, keys need the scope, foreign webhooks do not exist', async () => {
    const { body: mine } = await create()
    const { body: theirs } = await create(undefined, api.keys.theirs)
    await expectStrangersRefused(api, 'webhooks')
    await expectItem(api, 'webhooks', mine.id, theirs.id)
    const reader = await api.keyWith(['webhooks:read'])
    expectError(await create(undefined, reader), 403, 'scope_missing')
    expect((await api.get('webhooks', reader)).body.data.map(({ id }: { id: string }) => id)).toEqual([
      mine.id,
    ])
    expect((await api.get(`webhooks/${mine.id}`)).body.secret).toBe(undefined)
    for (const path of [`webhooks/${theirs.id}/deliveries`, `webhooks/${crypto.randomUUID()}/deliveries`])
      expectError(await api.get(path), 404, 'not_found')
    expectError(await api.post(`webhooks/${theirs.id}/enablement`, {}), 404, 'not_found')
    expectError(await api.post(`webhooks/${mine.id}/deliveries/${mine.id}/replay`, {}), 404, 'not_found')
  })

  test.each([
    [{ url, events: [] }],
    [{ url, events: ['everything'] }],
    [{ url: 'nonsense', events: ['gap.opened'] }],
    [{ url: 'ftp://hooks.example/x', events: ['gap.opened'] }],
    [{ url: 'https://user:secret@hooks.example/x', events: ['gap.opened'] }],
    [{ url, events: ['gap.opened'], secret: 'mine' }],
  ])('%j is refused', async (body) => expectError(await create(body), 422, 'invalid'))

  test('an address that is too long is refused', async () => {
    const long = `https://hooks.example/${'x'.repeat(2_000)}`
    expectError(await create({ url: long, events: ['gap.opened'] }), 422, 'invalid')
  })

  test('there are at most twenty', async () => {
    for (let i = 0; i < WEBHOOKS_MAX; i++) expect((await create()).status).toBe(201)
    expectError(await create(), 409, 'too_many_webhooks')
  })
})

describe('an address in our own network', () => {
  const post = (to: string) =>
    postWebhook(to, { headers: {}, body: '{}', signal: new AbortController().signal }).catch((error) => error)
  beforeEach(() => {
    prepareTestProcess({ WEBHOOKS_ALLOW_PRIVATE: '0' })
  })

  test.each([
    'http://127.0.0.1/x',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/x',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://localhost/',
    'http://metadata.internal/',
  ])('%s is refused when it is entered and when it is called', async (address) => {
    expectError(await create({ url: address, events: ['gap.opened'] }), 422, 'invalid')
    expect(((await post(address)) as WebhookFailure).code).toBe('webhook_address_private')
  })

  test('a public name that leads there is refused once it is looked up', async () => {
    // Names that every resolver has: the machine's own, which is no public address.
    const { hostname } = await import('node:os')
    const failed = (await post(`http://${hostname()}:${peer.port}/`)) as WebhookFailure
    expect(failed).toBeInstanceOf(WebhookFailure)
    expect(['webhook_address_private', 'webhook_unreachable']).toContain(failed.code)
    expect(received).toEqual([])
  })
})

test('a peer that says nothing is given up, and one that says too much is cut short', async () => {
  prepareTestProcess({ WEBHOOKS_ALLOW_PRIVATE: '1' })
  next = [() => new Promise<Response>(() => {})]
  const stop = AbortSignal.timeout(300)
  const silent = await postWebhook(url, { headers: {}, body: '{}', signal: stop }).catch((error) => error)
  expect(silent.code).toBe('webhook_unreachable')
  let sent = 0
  const endless = new ReadableStream({
    async pull(controller) {
      sent += 1
      controller.enqueue(new Uint8Array(16_384))
      await Bun.sleep(1)
    },
  })
  next = [() => new Response(endless)]
  expect(await postWebhook(url, { headers: {}, body: '{}', signal: new AbortController().signal })).toBe(200)
  expect(sent).toBeLessThan(200)
})

// The Sentry-compatible client against a sink of our own, well and with faults: nothing waits for it, drops are counted.
import { afterEach, expect, test } from 'bun:test'
import { openSentry, type SentryEvent } from '#src/clients/sentry.ts'
import { processorMsOf } from '../support/processor-time.ts'

const event = (message = 'it broke'): SentryEvent => ({
  id: Bun.randomUUIDv7(),
  source: 'http',
  platform: 'node',
  fingerprint: 'f'.repeat(32),
  name: 'TypeError',
  message,
  stack: 'TypeError: it broke\n    at here',
  release: 'r1',
  requestId: 'abc',
  tenantId: null,
  context: { route: 'GET /x' },
})

type Sink = { dsn: string; envelopes: string[]; auth: string[] }
let stop: (() => void) | null = null
afterEach(() => stop?.())

function sink(answer: (count: number) => Response | Promise<Response>): Sink {
  const seen: Sink = { dsn: '', envelopes: [], auth: [] }
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      if (new URL(request.url).pathname !== '/sub/api/42/envelope/')
        return new Response(null, { status: 404 })
      seen.envelopes.push(await request.text())
      seen.auth.push(request.headers.get('x-sentry-auth') ?? '')
      return answer(seen.envelopes.length)
    },
  })
  stop = () => void server.stop(true)
  seen.dsn = `http://publickey@127.0.0.1:${server.port}/sub/42`
  return seen
}

test('an event is an envelope: a header, an item of exactly its length, and the event', async () => {
  const seen = sink(() => Response.json({ id: '1' }))
  const sentry = openSentry(seen.dsn, 'test')
  sentry.report(event('Dún Laoghaire'))
  await sentry.idle()
  const [header, item, body] = seen.envelopes[0]!.split('\n')
  expect(JSON.parse(header!).event_id).toMatch(/^[0-9a-f]{32}$/)
  expect(JSON.parse(item!)).toEqual({ type: 'event', length: new TextEncoder().encode(body).length })
  expect(JSON.parse(body!)).toMatchObject({
    event_id: JSON.parse(header!).event_id,
    release: 'r1',
    environment: 'test',
    exception: { values: [{ type: 'TypeError', value: 'Dún Laoghaire' }] },
    tags: { request_id: 'abc' },
  })
  expect(seen.auth[0]).toContain('sentry_key=publickey')
  expect(sentry.figures()).toEqual({ sent: 1, dropped: 0, queued: 0 })
})

test.each([
  ['Retry-After', { 'retry-after': '30' }],
  ['its own header', { 'x-sentry-rate-limits': '30:error:organization' }],
])('told by %s to leave it alone, it sends nothing more and counts what it drops', async (_, headers) => {
  const seen = sink(() => new Response(null, { status: 429, headers }))
  const sentry = openSentry(seen.dsn, 'test')
  for (let i = 0; i < 5; i++) sentry.report(event())
  await sentry.idle()
  sentry.report(event())
  await sentry.idle()
  expect(seen.envelopes).toHaveLength(1)
  expect(sentry.figures()).toEqual({ sent: 0, dropped: 6, queued: 0 })
})

test('a limit for something else does not concern errors', async () => {
  const headers = { 'x-sentry-rate-limits': '30:transaction;profile:organization' }
  const seen = sink(() => new Response(null, { headers }))
  const sentry = openSentry(seen.dsn, 'test')
  for (let i = 0; i < 3; i++) sentry.report(event())
  await sentry.idle()
  expect(sentry.figures().sent).toBe(3)
})

test('a tracker that hangs costs the caller nothing, its queue stays bounded, and each try ends', async () => {
  let release = () => {}
  const held = new Promise<Response>((resolve) => {
    release = () => resolve(new Response())
  })
  const seen = sink(() => held)
  const sentry = openSentry(seen.dsn, 'test', 100)
  let figures = sentry.figures()
  const costMs = await processorMsOf(() => {
    for (let i = 0; i < 500; i++) sentry.report(event())
    figures = sentry.figures()
  })
  expect(costMs).toBeLessThan(100)
  expect(figures).toMatchObject({ queued: 100, dropped: 400 })
  release()
  await sentry.idle()
  expect(sentry.figures().queued).toBe(0)
})

test('a tracker that is down or answers nonsense loses events, and nothing else', async () => {
  const gone = openSentry('http://key@127.0.0.1:1/42', 'test')
  gone.report(event())
  await gone.idle()
  expect(gone.figures()).toEqual({ sent: 0, dropped: 1, queued: 0 })
  const seen = sink((count) => new Response('nonsense', { status: count === 1 ? 500 : 200 }))
  const sentry = openSentry(seen.dsn, 'test')
  sentry.report(event())
  sentry.report(event())
  await sentry.idle()
  expect(sentry.figures()).toMatchObject({ sent: 1, dropped: 1 })
})

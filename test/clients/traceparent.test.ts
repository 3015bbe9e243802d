// Every outbound call carries the trace of the request that it was made for.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { openAiClient } from '#src/clients/openai.ts'
import { openPeer } from '#src/clients/peer.ts'
import { openSentry } from '#src/clients/sentry.ts'
import { onBehalfOf, traceHeaders, traceparentOf } from '#src/clients/traceparent.ts'
import { postWebhook } from '#src/clients/webhook.ts'
import { requestIdOf } from '#src/http/request-id.ts'
import { prepareTestProcess } from '../support/process.ts'

const REQUEST = '0198f2c47a317000800001b2c3d4e5f6'
const TRACED = new RegExp(`^00-${REQUEST}-[0-9a-f]{16}-01$`)
const seen: (string | null)[] = []
let sink: ReturnType<typeof Bun.serve>
let url: string
const signal = new AbortController().signal

beforeAll(() => {
  prepareTestProcess({ WEBHOOKS_ALLOW_PRIVATE: '1' })
  sink = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) => {
      seen.push(request.headers.get('traceparent'))
      return Response.json({ data: [], ok: true })
    },
  })
  url = `http://127.0.0.1:${sink.port}`
})
afterAll(async () => {
  prepareTestProcess({ LOG_LEVEL: 'silent' })
  await sink.stop(true)
})

const calls: [string, () => Promise<unknown>][] = [
  [
    'a peer such as the source of places',
    () => peer().ask({ url: new URL(url), headers: {} }, (x) => x, signal),
  ],
  ['a webhook', () => postWebhook(url, { headers: {}, body: '{}', signal })],
]

test.each(calls)(
  '%s gets the trace of the request it is called for, and none without one',
  async (_, call) => {
    await onBehalfOf(REQUEST, call)
    await call()
    expect(seen.splice(0)).toEqual([expect.stringMatching(TRACED), null])
  },
)

test('the language model and the error tracker get that of the request they are told of', async () => {
  const model = openAiClient(
    {
      ...{ apiKey: 'sk-test-0000000000', baseUrl: url, chatModel: 'm', embeddingModel: 'e' },
      ...{ deadlineMs: 2_000, idleMs: 1_000, concurrency: 1 },
    },
    { onFailure: () => {} },
  )
  await model.embed(['x'], { signal, context: { requestId: REQUEST, tenantId: null } }).catch(() => {})
  const sentry = openSentry(url.replace('http://', 'http://key@').concat('/1'), 'test')
  sentry.report({
    ...{
      id: Bun.randomUUIDv7(),
      source: 'http',
      platform: 'node',
      fingerprint: 'f',
      name: 'E',
      message: 'm',
    },
    ...{ stack: null, release: 'r', requestId: REQUEST, tenantId: null, context: {} },
  })
  await sentry.idle()
  const traces = seen.splice(0)
  expect(traces.length).toBeGreaterThanOrEqual(2)
  for (const trace of traces) expect(trace).toMatch(TRACED)
})

test('a trace goes in and comes out as the same trace, in another span; ids of other forms make a valid one', () => {
  const sent = traceparentOf(REQUEST)
  const request = new Request('http://localhost/', { headers: { traceparent: sent } })
  expect(requestIdOf(request)).toBe(REQUEST)
  expect(traceparentOf(requestIdOf(request))).not.toBe(sent)
  for (const id of ['system-evaluate', '0'.repeat(32), Bun.randomUUIDv7()])
    expect(traceparentOf(id)).toMatch(/^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  expect(traceHeaders()).toEqual({})
})

const peer = () =>
  openPeer({
    ...{ name: 'a peer', deadlineMs: 2_000, answerBytesMax: 10_000, secrets: [] },
    pace: { turn: async () => 0, putOff: async () => {} },
  })

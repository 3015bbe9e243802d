// The OpenAI client against a peer that fails in every way a provider is known to fail.
import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { LLMock } from '@copilotkit/aimock'
import type { ChatMessage } from '#src/clients/chat-model.ts'
import { type OpenAiClient, openAiClient } from '#src/clients/openai.ts'
import type { LlmFailureRecord } from '#src/clients/openai-calls.ts'
import { LlmFailure } from '#src/clients/openai-failures.ts'
import { type Behaviour, droppingProvider, faultyProvider } from './faulty-provider.ts'

const KEY = 'sk-test-0123456789abcdef'
const messages: ChatMessage[] = [{ role: 'user', content: 'How often?' }]
const context = { requestId: 'req-1', tenantId: 'tenant-1' }
const provider = faultyProvider()
let failures: LlmFailureRecord[] = []
let waits: number[] = []
let clockMs = 0

function client(changes: Partial<Parameters<typeof openAiClient>[0]> = {}): OpenAiClient {
  return openAiClient(
    {
      apiKey: KEY,
      baseUrl: provider.url,
      chatModel: 'test-model',
      embeddingModel: 'test-embedding',
      deadlineMs: 5_000,
      idleMs: 2_000,
      concurrency: 4,
      ...changes,
    },
    {
      onFailure: (record) => failures.push(record),
      now: () => clockMs,
      random: () => 0.5,
      sleep: async (ms) => {
        waits.push(ms)
      },
    },
  )
}

async function ask(of: OpenAiClient, signal = new AbortController().signal) {
  const tokens: string[] = []
  const result = await of
    .chatModel(context)
    .stream(messages, { signal, onToken: (token) => void tokens.push(token) })
    .catch((error: unknown) => error)
  return { result, tokens }
}

beforeEach(() => {
  failures = []
  waits = []
  clockMs = 0
})
afterAll(() => provider.stop())

const error = (message: string, code: string | null = null, type = 'error') => ({
  error: { message, code, type },
})
const cases: [
  string,
  Behaviour,
  string,
  { calls: number; waits: number[]; changes?: { deadlineMs?: number; idleMs?: number } },
][] = [
  [
    '429 without Retry-After',
    { kind: 'status', status: 429, body: error('slow down', 'rate_limit_exceeded') },
    'llm_rate_limited',
    { calls: 3, waits: [250, 500] },
  ],
  [
    '429 with a short Retry-After',
    { kind: 'status', status: 429, body: error('slow down'), headers: { 'retry-after': '2' } },
    'llm_rate_limited',
    { calls: 3, waits: [2_000, 2_000] },
  ],
  [
    '429 with a long Retry-After',
    { kind: 'status', status: 429, body: error('slow down'), headers: { 'retry-after': '120' } },
    'llm_rate_limited',
    { calls: 1, waits: [] },
  ],
  [
    'a spent quota',
    { kind: 'status', status: 429, body: error('no credit', 'insufficient_quota', 'insufficient_quota') },
    'llm_quota',
    { calls: 1, waits: [] },
  ],
  [
    'a wrong key',
    { kind: 'status', status: 401, body: error(`Incorrect API key provided: ${KEY}`, 'invalid_api_key') },
    'llm_unauthorised',
    { calls: 1, waits: [] },
  ],
  [
    'a removed model',
    { kind: 'status', status: 404, body: error('The model does not exist', 'model_not_found') },
    'llm_model_missing',
    { calls: 1, waits: [] },
  ],
  [
    '500',
    { kind: 'status', status: 500, body: error('oops') },
    'llm_server_error',
    { calls: 3, waits: [250, 500] },
  ],
  ['502 with a page', { kind: 'html', status: 502 }, 'llm_server_error', { calls: 3, waits: [250, 500] }],
  ['200 with a page', { kind: 'html', status: 200 }, 'llm_bad_response', { calls: 1, waits: [] }],
  [
    'no answer at all',
    { kind: 'silence' },
    'llm_timeout',
    { calls: 1, waits: [], changes: { deadlineMs: 150 } },
  ],
  ['a chunk that is not JSON', { kind: 'bad_chunk' }, 'llm_bad_response', { calls: 1, waits: [] }],
  [
    'a stall before the first word',
    { kind: 'stall', words: [] },
    'llm_stalled',
    { calls: 1, waits: [], changes: { idleMs: 100 } },
  ],
  [
    'a stall after some words',
    { kind: 'stall', words: ['Every ', 'three '] },
    'llm_stalled',
    { calls: 1, waits: [], changes: { idleMs: 100 } },
  ],
  ['a stream that just ends', { kind: 'cut', words: ['Every '] }, 'llm_cut', { calls: 1, waits: [] }],
  [
    'an error event mid-stream',
    { kind: 'error_event', words: ['Every '] },
    'llm_server_error',
    { calls: 1, waits: [] },
  ],
  [
    'an answer at its length limit',
    { kind: 'finish', words: ['Every '], reason: 'length' },
    'llm_cut',
    { calls: 1, waits: [] },
  ],
  [
    'a filtered answer',
    { kind: 'finish', words: ['Every '], reason: 'content_filter' },
    'llm_bad_response',
    { calls: 1, waits: [] },
  ],
]

describe('a chat answer', () => {
  test('arrives token by token with its usage', async () => {
    provider.behaves({ kind: 'answer', words: ['Every ', 'three ', 'months [1].'] })
    const { result, tokens } = await ask(client())
    expect(result).toEqual({
      text: 'Every three months [1].',
      usage: { promptTokens: 11, completionTokens: 3 },
      finishReason: 'stop',
    })
    expect(tokens).toEqual(['Every ', 'three ', 'months [1].'])
    expect(failures).toEqual([])
  })

  for (const [name, behaviour, code, expected] of cases) {
    test(`that meets ${name} fails as ${code}, retried only where that can help`, async () => {
      provider.behaves(behaviour)
      const { result } = await ask(client(expected.changes))
      expect(result).toBeInstanceOf(LlmFailure)
      expect((result as LlmFailure).code).toBe(code as LlmFailure['code'])
      expect(provider.requests().length).toBe(expected.calls)
      expect(waits).toEqual(expected.waits)
      expect(failures.map((record) => [record.code, record.attempt])).toEqual(
        Array.from({ length: expected.calls }, (_, index) => [code as LlmFailure['code'], index + 1]),
      )
      expect(failures.at(-1)).toMatchObject({
        operation: 'chat',
        model: 'test-model',
        willRetry: false,
        ...context,
      })
      expect(JSON.stringify(failures) + String(result) + JSON.stringify(result)).not.toContain(KEY)
    })
  }

  test('whose connection breaks mid-stream fails as llm_cut and is not asked for again', async () => {
    const peer = droppingProvider(['Every '])
    const result = await client({ baseUrl: peer.url })
      .chatModel(context)
      .stream(messages, { signal: new AbortController().signal, onToken: () => peer.drop() })
      .catch((cause: unknown) => cause)
    peer.stop()
    expect((result as LlmFailure).code).toBe('llm_cut')
    expect(failures).toMatchObject([{ code: 'llm_cut', attempt: 1, willRetry: false }])
  })

  test('recovers when the second attempt is answered', async () => {
    provider.behaves(
      { kind: 'status', status: 500, body: error('oops') },
      { kind: 'answer', words: ['Yes.'] },
    )
    const { result } = await ask(client())
    expect(result).toMatchObject({ text: 'Yes.' })
    expect(failures).toMatchObject([{ code: 'llm_server_error', httpStatus: 500, willRetry: true }])
  })

  test('is stopped at the provider when the reader leaves', async () => {
    provider.behaves({ kind: 'stall', words: ['Every '] })
    const reader = new AbortController()
    const of = client()
    const result = await of
      .chatModel(context)
      .stream(messages, { signal: reader.signal, onToken: () => reader.abort() })
      .catch((cause: unknown) => cause)
    expect((result as LlmFailure).code).toBe('llm_aborted')
    await provider.requests()[0]!.aborted
    expect(of.circuit()).toBe('closed')
  })

  test('is not called a stall when it is the reader who is slow', async () => {
    provider.behaves({ kind: 'answer', words: ['One ', 'two.'] })
    const read = Promise.withResolvers<void>()
    setTimeout(read.resolve, 150)
    const result = await client({ idleMs: 50 })
      .chatModel(context)
      .stream(messages, { signal: new AbortController().signal, onToken: () => read.promise })
    expect(result.text).toBe('One two.')
  })

  test('is refused without a call once the budget is spent', async () => {
    provider.behaves({ kind: 'answer', words: ['Yes.'] })
    const model = client().chatModel({ ...context, withinBudget: async () => false })
    const result = await model
      .stream(messages, { signal: new AbortController().signal, onToken: () => {} })
      .catch((cause: unknown) => cause)
    expect((result as LlmFailure).code).toBe('llm_budget')
    expect(provider.requests()).toEqual([])
  })

  test('is not attempted while the circuit is open, and one probe closes it again', async () => {
    const of = client()
    provider.behaves({ kind: 'status', status: 401, body: error('no') })
    for (let call = 0; call < 5; call++) await ask(of)
    expect(of.circuit()).toBe('open')
    provider.behaves({ kind: 'answer', words: ['Yes.'] })
    expect(((await ask(of)).result as LlmFailure).code).toBe('llm_circuit_open')
    expect(provider.requests()).toEqual([])
    clockMs += 30_000
    expect((await ask(of)).result).toMatchObject({ text: 'Yes.' })
    expect(of.circuit()).toBe('closed')
  })

  test('waits for a slot: never more calls at once than allowed', async () => {
    const full = Promise.withResolvers<void>()
    const until = (inFlight: number) => {
      if (inFlight === 2) full.resolve()
      return full.promise
    }
    provider.behaves({ kind: 'held', until })
    const of = client({ concurrency: 2 })
    const results = await Promise.all(Array.from({ length: 6 }, () => ask(of)))
    expect(results.map(({ result }) => (result as { text: string }).text)).toEqual(new Array(6).fill('Yes.'))
    expect(provider.inFlightMax()).toBe(2)
  })

  test('whose turn does not come before the deadline times out', async () => {
    provider.behaves({ kind: 'silence' })
    const of = client({ concurrency: 1, deadlineMs: 150 })
    const results = await Promise.all([ask(of), ask(of)])
    expect(results.map(({ result }) => (result as LlmFailure).code)).toEqual(['llm_timeout', 'llm_timeout'])
  })

  test('works with another implementation of the same protocol', async () => {
    const peer = new LLMock({ port: 0 })
    peer.onMessage('How often?', { content: 'Every three months [1].' })
    await peer.start()
    try {
      const { result } = await ask(client({ baseUrl: `${peer.url}/v1` }))
      expect(result).toMatchObject({ text: 'Every three months [1].', finishReason: 'stop' })
      const { vectors } = await client({ baseUrl: `${peer.url}/v1` }).embed(['a', 'b'], {
        signal: new AbortController().signal,
        context,
      })
      expect(vectors.map((vector) => vector.length)).toEqual([512, 512])
    } finally {
      await peer.stop()
    }
  })
})

describe('embeddings', () => {
  const signal = new AbortController().signal
  const vector = (first: number, length = 512) => Array.from({ length }, (_, i) => (i === 0 ? first : 0.01))
  const base64 = (values: number[]) => Buffer.from(new Float32Array(values).buffer).toString('base64')
  const embed = (texts: string[]) =>
    client()
      .embed(texts, { signal, context })
      .catch((cause: unknown) => cause)

  test('come back in the order of the texts, whatever the order of the answer', async () => {
    provider.behaves({
      kind: 'embeddings',
      rows: () => [
        { index: 1, embedding: base64(vector(2)) },
        { index: 0, embedding: vector(1) },
      ],
    })
    const result = (await embed(['a', 'b'])) as { vectors: Float32Array[]; promptTokens: number }
    expect(result.vectors.map((row) => row[0])).toEqual([1, 2])
    expect(result.promptTokens).toBe(3)
    expect(provider.requests()[0]!.body).toMatchObject({ dimensions: 512, input: ['a', 'b'] })
  })

  test('of many texts are asked for in batches', async () => {
    provider.behaves({
      kind: 'embeddings',
      rows: (count) =>
        Array.from({ length: count }, (_, index) => ({ index, embedding: base64(vector(index + 1)) })),
    })
    const result = (await embed(Array.from({ length: 130 }, (_, i) => `text ${i}`))) as {
      vectors: Float32Array[]
    }
    expect(result.vectors.length).toBe(130)
    expect(provider.requests().map(({ body }) => (body.input as string[]).length)).toEqual([64, 64, 2])
  })

  const wrong: [string, (count: number) => unknown][] = [
    ['too few rows', () => [{ index: 0, embedding: vector(1) }]],
    ['too many rows', () => [0, 1, 2].map((index) => ({ index, embedding: vector(1) }))],
    ['no rows', () => undefined],
    ['the wrong size', () => [0, 1].map((index) => ({ index, embedding: vector(1, 1536) }))],
    ['an empty vector', () => [0, 1].map((index) => ({ index, embedding: [] }))],
    ['the same index twice', () => [0, 0].map((index) => ({ index, embedding: vector(1) }))],
    ['an index out of range', () => [0, 7].map((index) => ({ index, embedding: vector(1) }))],
    [
      'a value that is not a number',
      () => [0, 1].map((index) => ({ index, embedding: base64(vector(Number.NaN)) })),
    ],
    ['nothing but zeros', () => [0, 1].map((index) => ({ index, embedding: new Array(512).fill(0) }))],
  ]
  for (const [name, rows] of wrong) {
    test(`with ${name} are refused`, async () => {
      provider.behaves({ kind: 'embeddings', rows })
      expect(((await embed(['a', 'b'])) as LlmFailure).code).toBe('llm_bad_response')
      expect(failures).toMatchObject([
        { operation: 'embeddings', code: 'llm_bad_response', willRetry: false },
      ])
    })
  }
})

test('a configured model that the provider does not offer is found at start', async () => {
  provider.behaves(
    { kind: 'status', status: 404, body: error('no such model', 'model_not_found') },
    { kind: 'status', status: 200, body: { id: 'test-embedding', object: 'model' } },
  )
  expect(await client().missingModels(new AbortController().signal)).toEqual(['test-model'])
})

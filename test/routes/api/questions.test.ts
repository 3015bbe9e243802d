// Asking through the API: who may ask, the answer to the letter, conversations, and questions that are none.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { processorMsOf } from '../../support/processor-time.ts'
import { type ApiTest, expectError, expectStrangersRefused, jsonBody, openApi, UUID } from './client.ts'

const STAGES = ['safety', 'refusal', 'fact', 'place', 'document', 'gap']

let api: ApiTest
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const ask = (question: string, more: Record<string, unknown> = {}, key?: string) =>
  api.post('questions', jsonBody({ unit_id: api.mine.unit_id, question, ...more }), key)
const messages = async () => (await api.look`select count(*)::int as count from messages`)[0]?.count

test('strangers and keys without the scope cannot ask', async () => {
  const body = { unit_id: api.mine.unit_id, question: 'What heating do I have?' }
  await expectStrangersRefused(api, 'questions', { method: 'POST', ...jsonBody(body) })
  expectError(
    await ask('What heating do I have?', {}, await api.keyWith(['units:read'])),
    403,
    'scope_missing',
  )
  expect(await messages()).toBe(0)
})

test('an answer has exactly the fields of the contract', async () => {
  const { status, headers, body } = await ask('What heating do I have?')
  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual([
    'id',
    'answer',
    'stage',
    'mode',
    'citations',
    'gap_id',
    'conversation_id',
    'request_id',
  ])
  expect(body.answer).toContain('heat pump')
  expect(body).toMatchObject({ stage: 'fact', mode: 'extractive', citations: [], gap_id: null })
  expect(body.conversation_id).toMatch(UUID)
  expect(body.request_id).toBe(headers.get('x-request-id'))
})

test.each([
  ['I smell gas in the kitchen', 'safety'],
  ['How do I move a socket myself?', 'safety'],
  ['Who lives in number 12?', 'refusal'],
  ['What is my house worth?', 'refusal'],
  ['Write me a poem about my garden', 'refusal'],
  ['What heating do I have?', 'fact'],
  ['Where is the nearest school?', 'place'],
])('%p is answered by its stage, without a gap', async (question, stage) => {
  const { status, body } = await ask(question)
  expect([status, body.stage, body.gap_id]).toEqual([200, stage, null])
})

test('what nobody knows is a gap: 200, an id, no citation, a row of that home', async () => {
  const { status, body } = await ask('Which tree species stands by the eastern gate?')
  expect([status, body.stage, body.citations]).toEqual([200, 'gap', []])
  expect(body.gap_id).toMatch(UUID)
  const [gap] = await api.look`select unit_id, question from gaps where id = ${body.gap_id}`
  expect(gap).toEqual({
    unit_id: api.mine.unit_id,
    question: 'Which tree species stands by the eastern gate?',
  })
})

test('a conversation goes on, and the answer to it knows what was offered', async () => {
  const first = await ask('Which tree species stands by the eastern gate?')
  const second = await ask('yes please', { conversation_id: first.body.conversation_id })
  expect(second.body.conversation_id).toBe(first.body.conversation_id)
  expect(second.body.answer).toMatch(/builder/i)
  const alone = await ask('yes please')
  expect(alone.body.conversation_id).not.toBe(first.body.conversation_id)
  expect(alone.body.answer).not.toBe(second.body.answer)
  const fresh = await ask('What heating do I have?', { conversation_id: null })
  expect(fresh.status).toBe(200)
})

test('a home or a conversation of somebody else does not exist', async () => {
  const theirs = await api.post(
    'questions',
    jsonBody({ unit_id: api.theirs.unit_id, question: 'What heating do I have?' }),
    api.keys.theirs,
  )
  expect(theirs.status).toBe(200)
  const before = await messages()
  expectError(await ask('hello', { unit_id: api.theirs.unit_id }), 404, 'not_found')
  expectError(await ask('hello', { unit_id: crypto.randomUUID() }), 404, 'not_found')
  expectError(await ask('hello', { conversation_id: crypto.randomUUID() }), 404, 'not_found')
  expectError(await ask('hello', { conversation_id: theirs.body.conversation_id }), 404, 'not_found')
  const neighbour = api.app.demo.homes.find(
    ({ tenant, unit_id }) => tenant === api.mine.tenant && unit_id !== api.mine.unit_id,
  )
  const own = await ask('hello')
  const wrongHome = { unit_id: neighbour?.unit_id, conversation_id: own.body.conversation_id }
  expectError(await ask('hello', wrongHome), 404, 'not_found')
  expect(await messages()).toBe(before + 1)
})

test('the conversation of a person in the app is not the API’s to read on', async () => {
  const id = Bun.randomUUIDv7()
  await api.look`insert into conversations (id, tenant_id, unit_id, origin, title)
    select ${id}, tenant_id, id, 'app', 'Private' from units where id = ${api.mine.unit_id}`
  expectError(await ask('hello', { conversation_id: id }), 404, 'not_found')
})

test('a question that is none is invalid, and one of signs only is told so', async () => {
  for (const question of ['', '   ', '\0', '\n\t', 'x'.repeat(2_001), 'x'.repeat(100_000)])
    expectError(await ask(question), 422, 'invalid')
  for (const question of ['🏠🏠🏠', '?', '....', '\u202e', '\ud800']) {
    const { status, body } = await ask(question)
    expect([status, STAGES.includes(body.stage), body.citations]).toEqual([200, true, []])
  }
  for (const question of [
    'a\0b what heating do I have?',
    'ماذا عن التدفئة؟',
    '暖房はどうなっていますか',
    'x'.repeat(2_000),
  ]) {
    const { status, body } = await ask(question)
    expect([status, STAGES.includes(body.stage)]).toEqual([200, true])
  }
})

test('a body that is not the contract’s is refused with the status that fits', async () => {
  const right = { unit_id: api.mine.unit_id, question: 'hello' }
  const cases: [RequestInit, number, string][] = [
    [jsonBody('{'), 400, 'bad_request'],
    [jsonBody('{"unit_id":'), 400, 'bad_request'],
    [jsonBody('[]'), 422, 'invalid'],
    [jsonBody('null'), 422, 'invalid'],
    [jsonBody('"text"'), 422, 'invalid'],
    [jsonBody({ unit_id: 'nope', question: 'hello' }), 422, 'invalid'],
    [jsonBody({ unit_id: api.mine.unit_id }), 422, 'invalid'],
    [jsonBody({ ...right, question: 7 }), 422, 'invalid'],
    [jsonBody({ ...right, question: ['hello'] }), 422, 'invalid'],
    [jsonBody({ ...right, conversation_id: 'nope' }), 422, 'invalid'],
    [jsonBody({ ...right, tenant_id: crypto.randomUUID() }), 422, 'invalid'],
    [jsonBody(`{"__proto__":{"x":1},${JSON.stringify(right).slice(1)}`), 422, 'invalid'],
    [jsonBody('{"unit_id":1e999}'), 422, 'invalid'],
    [{}, 422, 'invalid'],
    [jsonBody('['.repeat(100_000)), 400, 'bad_request'],
    [jsonBody(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`), 400, 'bad_request'],
    [jsonBody(`"${'\\"'.repeat(120_000)}`), 400, 'bad_request'],
    [jsonBody({ ...right, question: 'x'.repeat(1_000_000) }), 413, 'too_large'],
    [{ ...jsonBody(right), headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_type'],
    [{ ...jsonBody(right), headers: { 'content-type': 'application/xml' } }, 415, 'unsupported_type'],
    [
      { ...jsonBody(right), headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
      415,
      'unsupported_type',
    ],
  ]
  const before = await messages()
  for (const [init, status, code] of cases) {
    const costMs = await processorMsOf(async () =>
      expectError(await api.post('questions', init), status, code),
    )
    expect(costMs).toBeLessThan(1_000)
  }
  expect(await messages()).toBe(before)
  expect(({} as { x?: number }).x).toBeUndefined()
})

test('brackets inside a question are words, however many', async () => {
  const { status } = await ask(`${'{[('.repeat(200)} what heating do I have? "\\"`)
  expect(status).toBe(200)
})

test('a plan of three requests a minute ends at the fourth question', async () => {
  const key = await api.keyWith(['questions:write'], 3)
  for (let count = 0; count < 3; count += 1) expect((await ask('hello', {}, key)).status).toBe(200)
  expectError(await ask('hello', {}, key), 429, 'too_many_requests')
})

// Gaps and knowledge through the API, with the replay in a real worker thread: one answer for everybody it is for.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import {
  type ApiTest,
  expectError,
  expectItem,
  expectPaged,
  expectStrangersRefused,
  jsonBody,
  openApi,
} from './client.ts'

let api: ApiTest
beforeAll(async () => {
  api = await openApi({ withJobs: true })
})
afterAll(() => api.stop())
beforeEach(async () => {
  forgetLimits()
  await api.look`delete from gaps`
  await api.look`delete from knowledge`
})

const inPark = (type: string) =>
  api.app.demo.homes.filter(
    (home) =>
      home.tenant === api.mine.tenant &&
      home.development_id === api.mine.development_id &&
      home.house_type === type,
  )
const ask = async (home: { unit_id: string } | undefined, question: string, key = api.keys.mine) =>
  (await api.post('questions', jsonBody({ unit_id: home?.unit_id, question }), key)).body
const answer = async (gapId: string, body: Record<string, unknown>) => {
  const answered = await api.post(`gaps/${gapId}/answer`, jsonBody(body))
  expect(answered.status).toBe(202)
  await api.completed(answered.body.job_id)
  return answered.body.id as string
}
const statusOf = async (gapId: string) => (await api.get(`gaps/${gapId}`)).body.status

const QUESTION = 'When will the bandstand open?'
const ANSWER = 'The bandstand opens when phase two is finished.'

test('questions that mean the same are one gap, and the one of most homes comes first', async () => {
  const [first, second] = inPark('BS01')
  const [detached] = inPark('BD01')
  await ask(first, 'Which tree species stands by the eastern gate?')
  await ask(first, QUESTION)
  await ask(second, 'What date does the bandstand open?')
  await ask(detached, 'When does our bandstand open?')
  await ask(detached, 'Where is the bandstand roof tool stored?')
  const { body } = await api.get(`gaps?development_id=${api.mine.development_id}`)
  expect(
    body.data.map((gap: { question: string; homes: number }) => [gap.question, gap.homes]),
  ).toContainEqual([QUESTION, 3])
  expect(body.data[0]).toMatchObject({
    question: QUESTION,
    homes: 3,
    house_types: ['BD01', 'BS01'],
    status: 'open',
  })
  expect(body.data[0].wordings).toHaveLength(3)
  expect(body.data.length).toBe(3)
})

test('the same question of one home twice is still one home', async () => {
  const [home] = inPark('BS01')
  await ask(home, QUESTION)
  const again = await ask(home, QUESTION)
  expect((await api.get(`gaps/${again.gap_id}`)).body).toMatchObject({
    id: again.gap_id,
    homes: 1,
    questions: 2,
  })
})

test('two askers at the same moment make one group', async () => {
  const homes = [...inPark('BS01'), ...inPark('BD01')]
  await Promise.all(homes.map((home) => ask(home, QUESTION)))
  const { body } = await api.get('gaps')
  expect(body.data.map((gap: { homes: number }) => gap.homes)).toEqual([homes.length])
})

test('one answer closes the gap of everybody who asked, with who and when', async () => {
  const [first, second] = inPark('BS01')
  const gap = await ask(first, QUESTION)
  const other = await ask(second, 'What date will the bandstand open?')
  const knowledgeId = await answer(gap.gap_id, { answer: ANSWER })
  for (const id of [gap.gap_id, other.gap_id]) {
    const { body } = await api.get(`gaps/${id}`)
    expect(body).toMatchObject({ id, status: 'answered' })
    expect(body.answer).toContain(ANSWER)
    expect(body.answer).toMatch(/Answered by your builder on \d{1,2} \w+ \d{4}\./)
  }
  const again = await ask(second, QUESTION)
  expect(again).toMatchObject({ stage: 'fact', mode: 'extractive', citations: [], gap_id: null })
  expect(again.answer).toContain(ANSWER)
  expect((await api.get(`knowledge/${knowledgeId}`)).body).toMatchObject({
    question: QUESTION,
    author: 'Demo',
    house_types: [],
    retired_at: null,
  })
  expectError(await api.post(`gaps/${gap.gap_id}/answer`, jsonBody({ answer: 'Again' })), 409, 'conflict')
})

test('an answer for BD01 never answers a home of BS01', async () => {
  const [semi] = inPark('BS01')
  const [detached] = inPark('BD01')
  const question = 'Which clips hold the canopy glass?'
  const mine = await ask(detached, question)
  const theirs = await ask(semi, question)
  await answer(mine.gap_id, { answer: 'Canary clips of steel.', house_types: ['BD01'] })
  expect([await statusOf(mine.gap_id), await statusOf(theirs.gap_id)]).toEqual(['answered', 'open'])
  expect((await ask(detached, question)).answer).toContain('Canary')
  const again = await ask(semi, question)
  expect([again.stage, again.answer.includes('Canary')]).toEqual(['gap', false])
  expect((await api.get(`gaps/${theirs.gap_id}`)).body.homes).toBe(1)
})

test('an answer for one home is for no other, not even of its type', async () => {
  const [home, neighbour] = inPark('BS01')
  const question = 'Which clips hold the canopy glass?'
  const mine = await ask(home, question)
  const theirs = await ask(neighbour, question)
  await answer(mine.gap_id, { answer: 'Canary clips of steel.', unit_id: home?.unit_id })
  expect([await statusOf(mine.gap_id), await statusOf(theirs.gap_id)]).toEqual(['answered', 'open'])
  expect((await ask(neighbour, question)).answer).not.toContain('Canary')
})

test('neither gaps nor answers of one builder reach another', async () => {
  const mine = await ask(inPark('BS01')[0], QUESTION)
  const theirs = await ask(api.theirs, QUESTION, api.keys.theirs)
  await answer(mine.gap_id, { answer: 'Canary of Longview.' })
  expect((await ask(api.theirs, QUESTION, api.keys.theirs)).answer).not.toContain('Canary')
  expect((await api.get('gaps', api.keys.theirs)).body.data).toMatchObject([{ id: theirs.gap_id, homes: 1 }])
  expect((await api.get('knowledge', api.keys.theirs)).body.data).toEqual([])
  const body = jsonBody({ answer: 'x' })
  expectError(await api.post(`gaps/${theirs.gap_id}/answer`, body), 404, 'not_found')
  expectError(await api.post(`gaps/${crypto.randomUUID()}/answer`, body), 404, 'not_found')
  const foreign = { development_id: api.theirs.development_id, question: 'q', answer: 'a' }
  expectError(await api.post('knowledge', jsonBody(foreign)), 404, 'not_found')
  const foreignHome = { development_id: api.mine.development_id, question: 'q', answer: 'a' }
  expectError(
    await api.post('knowledge', jsonBody({ ...foreignHome, unit_id: api.theirs.unit_id })),
    404,
    'not_found',
  )
})

test('safety and privacy come before any answer of the builder', async () => {
  const { body } = await api.post(
    'knowledge',
    jsonBody({
      development_id: api.mine.development_id,
      question: 'I smell gas in the kitchen',
      answer: 'Canary: that is nothing.',
    }),
  )
  await api.completed(body.job_id)
  const asked = await ask(api.mine, 'I smell gas in the kitchen')
  expect([asked.stage, asked.answer.includes('Canary')]).toEqual(['safety', false])
})

test('an answer that was taken back is given no more, and one that replaces it is', async () => {
  const add = async (text: string) => {
    const { body } = await api.post(
      'knowledge',
      jsonBody({ development_id: api.mine.development_id, question: QUESTION, answer: text }),
    )
    await api.completed(body.job_id)
    return body.id as string
  }
  const old = await add('Canary of March.')
  const fresh = await add('Canary of May.')
  expect((await api.get(`knowledge/${old}`)).body.retired_at).not.toBeNull()
  expect((await ask(api.mine, QUESTION)).answer).toContain('Canary of May.')
  const retired = await api.call(`knowledge/${fresh}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${api.keys.mine}` },
  })
  expect(retired.body.retired_at).not.toBeNull()
  expect((await ask(api.mine, QUESTION)).stage).toBe('gap')
})

test('asking the builder marks the gap that is there instead of making a second', async () => {
  const first = await ask(api.mine, QUESTION)
  const accepted = await api.post(
    'questions',
    jsonBody({ unit_id: api.mine.unit_id, question: 'yes please', conversation_id: first.conversation_id }),
  )
  expect(accepted.body.gap_id).toBe(first.gap_id)
  expect((await api.get(`gaps/${first.gap_id}`)).body).toMatchObject({ questions: 1, asked_builder: 1 })
})

test('a similar question is shown the answer as one to a similar question', async () => {
  const gap = await ask(inPark('BS01')[0], 'Can I put a pigeon loft behind the hedge?')
  await answer(gap.gap_id, { answer: 'Lofts up to 25 m² are fine.' })
  const similar = await ask(inPark('BS01')[1], 'Can I put a pigeon coop behind the hedge?')
  expect(similar.answer).toMatch(/similar question|could not find/)
  if (similar.stage !== 'gap') expect(similar.answer).toContain('pigeon loft')
})

test('strangers, keys without the scope and bad bodies are refused', async () => {
  const { gap_id: id } = await ask(api.mine, QUESTION)
  await expectStrangersRefused(api, 'gaps')
  await expectStrangersRefused(api, 'knowledge')
  const reader = await api.keyWith(['gaps:read', 'knowledge:read'])
  expect((await api.get('gaps', reader)).status).toBe(200)
  expectError(await api.post(`gaps/${id}/answer`, jsonBody({ answer: 'x' }), reader), 403, 'scope_missing')
  expectError(await api.post('knowledge', jsonBody({}), reader), 403, 'scope_missing')
  for (const bad of [
    {},
    { answer: '' },
    { answer: '   ' },
    { answer: 'x'.repeat(4_001) },
    { answer: 'x', question: 'y'.repeat(501) },
    { answer: 'x', tenant_id: crypto.randomUUID() },
    { answer: 'x', house_types: 'BD01' },
    { answer: 'x', house_types: ['BD01'], unit_id: api.mine.unit_id },
  ])
    expectError(await api.post(`gaps/${id}/answer`, jsonBody(bad)), 422, 'invalid')
  expectError(
    await api.post(`gaps/${id}/answer`, jsonBody({ answer: 'x', house_types: ['ZZ99'] })),
    422,
    'unknown_house_type',
  )
  expect(await statusOf(id)).toBe('open')
})

test('both lists page, and an item of somebody else does not exist', async () => {
  for (const question of [
    'Who prunes the oak hedge?',
    'When does the bandstand open?',
    'Which paver colour is the kerb?',
  ])
    await ask(api.mine, question)
  const theirs = await ask(api.theirs, QUESTION, api.keys.theirs)
  await expectPaged(api, 'gaps', 'units')
  const [gap] = (await api.get('gaps')).body.data
  await expectItem(api, 'gaps', gap.id, theirs.gap_id)
  const add = async (question: string, developmentId: string, key: string) =>
    (await api.post('knowledge', jsonBody({ development_id: developmentId, question, answer: 'x' }), key))
      .body.id
  const own = await add('One?', api.mine.development_id, api.keys.mine)
  await add('Two?', api.mine.development_id, api.keys.mine)
  await add('Three?', api.mine.development_id, api.keys.mine)
  const foreign = await add('One?', api.theirs.development_id, api.keys.theirs)
  await expectPaged(api, 'knowledge', 'units')
  await expectItem(api, 'knowledge', own, foreign)
})

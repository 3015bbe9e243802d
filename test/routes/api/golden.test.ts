// The golden suite through the API, run by a real worker thread: what passes, what fails, and whose it is.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { isAsExpected } from '#src/golden/suite.ts'
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
  await api.look`delete from golden_runs`
  await api.look`delete from golden_questions`
})

const UNANSWERABLE = 'Which tree species stands by the eastern gate?'

const add = (more: Record<string, unknown>, key = api.keys.mine) =>
  api.post(
    'golden-questions',
    jsonBody({ development_id: api.mine.development_id, question: UNANSWERABLE, ...more }),
    key,
  )
const runSuite = async () => {
  const asked = await api.post('golden-runs', jsonBody({ development_id: api.mine.development_id }))
  expect(asked.status).toBe(202)
  await api.completed(asked.body.job_id)
  return (await api.get(`golden-runs/${asked.body.id}`)).body
}

test('a run tells which answers are not as expected, and what was answered', async () => {
  expect((await add({ must_be_gap: true })).status).toBe(201)
  const wrong = (await add({ expected_phrase: 'a row of silver birches', house_type: api.mine.house_type }))
    .body
  const run = await runSuite()
  expect(run).toMatchObject({ trigger: 'manual', total: 2, passed: 1, finished_at: expect.any(String) })
  expect(run.failures).toEqual([
    {
      golden_question_id: wrong.id,
      question: UNANSWERABLE,
      stage: 'gap',
      answer: expect.stringMatching(/./),
      is_lost: false,
    },
  ])
})

test('nothing of a run is kept as a question of a purchaser', async () => {
  const counts = () =>
    api.look`select (select count(*) from messages) messages, (select count(*) from gaps) gaps,
      (select count(*) from conversations) conversations`
  const [before] = await counts()
  await add({ must_be_gap: true })
  expect((await runSuite()).passed).toBe(1)
  expect((await counts())[0]).toEqual(before)
})

test('a development without golden questions passes with nothing asked', async () => {
  expect(await runSuite()).toMatchObject({ total: 0, passed: 0, failures: [] })
})

test('only the newest fifty runs of a development are kept', async () => {
  const ids = Array.from({ length: 55 }, () => Bun.randomUUIDv7())
  await api.look`insert into golden_runs (id, tenant_id, development_id, trigger)
    select old.id, d.tenant_id, d.id, 'manual' from developments d, unnest(${ids}::uuid[]) old(id)
    where d.id = ${api.mine.development_id}`
  const { id } = await runSuite()
  const kept = await api.look`select id from golden_runs order by id desc`
  expect(kept).toHaveLength(50)
  expect(kept[0]?.id).toBe(id)
})

test('questions of another development are not asked', async () => {
  const otherId = Bun.randomUUIDv7()
  await api.look`insert into developments (id, tenant_id, slug, name, code_prefix, address_line, locality, county)
    select ${otherId}, tenant_id, 'golden-other', name, 'QX', address_line, locality, county
    from developments where id = ${api.mine.development_id}`
  expect((await add({ development_id: otherId, must_be_gap: true })).status).toBe(201)
  expect((await runSuite()).total).toBe(0)
})

test('a removed question is asked no more, and one of another builder cannot be removed', async () => {
  const { id } = (await add({ must_be_gap: true })).body
  const remove = (key: string) =>
    api.call(`golden-questions/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${key}` } })
  expectError(await remove(api.keys.theirs), 404, 'not_found')
  expect((await remove(api.keys.mine)).body).toEqual({ id, deleted: true })
  expectError(await remove(api.keys.mine), 404, 'not_found')
  expect((await runSuite()).total).toBe(0)
})

test('another builder sees neither questions nor runs, and adds nothing to a foreign development', async () => {
  await add({ must_be_gap: true })
  expectError(await add({ must_be_gap: true }, api.keys.theirs), 404, 'not_found')
  expect((await api.get('golden-questions', api.keys.theirs)).body.data).toEqual([])
  const foreign = jsonBody({ development_id: api.theirs.development_id })
  expectError(await api.post('golden-runs', foreign), 404, 'not_found')
  const mine = await runSuite()
  const theirs = await api.post('golden-runs', foreign, api.keys.theirs)
  await expectItem(api, 'golden-runs', mine.id, theirs.body.id)
  const documentIn = async (developmentId: string) => {
    const [row] = await api.look`insert into documents (id, tenant_id, development_id, title)
      select ${Bun.randomUUIDv7()}, tenant_id, id, 'Manual' from developments where id = ${developmentId} returning id`
    return row?.id
  }
  expectError(
    await add({ expected_document_id: await documentIn(api.theirs.development_id) }),
    404,
    'not_found',
  )
  const own = await documentIn(api.mine.development_id)
  expect((await add({ expected_document_id: own, expected_page: 2 })).status).toBe(201)
})

test('a question must expect something, and only what fits together', async () => {
  for (const nonsense of [
    {},
    { must_be_gap: true, expected_phrase: 'birches' },
    { expected_phrase: 'birches', expected_page: 2 },
    { expected_phrase: '   ' },
    { must_be_gap: true, question: '' },
    { must_be_gap: true, question: 'x'.repeat(2_001) },
    { must_be_gap: true, stranger: 1 },
  ])
    expectError(await add(nonsense), 422, 'invalid')
  expectError(await add({ must_be_gap: true, house_type: 'NOPE' }), 422, 'unknown_house_type')
  expect((await api.get('golden-questions')).body.data).toEqual([])
})

test('the list is paged, and keys without the right are refused', async () => {
  for (const phrase of ['one', 'two', 'three']) await add({ expected_phrase: phrase })
  await expectPaged(api, 'golden-questions', 'knowledge')
  const reader = await api.keyWith(['knowledge:read'])
  expect((await api.get('golden-questions', reader)).status).toBe(200)
  expect((await add({ must_be_gap: true }, reader)).status).toBe(403)
  await expectStrangersRefused(api, 'golden-questions', {})
})

test('a phrase is found whatever its case and line breaks; a page counts only of its own document', () => {
  const cited = { documentId: 'a', title: '', page: 3, printedPage: null, quote: '', url: '' }
  const answer = { text: 'The Boiler is\nserviced yearly.', gap: false, citations: [cited] }
  const expected = {
    expectedPhrase: 'boiler is serviced',
    expectedDocumentId: 'a' as string | null,
    expectedPage: 3,
    mustBeGap: false,
  }
  expect(isAsExpected(answer, expected)).toBe(true)
  expect(isAsExpected(answer, { ...expected, expectedPage: 4 })).toBe(false)
  expect(isAsExpected(answer, { ...expected, expectedDocumentId: 'b' })).toBe(false)
  expect(isAsExpected(answer, { ...expected, expectedPhrase: 'boiler is leaking' })).toBe(false)
  expect(isAsExpected({ ...answer, gap: true }, { ...expected, mustBeGap: true })).toBe(true)
})

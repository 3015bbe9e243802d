// Questions that programs asked, read again: the answer, its sources, and the answer that came later.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { claim, form, withCookies } from '../../support/app.ts'
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
  api = await openApi()
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const ask = async (question: string, unit_id = api.mine.unit_id, key?: string) =>
  (await api.post('questions', jsonBody({ unit_id, question }), key)).body

test('what was asked is listed newest first, read with its answer, and nobody else’s', async () => {
  const first = await ask('What heating do I have?')
  await ask('When are the bins collected?')
  const gap = await ask('Which tree species stands by the eastern gate?')
  const theirs = await ask('What heating do I have?', api.theirs.unit_id, api.keys.theirs)
  await expectStrangersRefused(api, 'questions')
  expectError(await api.get('questions', await api.keyWith(['questions:write'])), 403, 'scope_missing')
  await expectPaged(api, 'questions', 'units')
  await expectItem(api, 'questions', first.id, theirs.id)
  const { data } = (await api.get('questions')).body
  expect(data[0]).toMatchObject({
    ...{ id: gap.id, unit_id: api.mine.unit_id, development_id: api.mine.development_id, stage: 'gap' },
    ...{ gap_id: gap.gap_id, gap_status: 'open', later_answer: null },
  })
  expect((await api.get(`questions/${first.id}`)).body).toMatchObject({
    ...{ question: 'What heating do I have?', answer: first.answer, stage: 'fact', citations: [] },
  })
  const of = async (query: string) => (await api.get(`questions?${query}`)).body.data.length
  expect(await of(`unit_id=${api.mine.unit_id}`)).toBe(3)
  expect(await of(`development_id=${api.theirs.development_id}`)).toBe(0)
})

test('what a person asks in the app is theirs', async () => {
  const cookie = await claim(api.app, api.mine)
  const asked = await api.app.call('/chat', withCookies(cookie, form({ question: 'What is my BER rating?' })))
  expect(asked.status).toBeLessThan(400)
  const [row] = await api.look`select m.id from messages m join conversations c on c.id = m.conversation_id
    where c.origin = 'app'`
  expect(row).toBeDefined()
  expectError(await api.get(`questions/${row?.id}`), 404, 'not_found')
  const { data } = (await api.get('questions?limit=100')).body
  expect(data.some(({ id }: { id: string }) => id === row?.id)).toBe(false)
})

test('reading them is noted for the home', async () => {
  await api.look`delete from data_access_log where action = 'questions.read'`
  await ask('What heating do I have?')
  for (let times = 0; times < 2; times++) await api.get('questions')
  const rows = await api.look`select unit_id from data_access_log where action = 'questions.read'`
  expect(rows.map(({ unit_id }) => unit_id)).toEqual([api.mine.unit_id])
})

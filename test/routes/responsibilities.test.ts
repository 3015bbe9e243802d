// Who looks after what: kept by staff, read by the homes of the development, told by the chat.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { claim, form, signIn, withCookies } from '../support/app.ts'
import { type ApiTest, jsonBody, openApi } from './api/client.ts'

let api: ApiTest
let household: string
let staff: string
let otherStaff: string
const board = () => `/developer/responsibilities?development=${api.mine.development_id}`

beforeAll(async () => {
  api = await openApi()
  household = await claim(api.app, api.mine)
  const admin = (tenant: string) => api.app.demo.admins.find((person) => person.tenant === tenant)!
  staff = await signIn(api.app, admin('longview-estates'))
  otherStaff = await signIn(api.app, admin('harbour-homes'))
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const read = async (path: string, cookie: string) => (await api.app.call(path, withCookies(cookie))).text()
const thing = {
  ...{ thing: 'Pumping <station>', party: 'council', party_name: 'Cork City Council' },
  ...{ evidence: 'Planning condition 14', evidence_on: '2026-03-01' },
}
const save = (more: Record<string, string> = {}, cookie = staff) =>
  api.app.call(board(), withCookies(cookie, form({ ...thing, ...more })))
const idOf = async (name: string) =>
  (
    await api.look`select id from responsibilities where thing = ${name} and development_id = ${api.mine.development_id}`
  )[0]?.id as string

test('the demonstration’s list names what is settled, what is not, and what says so', async () => {
  const text = await read('/responsibilities', household)
  for (const words of ['Street lights', 'Not settled yet', 'Land map of the demonstration (invented)'])
    expect(text).toContain(words)
})

test('a thing that staff record is read as text, replaced by recording it again, and removed', async () => {
  expect((await save()).status).toBe(303)
  expect(await read('/responsibilities', household)).toContain('Pumping &lt;station&gt;')
  expect((await save({ party: 'utility', party_name: '' })).status).toBe(303)
  expect(await read('/responsibilities', household)).not.toContain('Cork City Council')
  const path = `/developer/responsibilities/${await idOf(thing.thing)}/removal`
  expect((await api.app.call(path, withCookies(otherStaff, form({})))).status).toBe(404)
  expect((await api.app.call(path, withCookies(staff, form({})))).status).toBe(303)
  expect(await read('/responsibilities', household)).not.toContain('Pumping')
})

test.each([
  [{ thing: ' ' }, 'Name the thing.'],
  [{ evidence: '' }, 'Say what it rests on.'],
  [{ evidence_on: '2026-02-31' }, 'Choose the date of it.'],
])('a form that lacks something says what, and keeps the rest: %o', async (more, sentence) => {
  const response = await save(more)
  expect(response.status).toBe(422)
  const text = await response.text()
  expect(text).toContain(sentence)
  expect(text).toContain('Cork City Council')
})

test('staff of another builder cannot record anything here', async () => {
  expect((await save({}, otherStaff)).status).toBe(404)
})

test.each([
  ['Who looks after the street lights?', 'not settled yet'],
  ['Who is responsible for the playground?', 'management company'],
])('the chat answers “%s” from the list', async (question, words) => {
  const asked = await api.post('questions', jsonBody({ unit_id: api.mine.unit_id, question }))
  expect([asked.status, asked.body.stage]).toEqual([200, 'fact'])
  expect(asked.body.answer).toContain(words)
})

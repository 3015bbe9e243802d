// Notices: written once, seen by the homes they are for, read once a person, counted for the builder.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { readPhases } from '#src/phases.ts'
import { dublinTime } from '#views/format.ts'
import { claim, form, signIn, withCookies } from '../support/app.ts'
import {
  type ApiTest,
  expectError,
  expectPaged,
  expectStrangersRefused,
  jsonBody,
  openApi,
} from './api/client.ts'

let api: ApiTest
let household: string
let otherType: string
let staff: string
let houseType: string
const board = () => `/developer/notices?development=${api.mine.development_id}`

beforeAll(async () => {
  api = await openApi()
  const homes = api.app.demo.homes.filter(({ development_id: id }) => id === api.mine.development_id)
  const [first] = homes
  houseType = first!.house_type
  household = await claim(api.app, first!)
  otherType = await claim(api.app, homes.find(({ house_type }) => house_type !== houseType)!)
  staff = await signIn(api.app, api.app.demo.admins.find(({ tenant }) => tenant === 'longview-estates')!)
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const read = async (path: string, cookie: string) => (await api.app.call(path, withCookies(cookie))).text()
const written = { title: 'Lift & <gate> works', body: 'On Monday.', category: 'works' }
const write = (more: Record<string, string> = {}) =>
  api.app.call(board(), withCookies(staff, form({ ...written, ...more })))
const newest = async () => (await api.look`select id from notices order by id desc limit 1`)[0]?.id as string
const marks = async (id: string, cookie: string) =>
  (await api.app.call(`/notices/${id}/read`, withCookies(cookie, form({})))).status

test('the demonstration’s notices are there, unread, and say that they are invented', async () => {
  const text = await read('/notices', household)
  expect(text).toContain('belongs to the demonstration and is invented')
  expect(text).toContain('unread notices')
})

test('a notice reaches the homes of its house types and no others, as text', async () => {
  expect((await write({ house_types: houseType })).status).toBe(303)
  const id = await newest()
  expect(await read('/notices', household)).toContain('Lift &amp; &lt;gate&gt; works')
  expect(await read('/notices', otherType)).not.toContain(id)
  expect(await marks(id, otherType)).toBe(404)
})

test('who marks it as read sees that, the count falls, and the builder sees in how many homes it was', async () => {
  await write()
  const id = await newest()
  const unread = async () => Number(/tab-count">(\d)/.exec(await read('/home', household))?.[1])
  const before = await unread()
  expect([await marks(id, household), await marks(id, household)]).toEqual([303, 303])
  expect(await unread()).toBe(before - 1)
  expect(await read('/notices', household)).toContain('You marked this as read')
  expect(await read(board(), staff)).toMatch(/<strong>1 home<\/strong> of 75/)
})

test('a notice for later is not seen yet, and a withdrawn one no more', async () => {
  await write({ publish_at: '2099-07-01T18:00' })
  const later = await newest()
  expect(await read('/notices', household)).not.toContain(later)
  expect(await read(board(), staff)).toContain('From 1 Jul 2099, 18:00')
  await write()
  const id = await newest()
  const withdraw = () => api.app.call(`/developer/notices/${id}/withdrawal`, withCookies(staff, form({})))
  expect([(await withdraw()).status, (await withdraw()).status]).toEqual([303, 409])
  expect(await read('/notices', household)).not.toContain(id)
  expect(await marks(id, household)).toBe(404)
})

test.each([
  [{ title: ' ' }, 'Give it a title.'],
  [{ body: '' }, 'Say what there is to tell.'],
  [{ publish_at: 'soon' }, 'Choose a day and a time.'],
  [{ house_types: 'XX99' }, 'One of the house types does not exist'],
])('a form that lacks something says what, and keeps the rest: %o', async (more, sentence) => {
  const response = await write(more)
  const text = await response.text()
  expect(response.status).toBe(422)
  expect(text).toContain(sentence)
  if (!('body' in more)) expect(text).toContain('On Monday.')
})

test('a notice for a phase reaches its homes, who fit its house type as well, and is counted for them', async () => {
  const cleared = () =>
    api.look`update units set phase = null where development_id = ${api.mine.development_id}`
  const ofType = (
    code: string,
    phase: string,
  ) => api.look`update units u set phase = ${phase} from house_types t
    where t.id = u.house_type_id and u.development_id = ${api.mine.development_id} and t.code = ${code}`
  await cleared()
  expect(await read(board(), staff)).not.toContain('Phases')
  await ofType(houseType, '2')
  expect(await read(board(), staff)).toContain('name="phases" value="2"')
  await write({ title: 'Paving in phase two', phases: '2' })
  const id = await newest()
  const [homes] = await api.look`select count(*)::int as n from units where phase = '2'`
  const { body: told } = await api.get(`notices/${id}`)
  expect([told.phases, told.homes]).toEqual([['2'], homes?.n])
  expect(await read('/notices', household)).toContain('Paving in phase two')
  expect(await read('/notices', otherType)).not.toContain('Paving in phase two')
  expect([await marks(id, otherType), await marks(id, household)]).toEqual([404, 303])
  await write({ title: 'For nobody', phases: '3', house_types: houseType })
  expect(await read('/notices', household)).not.toContain('For nobody')
  expect(await read(board(), staff)).toContain(`${houseType} in phase 3`)
  const program = { development_id: api.mine.development_id, title: 'By a program', text: 'For two.' }
  const { body: named } = await api.post(
    'notices',
    jsonBody({ ...program, phases: ['Phase 2', ' 2 ', 'phase  2'] }),
  )
  expect([named.phases, named.homes]).toEqual([['2'], homes?.n])
  expect((await api.get(`notices/${named.id}`)).body).toEqual(named)
  expect(await read('/notices', household)).toContain('By a program')
  expect(await read('/notices', otherType)).not.toContain('By a program')
  await write({ title: 'By a form', phases: 'PHASE - 2' })
  expect(await read('/notices', household)).toContain('By a form')
  await cleared()
})

test('a phase without a name is refused where it stands, by form and by program', async () => {
  const sent = {
    development_id: api.mine.development_id,
    title: 'Water',
    text: 'Off.',
    phases: ['2', 'Phase '],
  }
  const refused = await api.post('notices', jsonBody(sent))
  expectError(refused, 422, 'invalid')
  expect(refused.body.error.fields).toEqual([{ path: 'phases.1', message: 'has no name of a phase in it' }])
  const response = await write({ phases: 'Phase' })
  const text = await response.text()
  expect([response.status, text.includes('On Monday.')]).toEqual([422, true])
  expect(text).toContain('One of the phases has no name of a phase in it.')
})

test('phases are read as those of homes are, each once', () => {
  expect(readPhases(['Phase 2', '2', 'phase\u00a02', 'Phase: North'])).toEqual(['2', 'North'])
  expect(() => readPhases(['2', 'x'.repeat(41)])).toThrow('invalid')
})

test('a form that is sent twice writes one notice', async () => {
  const more = { title: 'Sent by two clicks', form_key: crypto.randomUUID() }
  const answers = await Promise.all([write(more), write(more)])
  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  const [row] = await api.look`select count(*)::int as n from notices where title = ${more.title}`
  expect(row?.n).toBe(1)
})

test('times of a form are Irish ones, in summer and in winter', () => {
  expect(dublinTime('2026-07-01T18:00')?.toISOString()).toBe('2026-07-01T17:00:00.000Z')
  expect(dublinTime('2026-12-24T18:00')?.toISOString()).toBe('2026-12-24T18:00:00.000Z')
  expect([dublinTime('2026-13-40T18:00'), dublinTime('x')]).toEqual([null, null])
})

test('programs write, list and read notices with the scopes for it', async () => {
  const sent = { development_id: api.mine.development_id, title: 'Water off', text: 'At noon.' }
  await expectStrangersRefused(api, 'notices', { method: 'POST', ...jsonBody(sent) })
  expectError(
    await api.post('notices', jsonBody(sent), await api.keyWith(['notices:read'])),
    403,
    'scope_missing',
  )
  expectError(await api.post('notices', jsonBody(sent), api.keys.theirs), 404, 'not_found')
  expectError(await api.post('notices', jsonBody({ ...sent, title: '' })), 422, 'invalid')
  expectError(
    await api.post('notices', jsonBody({ ...sent, house_types: ['XX'] })),
    422,
    'unknown_house_type',
  )
  const made = await api.post('notices', jsonBody(sent))
  expect([made.status, made.body.homes, made.body.homes_read, made.body.category]).toEqual([
    201,
    75,
    0,
    'general',
  ])
  expect((await api.get(`notices/${made.body.id}`)).body).toEqual(made.body)
  expectError(await api.get(`notices/${made.body.id}`, api.keys.theirs), 404, 'not_found')
  expect(await read('/notices', household)).toContain('Water off')
  await expectPaged(api, 'notices', 'units')
})

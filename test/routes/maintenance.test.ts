// Maintenance from both sides: the builder plans, each home sees its own dates, and a private calendar tells them.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { irishToday } from '#src/analytics.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { remindHomes } from '#src/maintenance/reminders.ts'
import { addMonths } from '#src/maintenance/schedule.ts'
import { claim, form, signIn, withCookies } from '../support/app.ts'
import { ingested, pdfOf } from '../support/ingested.ts'
import {
  type ApiTest,
  expectError,
  expectPaged,
  expectStrangersRefused,
  jsonBody,
  openApi,
} from './api/client.ts'

let api: ApiTest
let home: ApiTest['mine']
let scope: ReturnType<typeof systemScope>
let first: string
let second: string
let neighbour: string
let neighbourId: string
let staff: string
let otherStaff: string
const today = irishToday()

beforeAll(async () => {
  api = await openApi()
  const homes = api.app.demo.homes.filter(({ development_id: id }) => id === api.mine.development_id)
  home = homes.find(({ purchasers }) => purchasers.length === 2)!
  const [row] = await api.look`select tenant_id from units where id = ${home.unit_id}`
  scope = systemScope(row?.tenant_id, 'test')
  first = await claim(api.app, home)
  second = await claim(api.app, home)
  const other = homes.find(({ unit_id: id }) => id !== home.unit_id)!
  neighbourId = other.unit_id
  neighbour = await claim(api.app, other)
  const admin = (tenant: string) => api.app.demo.admins.find((person) => person.tenant === tenant)!
  staff = await signIn(api.app, admin('longview-estates'))
  otherStaff = await signIn(api.app, admin('harbour-homes'))
  await handOver(addMonths(today, -13))
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const handOver = (on: string | null) =>
  api.look`update units set handed_over_on = ${on} where id = ${home.unit_id}`
const read = async (path: string, cookie: string) => (await api.app.call(path, withCookies(cookie))).text()
const post = (path: string, cookie: string, fields: Record<string, string> = {}) =>
  api.app.call(path, withCookies(cookie, form(fields)))
const planUrl = () => `/developer/maintenance?development=${home.development_id}`
const item = { kind: 'task', title: 'Descale the kettle', months: '12', note: '' }
const itemId = async (title: string) =>
  (await api.look`select id from maintenance_items where title = ${title} order by id desc limit 1`)[0]?.id

test('the demonstration plans what its own papers say, and says that it is invented', async () => {
  const text = await read('/maintenance', first)
  for (const words of ['Heat pump service', 'Builder’s defects period', '(invented)', 'Structural warranty'])
    expect(text).toContain(words)
  expect(text).not.toMatch(/undefined|NaN|null/)
})

test('staff add, change and remove an item; a form that lacks something says what and keeps the rest', async () => {
  expect((await post(planUrl(), staff, item)).headers.get('location')).toContain('done=added')
  expect(await read('/maintenance', first)).toContain('Descale the kettle')
  const refused = await post(planUrl(), staff, { ...item, title: ' ', months: '0', note: 'Keep <this>' })
  expect(refused.status).toBe(422)
  const text = await refused.text()
  for (const words of ['Name it.', 'Give whole months', 'Keep &lt;this>'.replace('>', '&gt;')])
    expect(text).toContain(words)
  const unknown = await post(planUrl(), staff, { ...item, house_type: 'ZZ99' })
  expect([unknown.status, (await unknown.text()).includes('does not exist')]).toEqual([422, true])
  const id = await itemId(item.title)
  const changed = await post(`/developer/maintenance/${id}`, staff, { ...item, title: 'Descale the tap' })
  expect(changed.status).toBe(303)
  expect((await post(`/developer/maintenance/${id}`, otherStaff, item)).status).toBe(404)
  expect((await post(`/developer/maintenance/${id}/removal`, otherStaff)).status).toBe(404)
  expect(await read('/maintenance', first)).toContain('Descale the tap')
  expect((await post(`/developer/maintenance/${id}/removal`, staff)).status).toBe(303)
  expect(await read('/maintenance', first)).not.toContain('Descale the tap')
})

test('an item for a house type is seen by homes of that type, with a document only if the home sees it', async () => {
  const { documentId } = await ingested(
    scope,
    home.development_id,
    'Boiler manual',
    await pdfOf(['The boiler is looked after by the people who fitted it, once a year.']),
  )
  const [other] = await api.look`select code from house_types where development_id = ${home.development_id}
    and code <> ${home.house_type} limit 1`
  const mine = { ...item, title: 'For my type', house_type: home.house_type, document: documentId }
  await post(planUrl(), staff, mine)
  await post(planUrl(), staff, { ...item, title: 'For another type', house_type: other?.code })
  const text = await read('/maintenance', first)
  expect([text.includes('For my type'), text.includes('For another type')]).toEqual([true, false])
  expect(text).toContain(`/documents/${documentId}`)
  await api.look`update documents set deprecated_at = now() where id = ${documentId}`
  expect(await read('/maintenance', first)).not.toContain(`/documents/${documentId}`)
})

test('in a home that is let the builder’s warranties are not the household’s, and its tasks are', async () => {
  const [before] = await api.look`select tenure from developments where id = ${home.development_id}`
  const tenure = (of: string, ofHome: string | null) =>
    api.look.begin(async (sql) => {
      await sql`update developments set tenure = ${of} where id = ${home.development_id}`
      await sql`update units set tenure = ${ofHome} where id = ${home.unit_id}`
    })
  const shows = async () => {
    const text = await read('/maintenance', first)
    return [text.includes('Heat pump service'), text.includes('Structural warranty')]
  }
  await tenure('rent', null)
  expect(await shows()).toEqual([true, false])
  await tenure('mixed', 'rent')
  expect(await shows()).toEqual([true, false])
  await tenure('mixed', 'sale')
  expect(await shows()).toEqual([true, true])
  await tenure(before?.tenure, null)
})

test('what is done moves the next date along, is said once, and can be taken back by the household only', async () => {
  await post(planUrl(), staff, { ...item, title: 'Check the stopcock' })
  const id = await itemId('Check the stopcock')
  const dueOn = addMonths(addMonths(today, -13), 12)
  expect(await read('/maintenance', first)).toContain('Overdue')
  const done = { due_on: dueOn }
  const answers = await Promise.all([1, 2].map(() => post(`/maintenance/${id}/done`, first, done)))
  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  expect((await post(`/maintenance/${id}/done`, second, done)).status).toBe(303)
  const rows = await api.look`select id, done_on::text from maintenance_done where item_id = ${id}`
  expect(rows.map((row) => row.done_on)).toEqual([today])
  // It is due in a year now, not on the day that somebody still has on their screen.
  expect((await post(`/maintenance/${id}/done`, second, { due_on: '2020-01-01' })).status).toBe(409)
  expect((await post(`/maintenance/done/${rows[0]?.id}/removal`, neighbour)).status).toBe(404)
  expect((await post(`/maintenance/done/${rows[0]?.id}/removal`, second)).status).toBe(303)
  const future = await post(`/maintenance/${id}/done`, first, { ...done, done_on: addMonths(today, 1) })
  expect([future.status, (await future.text()).includes('still to come')]).toEqual([422, true])
  const earlier = addMonths(today, -1)
  expect((await post(`/maintenance/${id}/done`, first, { ...done, done_on: earlier })).status).toBe(303)
  expect((await api.look`select done_on::text from maintenance_done where item_id = ${id}`)[0]?.done_on).toBe(
    earlier,
  )
})

test('a household adds items of its own, which neighbours and staff do not see, and removes them', async () => {
  const own = { title: 'Wax the <banister>', first_due_on: addMonths(today, 1), months: '6', note: '' }
  expect((await post('/maintenance', first, own)).status).toBe(303)
  expect(await read('/maintenance', second)).toContain('Wax the &lt;banister&gt;')
  for (const [path, cookie] of [
    ['/maintenance', neighbour],
    [planUrl(), staff],
  ] as const)
    expect(await read(path, cookie)).not.toContain('banister')
  const refused = await post('/maintenance', first, { ...own, title: '', first_due_on: 'soon' })
  const text = await refused.text()
  expect(refused.status).toBe(422)
  for (const words of ['Say what is to be done.', 'Choose a day.']) expect(text).toContain(words)
  const id = await itemId(own.title)
  expect((await post(`/maintenance/${id}/removal`, neighbour)).status).toBe(404)
  expect((await post(`/developer/maintenance/${id}/removal`, staff)).status).toBe(404)
  expect((await post(`/maintenance/${id}/removal`, second)).status).toBe(303)
  expect(await read('/maintenance', first)).not.toContain('banister')
})

test('without a day of handover it says what is missing and shows no date', async () => {
  await handOver(null)
  const text = await read('/maintenance', first)
  expect(text).toContain('The day of your handover is not recorded')
  expect(text).toContain('Every year, from handover')
  expect(text).not.toContain('Overdue')
  await api.look`update units set handed_over_on = null where id = ${neighbourId}`
  expect(await read('/home', neighbour)).toContain('The day of handover is not recorded yet')
  expect(await read(planUrl(), staff)).toContain('Homes without a recorded handover')
  await handOver(addMonths(today, -13))
  expect(await read('/home', first)).toMatch(/\d+ overdue/)
})

const makeAddress = async (cookie: string) => {
  const text = await (await post('/maintenance/calendar', cookie)).text()
  return new URL(/https?:\/\/[^\s<]+\/calendar\/[\w-]{43}\.ics/.exec(text)![0]).pathname
}

test('a calendar address needs no session, tells only what is due, and is kept as a hash', async () => {
  const path = await makeAddress(first)
  const response = await api.app.call(path)
  const text = await response.text()
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('private, no-cache')
  expect(response.headers.get('set-cookie')).toBeNull()
  expect(text).toContain('SUMMARY:Heat pump service')
  for (const name of home.purchasers) expect(text).not.toContain(name)
  expect(text).not.toContain('Ballyhooly')
  const etag = response.headers.get('etag')!
  const again = await api.app.call(path, { headers: { 'if-none-match': etag } })
  expect([again.status, await again.text()]).toEqual([304, ''])
  const uids = (words: string) => [...words.matchAll(/^UID:(.*)\r$/gm)].map(([, uid]) => uid)
  expect(uids(await (await api.app.call(path)).text())).toEqual(uids(text))
  expect(new Set(uids(text)).size).toBe(uids(text).length)
  const [kept] = await api.look`select token_hash from calendar_feeds where unit_id = ${home.unit_id}`
  expect(path).not.toContain(kept?.token_hash)
  expect(await read('/maintenance', first)).not.toContain(path)
})

test('a replaced, ended or invented address, and one of who signed out everywhere, is unknown', async () => {
  const old = await makeAddress(first)
  const path = await makeAddress(first)
  const gone = async (address: string) => {
    const response = await api.app.call(address)
    return [response.status, (await response.text()).replaceAll(/[0-9a-f]{32}/g, '')]
  }
  const unknown = await gone(`/calendar/${'A'.repeat(43)}.ics`)
  expect(unknown[0]).toBe(404)
  expect(await gone(old)).toEqual(unknown)
  expect(await gone('/calendar/nothing')).toEqual(unknown)
  expect((await api.app.call(path)).status).toBe(200)
  await api.look`update tenants set suspended_at = now() where slug = 'longview-estates'`
  expect(await gone(path)).toEqual(unknown)
  await api.look`update tenants set suspended_at = null`
  await post('/maintenance/calendar/removal', first)
  expect(await gone(path)).toEqual(unknown)
  const last = await makeAddress(second)
  await post('/my-data/sign-out', second)
  expect(await gone(last)).toEqual(unknown)
})

test('guessing addresses is slowed down, and a calendar that asks too often as well', async () => {
  const statuses = new Set<number>()
  for (let i = 0; i < 40; i++) statuses.add((await api.app.call(`/calendar/${'B'.repeat(43)}.ics`)).status)
  expect([...statuses]).toEqual([404, 429])
})

test('only who chose it is reminded by mail, once for each day on which something is due', async () => {
  await handOver(addMonths(today, -12))
  const run = () =>
    remindHomes(scope, {
      ...{ signal: new AbortController().signal, requestId: 'r', progress: () => {} },
      fenced: (work) => within(scope, work),
    })
  await api.look`update purchasers set email = 'aine@example.ie' where unit_id = ${home.unit_id} and position = 1`
  await run()
  expect((await api.look`select count(*)::int as n from mails`)[0]?.n).toBe(0)
  expect(await read('/maintenance', first)).toContain('You are not reminded by e-mail')
  expect((await post('/maintenance/reminders', first, { by_mail: 'yes' })).status).toBe(303)
  await Promise.all([run(), run()])
  await run()
  const mails = await api.look`select to_address, subject, body from mails order by subject`
  expect(mails.map((mail) => mail.to_address)).toContain('aine@example.ie')
  const keys = mails.map((mail) => mail.subject)
  expect(new Set(keys).size).toBe(keys.length)
  expect(mails.map((mail) => mail.body).join()).toContain('- Heat pump service')
  await post('/maintenance/reminders', first, { by_mail: 'no' })
  await api.look`delete from mails`
  await run()
  expect((await api.look`select count(*)::int as n from mails`)[0]?.n).toBe(0)
})

test('programs keep the plan with the scopes for it', async () => {
  await expectStrangersRefused(api, 'maintenance-items')
  const sent = { development_id: home.development_id, kind: 'warranty', title: 'Roof', months: 240 }
  expectError(
    await api.post('maintenance-items', jsonBody(sent), await api.keyWith(['developments:read'])),
    403,
    'scope_missing',
  )
  expectError(
    await api.post('maintenance-items', jsonBody({ ...sent, development_id: api.theirs.development_id })),
    404,
    'not_found',
  )
  expectError(await api.post('maintenance-items', jsonBody({ ...sent, months: 601 })), 422, 'invalid')
  const made = await api.post('maintenance-items', jsonBody(sent))
  expect([made.status, made.body.house_type]).toEqual([201, null])
  const { development_id: _, ...change } = sent
  const call = (method: string, key: string) =>
    api.call(`maintenance-items/${made.body.id}`, {
      method,
      ...(method === 'PUT' ? jsonBody({ ...change, months: 120 }) : {}),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    })
  expectError(await call('PUT', api.keys.theirs), 404, 'not_found')
  expect((await call('PUT', api.keys.mine)).body.months).toBe(120)
  await expectPaged(api, 'maintenance-items', 'developments')
  expectError(await call('DELETE', api.keys.theirs), 404, 'not_found')
  expect((await call('DELETE', api.keys.mine)).body.deleted).toBe(true)
  expectError(await call('DELETE', api.keys.mine), 404, 'not_found')
})

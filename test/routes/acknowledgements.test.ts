// Must-read documents from both sides: met before anything else, acknowledged by each adult, seen by the builder.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { systemScope } from '#src/access/system-scope.ts'
import { forgetReading, markMustRead } from '#src/acknowledgements.ts'
import { ingestVersion } from '#src/documents/ingestion.ts'
import { keepVersion, publishVersion } from '#src/documents/versions.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { purgeExpired } from '#src/retention.ts'
import { claim, form, signIn, withCookies } from '../support/app.ts'
import { contextOf, ingested, pdfOf, received } from '../support/ingested.ts'
import { type ApiTest, expectError, expectStrangersRefused, jsonBody, openApi } from './api/client.ts'

let api: ApiTest
let scope: ReturnType<typeof systemScope>
let home: ApiTest['mine']
let staff: string
let otherStaff: string
let first: string
let second: string
let document: { documentId: string; versionId: string }

beforeAll(async () => {
  api = await openApi()
  home = api.app.demo.homes.find(
    (each) => each.development_id === api.mine.development_id && each.purchasers.length === 2,
  )!
  const [row] = await api.look`select tenant_id from units where id = ${home.unit_id}`
  scope = systemScope(row?.tenant_id, 'test')
  const admin = (tenant: string) => api.app.demo.admins.find((person) => person.tenant === tenant)!
  staff = await signIn(api.app, admin('longview-estates'))
  otherStaff = await signIn(api.app, admin('harbour-homes'))
  document = await ingested(scope, home.development_id, 'Fire safety', await pdfOf(['Close the door.']))
  await api.look`update purchasers set intro_seen_at = now()`
  first = await claim(api.app, home)
  second = await claim(api.app, home)
})
afterAll(() => api.stop())
beforeEach(() => {
  forgetLimits()
  forgetReading()
})

const get = (path: string, cookie: string) => api.app.call(path, withCookies(cookie))
const read = async (path: string, cookie: string) => (await get(path, cookie)).text()
const post = (path: string, cookie: string, fields: Record<string, string>) =>
  api.app.call(path, withCookies(cookie, form(fields)))
const leadsTo = async (path: string, cookie: string) => (await get(path, cookie)).headers.get('location')
const confirm = (cookie: string, versionId = document.versionId) =>
  post(`/must-read/${document.documentId}`, cookie, { read: 'yes', version: versionId })
const mark = (change: string, cookie = staff) =>
  post(`/developer/documents/${document.documentId}/must-read`, cookie, { change })
const compliance = `/developer/acknowledgements?development=`

async function supersede(words: string, asksAgain: boolean): Promise<string> {
  const asked = { fileName: 'next.pdf', notes: null, asksAgain }
  const { versionId } = await keepVersion(
    scope,
    document.documentId,
    asked,
    await received(await pdfOf([words])),
  )
  expect(await ingestVersion(scope, versionId, contextOf(scope))).toEqual({ outcome: 'ready' })
  forgetReading()
  return versionId
}

test('nothing is asked until staff mark a document, and only staff of its builder can', async () => {
  expect((await get('/', first)).status).toBe(200)
  expect((await mark('begin', otherStaff)).status).toBe(404)
  expect((await get('/', first)).status).toBe(200)
  expect(await read(`${compliance}${home.development_id}`, staff)).toContain('Nothing must be read')
  expect((await mark('begin')).status).toBe(303)
  expect(await leadsTo('/', first)).toBe('/must-read')
})

test('until it is read every page leads to it, but for danger, the law, and reading it', async () => {
  for (const path of ['/', '/home', '/documents', '/snags', '/map', '/conversations'])
    expect(await leadsTo(path, first), path).toBe('/must-read')
  for (const path of ['/emergency', '/my-data', '/privacy', '/notices', `/documents/${document.documentId}`])
    expect((await get(path, first)).status, path).toBe(200)
  const partial = await api.app.call('/home', {
    headers: { cookie: first, 'hx-request': 'true', 'hx-request-type': 'partial' },
  })
  expect([partial.status, partial.headers.get('hx-redirect')]).toEqual([204, '/must-read'])
  const text = await read('/must-read', first)
  for (const words of ['Fire safety', 'Others of your household confirm', '/emergency'])
    expect(text).toContain(words)
})

test('a dangerous question is answered before anything was read, and another one is not', async () => {
  const ordinary = await post('/chat', first, { question: 'When are the bins collected?' })
  expect(ordinary.headers.get('location')).toBe('/must-read')
  const danger = await post('/chat', first, { question: 'I smell gas in the kitchen' })
  const conversation = danger.headers.get('location') ?? ''
  expect(conversation).toStartWith('/conversations/')
  expect(await read(conversation.split('#')[0]!, first)).toContain('999 or 112')
})

test('confirming keeps who, when, which version and from where, once, and each adult does so', async () => {
  const unticked = await post(`/must-read/${document.documentId}`, first, { version: document.versionId })
  expect(unticked.status).toBe(422)
  expect(await unticked.text()).toContain('Tick the box')
  const [a, b] = await Promise.all([confirm(first), confirm(first)])
  expect([a.status, b.status].toSorted()[0]).toBe(303)
  const rows = await api.look`select version_number, ip_address, reader_id from acknowledgements`
  expect(rows.length).toBe(1)
  expect(rows[0]?.version_number).toBe(1)
  expect(rows[0]?.ip_address).toBeString()
  expect((await get('/', first)).status).toBe(200)
  expect(await leadsTo('/', second)).toBe('/must-read')
  const [logged] = await api.look`select action from activity_log where target_id = ${document.documentId}
    and action = 'document.acknowledged'`
  expect(logged).toBeDefined()
})

test('the builder sees how many homes have, and who of each has not', async () => {
  const missing = await read(`${compliance}${home.development_id}&show=missing`, staff)
  const [one, two] = home.purchasers
  expect(missing).toContain(one!.replaceAll("'", '&#39;'))
  const row = missing.slice(missing.indexOf(`/developer/homes/${home.unit_id}`)).split('</tr>')[0]!
  expect(row).toContain('Fire safety: read ')
  expect(row).toContain('Fire safety: not yet')
  expect(row).toContain('1 of 2')
  await confirm(second)
  expect((await get('/home', second)).status).toBe(200)
  const done = await read(`${compliance}${home.development_id}&show=done`, staff)
  expect(done).toContain(two!.replaceAll("'", '&#39;'))
  const today = await read(`/developer?development=${home.development_id}`, staff)
  expect(today).toContain('Must-read documents')
  expect(today).toMatch(/1 of \d+ homes have read them/)
  const unread = await read(`/developer/homes?development=${home.development_id}&missing=reading`, staff)
  expect(unread).not.toContain(home.unit_id)
  expect((await get(`/developer/acknowledgements?document=${document.documentId}`, otherStaff)).status).toBe(
    404,
  )
})

test('a new version asks again only when staff say so, and an earlier one put back locks nobody out', async () => {
  await supersede('Close the door quietly.', false)
  expect((await get('/', first)).status).toBe(200)
  const third = await supersede('Close the door at once.', true)
  expect(await leadsTo('/', first)).toBe('/must-read')
  const stale = await confirm(first)
  expect(stale.status).toBe(409)
  expect(await stale.text()).toContain('newer version')
  expect((await confirm(first, third)).status).toBe(303)
  expect((await get('/', first)).status).toBe(200)
  await markMustRead(scope, document.documentId, true)
  await publishVersion(scope, document.documentId, document.versionId)
  forgetReading()
  // Who has acknowledged the first version has read what is live now.
  expect((await get('/', second)).status).toBe(200)
  await publishVersion(scope, document.documentId, third)
  forgetReading()
  expect(await leadsTo('/', second)).toBe('/must-read')
})

test('programs mark, unmark and read who acknowledged, with the scopes for it', async () => {
  await expectStrangersRefused(api, 'acknowledgements')
  const path = `documents/${document.documentId}/must-read`
  expectError(await api.post(path, jsonBody({}), await api.keyWith(['documents:read'])), 403, 'scope_missing')
  expectError(await api.post(path, jsonBody({}), api.keys.theirs), 404, 'not_found')
  const marked = await api.post(path, jsonBody({ ask_again: false }))
  expect([marked.status, marked.body.must_read_from]).toEqual([200, 3])
  const listed = await api.get(`acknowledgements?unit_id=${home.unit_id}`)
  expect(listed.body.data.map((row: { version: number }) => row.version)).toEqual([1, 1, 3])
  expect((await api.get(`acknowledgements?unit_id=${home.unit_id}`, api.keys.theirs)).body.data).toEqual([])
})

test('addresses are shortened in time, and a document nobody must read opens the app', async () => {
  await api.look`update acknowledgements set created_at = now() - interval '31 days', ip_address = '81.2.69.142'`
  await purgeExpired({ signal: new AbortController().signal, progress: () => {} })
  const rows = await api.look`select distinct ip_address from acknowledgements`
  expect(rows.map((row) => row.ip_address)).toEqual(['81.2.69.0/24'])
  expect((await mark('end')).status).toBe(303)
  expect((await get('/', second)).status).toBe(200)
})

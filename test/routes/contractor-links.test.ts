// A contractor's link: its snags and nothing else, until it expires, is withdrawn, or never was.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { form, signIn, withCookies } from '../support/app.ts'
import { type ApiTest, jsonBody, openApi } from './api/client.ts'

let api: ApiTest
let staff: string
let otherStaff: string
let snagIds: string[]

beforeAll(async () => {
  api = await openApi()
  const admin = (tenant: string) => api.app.demo.admins.find((person) => person.tenant === tenant)!
  staff = await signIn(api.app, admin('longview-estates'))
  otherStaff = await signIn(api.app, admin('harbour-homes'))
  const report = async (description: string) => {
    const sent = { unit_id: api.mine.unit_id, room: 'Kitchen', category: 'plumbing', description }
    return (await api.post('snags', jsonBody(sent))).body.id as string
  }
  snagIds = [
    await report('The tap drips.'),
    await report('The <b>hob</b> is loose.'),
    await report('Not theirs.'),
  ]
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const links = () => `/developer/contractor-links?development=${api.mine.development_id}`
const ask = (cookie: string, fields: [string, string][]) =>
  api.app.call(
    links(),
    withCookies(cookie, {
      ...form({}),
      body: new URLSearchParams(fields).toString(),
    }),
  )
const chosen = (...which: number[]): [string, string][] => [
  ['contractor', 'Lee Plumbing'],
  ['days', '14'],
  ...which.map((i): [string, string] => ['snags', snagIds[i]!]),
]

async function makeLink(...which: number[]): Promise<string> {
  const page = await (await ask(staff, chosen(...which))).text()
  return /\/contractor\/([A-Za-z0-9_-]{43})/.exec(page)?.[1] as string
}
const open = (token: string) => api.app.call(`/contractor/${token}`)
const say = (token: string, snagId: string, note = '') =>
  api.app.call(`/contractor/${token}/snags/${snagId}/done`, form({ note }))

test('whoever holds the link sees its snags as text, none of the others, and nobody’s name', async () => {
  const token = await makeLink(0, 1)
  const response = await open(token)
  const page = await response.text()
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  for (const words of ['The tap drips.', 'The &lt;b&gt;hob&lt;/b&gt; is loose.', 'Lee Plumbing'])
    expect(page).toContain(words)
  expect(page).not.toContain('Not theirs.')
  const people = await api.look`select full_name from purchasers where unit_id = ${api.mine.unit_id}`
  for (const { full_name: name } of people) expect(page).not.toContain(name)
  const [stored] = await api.look`select count(*)::int as n from contractor_links where token_hash = ${token}`
  expect(stored?.n).toBe(0)
})

test('said done is said once, is seen on the board and by the household, and leaves the snag open', async () => {
  const token = await makeLink(0, 1)
  expect((await say(token, snagIds[0]!, 'New washer.')).status).toBe(303)
  expect((await say(token, snagIds[0]!, 'Again.')).status).toBe(303)
  const { body } = await api.get(`snags/${snagIds[0]}`)
  expect([body.status, body.changes.length]).toEqual(['reported', 1])
  expect(body.changes[0]).toMatchObject({
    note: 'Lee Plumbing says that it is done. New washer.',
    actor_type: 'contractor',
  })
  const board = `/developer/snags?development=${api.mine.development_id}`
  const read = async (path: string) => (await api.app.call(path, withCookies(staff))).text()
  expect(await read(`${board}&done=said`)).toContain('The tap drips.')
  expect(await read(`${board}&done=said`)).not.toContain('The &lt;b&gt;hob')
  expect(await read(`/developer?development=${api.mine.development_id}`)).toContain(
    '1 said done: look and close',
  )
  expect(await (await open(token)).text()).toContain('You said done on')
})

test('a snag that is not the link’s, an unknown link, an expired one and a withdrawn one are not there', async () => {
  const token = await makeLink(0)
  expect((await say(token, snagIds[2]!)).status).toBe(404)
  expect((await api.app.call(`/contractor/${token}/snags/${snagIds[2]}/photo`)).status).toBe(404)
  for (const wrong of ['x', 'A'.repeat(43), `${token}x`]) expect((await open(wrong)).status).toBe(404)
  const expired = await makeLink(1)
  await api.look`update contractor_links set expires_at = now() - interval '1 second'
    where id = (select max(id::text)::uuid from contractor_links)`
  expect((await open(expired)).status).toBe(404)
  expect((await say(expired, snagIds[1]!)).status).toBe(404)
  const withdrawn = await makeLink(1)
  const [row] = await api.look`select id from contractor_links order by id desc limit 1`
  const withdraw = (cookie: string) =>
    api.app.call(`/developer/contractor-links/${row?.id}/withdrawal`, withCookies(cookie, form({})))
  expect((await withdraw(otherStaff)).status).toBe(404)
  expect((await open(withdrawn)).status).toBe(200)
  expect((await withdraw(staff)).status).toBe(303)
  expect((await open(withdrawn)).status).toBe(404)
})

test('a builder makes links for snags of its own only, and what is missing is said without losing the choice', async () => {
  expect((await ask(otherStaff, chosen(0))).status).toBe(404)
  for (const [fields, sentence] of [
    [[['contractor', ' '], ...chosen(0).slice(1)], 'Say who repairs it'],
    [chosen(), 'Choose at least one snag.'],
  ] as [[string, string][], string][]) {
    const refused = await ask(staff, fields)
    const page = await refused.text()
    expect([refused.status, page.includes(sentence)]).toEqual([422, true])
    if (fields.length > 2) expect(page).toContain(snagIds[0]!)
  }
  const token = await makeLink(1)
  const long = await say(token, snagIds[1]!, 'x'.repeat(2_000))
  expect([long.status, (await long.text()).includes('Use fewer words.')]).toEqual([422, true])
})

test('while the builder is suspended its links are as if unknown, and say nothing done', async () => {
  const token = await makeLink(1)
  const told = async (response: Response) => [
    response.status,
    (await response.text()).replaceAll(/[0-9a-f]{32}/g, ''),
  ]
  const unknown = await told(await open('A'.repeat(43)))
  await api.look`update tenants set suspended_at = now() where slug = 'longview-estates'`
  expect(await told(await open(token))).toEqual(unknown)
  expect((await say(token, snagIds[1]!)).status).toBe(404)
  await api.look`update tenants set suspended_at = null`
  expect((await open(token)).status).toBe(200)
})

test('the file holds every snag that matches, with nothing a spreadsheet would run', async () => {
  await api.look`update snags set description = '=cmd()' where id = ${snagIds[2]!}`
  const path = `/developer/snags.csv?development=${api.mine.development_id}&status=all`
  const response = await api.app.call(path, withCookies(staff))
  const text = await response.text()
  expect(response.headers.get('content-disposition')).toContain('Snags of Longview Park.csv')
  const [counted] =
    await api.look`select count(*)::int as n from snags where development_id = ${api.mine.development_id}`
  expect(text.trim().split('\r\n')).toHaveLength(counted?.n + 1)
  expect(text).toContain("'=cmd()")
  expect((await api.app.call(path, withCookies(otherStaff))).status).toBe(404)
})

test('three homes of a type with the same kind of fault are a cluster that leads to them', async () => {
  const homes = await api.look`select u.id, u.development_id, u.tenant_id, t.code from units u
    join house_types t on t.id = u.house_type_id where t.code = 'BS01' and u.development_id = ${api.mine.development_id} limit 9`
  for (const home of homes)
    await api.look`insert into snags (id, tenant_id, development_id, unit_id, room, category, description)
      values (${Bun.randomUUIDv7()}, ${home.tenant_id}, ${home.development_id}, ${home.id}, 'Hall', 'floors', 'Creaks')`
  const board = `/developer/snags?development=${api.mine.development_id}`
  const page = await (await api.app.call(board, withCookies(staff))).text()
  const link = /<a href="([^"]+)">9 BS01 homes: Floors and tiles/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  const led = await (await api.app.call(link as string, withCookies(staff))).text()
  expect(led.match(/Creaks/g)).toHaveLength(9)
  expect(led).not.toContain('The tap drips.')
})

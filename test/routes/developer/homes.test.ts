// The builder's homes: filters, sorting and pages in the address, the file, cards with codes, corrections, history.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import type postgres from 'postgres'
import type { Scope } from '#db/scope.ts'
import { forgetAttempts } from '#src/access/attempts.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { csvCell } from '#src/csv.ts'
import { printCard } from '#src/home-cards.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { cookiesOf, form, withCookies } from '../../support/app.ts'
import { type BuilderApp, startBuilderApp } from '../../support/builder-app.ts'

let started: BuilderApp
let app: BuilderApp['app']
let look: BuilderApp['look']
let cookie: string
let developerCookie: string
let foreignCookie: string
let scope: Scope
let development: string
let homes: { id: string; number: string; address_line: string }[]

beforeAll(async () => {
  started = await startBuilderApp()
  ;({ app, look, admin: cookie, developer: developerCookie, foreign: foreignCookie, development } = started)
  scope = systemScope(started.tenant, 'test')
  homes = [
    ...(await look<{ id: string; number: string; address_line: string }[]>`
      select id, number, address_line from units where development_id = ${development} order by number::int`),
  ]
})
afterAll(() => started.stop())
beforeEach(() => {
  forgetLimits()
  forgetAttempts()
})

const open = (path: string, as = cookie) => app.call(path, withCookies(as))
const list = async (query: Record<string, string> = {}) => {
  const page = await open(`/developer/homes?${new URLSearchParams({ development, ...query })}`)
  const text = await page.text()
  return {
    status: page.status,
    text,
    ids: [...text.matchAll(/<th scope="row" class="cell-title"><a href="\/developer\/homes\/([^"]+)"/g)].map(
      (match) => match[1] as string,
    ),
    next: /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&'),
  }
}
const post = (path: string, fields: Record<string, string> = {}, as = cookie) =>
  app.call(path, withCookies(as, form(fields)))
const idsWhere = async (where: postgres.PendingQuery<postgres.Row[]>) =>
  (await look`select id from units u where development_id = ${development} and (${where})`)
    .map(({ id }) => id as string)
    .sort()

test('every home stands on one page or the next, in every order', async () => {
  for (const sort of [
    'number',
    '-number',
    'address',
    '-house_type',
    'area',
    '-bedrooms',
    'handed_over',
    '-claimed',
  ]) {
    const first = await list({ sort })
    expect(first.ids).toHaveLength(50)
    const second = await (await open(first.next as string)).text()
    const rest = [...second.matchAll(/cell-title"><a href="\/developer\/homes\/([^"]+)"/g)].map(
      (match) => match[1],
    )
    expect(new Set([...first.ids, ...rest]).size).toBe(75)
    expect(second).toContain('First page')
  }
  expect((await list({ sort: 'number' })).ids).toEqual(homes.slice(0, 50).map(({ id }) => id))
  expect((await list({ sort: '-number' })).ids[0]).toBe(homes.at(-1)!.id)
})

test('filters find the same homes as a statement of one’s own', async () => {
  await look`update units set latitude = null, longitude = null where id in (${homes[3]!.id}, ${homes[4]!.id})`
  await look`update units set claimed_at = now() where id = ${homes[5]!.id}`
  await look`update units set phase = '2' where id in (${homes[1]!.id}, ${homes[2]!.id})`
  await look`insert into qr_scans (id, tenant_id, unit_id, outcome, request_id) values (${Bun.randomUUIDv7()}, ${scope.tenantId}, ${homes[5]!.id}, 'claimed', 'r')`
  const cases: [Record<string, string>, postgres.PendingQuery<postgres.Row[]>][] = [
    [
      { house_type: 'BT01' },
      look`house_type_id = (select id from house_types where development_id = ${development} and code = 'BT01')`,
    ],
    [{ status: 'claimed' }, look`claimed_at is not null`],
    [{ handed_over: 'no' }, look`handed_over_on is null or handed_over_on > current_date`],
    [{ missing: 'position' }, look`latitude is null`],
    [{ phase: '2' }, look`id in (${homes[1]!.id}, ${homes[2]!.id})`],
    [{ active: 'week' }, look`id = ${homes[5]!.id}`],
    [{ q: '7', house_type: 'BT01', status: 'claimed' }, look`false`],
    [
      { q: homes[6]!.address_line.toUpperCase() },
      look`position(lower(${homes[6]!.address_line}) in lower(address_line)) > 0`,
    ],
    [{ q: '%' }, look`false`],
  ]
  for (const [query, where] of cases) {
    const expected = await idsWhere(where)
    const found = await list(query)
    expect([query, found.ids.sort()]).toEqual([query, expected.slice(0, 50)])
    if (expected.length === 0) expect(found.text).toContain('Show all homes')
  }
  expect((await list({ missing: 'documents' })).ids).toHaveLength(50)
  expect((await open(`/developer/homes?development=${development}&sort=password`)).status).toBe(422)
  expect((await open(`/developer/homes?development=${development}`, foreignCookie)).status).toBe(404)
})

test('a filter stays in the links of the page, and a cursor belongs to its list', async () => {
  const { text, next } = await list({ handed_over: 'no', sort: '-area' })
  expect(text).toContain('handed_over=no&amp;sort=area')
  expect(text).toContain('<option value="no" selected>')
  const stolen = new URL(next ?? (await list({ sort: '-area' })).next ?? '', 'http://x').searchParams.get(
    'cursor',
  )
  expect(
    (await open(`/developer/homes?development=${development}&sort=number&cursor=${stolen}`)).status,
  ).toBe(422)
})

test('the file has every home that matches, and no cell that a spreadsheet would run', async () => {
  await look`update units set address_line = '=cmd|calc!A0, "x"' where id = ${homes[0]!.id}`
  const response = await open(`/developer/homes.csv?development=${development}`)
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const bytes = await response.bytes()
  const text = new TextDecoder().decode(bytes)
  const lines = text.trimEnd().split('\r\n')
  expect(lines).toHaveLength(76)
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(lines[0]).toContain('number,address,eircode,house_type')
  expect(text).toContain('"\'=cmd|calc!A0, ""x"""')
  expect(
    (await (await open(`/developer/homes.csv?development=${development}&q=nowhere`)).text()).split('\r\n'),
  ).toHaveLength(2)
  expect((await open(`/developer/homes.csv?development=${development}`, foreignCookie)).status).toBe(404)
  expect(['=1', '+1', '-1', '@x', '\tx', 'a"b', -1, null].map(csvCell)).toEqual([
    "'=1",
    "'+1",
    "'-1",
    "'@x",
    "'\tx",
    '"a""b"',
    '-1',
    '',
  ])
  const [noted] = await look`select count(*)::int as n from activity_log where action = 'homes.exported'`
  expect(noted?.n).toBe(2)
})

test('details are corrected in place, noted with what they were, and refused with all that was typed', async () => {
  const { id } = homes[8]!
  const typed = {
    address_line: '9 Longview Park',
    eircode: 't23 ac12',
    handed_over_on: '3/11/2026',
    bedrooms: '4',
    floor_area_m2: '120,5',
  }
  const saved = await post(`/developer/homes/${id}/details`, typed, developerCookie)
  expect([saved.status, saved.headers.get('location')]).toEqual([303, `/developer/homes/${id}?done=changed`])
  const [row] =
    await look`select address_line, eircode, handed_over_on::text, bedrooms, floor_area_m2::float8 from units where id = ${id}`
  expect(row).toEqual({
    address_line: '9 Longview Park',
    eircode: 'T23AC12',
    handed_over_on: '2026-11-03',
    bedrooms: 4,
    floor_area_m2: 120.5,
  })
  const [noted] =
    await look`select p.payload from activity_log l join activity_payloads p on p.activity_id = l.id where l.action = 'home.changed' and l.target_id = ${id}`
  expect(JSON.parse(noted?.payload).eircode.to).toBe('T23AC12')
  const refused = await post(`/developer/homes/${id}/details`, {
    ...typed,
    eircode: 'nonsense',
    handed_over_on: '31/2/2026',
  })
  expect(refused.status).toBe(422)
  const text = await refused.text()
  expect(text).toContain('value="nonsense"')
  expect(text).toContain('This is not an Eircode such as T23 AC12.')
  expect(text).toContain('This is not a day of the calendar.')
  expect((await post(`/developer/homes/${id}/details`, typed, foreignCookie)).status).toBe(404)
})

test('a new code and a new link kill the old ones at once, and both are noted', async () => {
  const { id } = homes[9]!
  const before = await printCard(scope, id)
  const claim = (url: string, access_code: string) => app.call(new URL(url).pathname, form({ access_code }))
  const shown = await (await post(`/developer/homes/${id}/access-code`)).text()
  expect(shown).toContain(before.accessCode)
  expect(await (await open(`/developer/homes/${id}`)).text()).not.toContain(before.accessCode)
  const rotated = await (await post(`/developer/homes/${id}/access-code/rotation`)).text()
  const code = /class="access-code">([^<]+)</.exec(rotated)?.[1] as string
  expect(code).not.toBe(before.accessCode)
  expect((await claim(before.url, before.accessCode)).status).not.toBe(303)
  const joined = await claim(before.url, code)
  expect(joined.status).toBe(303)
  expect((await post(`/developer/homes/${id}/link/rotation`)).status).toBe(303)
  expect((await claim(before.url, code)).status).toBe(404)
  const after = await printCard(scope, id)
  expect(after.url).not.toBe(before.url)
  expect((await claim(after.url, after.accessCode)).status).toBe(303)
  // Whoever is in stays in.
  expect((await open('/home', cookiesOf(joined))).status).toBe(200)
  const actions =
    await look`select action from activity_log where target_id = ${id} and action like 'home.%' order by created_at, id`
  expect(new Set(actions.map(({ action }) => action))).toEqual(
    new Set(['home.code_shown', 'home.code_rotated', 'home.claimed', 'home.link_rotated']),
  )
  const timeline = await (await open(`/developer/homes/${id}`)).text()
  for (const words of [
    'New link',
    'New access code',
    'A wrong code was typed',
    'A phone joined with the code',
    'Card printed',
  ])
    expect(timeline).toContain(words)
  for (const path of ['access-code', 'access-code/rotation', 'link/rotation', 'card'])
    expect((await post(`/developer/homes/${id}/${path}`, {}, foreignCookie)).status).toBe(404)
})

test('cards are printed for the homes that the filters leave, each with a code of 6 cm and its access code', async () => {
  const response = await post(
    '/developer/print-pack',
    { development, house_type: 'BT01', q: '', status: '' },
    developerCookie,
  )
  expect(response.status).toBe(200)
  const text = await response.text()
  expect(text.match(/<article class="home-card"/g)).toHaveLength(4)
  expect(text.match(/<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/g)).toHaveLength(4)
  const [unit] =
    await look`select id, public_id, card_printed_at from units where house_type_id = (select id from house_types where development_id = ${development} and code = 'BT01') order by id limit 1`
  expect(text).toContain(`/h/${unit?.public_id}`)
  expect(unit?.card_printed_at).toBeInstanceOf(Date)
  expect(await Bun.file('public/styles/home-card.css').text()).toContain('width: 66mm')
  expect((await post('/developer/print-pack', { development }, foreignCookie)).status).toBe(404)
})

test('the timeline counts questions and tells none, and only administrators see from where a card was scanned', async () => {
  const { id } = homes[11]!
  const conversation = Bun.randomUUIDv7()
  await look`insert into conversations (id, tenant_id, unit_id, origin, title) values (${conversation}, ${scope.tenantId}, ${id}, 'app', 't')`
  await look`insert into messages (id, tenant_id, conversation_id, client_key, question, request_id) values (${Bun.randomUUIDv7()}, ${scope.tenantId}, ${conversation}, 'k', 'Is the attic haunted?', 'r')`
  await look`insert into qr_scans (id, tenant_id, unit_id, outcome, ip_address, request_id) values (${Bun.randomUUIDv7()}, ${scope.tenantId}, ${id}, 'opened', '203.0.113.9', 'r')`
  const admin = await (await open(`/developer/homes/${id}`)).text()
  const developer = await (await open(`/developer/homes/${id}`, developerCookie)).text()
  for (const page of [admin, developer]) {
    expect(page).toContain('1 question asked')
    expect(page).not.toContain('haunted')
  }
  expect(admin).toContain('203.0.113.9')
  expect(developer).not.toContain('203.0.113.9')
})

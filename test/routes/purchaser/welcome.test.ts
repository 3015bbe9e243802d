// Getting into a home: the printed link, the access code, and everything that can go wrong with them.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { forgetAttempts, waitMs } from '#src/access/attempts.ts'
import { safeNextPath } from '#src/access/next-path.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { claim, cookiesOf, form, signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'

let app: TestApp
let superuser: postgres.Sql
const pathOf = (home: { url: string }) => new URL(home.url).pathname
const homeWithNames = () => app.demo.homes.find((home) => home.purchasers.length > 1)!

beforeAll(async () => {
  app = await startTestApp()
  superuser = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
})
beforeEach(() => {
  forgetAttempts()
  forgetLimits()
})
afterAll(async () => {
  await superuser.end()
  await app.stop()
})

test('the printed link names the development and nothing of the home', async () => {
  const home = homeWithNames()
  const text = await (await app.call(pathOf(home))).text()
  expect(text).toContain('Longview Park')
  for (const secret of [...home.purchasers, home.access_code, home.unit_id, 'Ballyhooly'])
    expect(text).not.toContain(secret)
})

test.each([
  ['as printed', (code: string) => code],
  ['in small letters without dashes', (code: string) => code.toLowerCase().replaceAll('-', '')],
  ['with spaces around and between', (code: string) => ` ${code.replaceAll('-', ' ')} `],
])('the code opens the home when typed %s', async (_, typed) => {
  const home = homeWithNames()
  const response = await app.call(pathOf(home), form({ access_code: typed(home.access_code) }))
  expect(response.status).toBe(303)
  expect((await app.call('/home', withCookies(cookiesOf(response)))).status).toBe(200)
})

test('the session’s cookies are for this host only and out of reach of scripts', async () => {
  const home = homeWithNames()
  const response = await app.call(pathOf(home), form({ access_code: home.access_code }))
  const lines = response.headers.getSetCookie()
  expect(lines).toHaveLength(2)
  for (const line of lines)
    expect(line).toMatch(
      /^__Host-oh-home(-refresh)?=.+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/,
    )
})

test('a wrong code is told apart from nothing else and costs no session', async () => {
  const response = await app.call(pathOf(homeWithNames()), form({ access_code: 'AA-111-AAAA' }))
  expect(response.status).toBe(401)
  expect(response.headers.getSetCookie()).toEqual([])
})

test('after five wrong codes the home asks to wait, also for the right one', async () => {
  const home = app.demo.homes[3]!
  for (let i = 0; i < 5; i++)
    expect((await app.call(pathOf(home), form({ access_code: 'AA-111-AAAA' }))).status).toBe(401)
  const response = await app.call(pathOf(home), form({ access_code: home.access_code }))
  expect(response.status).toBe(429)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
})

test.each([
  [0, 0],
  [4, 0],
  [5, 30_000],
  [6, 60_000],
  [9, 480_000],
  [30, 900_000],
])('%p wrong codes mean a wait of %p ms', (count, expected) => {
  expect(waitMs({ count, lastAtMs: 1_000 }, 5, 1_000)).toBe(expected)
})

test('75 families behind one address get in, each with one slip', async () => {
  const homes = app.demo.homes.slice(20)
  for (const home of homes) {
    expect((await app.call(pathOf(home), form({ access_code: 'AA-111-AAAA' }))).status).toBe(401)
    expect((await app.call(pathOf(home), form({ access_code: home.access_code }))).status).toBe(303)
  }
})

test('an unknown link and a replaced one look the same', async () => {
  const home = app.demo.homes.at(-1)!
  await superuser`update units set public_id = ${'B'.repeat(22)} where id = ${home.unit_id}`
  const replaced = await app.call(pathOf(home))
  const unknown = await app.call(`/h/${'C'.repeat(22)}`)
  expect([replaced.status, unknown.status]).toEqual([404, 404])
  expect(await replaced.text()).toBe(await unknown.text())
  const claimed = await app.call(pathOf(home), form({ access_code: home.access_code }))
  expect(claimed.status).toBe(404)
  await superuser`update units set public_id = ${pathOf(home).slice(3)} where id = ${home.unit_id}`
})

test('opening, previewing or prefetching a link consumes nothing', async () => {
  const home = app.demo.homes[5]!
  for (const method of ['GET', 'HEAD', 'GET'])
    await app.call(pathOf(home), {
      method,
      headers: { 'sec-purpose': 'prefetch', 'user-agent': 'WhatsApp/2.0 preview' },
    })
  const [unit] = await superuser`select claimed_at from units where id = ${home.unit_id}`
  expect(unit?.claimed_at).toBeNull()
  await claim(app, home)
})

test('fifty phones that claim one home at once all get in, and it is claimed once', async () => {
  const home = app.demo.homes[6]!
  const responses = await Promise.all(
    Array.from({ length: 50 }, () => app.call(pathOf(home), form({ access_code: home.access_code }))),
  )
  expect(new Set(responses.map((response) => response.status))).toEqual(new Set([303]))
  const [count] =
    await superuser`select count(*)::int as sessions, count(distinct refresh_hash)::int as different from sessions where unit_id = ${home.unit_id}`
  expect(count).toEqual({ sessions: 50, different: 50 })
})

test('every scan is noted with its outcome', async () => {
  const home = app.demo.homes[7]!
  await app.call(pathOf(home), { headers: { 'user-agent': 'test phone' } })
  await app.call(pathOf(home), form({ access_code: 'AA-111-AAAA' }))
  await claim(app, home)
  const rows =
    await superuser`select outcome, ip_address is not null as has_address from qr_scans where unit_id = ${home.unit_id} order by created_at, id`
  expect(rows.map((row) => row.outcome)).toEqual(['opened', 'wrong_code', 'claimed'])
  expect(rows.every((row) => row.has_address)).toBe(true)
})

test('the welcome is shown once, with the stored names to the letter', async () => {
  const home =
    app.demo.homes.find((each) => each.purchasers.some((name) => name.includes('’') || name.includes("'"))) ??
    homeWithNames()
  const cookie = await claim(app, home)
  expect((await app.call('/', withCookies(cookie))).headers.get('location')).toBe('/intro')
  const text = await (await app.call('/intro', withCookies(cookie))).text()
  for (const name of home.purchasers) expect(text).toContain(Bun.escapeHTML(name))
  await app.call('/intro', withCookies(cookie, form({ skip: '1' })))
  expect((await app.call('/', withCookies(cookie))).status).toBe(200)
  expect((await app.call('/intro', withCookies(cookie))).headers.get('location')).toBe('/')
})

test('after signing out the old cookies open nothing', async () => {
  const cookie = await claim(app, homeWithNames())
  expect((await app.call('/sign-out', withCookies(cookie, form({})))).status).toBe(303)
  expect((await app.call('/home', withCookies(cookie))).status).toBe(303)
})

test('a stranger comes back to the page that was asked for', async () => {
  const home = homeWithNames()
  expect((await app.call('/documents')).headers.get('location')).toBe('/welcome?next=%2Fdocuments')
  const link = cookiesOf(await app.call(pathOf(home)))
  const welcome = await app.call('/welcome?next=%2Fdocuments', withCookies(link))
  expect(welcome.headers.get('location')).toBe(`${pathOf(home)}?next=%2Fdocuments`)
  const claimed = await app.call(pathOf(home), form({ access_code: home.access_code, next: '/documents' }))
  expect(claimed.headers.get('location')).toBe('/documents')
})

test.each([
  '//evil.example',
  '/\\evil.example',
  'https:evil.example',
  'https://evil.example',
  '/%0d%0aset-cookie:x',
  '/\u0000/',
  'javascript:alert(1)',
  ' //evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/%2e%2e//evil.example',
  '/a/..//evil.example',
  '/.///evil.example',
])('nobody is sent to %p', (next) => {
  expect(new URL(safeNextPath(next, '/'), 'http://localhost').host).toBe('localhost')
})

test('a flood of unknown links is refused before it is noted', async () => {
  const path = `/h/${'F'.repeat(22)}`
  const count = async () =>
    (await superuser`select count(*)::int as n from qr_scans where outcome = 'unknown_link'`)[0]?.n
  const before = await count()
  const statuses = new Set<number>()
  for (let i = 0; i < 40; i++) statuses.add((await app.call(path)).status)
  for (let i = 0; i < 40; i++) statuses.add((await app.call(path, form({ access_code: 'x' }))).status)
  expect(statuses).toEqual(new Set([404, 429]))
  expect((await count()) - before).toBeLessThanOrEqual(21)
})

test('a phone beyond the names on the contract is somebody of the household, not the first of them', async () => {
  const home = app.demo.homes.filter((each) => each.purchasers.length === 2).at(-1)!
  await superuser`delete from sessions where unit_id = ${home.unit_id}`
  for (const _ of [1, 2, 3]) await claim(app, home)
  const rows = await superuser`select s.purchaser_id, p.position from sessions s
    left join purchasers p on p.id = s.purchaser_id where s.unit_id = ${home.unit_id} order by s.created_at, s.id`
  expect(rows.map((row) => row.position)).toEqual([1, 2, null])
})

test('two phones that claim at the same moment are two people of the contract, not one of them twice', async () => {
  const homes = app.demo.homes.filter((each) => each.purchasers.length === 2).slice(3, 8)
  for (const home of homes) {
    await superuser`delete from sessions where unit_id = ${home.unit_id}`
    await Promise.all([claim(app, home), claim(app, home), claim(app, home)])
    const rows =
      await superuser`select p.position from sessions s left join purchasers p on p.id = s.purchaser_id
      where s.unit_id = ${home.unit_id} order by p.position nulls last`
    expect(rows.map((row) => row.position)).toEqual([1, 2, null])
  }
})

test('too many tries say in words when to try again, also when the link is opened anew', async () => {
  const home = app.demo.homes[4]!
  for (let i = 0; i < 5; i++) await app.call(pathOf(home), form({ access_code: 'AA-111-AAAA' }))
  for (const response of [
    await app.call(pathOf(home), form({ access_code: home.access_code })),
    await app.call(pathOf(home)),
  ]) {
    expect(response.headers.getSetCookie().join()).not.toContain('oh-home=')
    expect(await response.text()).toMatch(
      /Please try again in (?:30|29|28) seconds\. Your code stays valid\./,
    )
  }
})

test('a bot that follows a link, its code in the address even, opens nothing and uses up no try', async () => {
  const home = app.demo.homes[8]!
  const state = async () =>
    (
      await superuser`select u.claimed_at, (select count(*)::int from sessions s where s.unit_id = u.id) as sessions
      from units u where u.id = ${home.unit_id}`
    )[0]
  const before = await state()
  for (let i = 0; i < 20; i++)
    for (const init of [
      { method: 'HEAD', headers: { 'user-agent': 'facebookexternalhit/1.1' } },
      { headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0' } },
      { headers: { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' } },
    ])
      await app.call(`${pathOf(home)}?access_code=${home.access_code}&access_code=AA-111-AAAA`, init)
  expect(await state()).toEqual(before)
  expect((await app.call(pathOf(home), form({ access_code: home.access_code }))).status).toBe(303)
})

test('a link that staff made anew is unknown at once, to the byte, whether looked at or tried', async () => {
  const home = app.demo.homes.find(({ tenant }) => tenant === 'longview-estates')!
  const staff = await signIn(app, app.demo.admins.find(({ tenant }) => tenant === 'longview-estates')!)
  await app.call(`/developer/homes/${home.unit_id}/link/rotation`, withCookies(staff, form({})))
  const unknown = `/h/${'D'.repeat(22)}`
  for (const init of [{}, form({ access_code: home.access_code }), form({ access_code: 'AA-111-AAAA' })]) {
    const [old, none] = [await app.call(pathOf(home), init), await app.call(unknown, init)]
    expect([old.status, await old.text()]).toEqual([none.status, await none.text()])
    expect(old.headers.getSetCookie()).toEqual(none.headers.getSetCookie())
  }
  await superuser`update units set public_id = ${pathOf(home).slice(3)} where id = ${home.unit_id}`
})

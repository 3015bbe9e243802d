// Settings: staff with one-time links and rights that count at once, keys, webhooks, the log, facts; and for whom.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetAttempts } from '#src/access/attempts.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { bearer, form, signIn, withCookies } from '../../support/app.ts'
import { type BuilderApp, startBuilderApp } from '../../support/builder-app.ts'

let started: BuilderApp
let app: BuilderApp['app']
let look: BuilderApp['look']
let admin: string
let developer: string
let foreign: string
let longview: string
let rathard: string
const RANDOM_ID = '01890000-0000-7000-8000-000000000000'

beforeAll(async () => {
  started = await startBuilderApp()
  ;({ app, look, admin, developer, foreign, development: longview } = started)
  const [row] = await look`select id from developments where slug = 'rathard-park'`
  rathard = row?.id
})
afterAll(() => started.stop())
beforeEach(() => {
  forgetLimits()
  forgetAttempts()
})

const open = async (path: string, as = admin) => {
  const response = await app.call(path, withCookies(as))
  return { status: response.status, text: await response.text() }
}
const post = async (path: string, fields: Record<string, string | string[]> = {}, as = admin) => {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one)
  const response = await app.call(path, withCookies(as, { ...form({}), body: body.toString() }))
  return { status: response.status, location: response.headers.get('location'), text: await response.text() }
}
const settings = '/developer/settings'
const linkIn = (text: string) => /(\/developer\/password\/[A-Za-z0-9_-]{43})/.exec(text)?.[1] as string
const password = 'a long and pleasant sentence'

async function invite(email: string, developments: string[], role = 'developer') {
  const invited = await post(`${settings}/invitations`, {
    name: 'Niamh Daly',
    email,
    role,
    development_ids: developments,
  })
  const [row] = await look`select id from staff where email = ${email}`
  return { ...invited, link: linkIn(invited.text), id: row?.id as string }
}

test('an invited developer sets a password once and sees the developments that were granted, no more', async () => {
  const { link, status, text } = await invite('niamh@longview.example', [rathard])
  expect(status).toBe(200)
  expect(text).toContain('E-mail is not set up here')
  expect((await open(settings)).text).not.toContain('/developer/password/')
  const hashed = await look`select token_hash from staff_links`
  expect(hashed.some(({ token_hash }) => link.includes(token_hash))).toBe(false)
  expect((await app.call(link)).status).toBe(200)
  expect((await app.call(link, form({ password: 'short' }))).status).toBe(422)
  expect((await app.call(link, form({ password }))).headers.get('location')).toBe('/developer/sign-in')
  expect((await app.call(link, form({ password }))).status).toBe(404)
  expect((await app.call(link)).status).toBe(404)
  const session = await signIn(app, { email: 'niamh@longview.example', password })
  const today = (await open('/developer', session)).text
  expect(today).toContain('Rathard Park')
  expect(today).not.toContain('Longview Park')
  expect((await open(settings, session)).status).toBe(404)
})

test('rights count at once where somebody is signed in; disabling and ending sessions throw them out', async () => {
  const { link, id } = await invite('tom@longview.example', [rathard])
  await app.call(link, form({ password }))
  const account = { email: 'tom@longview.example', password }
  const session = await signIn(app, account)
  expect((await open(`/developer?development=${longview}`, session)).status).toBe(404)
  const changed = await post(`${settings}/staff/${id}`, {
    role: 'developer',
    development_ids: [longview, rathard],
  })
  expect(changed.location).toBe(`${settings}/staff/${id}?done=rights`)
  expect((await open(`/developer?development=${longview}`, session)).status).toBe(200)
  expect((await post(`${settings}/staff/${id}`, { role: 'admin' })).status).toBe(303)
  expect((await open(settings, session)).status).toBe(200)
  await post(`${settings}/staff/${id}/sessions/end`)
  expect((await open('/developer', session)).status).toBe(303)
  const again = await signIn(app, account)
  expect((await post(`${settings}/staff/${id}/disabling`)).location).toContain('done=disabled')
  expect((await open('/developer', again)).status).toBe(303)
  await expect(signIn(app, account)).rejects.toThrow()
  await post(`${settings}/staff/${id}/enabling`)
  const reset = linkIn((await post(`${settings}/staff/${id}/link`)).text)
  const newer = linkIn((await post(`${settings}/staff/${id}/link`)).text)
  expect((await app.call(reset)).status).toBe(404)
  const before = await signIn(app, account)
  expect((await app.call(newer, form({ password: `${password}!` }))).status).toBe(303)
  expect((await open('/developer', before)).status).toBe(303)
  await signIn(app, { ...account, password: `${password}!` })
})

test('nobody takes their own rights, an address has one account, and nothing typed is lost', async () => {
  const [self] =
    await look`select id from staff where email = ${app.demo.admins.find((person) => person.tenant === 'longview-estates')!.email}`
  for (const [path, fields] of [
    [`${settings}/staff/${self?.id}`, { role: 'developer' }],
    [`${settings}/staff/${self?.id}/disabling`, {}],
  ] as const) {
    const refused = await post(path, fields)
    expect([refused.status, refused.text.includes('You cannot take your own rights away.')]).toEqual([
      422,
      true,
    ])
  }
  const taken = await post(`${settings}/invitations`, {
    name: 'Copy',
    email: app.demo.admins[0]!.email.toUpperCase(),
    role: 'developer',
  })
  expect(taken.status).toBe(422)
  expect(taken.text).toContain('There is an account with this e-mail address already.')
  expect(taken.text).toContain('value="Copy"')
  const [theirs] =
    await look`select id from developments where slug not in ('longview-park', 'rathard-park') limit 1`
  expect((await invite('eve@longview.example', [theirs?.id])).status).toBe(404)
})

test('settings of administrators do not exist for developers, and nothing of another builder for anybody', async () => {
  const { id } = await invite('ann@longview.example', [])
  for (const path of ['', '/api-keys', '/webhooks', '/activity', `/staff/${id}`])
    expect([path, (await open(settings + path, developer)).status]).toEqual([path, 404])
  for (const path of [`/staff/${id}`, `/staff/${RANDOM_ID}`])
    expect((await open(settings + path, foreign)).status).toBe(404)
  for (const path of ['link', 'sessions/end', 'disabling', 'enabling'])
    expect((await post(`${settings}/staff/${id}/${path}`, {}, foreign)).status).toBe(404)
  expect((await open('/developer', developer)).text).toContain('href="/developer/settings/facts?')
})

test('an API key is shown once, works as far as it may, and stops when it is revoked', async () => {
  const made = await post(`${settings}/api-keys`, { name: 'Sales system', scopes: ['units:read'] })
  const key = /oh_[A-Za-z0-9_-]{43}/.exec(made.text)?.[0] as string
  expect((await open(`${settings}/api-keys`)).text).not.toContain(key)
  expect((await app.call('/api/v1/units', bearer(key))).status).toBe(200)
  expect((await app.call('/api/v1/documents', bearer(key))).status).toBe(403)
  const [row] = await look`select id from api_keys where name = 'Sales system'`
  expect((await post(`${settings}/api-keys/${row?.id}/revocation`, {}, foreign)).status).toBe(404)
  expect((await post(`${settings}/api-keys/${row?.id}/revocation`)).status).toBe(303)
  expect((await app.call('/api/v1/units', bearer(key))).status).toBe(401)
  const refused = await post(`${settings}/api-keys`, { name: 'No scopes', scopes: 'made:up' })
  expect([refused.status, refused.text.includes('value="No scopes"')]).toEqual([422, true])
})

test('a key names the sites whose pages may call with it, one a line, and nothing but sites', async () => {
  const asked = { name: 'Customer pages', scopes: ['units:read'] }
  const made = await post(`${settings}/api-keys`, {
    ...asked,
    origins: 'https://crm.example.ie/login\nhttp://localhost:5173\nhttps://crm.example.ie',
  })
  expect(made.text).toContain('Pages of https://crm.example.ie, http://localhost:5173')
  for (const origins of ['crm.example.ie', 'http://crm.example.ie', 'javascript:1', '*']) {
    const refused = await post(`${settings}/api-keys`, { ...asked, origins })
    expect([origins, refused.status, refused.text.includes('Write each site')]).toEqual([origins, 422, true])
  }
})

test('a webhook is added, its secret shown once, and removed', async () => {
  const made = await post(`${settings}/webhooks`, {
    url: 'https://hooks.example/oh',
    events: ['unit.claimed'],
  })
  expect(made.text).toContain('whsec_')
  const [row] = await look`select id from webhooks`
  const item = await open(`${settings}/webhooks/${row?.id}`)
  expect(item.text).toContain('https://hooks.example/oh')
  expect(item.text).not.toContain('whsec_')
  expect((await open(`${settings}/webhooks/${row?.id}`, foreign)).status).toBe(404)
  const bad = await post(`${settings}/webhooks`, { url: 'ftp://x', events: ['unit.claimed'] })
  expect(bad.text).toContain('The address must start with https://')
  expect((await post(`${settings}/webhooks/${row?.id}/deletion`)).status).toBe(303)
  expect([...(await look`select 1 from webhooks`)]).toEqual([])
})

test('the log tells who did what, page by page, and narrows', async () => {
  const all = await open(`${settings}/activity`)
  expect(all.text).toContain('Staff: invited')
  expect(all.text).toContain('API key: created')
  const keys = (await open(`${settings}/activity?area=programs&who=`)).text
  expect(keys).toContain('API key: revoked')
  expect(keys).not.toContain('Staff: invited')
  const [tenant] = await look`select tenant_id from developments where id = ${longview}`
  const { insertActivity } = await import('#db/logs.ts')
  const { systemScope } = await import('#src/access/system-scope.ts')
  const { within } = await import('#db/scope.ts')
  await within(systemScope(tenant?.tenant_id, 'test'), async (db) => {
    for (let i = 0; i < 60; i++)
      await insertActivity(db, {
        ...{ tenantId: tenant?.tenant_id, actorType: 'system', actorId: 'test', action: 'job.tested' },
        ...{ targetType: 'job', targetId: `t${i}`, requestId: 'r' },
      })
  })
  const first = (await open(`${settings}/activity?area=jobs`)).text
  const next = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') as string
  const second = (await open(next)).text
  const ids = [...(first + second).matchAll(/job (t\d+)</g)].map((match) => match[1])
  expect([ids.length, new Set(ids).size]).toEqual([60, 60])
  expect((await open(`${settings}/activity`, foreign)).text).not.toContain('Staff: invited')
})

test('facts are recorded, corrected and removed with their source; emergency numbers stay', async () => {
  const facts = `${settings}/facts?development=${rathard}`
  const typed = { topic: 'bins', label: 'Bin day', value: 'Tuesday', source: 'Council, leaflet 2026' }
  const granted =
    await look`select 1 from staff_developments g join staff s on s.id = g.staff_id where g.development_id = ${longview} and s.email = ${app.demo.developers.find((person) => person.tenant === 'longview-estates')!.email}`
  expect(granted.length).toBe(1)
  expect((await post(`${settings}/facts?development=${longview}`, typed, developer)).status).toBe(303)
  expect((await post(facts, typed)).status).toBe(303)
  const [row] =
    await look`select id, key, recorded_on::text from facts where label = 'Bin day' and development_id = ${rathard}`
  expect(row?.key).toBe('bins.bin_day')
  const twice = await post(facts, typed)
  expect([twice.status, twice.text.includes('recorded already')]).toEqual([422, true])
  const refused = await post(`${settings}/facts/${row?.id}`, { ...typed, value: '', source: 'Somebody' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('value="Somebody"')
  const long = { ...typed, label: 'Long', value: 'x'.repeat(2_000), source: 'y'.repeat(300) }
  expect((await post(facts, long)).status).toBe(303)
  expect((await post(facts, { ...long, label: 'Longer', value: `${long.value}x` })).status).toBe(422)
  expect((await post(`${settings}/facts/${row?.id}`, { ...typed, value: 'Friday' })).status).toBe(303)
  expect((await open(facts)).text).toContain('Friday')
  for (const path of [`/facts/${row?.id}`, `/facts/${row?.id}/deletion`])
    expect((await post(settings + path, typed, foreign)).status).toBe(404)
  expect((await open(facts, foreign)).status).toBe(404)
  expect((await post(`${settings}/facts/${row?.id}/deletion`)).status).toBe(303)
  const [gas] = await look`select id from facts where key = 'emergency.gas' and development_id = ${rathard}`
  expect((await post(`${settings}/facts/${gas?.id}/deletion`)).status).toBe(422)
  const types = await post(`${facts}&house_type=NOPE`, typed)
  expect(types.status).toBe(422)
})

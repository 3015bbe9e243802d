// Who may call what: every route declares it, and the matrix of routes and callers is compared with a golden file.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { Elysia } from 'elysia'
import { access } from '#src/access/access.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { bearer, claim, form, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'

const GOLDEN = 'test/golden/access.txt'
const RANDOM_ID = '01890000-0000-7000-8000-000000000000'

let app: TestApp
let callers: Record<string, RequestInit>

beforeAll(async () => {
  app = await startTestApp()
  const { homes, admins, developers, super_admin: operator, api_keys: keys } = app.demo
  const homeOf = (tenant: string) =>
    homes.find((home) => home.tenant === tenant && home.purchasers.length > 0)!
  const staffOf = (list: typeof admins, tenant: string) => list.find((person) => person.tenant === tenant)!
  callers = {
    stranger: {},
    purchaser: withCookies(await claim(app, homeOf('longview-estates'))),
    'other purchaser': withCookies(await claim(app, homeOf('harbour-homes'))),
    developer: withCookies(await signIn(app, staffOf(developers, 'longview-estates'))),
    admin: withCookies(await signIn(app, staffOf(admins, 'longview-estates'))),
    'other admin': withCookies(await signIn(app, staffOf(admins, 'harbour-homes'))),
    'super admin': withCookies(await signIn(app, operator, '/admin')),
    'api key': bearer(keys[0]!.key),
  }
})

beforeEach(forgetLimits)
afterAll(() => app.stop())

const declared = (route: TestApp['routes'][number]) =>
  route.hooks?.detail?.['x-access'] as string[] | undefined
const undeclared = (routes: TestApp['routes']) =>
  routes.filter((route) => !declared(route)).map((route) => `${route.method} ${route.path}`)

test('every route declares who it is for', () => {
  expect(undeclared(app.routes)).toEqual([])
})

test('a route that forgets to is found', () => {
  const planted = new Elysia()
    .use(access)
    .get('/planted', () => 'open')
    .get('/said', () => 'ok', { forAnyone: 'a test' })
  expect(undeclared(planted.routes as TestApp['routes'])).toEqual(['GET /planted'])
})

test('every open route says why it is open', () => {
  const silent = app.routes.filter(
    (route) => declared(route)?.includes('anyone') && !route.hooks?.detail?.['x-open-because'],
  )
  expect(silent.map((route) => route.path)).toEqual([])
})

/** An address of the route with ids that exist nowhere, and a body that no schema accepts. */
function badRequest(route: TestApp['routes'][number]): [string, RequestInit] {
  const path = route.path.replace(':publicId', 'A'.repeat(22)).replace(/:[A-Za-z]+/g, RANDOM_ID)
  if (route.method === 'GET') return [path, {}]
  return [path, { ...form({ nonsense: '1' }), method: route.method }]
}

const merged = (init: RequestInit, caller: RequestInit): RequestInit => ({
  ...init,
  headers: { ...(init.headers as object), ...(caller.headers as object) },
})

test('the matrix of routes and callers is the agreed one', async () => {
  const names = Object.keys(callers)
  const lines = [`route | ${names.join(' | ')}`]
  for (const route of app.routes) {
    forgetLimits()
    const [path, init] = badRequest(route)
    const statuses: (number | string)[] = []
    for (const name of names) {
      // Signing out would end the session that the next route needs.
      if (route.path.endsWith('/sign-out'))
        statuses.push(name === 'stranger' ? (await app.call(path, init)).status : '-')
      else statuses.push((await app.call(path, merged(init, callers[name]!))).status)
    }
    lines.push(`${route.method} ${route.path} | ${statuses.join(' | ')}`)
  }
  const matrix = `${lines.join('\n')}\n`
  if (process.env.UPDATE_GOLDEN) writeFileSync(GOLDEN, matrix)
  expect(matrix).toBe(readFileSync(GOLDEN, 'utf8'))
})

test('a stranger never learns what a body should look like', async () => {
  for (const route of app.routes.filter((each) => !declared(each)?.includes('anyone'))) {
    forgetLimits()
    const [path, init] = badRequest(route)
    const { status } = await app.call(path, init)
    expect([303, 401, 404], `${route.method} ${route.path} answered ${status}`).toContain(status)
  }
})

test('an id of another tenant answers exactly like one that does not exist', async () => {
  const foreign = app.demo.homes.find((home) => home.tenant === 'harbour-homes')!
  const body = async (path: string) => {
    const response = await app.call(path, callers['api key']!)
    return { status: response.status, text: (await response.text()).replace(/"request_id":"[^"]*"/, '') }
  }
  for (const [list, id] of [
    ['units', foreign.unit_id],
    ['developments', foreign.development_id],
  ]) {
    const theirs = await body(`/api/v1/${list}/${id}`)
    expect(theirs.status).toBe(404)
    expect(theirs).toEqual(await body(`/api/v1/${list}/${RANDOM_ID}`))
  }
})

test('a filter by another tenant’s development is an empty list', async () => {
  const foreign = app.demo.homes.find((home) => home.tenant === 'harbour-homes')!
  for (const list of ['units', 'house-types', 'documents']) {
    const response = await app.call(
      `/api/v1/${list}?development_id=${foreign.development_id}`,
      callers['api key']!,
    )
    expect(await response.json()).toEqual({ data: [], next_cursor: null })
  }
})

test('a developer cannot open a development that was not granted', async () => {
  const own = app.demo.developers.find((person) => person.tenant === 'longview-estates')!
  const foreign = app.demo.homes.find((home) => home.tenant === 'harbour-homes')!
  expect(own).toBeDefined()
  for (const path of [
    `/developer?development=${foreign.development_id}`,
    `/developer/documents?development=${foreign.development_id}`,
  ])
    expect((await app.call(path, callers.developer!)).status).toBe(404)
})

test('staff stay signed in when they open a home’s printed link, and a purchaser is no staff', async () => {
  expect((await app.call('/developer', callers.purchaser!)).status).toBe(303)
  expect((await app.call('/', callers.admin!)).status).toBe(303)
  expect((await app.call('/admin', callers.admin!)).status).toBe(404)
})

// Every route declares its classes in docs/routes.md: access, limit, input, paging and audit; and is what it says.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { Elysia } from 'elysia'
import { access } from '#src/access/access.ts'
import { forgetLimits, policies } from '#src/http/limits.ts'
import { bearer, claim, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'

const LIMIT_MAX = 100
const RANDOM_ID = '01890000-0000-7000-8000-000000000000'
const PAGING = ['page', 'bounded', 'aggregate', 'export', 'one', 'file', 'stream', 'fixed', '-']
const AUDIT = [
  'activity',
  'access',
  'scan',
  'question',
  'error',
  'own mark',
  'session row',
  'read',
  'nothing kept',
]
/** Routes that change something and take no body: the address says it all, or the body is a file that is streamed. */
const FILES = /\/(?:documents|versions|import|snags)$/

type Route = TestApp['routes'][number] & { hooks: { params?: Shaped; query?: Shaped; body?: Shaped } }
type Shaped = { shape?: Record<string, unknown>; safeParse(value: unknown): { success: boolean } }
type Classes = { access: string; limit: string; paging: string; audit: string }

let app: TestApp
let routes: Route[]
let callers: Record<string, RequestInit>
const table = new Map<string, Classes>()

beforeAll(async () => {
  app = await startTestApp()
  routes = app.routes as Route[]
  if (process.env.UPDATE_GOLDEN) addMissing()
  for (const [, method, path, who, limit, paging, audit] of readFileSync('docs/routes.md', 'utf8').matchAll(
    /^\| (\w+) \| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm,
  ))
    table.set(`${method} ${path}`, { access: who!, limit: limit!, paging: paging!, audit: audit! })
  const tenant = 'longview-estates'
  const of = <T extends { tenant: string }>(list: readonly T[]) =>
    list.find((each) => each.tenant === tenant)!
  callers = {
    purchaser: withCookies(await claim(app, of(app.demo.homes))),
    admin: withCookies(await signIn(app, of(app.demo.admins))),
    super_admin: withCookies(await signIn(app, app.demo.super_admin, '/admin')),
    api_client: bearer(of(app.demo.api_keys).key),
  }
})
afterAll(() => app.stop())

/** A first guess at the classes of new routes, for whoever adds them to look through. */
function addMissing(): void {
  const page = readFileSync('docs/routes.md', 'utf8')
  const [head = '', rows = ''] = page.split('|---|---|---|---|---|---|\n')
  const known = new Map(
    rows
      .trim()
      .split('\n')
      .map((row) => [
        row
          .split('|', 3)
          .map((cell) => cell.trim())
          .join(' '),
        row,
      ]),
  )
  const guessed = routes.map((route) => known.get(` ${route.method} \`${route.path}\``) ?? guess(route))
  writeFileSync('docs/routes.md', `${head}|---|---|---|---|---|---|\n${guessed.join('\n')}\n`)
}

const LIMIT_OF: Record<string, string> = {
  purchaser: 'session',
  developer: 'staff',
  admin: 'staff',
  super_admin: 'admin',
  api_client: 'plan',
}

function guess({ method, path, hooks }: Route): string {
  const who = [...new Set(hooks.detail?.['x-access'] as string[])]
  const isRead = method === 'GET'
  const list =
    'cursor' in (hooks.query?.shape ?? {})
      ? 'page'
      : /\/(?:file|photo|download)$/.test(path)
        ? 'file'
        : /:\w+$/.test(path)
          ? 'one'
          : 'bounded'
  return `| ${method} | \`${path}\` | ${who.join('+')} | ${LIMIT_OF[who[0] ?? ''] ?? 'open'} | ${isRead ? list : '-'} | ${isRead ? 'read' : 'activity'} |`
}

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
const undeclared = (of: { method: string; path: string }[]) =>
  of.map(nameOf).filter((name) => !table.has(name))

test('every route stands in the table, and the table names no other', () => {
  expect(undeclared(routes)).toEqual([])
  const names = new Set(routes.map(nameOf))
  expect([...table.keys()].filter((name) => !names.has(name))).toEqual([])
})

test('a route that does not is found', () => {
  const planted = new Elysia().use(access).get('/planted', () => 'open', { forAnyone: 'a test' })
  expect(undeclared(planted.routes)).toEqual(['GET /planted'])
})

test('each is for whom the table says', () => {
  for (const route of routes) {
    const declared = [...new Set(route.hooks.detail?.['x-access'] as string[])].join('+')
    expect(`${nameOf(route)}: ${declared}`).toBe(`${nameOf(route)}: ${table.get(nameOf(route))?.access}`)
  }
})

test('every class is one of those that are explained', () => {
  const limits = ['session', 'plan', 'open', ...Object.keys(policies)]
  for (const [name, { limit, paging, audit }] of table) {
    for (const each of limit.split(', ')) expect(limits, `${name}: ${each}`).toContain(each)
    expect(PAGING, name).toContain(paging)
    expect(AUDIT, name).toContain(audit)
  }
})

test('what is for staff, operators and programs is limited before anything else, as it says', async () => {
  const policyOf: Record<string, string> = { staff: 'staff', admin: 'admin', plan: 'api_key' }
  for (const route of routes) {
    const { access: who, limit } = table.get(nameOf(route))!
    const expected = policyOf[limit.split(', ')[0] ?? '']
    const caller = callers[who.split('+')[0] ?? '']
    if (!expected || !caller || /sign-out/.test(route.path)) continue
    forgetLimits()
    const path = route.path.replace(/:\w+/g, RANDOM_ID)
    const { headers } = await app.call(path, { ...caller, method: route.method })
    // A second policy of the same route may have spoken last.
    const policy = headers.get('ratelimit-policy')
    expect(`${nameOf(route)}: ${policy}`).toMatch(
      new RegExp(`: "(?:${[expected, ...limit.split(', ').slice(1)].join('|')})";q=\\d+;w=\\d+$`),
    )
  }
}, 120_000)

test('every parameter, query and body that a route takes has a schema', () => {
  const faults = routes.flatMap((route) => {
    const missing: string[] = []
    if (route.path.includes(':') && !route.hooks.params)
      missing.push(`${nameOf(route)} has an address without a schema`)
    for (const name of route.path.match(/(?<=:)\w+/g) ?? [])
      if (route.hooks.params?.shape && !(name in route.hooks.params.shape))
        missing.push(`${nameOf(route)} does not check ${name}`)
    return missing
  })
  expect(faults).toEqual([])
})

test('no route without a schema of its body looks into one', () => {
  // A handler that takes `body` apart names it among its arguments.
  const reading = routes.filter(
    (route) =>
      route.method !== 'GET' &&
      !route.hooks.body &&
      !FILES.test(route.path) &&
      /^\s*(?:async\s*)?\(\s*\{[^}]*\bbody\b/.test(
        String((route as unknown as { handler: unknown }).handler),
      ),
  )
  expect(reading.map(nameOf)).toEqual([])
})

test('every list of pages takes a cursor, and never more than a hundred rows', () => {
  for (const route of routes) {
    const isPage = table.get(nameOf(route))?.paging === 'page'
    const query = route.hooks.query?.shape ?? {}
    expect(`${nameOf(route)}: ${'cursor' in query && route.method === 'GET'}`).toBe(
      `${nameOf(route)}: ${isPage || EXPORT.has(nameOf(route))}`,
    )
    if (!('limit' in query)) continue
    const accepts = (limit: string) => (query.limit as Shaped).safeParse(limit).success
    expect([accepts(String(LIMIT_MAX)), accepts(String(LIMIT_MAX + 1)), accepts('0')]).toEqual([
      true,
      false,
      false,
    ])
  }
})
/** They take the whole address of the list that they print, its page included, and pay no heed to it. */
const EXPORT = new Set([
  'GET /developer/homes.csv',
  'GET /developer/homeowners.csv',
  'GET /developer/site-map/pins.json',
])

test('the lists of the console, homes, households, documents and figures are pages or counted', () => {
  for (const [name, { paging }] of table)
    if (
      /^GET \/(?:admin\/(?:jobs|errors|tenants|logs)|developer\/(?:homes|documents)|api\/v1\/(?:units|documents|developments))$/.test(
        name,
      )
    )
      expect(`${name} ${paging}`).toBe(`${name} page`)
})

test('whatever counts over a span refuses one that is too long', async () => {
  const get = (path: string) => app.call(path, callers.api_client)
  expect((await get('/api/v1/analytics?from=2020-01-01&to=2026-11-25')).status).toBe(422)
  expect((await get('/api/v1/analytics?from=2026-11-25&to=2026-11-01')).status).toBe(422)
  expect((await app.call('/admin/latency?span=365d', callers.super_admin)).status).toBe(422)
})

test('nothing that changes something says that it only reads', () => {
  for (const [name, { audit }] of table)
    if (!name.startsWith('GET ')) expect(`${name}: ${audit}`).not.toEndWith(': read')
})

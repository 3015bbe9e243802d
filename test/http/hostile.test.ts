// Requests that mean harm, by the wire and by the form: each is refused by name, or does what a plain one does.
import { afterAll, beforeAll, beforeEach, expect, spyOn, test } from 'bun:test'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import postgres from 'postgres'
import { createApp } from '#src/app.ts'
import { storage, useStorage } from '#src/clients/storage.ts'
import { parseConfig } from '#src/config.ts'
import { buildAssets } from '#src/http/assets.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { log, setLogLevel } from '#src/log.ts'
import { bearer, claim, form, signIn, startTestApp, type TestApp, withCookies } from '../support/app.ts'
import { processorMsOf } from '../support/processor-time.ts'

const ANSWER_MS_MAX = 5_000
const XSS = '"><img src=x onerror=alert(1)><script>alert(1)</script>'
const HTMX = `x" hx-get="/admin" hx-trigger="load" hx-on:load="alert(1)" data-x="`

let app: TestApp
let look: postgres.Sql
let server: ReturnType<typeof Bun.serve>
let admin: string
let purchaser: string
beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  const served = createApp({
    assets: await buildAssets(),
    isDraining: () => false,
    readiness: async () => ({ ready: true, waitingFor: null }),
  })
  server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    idleTimeout: 5,
    development: false,
    fetch: (request) => served.handle(request),
  })
  admin = await signIn(app, of(app.demo.admins))
  purchaser = await claim(app, of(app.demo.homes))
})
beforeEach(forgetLimits)
afterAll(async () => {
  await server.stop(true)
  await look.end()
  await app.stop()
})

const of = <T extends { tenant: string }>(list: readonly T[]) =>
  list.find(({ tenant }) => tenant === 'longview-estates')!
const key = () => of(app.demo.api_keys).key
const apiPost = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  app.call(
    '/api/v1/questions',
    bearer(key(), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }),
  )

/** What comes back for bytes that no client library would send. */
function raw(bytes: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let text = ''
  const socket = connect(server.port!, '127.0.0.1', () => socket.write(bytes))
  socket.on('data', (data) => {
    text += data.toString()
  })
  socket.on('close', () => resolve(text))
  socket.on('error', () => resolve(text))
  socket.setTimeout(ANSWER_MS_MAX, () => socket.destroy())
  return promise
}
const host = () => `Host: 127.0.0.1:${server.port}\r\n`
const statusOf = (text: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0)

test.each([
  [
    'a length and chunks at once',
    (h: string) =>
      `POST /welcome HTTP/1.1\r\n${h}Content-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\n${h}\r\n`,
  ],
  [
    'two different lengths',
    (h: string) =>
      `POST /welcome HTTP/1.1\r\n${h}Content-Length: 4\r\nContent-Length: 40\r\nConnection: close\r\n\r\nabcd`,
  ],
  [
    'a negative length',
    (h: string) => `POST /welcome HTTP/1.1\r\n${h}Content-Length: -1\r\nConnection: close\r\n\r\n`,
  ],
  [
    'a length beyond numbers',
    (h: string) =>
      `POST /welcome HTTP/1.1\r\n${h}Content-Length: 99999999999999999999\r\nConnection: close\r\n\r\n`,
  ],
  [
    'a coding that is none',
    (h: string) =>
      `POST /welcome HTTP/1.1\r\n${h}Transfer-Encoding: xchunked\r\nConnection: close\r\n\r\n0\r\n\r\n`,
  ],
  ['a version that is none', (h: string) => `GET / HTTP/9.9\r\n${h}Connection: close\r\n\r\n`],
])('a request with %s is refused, and nothing behind it is answered', async (_, made) => {
  const text = await raw(made(host()))
  expect([0, 400, 413, 501, 505]).toContain(statusOf(text))
  expect(text.match(/HTTP\/1\.1 /g)?.length ?? 0).toBeLessThanOrEqual(1)
})

test('headers beyond every sense are refused', async () => {
  for (const headers of [`X: ${'a'.repeat(100_000)}\r\n`, 'X-A: b\r\n'.repeat(3_000)])
    expect([0, 400, 431]).toContain(
      statusOf(await raw(`GET /livez HTTP/1.1\r\n${host()}${headers}Connection: close\r\n\r\n`)),
    )
})

test.each(['TRACE', 'CONNECT', 'FOOBAR'])('the method %s is refused', async (method) => {
  const text = await raw(`${method} / HTTP/1.1\r\n${host()}Connection: close\r\n\r\n`)
  expect([0, 400, 405, 501]).toContain(statusOf(text))
})

test('two hosts, or one that is a path, are refused', async () => {
  expect([400, 421]).toContain(
    statusOf(await raw(`GET /livez HTTP/1.1\r\n${host()}Host: evil.example\r\nConnection: close\r\n\r\n`)),
  )
  expect([400, 421]).toContain(
    statusOf(await raw('GET /livez HTTP/1.1\r\nHost: a/../b?x\r\nConnection: close\r\n\r\n')),
  )
})

test.each([
  ['/..%2f..%2fetc/passwd', 404],
  ['/assets/../package.json', 404],
  ['/assets/%2e%2e/%2e%2e/package.json', 404],
  ['/%00', 404],
  ['/ADMIN', 404],
  ['/admin;x=1', 404],
  ['/admin./', 404],
  ['//evil.example/', 404],
  ['/.git/config', 404],
  ['/.env', 404],
  ['/src/app.ts', 404],
  ['/assets/app.js.map', 404],
  [`/${'a'.repeat(20_000)}`, 404],
])('the path %p opens nothing', async (path, status) => {
  expect((await app.call(path)).status).toBe(status)
})

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a sister subdomain', { 'sec-fetch-site': 'same-site' }],
  ['an origin that is null', { origin: 'null' }],
  ['a name that begins like ours', { origin: 'http://localhost:3999.evil.example' }],
])('a change that comes from %s is refused', async (_, headers) => {
  const init = withCookies(purchaser, form({ question: 'x' }))
  const sent = { ...(init.headers as Record<string, string>), ...headers }
  expect((await app.call('/chat', { ...init, headers: sent })).status).toBe(403)
})

test('JSON that calls itself text, as a form of another site could send it, is refused', async () => {
  expect((await apiPost('{"question":"x"}', { 'content-type': 'text/plain' })).status).toBe(415)
})

test('addresses that a visitor claims for the site change nothing and are kept in no cache', async () => {
  const plain = await app.call('/welcome')
  const poisoned = await app.call('/welcome', {
    headers: { 'x-forwarded-host': 'evil.example', 'x-original-url': '/admin', 'x-rewrite-url': '/admin' },
  })
  const text = await poisoned.text()
  expect(text).toBe(await plain.text())
  expect(text).not.toContain('evil.example')
})

test('every route is private and not stored, whoever asks', async () => {
  const shared: string[] = []
  for (const route of app.routes.filter(({ method }) => method === 'GET'))
    for (const cookie of ['', purchaser, admin]) {
      forgetLimits()
      const path = route.path.replace(/:\w+/g, '01890000-0000-7000-8000-000000000000')
      const { headers } = await app.call(path, cookie ? withCookies(cookie) : {})
      const type = headers.get('content-type')
      if (type && /^text\/|json/.test(type)) expect(type, route.path).toContain('charset=utf-8')
      const cache = headers.get('cache-control') ?? 'none'
      if (!/no-store|no-cache/.test(cache) && !route.path.startsWith('/docs/'))
        shared.push(`${route.path}: ${cache}`)
      expect(headers.get('x-content-type-options'), route.path).toBe('nosniff')
    }
  expect([...new Set(shared)]).toEqual([])
})

test.each([
  ['nested a hundred thousand deep', '['.repeat(100_000), 400],
  ['with a number beyond numbers', '{"unit_id":"x","question":1e999}', 422],
  ['with half a character', '{"unit_id":"01890000-0000-7000-8000-000000000000","question":"\\ud800"}', 404],
  ['with NUL', '{"unit_id":"01890000-0000-7000-8000-000000000000","question":"a\\u0000b"}', 404],
  ['that is a list', '[]', 422],
  ['that is null', 'null', 422],
  ['of ten megabytes', `{"question":"${'a'.repeat(10_000_000)}"}`, 413],
])('a body %s is %p', async (_, body, status) => {
  const response = await apiPost(body)
  expect([status, 422]).toContain(response.status)
  expect(await response.text()).not.toMatch(/\.ts:|stack|Maximum call/)
})

test('a body that is packed, or in another character set, is refused', async () => {
  const packed = new Uint8Array(gzipSync(Buffer.from('{"question":"x"}')))
  expect((await apiPost(packed, { 'content-encoding': 'gzip' })).status).toBe(415)
  expect([415, 422]).toContain(
    (await apiPost('{"question":"+ADw-"}', { 'content-type': 'application/json; charset=utf-7' })).status,
  )
})

test('what a caller may not set is refused or ignored, and the row is as it was', async () => {
  const [before] =
    await look`select id, tenant_id, role from staff where email = ${of(app.demo.admins).email}`
  const extra = {
    tenant_id: crypto.randomUUID(),
    role: 'super_admin',
    isAdmin: 'true',
    id: crypto.randomUUID(),
    '__proto__[x]': '1',
    'constructor[prototype][x]': '1',
  }
  const [other] =
    await look`select id from staff where role = 'developer' and tenant_id = ${before!.tenant_id}`
  await app.call(
    `/developer/settings/staff/${other!.id}`,
    withCookies(admin, form({ ...extra, role: 'developer' })),
  )
  await apiPost(JSON.stringify({ unit_id: of(app.demo.homes).unit_id, question: 'x', ...extra }))
  const [after] = await look`select id, tenant_id, role from staff where email = ${of(app.demo.admins).email}`
  expect(after).toEqual(before!)
  expect(({} as { x?: unknown }).x).toBeUndefined()
  expect(Object.prototype).not.toHaveProperty('isAdmin')
})

test.each(['(a+)+$', '%%%%', '\\\\\\\\', '_______', "' or 1=1 --", `${'a'.repeat(90)}!`, '(((((((((('])(
  'searching for %p is a search for these characters, and quick',
  async (typed) => {
    const path = `/developer/homes?q=${encodeURIComponent(typed)}`
    await app.call(path, withCookies(admin))
    let html = ''
    const costMs = await processorMsOf(async () => {
      const response = await app.call(path, withCookies(admin))
      expect(response.status).toBe(200)
      html = await response.text()
    })
    expect(costMs).toBeLessThan(1_000)
    expect(html).not.toMatch(/href="\/developer\/homes\/[0-9a-f-]{36}"/)
  },
)

test.each([
  ['a thousand ids', Array.from({ length: 1_000 }, (_, i) => `id=${i}`).join('&'), 422],
  ['a sort that is a statement', 'sort=drop%20table%20units', 422],
  ['a cursor of nobody', 'cursor=AAAA.BBBB', 422],
  ['limits twice', 'limit=10&limit=20', 422],
  ['a limit with brackets', 'limit[]=10', 422],
])('a list asked for with %s is refused', async (_, query, status) => {
  expect((await app.call(`/api/v1/units?${query}`, bearer(key()))).status).toBe(status)
})

test.each([
  'from=0001-01-01&to=9999-12-31',
  'from=2026-02-30&to=2026-03-01',
  'from=2026-03-02&to=2026-03-01',
  'from=now&to=then',
])('figures of %s are refused', async (query) => {
  expect((await app.call(`/api/v1/analytics?${query}`, bearer(key()))).status).toBe(422)
})

test('scripts and attributes of htmx in what people type are text on every page that shows them', async () => {
  const home = of(app.demo.homes)
  for (const typed of [XSS, HTMX]) {
    await app.call(
      '/chat',
      withCookies(purchaser, form({ question: `Where is ${typed}?`, request_key: crypto.randomUUID() })),
    )
    await look`update units set address_line = ${typed} where id = ${home.unit_id}`
    await look`update developments set name = ${typed} where id = ${home.development_id}`
    await look`update purchasers set full_name = ${typed} where unit_id = ${home.unit_id}`
    await look`insert into qr_scans (id, tenant_id, unit_id, outcome, user_agent, request_id) select ${Bun.randomUUIDv7()}, tenant_id, id, 'opened', ${typed}, 'r' from units where id = ${home.unit_id}`
    const operator = await signIn(app, app.demo.super_admin, '/admin')
    const pages: [string, string][] = [
      ...['/', '/home', '/conversations', '/emergency', '/map', '/my-data'].map((path): [string, string] => [
        path,
        purchaser,
      ]),
      ...[
        '/developer',
        '/developer/homes',
        `/developer/homes/${home.unit_id}`,
        '/developer/questions',
        '/developer/jobs',
        '/developer/settings/activity',
      ].map((path): [string, string] => [path, admin]),
      ...['/admin', '/admin/logs/scans', '/admin/tenants', '/admin/logs/rag'].map(
        (path): [string, string] => [path, operator],
      ),
    ]
    let shown = 0
    for (const [path, cookie] of pages) {
      forgetLimits()
      const text = await (await app.call(path, withCookies(cookie))).text()
      if (text.includes('alert(1)')) shown += 1
      // Without what stands between quotes: text that broke out of them has become an attribute.
      const tags = [...text.matchAll(/<[a-z][^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'))
      expect(
        tags.filter((tag) => /\s(?:onerror|hx-on[^=]*|data-x)=|\ssrc=x/.test(tag)),
        path,
      ).toEqual([])
      expect(text, path).not.toContain('hx-get="/admin"')
      expect(text, path).not.toContain('<script>alert')
    }
    expect(shown).toBeGreaterThan(3)
  }
})

test('a line in the log is one line, whatever stands in it', () => {
  const written: string[] = []
  const spy = spyOn(process.stderr, 'write').mockImplementation((line) => written.push(String(line)) > 0)
  setLogLevel('info')
  log('info', 'tested', { agent: 'a\r\n{"level":"error","event":"forged"}\u001b[31m' })
  setLogLevel('silent')
  spy.mockRestore()
  expect(written).toHaveLength(1)
  expect(written[0]!.trimEnd().split('\n')).toHaveLength(1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
  expect(written[0]).not.toMatch(/\u001b/)
})

test('a disk that is full is told as such, and leaves no document behind', async () => {
  const kept = storage()
  const full = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }))
  useStorage({ ...kept, store: full })
  const development = of(app.demo.homes).development_id
  const [before] = await look`select count(*)::int as n from documents`
  const response = await app.call(
    `/api/v1/documents?development_id=${development}&title=Full&kind=manual`,
    bearer(key(), {
      method: 'POST',
      headers: { 'content-type': 'application/pdf' },
      body: '%PDF-1.4\n%%EOF',
    }),
  )
  useStorage(kept)
  expect(response.status).toBe(507)
  expect((await look`select count(*)::int as n from documents`)[0]).toEqual(before!)
  expect((await app.call('/livez')).status).toBe(200)
})

test('all that is wrong with the settings is said at once, and no secret with it', () => {
  const parsed = parseConfig({
    NODE_ENV: 'production',
    JWT_SECRET: 'short-and-secret',
    PUBLIC_URL: 'http://app.example.ie',
    CORS_ORIGINS: '*',
    DATABASE_URL: 'postgres://u:topsecret@db:6543/x',
    WEBHOOKS_ALLOW_PRIVATE: '1',
    PORT: '99999',
  })
  if (!('faults' in parsed)) throw new Error('it was accepted')
  expect(parsed.faults.map(({ setting }) => setting)).toEqual([
    'CORS_ORIGINS',
    'DATABASE_DIRECT_URL',
    'JWT_SECRET',
    'PORT',
    'PUBLIC_URL',
    'WEBHOOKS_ALLOW_PRIVATE',
  ])
  expect(JSON.stringify(parsed.faults)).not.toMatch(/short-and-secret|topsecret/)
})

test('a server with wrong settings does not start, and says so with the status for that', async () => {
  const { PATH = '', HOME = '' } = process.env
  const child = Bun.spawn([process.execPath, 'src/server.ts'], {
    env: { PATH, HOME, NODE_ENV: 'production', JWT_SECRET: 'short-and-secret', DATA_DIR: '/tmp/none' },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const said = (await new Response(child.stdout).text()) + (await new Response(child.stderr).text())
  expect(await child.exited).toBe(78)
  expect(said).toContain('JWT_SECRET')
  expect(said).not.toContain('short-and-secret')
})

// The front of the house: what every request passes and every answer carries.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { addressGroup, clientAddress } from '#src/http/client-address.ts'
import { hostIsAllowed } from '#src/http/hosts.ts'
import { consume, forgetLimits, gcra } from '#src/http/limits.ts'
import { bearer, form, signIn, startTestApp, type TestApp, withCookies } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(forgetLimits)
afterAll(() => app.stop())

const key = () => app.demo.api_keys[0]!.key
const jsonPost = (body: string): RequestInit =>
  bearer(key(), { method: 'POST', headers: { 'content-type': 'application/json' }, body })

test.each(['/', '/welcome', '/developer/sign-in', '/nowhere', '/api/v1/units', '/openapi.json', '/livez'])(
  '%s carries the security headers',
  async (path) => {
    const { headers } = await app.call(path)
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cache-control')).toMatch(/no-store|no-cache/)
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/)
  },
)

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a sister site', { 'sec-fetch-site': 'same-site' }],
  ['a foreign origin', { origin: 'https://evil.example' }],
  ['nowhere, with a session', { 'sec-fetch-site': '' }],
])('a form sent from %s is refused', async (_, headers) => {
  const cookie = await signIn(app, app.demo.admins[0]!)
  const init = withCookies(cookie, form({ email: 'a', password: 'b' }))
  const sent = new Headers({ ...(init.headers as Record<string, string>), ...headers } as Record<
    string,
    string
  >)
  expect((await app.call('/developer/sign-in', { ...init, headers: Object.fromEntries(sent) })).status).toBe(
    403,
  )
})

test.each([
  ['evil.example', false],
  ['localhost:3999', true],
  ['127.0.0.1:1', true],
  ['[::1]:3999', true],
  ['localhost.evil.example', false],
  ['a/../b?x', false],
  ['', false],
])('the host %p is answered: %p', (host, expected) => {
  const request = new Request('http://localhost/', { headers: { host } })
  expect(hostIsAllowed(request, { publicUrl: 'http://localhost:3999', isProduction: false })).toBe(expected)
})

test('in production only the public address is answered', () => {
  const request = (host: string) => new Request('http://localhost/', { headers: { host } })
  const config = { publicUrl: 'https://app.example.ie', isProduction: true }
  expect(hostIsAllowed(request('app.example.ie'), config)).toBe(true)
  expect(hostIsAllowed(request('localhost:3000'), config)).toBe(false)
})

test('an unknown host gets 421', async () => {
  expect((await app.call('/', { headers: { host: 'evil.example' } })).status).toBe(421)
})

test.each([
  ['DELETE', '/api/v1/units', 405],
  ['PUT', '/developer', 405],
  ['TRACE', '/', 405],
  ['GET', '/.env', 404],
  ['GET', '/.git/config', 404],
  ['GET', '/src/server.ts', 404],
  ['GET', '/assets/..%2f..%2fpackage.json', 404],
  ['GET', '/%00', 404],
])('%s %s answers %p', async (method, path, status) => {
  const response = await app.call(path, { method })
  expect(response.status).toBe(status)
  if (status === 405) expect(response.headers.get('allow')).toBeTruthy()
})

const NAVIGATION = { headers: { accept: 'text/html,application/xhtml+xml' } }

test('whoever opens the address of a form is led to a page of the same things', async () => {
  const forms = app.routes.filter(
    ({ method, path }) => method === 'POST' && !path.startsWith('/api/') && !path.includes('*'),
  )
  const pages = app.routes.filter(({ method }) => method === 'GET').map(({ path }) => path)
  const isPage = (address: string) =>
    pages.some((path) => new RegExp(`^${path.replace(/:[A-Za-z]+/g, '[^/]+')}$`).test(address))
  expect(forms.length).toBeGreaterThan(100)
  for (const { path } of forms) {
    if (pages.includes(path)) continue
    const address = path.replace(/:[A-Za-z]+/g, () => Bun.randomUUIDv7())
    const { status, headers } = await app.call(address, NAVIGATION)
    const to = headers.get('location')?.split('?')[0] ?? ''
    // Where a page has an address of the same shape, it is the access that comes first.
    expect([path, status, isPage(to)]).toEqual([path, 303, true])
  }
})

test.each([
  ['/chat', '/'],
  ['/messages/01a2131b-e85f-70b2-8a11-4507f49786ef/feedback', '/'],
  ['/developer/print-pack?development=d&x=1', '/developer/homes?development=d'],
  ['/developer/documents/7/must-read', '/developer/documents/7'],
  ['/admin/jobs/kinds/send-mail/pause', '/admin/jobs'],
])('%s opened in a browser leads to %s, and is 405 for a program', async (address, page) => {
  expect((await app.call(address, NAVIGATION)).headers.get('location')).toBe(page)
  expect((await app.call(address)).status).toBe(405)
})

test.each([
  ['no JSON at all', 'nonsense', 400],
  ['a key too many', JSON.stringify({ unit_id: Bun.randomUUIDv7(), question: 'x', role: 'admin' }), 422],
  [
    'a prototype',
    '{"unit_id":"01890000-0000-7000-8000-000000000000","question":"x","__proto__":{"isAdmin":true}}',
    422,
  ],
  ['deep nesting', `{"question":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
  ['a number where words belong', '{"unit_id":1,"question":2}', 422],
  ['an empty question', JSON.stringify({ unit_id: Bun.randomUUIDv7(), question: '' }), 422],
])('a body with %s is answered clearly', async (_, body, status) => {
  const response = await app.call('/api/v1/questions', jsonPost(body))
  expect(response.status).toBe(status)
  const { error } = await response.json()
  expect(error).toMatchObject({
    code: expect.any(String),
    message: expect.any(String),
    request_id: expect.any(String),
  })
  expect(JSON.stringify(error)).not.toMatch(/at .*\.ts|stack|select /)
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
})

test.each(['0', '-1', '101', '1e2', '0x10', '10.5', 'NaN', '', '10&limit=20'])(
  'limit=%s is refused',
  async (limit) => {
    expect((await app.call(`/api/v1/units?limit=${limit}`, bearer(key()))).status).toBe(422)
  },
)

test('pages follow each other without gap or repetition, and a changed cursor is refused', async () => {
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { data: { id: string }[]; next_cursor: string | null } = await (
      await app.call(`/api/v1/units?limit=40${cursor ? `&cursor=${cursor}` : ''}`, bearer(key()))
    ).json()
    seen.push(...page.data.map((row) => row.id))
    if (page.next_cursor)
      expect(
        (
          await app.call(
            `/api/v1/units?cursor=${page.next_cursor.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`,
            bearer(key()),
          )
        ).status,
      ).toBe(422)
    if (page.next_cursor)
      expect((await app.call(`/api/v1/documents?cursor=${page.next_cursor}`, bearer(key()))).status).toBe(422)
    cursor = page.next_cursor
  }
  expect([seen.length, new Set(seen).size]).toEqual([95, 95])
})

test('too many sign-ins are told when to come back', async () => {
  let last: Response | undefined
  for (let i = 0; i < 11; i++)
    last = await app.call('/developer/sign-in', form({ email: 'a@b.ie', password: 'c' }))
  expect(last?.status).toBe(429)
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(last?.headers.get('ratelimit-policy')).toBe('"sign_in";q=10;w=60')
})

test('a burst is allowed, then one at a time, and the wait is exact', () => {
  const policy = { name: 'p', burst: 3, intervalMs: 1_000 }
  let arrivalMs = 0
  const verdicts = [0, 0, 0, 0, 999, 1_000, 1_000].map((nowMs) => {
    const step = gcra(arrivalMs, nowMs + 10_000, policy)
    arrivalMs = step.arrivalMs
    return step.verdict.allowed ? 'yes' : step.verdict.retryAfterS
  })
  expect(verdicts).toEqual(['yes', 'yes', 'yes', 1, 1, 'yes', 1])
})

test('a million addresses take bounded memory', () => {
  const policy = { name: 'many', burst: 1, intervalMs: 1_000 }
  for (let i = 0; i < 150_000; i++) consume(policy, `10.0.${i >> 8}.${i & 255}`)
  expect(consume(policy, '10.0.0.0').allowed).toBe(true)
  expect(consume(policy, `10.0.${149_999 >> 8}.${149_999 & 255}`).allowed).toBe(false)
})

test.each([
  ['none', '203.0.113.9', '203.0.113.9'],
  ['loopback', '203.0.113.9', '203.0.113.9'],
  ['loopback', '127.0.0.1', '198.51.100.7'],
  ['cloudflare', '203.0.113.9', '203.0.113.9'],
  ['cloudflare', '104.16.1.1', '198.51.100.7'],
] as const)('with the proxy setting %s a caller at %s counts as %s', (trusted, peer, expected) => {
  const request = new Request('http://localhost/', {
    headers: { 'cf-connecting-ip': '198.51.100.7', 'x-forwarded-for': '192.0.2.1' },
  })
  expect(clientAddress(request, peer, trusted)).toBe(expected)
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
])('the address %s is limited as %s', (address, group) => {
  expect(addressGroup(address)).toBe(group)
})

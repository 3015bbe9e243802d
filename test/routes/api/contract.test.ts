// What holds for every operation of the API: names that are not known, tags, methods, other sites, sending twice.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetApiKeys } from '#src/access/api-keys.ts'
import { config } from '#src/config.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { bearer } from '../../support/app.ts'
import { type ApiTest, expectError, jsonBody, openApi } from './client.ts'

let api: ApiTest
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const SITE = 'https://crm.example'
const question = () => ({
  unit_id: api.mine.unit_id,
  question: 'When are the bins collected?',
})
const ask = (key: string, body: unknown = question(), apiKey = api.keys.mine) => {
  const init = jsonBody(body)
  return api.post(
    'questions',
    { ...init, headers: { ...(init.headers as Record<string, string>), 'idempotency-key': key } },
    apiKey,
  )
}
const countOf = async () => (await api.look`select count(*)::int as count from messages`)[0]?.count

test('a name that no list knows is refused by its path, in the query and in a body', async () => {
  for (const path of [
    ...['developments', 'house-types', 'units', 'places', 'documents', 'gaps', 'knowledge', 'jobs'],
    ...['imports', 'snags', 'webhooks', 'analytics'],
  ]) {
    const answered = await api.get(`${path}?developmnt_id=1`)
    expectError(answered, 422, 'invalid')
    expect(answered.body.error.fields).toEqual([{ path: 'developmnt_id', message: 'is not known here' }])
  }
  const asked = await api.post('questions', jsonBody({ ...question(), unti: 1 }))
  expectError(asked, 422, 'invalid')
  expect(asked.body.error.fields).toEqual([{ path: 'unti', message: 'is not known here' }])
})

test('what a program has already is not sent again, until it changes', async () => {
  const path = `/api/v1/units/${api.mine.unit_id}`
  const first = await api.app.call(path, bearer(api.keys.mine))
  const tag = first.headers.get('etag') ?? ''
  expect(tag).toMatch(/^W\/"[0-9a-z]+"$/)
  const again = (sent: string) =>
    api.app.call(path, bearer(api.keys.mine, { headers: { 'if-none-match': sent } }))
  for (const sent of [tag, `"other", ${tag}`, tag.slice(2), '*']) {
    const answered = await again(sent)
    expect([answered.status, await answered.text(), answered.headers.get('etag')]).toEqual([304, '', tag])
  }
  expect((await again('"other"')).status).toBe(200)
  await api.look`update units set bathrooms = bathrooms + 1 where id = ${api.mine.unit_id}`
  const changed = await again(tag)
  expect(changed.status).toBe(200)
  expect(changed.headers.get('etag')).not.toBe(tag)
  const stranger = await api.app.call(path, bearer(api.keys.unknown, { headers: { 'if-none-match': '*' } }))
  expect(stranger.status).toBe(401)
})

test('HEAD is GET without the body, and OPTIONS says which methods there are', async () => {
  const head = await api.app.call('/api/v1/units', bearer(api.keys.mine, { method: 'HEAD' }))
  expect([head.status, await head.text()]).toEqual([200, ''])
  expect(head.headers.get('etag')).toBeTruthy()
  const options = await api.app.call('/api/v1/knowledge', { method: 'OPTIONS' })
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
  expect(options.headers.get('access-control-allow-origin')).toBeNull()
  expect((await api.app.call('/api/v1/nope', { method: 'OPTIONS' })).status).toBe(404)
})

const from = (origin: string, path: string, init: RequestInit = {}) =>
  api.app.call(path, { ...init, headers: { ...init.headers, origin, 'sec-fetch-site': 'cross-site' } })
const allowedOrigin = ({ headers }: Response) => headers.get('access-control-allow-origin')

test('a browser that asks first is told what the contract tells, whatever its site, and never of cookies', async () => {
  for (const site of [SITE, 'https://evil.example']) {
    const asked = await from(site, '/api/v1/questions', { method: 'OPTIONS' })
    expect([asked.status, allowedOrigin(asked), asked.headers.get('vary')]).toEqual([204, site, 'Origin'])
    expect(asked.headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST')
    for (const name of ['authorization', 'idempotency-key', 'if-match'])
      expect(asked.headers.get('access-control-allow-headers')).toContain(name)
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull()
  }
  for (const broken of ['null', 'nonsense', 'https://crm.example/path', `https://${'x'.repeat(400)}`])
    expect(allowedOrigin(await from(broken, '/api/v1/questions', { method: 'OPTIONS' }))).toBeNull()
})

test('pages of the sites on a key’s own list may call with it, those of others are told that they may not', async () => {
  const key = await api.keyWith(['units:read', 'questions:write'])
  const other = await api.keyWith(['units:read'])
  const path = '/api/v1/units?limit=1'
  const refused = await from(SITE, path, bearer(key))
  expect([refused.status, allowedOrigin(refused)]).toEqual([403, SITE])
  expect((await refused.json()).error.code).toBe('origin_not_allowed')
  await api.look`update api_keys set allowed_origins = ${[SITE]} where key_hash =
    encode(sha256(convert_to(${key}, 'UTF8')), 'hex')`
  forgetApiKeys()
  const read = await from(SITE, path, bearer(key))
  expect([read.status, allowedOrigin(read), read.headers.get('vary')]).toEqual([
    200,
    SITE,
    'Origin, Accept-Encoding',
  ])
  expect(read.headers.get('access-control-expose-headers')).toContain('ratelimit')
  const posted = await from(SITE, '/api/v1/questions', bearer(key, { method: 'POST', ...jsonBody('{}') }))
  expect([posted.status, allowedOrigin(posted)]).toEqual([422, SITE])
  expect((await from(SITE, path, bearer(other))).status).toBe(403)
  for (const site of ['https://evil.example', 'http://crm.example', 'https://crm.example:8443', 'null'])
    expect([site, (await from(site, path, bearer(key))).status]).toEqual([site, 403])
  expect((await api.get('api-keys/self', key)).body.allowed_origins).toEqual([SITE])
})

test('the operator’s list holds for every key; without a key another site’s page can do nothing', async () => {
  const { corsOrigins } = config()
  corsOrigins.push(SITE)
  try {
    expect((await from(SITE, '/api/v1/units', bearer(api.keys.mine))).status).toBe(200)
  } finally {
    corsOrigins.pop()
  }
  const stranger = await from(SITE, '/api/v1/questions', { method: 'POST', ...jsonBody(question()) })
  expect([stranger.status, allowedOrigin(stranger)]).toEqual([403, null])
  const page = await from(SITE, '/developer/sign-in', { method: 'POST' })
  expect([page.status, allowedOrigin(page)]).toEqual([403, null])
})

test('every answer to a key says what its plan is and what is left of it', async () => {
  const key = await api.keyWith(['units:read'], 7)
  const answered = await api.get('units', key)
  expect(answered.headers.get('ratelimit-policy')).toBe('"api_key";q=7;w=60')
  expect(answered.headers.get('ratelimit')).toStartWith('"api_key";r=6;')
})

test('a request sent twice with its key happens once and is answered alike', async () => {
  const before = await countOf()
  const first = await ask('bins-1')
  const second = await ask('bins-1')
  expect(first.status).toBe(200)
  expect([second.status, second.body]).toEqual([200, first.body])
  expect([first, second].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
  expect(await countOf()).toBe(before + 1)
  const [row] = await api.look`select sealed_answer::text as sealed from idempotent_requests`
  expect(Buffer.from(row?.sealed.slice(2), 'hex').toString('latin1')).not.toContain('conversation_id')
})

test('the same key with another body is refused, with another program or route it is another key', async () => {
  await ask('bins-2')
  expectError(
    await ask('bins-2', { ...question(), question: 'Where is the stopcock?' }),
    409,
    'idempotency_mismatch',
  )
  const other = await api.keyWith(['questions:write'])
  const answered = await ask('bins-2', question(), other)
  expect([answered.status, answered.headers.get('idempotency-replayed')]).toEqual([200, null])
})

test('of two at once one happens, and the other is told to wait', async () => {
  const before = await countOf()
  const both = await Promise.all([ask('bins-3'), ask('bins-3')])
  expect(await countOf()).toBe(before + 1)
  for (const answered of both)
    if (answered.status !== 200) {
      expectError(answered, 409, 'idempotency_in_progress')
      expect(answered.headers.get('retry-after')).toBe('1')
    }
})

test('a request that failed gives its key back', async () => {
  const gone = { ...question(), unit_id: api.theirs.unit_id }
  expectError(await ask('bins-4', gone), 404, 'not_found')
  expect((await ask('bins-4')).status).toBe(200)
})

test('a key is kept for a day, and one whose request never ended for three minutes', async () => {
  const aged = (by: string) => api.look`update idempotent_requests set created_at = now() - ${by}::interval`
  const first = await ask('bins-5')
  await aged('23 hours')
  expect((await ask('bins-5')).body).toEqual(first.body)
  await aged('25 hours')
  expect((await ask('bins-5')).body.request_id).not.toBe(first.body.request_id)
  await api.look`update idempotent_requests set answered_at = null, sealed_answer = null`
  expectError(await ask('bins-5'), 409, 'idempotency_in_progress')
  await aged('181 seconds')
  expect((await ask('bins-5')).status).toBe(200)
})

test('a key that is none is invalid', async () => {
  for (const key of ['', 'x'.repeat(256), 'two words']) expectError(await ask(key), 422, 'invalid')
})

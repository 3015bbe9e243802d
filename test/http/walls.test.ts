// Malformed requests of every kind get a named refusal, and what opens something stands in no log.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { signToken } from '#src/access/tokens.ts'
import { createApp } from '#src/app.ts'
import { contentDisposition } from '#src/documents/file-names.ts'
import { buildAssets } from '#src/http/assets.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { loggedPath } from '#src/http/request-context.ts'
import { describe as describeError } from '#src/log.ts'
import { bearer, claim, startTestApp, type TestApp, withCookies } from '../support/app.ts'

let app: TestApp
let look: postgres.Sql
beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
})
beforeEach(forgetLimits)
afterAll(async () => {
  await look.end()
  await app.stop()
})

test.each(['-'.repeat(36), '0'.repeat(36), 'f'.repeat(36)])(
  'a citation of the message %p is refused in words',
  async (id) => {
    const cookie = await claim(app, app.demo.homes[0]!)
    const path = `/documents/${crypto.randomUUID()}?quote=${id}.1`
    expect((await app.call(path, withCookies(cookie))).status).toBe(422)
  },
)

test('a request without a host is a bad one, told with its id', async () => {
  const assets = await buildAssets()
  const served = createApp({
    assets,
    isDraining: () => false,
    readiness: async () => ({ ready: true, waitingFor: null }),
  })
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: (request) => served.handle(request) })
  const { promise, resolve } = Promise.withResolvers<string>()
  let text = ''
  const socket = await Bun.connect({
    hostname: '127.0.0.1',
    port: server.port!,
    socket: {
      open: (opened) => void opened.write('GET /livez HTTP/1.0\r\n\r\n'),
      data(_, bytes) {
        text += bytes.toString()
        if (text.includes('\r\n\r\n')) resolve(text)
      },
      close: () => resolve(text),
    },
  })
  const answer = await promise
  socket.end()
  await server.stop(true)
  expect(answer).toMatch(/^HTTP\/1\.[01] 400 /)
  expect(answer.toLowerCase()).toMatch(/x-request-id: [0-9a-f]{32}/)
})

test.each([
  ['no key', {}],
  ['a key that climbs', { key: '../../x', name: 'a', bytes: 1, attachment: false }],
  ['a key that is no text', { key: 7, name: 'a', bytes: 1, attachment: false }],
  ['no size', { key: [1, 2, 3].map(() => crypto.randomUUID()).join('/'), name: 'a', attachment: false }],
])('a signed file address with %s leads nowhere', async (_, claims) => {
  const token = await signToken('download', crypto.randomUUID(), claims)
  expect((await app.call(`/files/${token}`)).status).toBe(404)
})

test.each(['-'.repeat(36), '0'.repeat(36)])('a session named %p opens nothing', async (subject) => {
  const cookie = `__Host-oh-home=${await signToken('purchaser_session', subject)}`
  expect((await app.call('/home', withCookies(cookie))).status).toBe(303)
})

test('a home’s id in capitals is the home', async () => {
  const unitId = app.demo.homes.find(({ tenant }) => tenant === app.demo.api_keys[0]!.tenant)!.unit_id
  const response = await app.call(
    '/api/v1/questions',
    bearer(app.demo.api_keys[0]!.key, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ unit_id: unitId.toUpperCase(), question: 'What house type is my home?' }),
    }),
  )
  expect(response.status).toBe(200)
})

test.each([
  ['/files/abc.def.ghi', '/files/:token'],
  ['/h/AAAAAAAAAAAAAAAAAAAAAA?next=/x', '/h/:publicId'],
  ['/documents/1?page=2', '/documents/1'],
])('%s is logged as %s', (path, logged) => {
  expect(loggedPath(new Request(`http://localhost${path}`))).toBe(logged)
})

test.each([
  ['手册.pdf', 'document.pdf'],
  ['Plan 手册.pdf', 'Plan .pdf'],
  ['Áras.pdf', 'Aras.pdf'],
])('the file %s is offered to old clients as %s', (name, ascii) => {
  expect(contentDisposition('inline', name)).toContain(`filename="${ascii}"`)
})

test('the values of a failed statement stand in no log, whatever is written in them', () => {
  const words = 'My ex\n    at work\ncaused by Quetzalcoatl'
  const cause = new Error('invalid input syntax for type uuid: "Quetzalcoatl"')
  const told = JSON.stringify(
    describeError(new Error(`Failed query: select $1\nparams: ${words},${words}`, { cause })),
  )
  expect(told).toContain('Failed query: select $1')
  expect(told).toContain('walls.test.ts')
  expect(told).not.toContain('Quetzalcoatl')
  expect(told).not.toContain('My ex')
})

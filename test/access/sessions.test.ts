// Sessions: what a cookie must be to open anything, and how fast it stops doing so.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { SignJWT } from 'jose'
import postgres from 'postgres'
import { forgetAllSessions } from '#src/access/sessions.ts'
import { endSession } from '#src/access/staff-sign-in.ts'
import { keyIdOf, signToken, useSigningKeys } from '#src/access/tokens.ts'
import { config } from '#src/config.ts'
import { claim, cookiesOf, form, signIn, startTestApp, type TestApp, withCookies } from '../support/app.ts'

const TOKEN = '__Host-oh-home'
const REFRESH = '__Host-oh-home-refresh'
const MINUTE_S = 60

let app: TestApp
let superuser: postgres.Sql
let cookies: Record<string, string>
let sessionId: string

beforeAll(async () => {
  app = await startTestApp()
  superuser = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  cookies = parsed(await claim(app, app.demo.homes[0]!))
  sessionId = JSON.parse(Buffer.from(cookies[TOKEN]!.split('.')[1]!, 'base64url').toString()).sub
})
afterAll(async () => {
  await superuser.end()
  await app.stop()
})

const parsed = (header: string) =>
  Object.fromEntries(
    header.split('; ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )
const opens = async (cookie: string) => (await app.call('/home', withCookies(cookie))).status === 200

/** A token with everything right but what `change` makes wrong. */
async function forged(
  change: {
    alg?: string
    typ?: string
    key?: Uint8Array
    header?: Record<string, unknown>
    claims?: Record<string, unknown>
    drop?: string[]
  } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000)
  const claims: Record<string, unknown> = {
    sub: sessionId,
    iss: 'openhouse',
    aud: 'openhouse/purchaser',
    iat: now,
    exp: now + 10 * MINUTE_S,
    jti: 'x',
    ...change.claims,
  }
  for (const name of change.drop ?? []) delete claims[name]
  return new SignJWT(claims)
    .setProtectedHeader({
      alg: change.alg ?? 'HS256',
      typ: change.typ ?? 'purchaser+jwt',
      kid: keyIdOf(config().jwtSecret),
      ...change.header,
    })
    .sign(change.key ?? config().jwtSecret)
}

const none = (claims: object) =>
  `${Buffer.from('{"alg":"none","typ":"purchaser+jwt"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`
const relabelled = (token: string, header: object) =>
  token.replace(
    /^[^.]+/,
    Buffer.from(JSON.stringify({ typ: 'purchaser+jwt', ...header })).toString('base64url'),
  )
const nowS = () => Math.floor(Date.now() / 1_000)

test('the control: a token made the same way with nothing wrong opens the home', async () => {
  expect(await opens(`${TOKEN}=${await forged()}`)).toBe(true)
})

test.each<[string, () => Promise<string> | string]>([
  [
    'no algorithm',
    () =>
      none({
        sub: sessionId,
        iss: 'openhouse',
        aud: 'openhouse/purchaser',
        exp: nowS() + 600,
        iat: nowS(),
        jti: 'x',
      }),
  ],
  ['another key', () => forged({ key: new TextEncoder().encode('another-key-another-key-another-key') })],
  ['HS512', () => forged({ alg: 'HS512' })],
  ['a header that says RS256 over our own secret', async () => relabelled(await forged(), { alg: 'RS256' })],
  ['no name of a key', () => forged({ header: { kid: undefined } })],
  ['a key named by a path', () => forged({ header: { kid: '../../dev/null' } })],
  ['a key named by a statement', () => forged({ header: { kid: "' union select 'secret' --" } })],
  [
    'a key of its own',
    () =>
      forged({
        header: { jwk: { kty: 'oct', k: 'AAAA' } },
        key: new TextEncoder().encode('AAAA'.repeat(10)),
      }),
  ],
  [
    'the address of a key',
    () =>
      forged({
        header: { jku: 'https://evil.example/keys' },
        key: new TextEncoder().encode('another-key-another-key-another-key'),
      }),
  ],
  [
    'a critical extension that nobody knows',
    () => forged({ header: { crit: ['exp'] } }).catch(() => 'x.y.z'),
  ],
  ['the type of a code that is owed', () => signToken('second_step', sessionId)],
  ['no expiry', () => forged({ drop: ['exp'] })],
  ['no id', () => forged({ drop: ['jti'] })],
  ['another audience', () => forged({ claims: { aud: 'openhouse/staff' } })],
  ['another issuer', () => forged({ claims: { iss: 'elsewhere' } })],
  ['the type of a download', () => forged({ typ: 'download+jwt' })],
  ['an expired one', () => forged({ claims: { iat: nowS() - 7_200, exp: nowS() - 3_600 } })],
  ['one from the future', () => forged({ claims: { iat: nowS() + 600, exp: nowS() + 1_200 } })],
  ['one not yet valid', () => forged({ claims: { nbf: nowS() + 600 } })],
  ['one that lives too long', () => forged({ claims: { iat: nowS() - 7_200, exp: nowS() + 600 } })],
  ['a session that is not there', () => forged({ claims: { sub: Bun.randomUUIDv7() } })],
  ['a subject that is no id', () => forged({ claims: { sub: "' or 1=1 --" } })],
  [
    'a changed payload',
    async () =>
      (await forged()).replace(
        /\.[^.]+\./,
        `.${Buffer.from(JSON.stringify({ sub: sessionId })).toString('base64url')}.`,
      ),
  ],
  ['twelve kilobytes', () => 'a'.repeat(12_000)],
  ['a hundred dots', () => '.'.repeat(100)],
  ['letters that are no base64', () => 'ä.ö.ü'.replace(/[^.]/g, '%')],
  ['nothing', () => ''],
  ['a staff session’s token', () => signToken('staff_session', sessionId)],
  ['a download’s token', () => signToken('download', sessionId)],
])('a token with %s opens nothing', async (_, make) => {
  expect(await opens(`${TOKEN}=${await make()}`)).toBe(false)
})

test('a new signing key takes the place of the old one without signing anybody out', async () => {
  const [old, next] = [config().jwtSecret, new TextEncoder().encode('the-next-secret-the-next-secret-012345')]
  const before = await claim(app, app.demo.homes[0]!)
  const { [REFRESH]: refresh, [TOKEN]: token } = parsed(before)
  try {
    useSigningKeys(next, old)
    expect(await opens(`${TOKEN}=${token}`)).toBe(true)
    const after = parsed(await claim(app, app.demo.homes[0]!))[TOKEN]
    const { kid } = JSON.parse(Buffer.from(after!.split('.')[0]!, 'base64url').toString())
    expect(kid).toBe(keyIdOf(next))
    // The old key signed this one, but says that the new one did.
    expect(await opens(`${TOKEN}=${await forged({ header: { kid } })}`)).toBe(false)
    useSigningKeys(next)
    expect(await opens(`${TOKEN}=${token}`)).toBe(false)
    expect(await opens(`${REFRESH}=${refresh}`)).toBe(true)
  } finally {
    useSigningKeys(old)
  }
})

test('a cookie sent twice is no cookie', async () => {
  expect(await opens(`${TOKEN}=${cookies[TOKEN]}; ${TOKEN}=${cookies[TOKEN]}`)).toBe(false)
})

test('a malformed token costs no statement', async () => {
  const statements = async () => {
    await superuser`select pg_stat_clear_snapshot()`
    const [row] =
      await superuser`select xact_commit + xact_rollback as n from pg_stat_database where datname = current_database()`
    return Number(row?.n)
  }
  // The counters of a pooled connection arrive late; the difference of two idle readings is the noise to allow for.
  const before = await statements()
  for (let i = 0; i < 200; i++) await app.call('/home', withCookies(`${TOKEN}=x.y.z; ${REFRESH}=short`))
  expect((await statements()) - before).toBeLessThan(100)
})

test('the opaque cookie alone gets a new token, once for all requests that arrive together', async () => {
  const responses = await Promise.all(
    Array.from({ length: 10 }, () => app.call('/home', withCookies(`${REFRESH}=${cookies[REFRESH]}`))),
  )
  expect(new Set(responses.map((response) => response.status))).toEqual(new Set([200]))
  expect(new Set(responses.map((response) => parsed(cookiesOf(response))[TOKEN])).size).toBe(1)
})

test('a session that is ended opens nothing from the next request on, whatever its token says', async () => {
  const cookie = await claim(app, app.demo.homes[0]!)
  expect(await opens(cookie)).toBe(true)
  await endSession(JSON.parse(Buffer.from(parsed(cookie)[TOKEN]!.split('.')[1]!, 'base64url').toString()).sub)
  expect(await opens(cookie)).toBe(false)
})

test.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
  [
    'disabled',
    () => superuser`update staff set disabled_at = now() where role = 'developer'`,
    () => superuser`update staff set disabled_at = null`,
  ],
  [
    'of a suspended builder',
    () => superuser`update tenants set suspended_at = now()`,
    () => superuser`update tenants set suspended_at = null`,
  ],
])('staff who are %s can neither carry on nor sign in again', async (_, disable, restore) => {
  const person = app.demo.developers[0]!
  const cookie = await signIn(app, person)
  expect((await app.call('/developer', withCookies(cookie))).status).toBe(200)
  await disable()
  forgetAllSessions()
  expect((await app.call('/developer', withCookies(cookie))).status).toBe(303)
  expect(
    (await app.call('/developer/sign-in', form({ email: person.email, password: person.password }))).status,
  ).toBe(401)
  await restore()
})

test.each([
  ['an unknown address', { email: 'nobody@example.ie', password: 'whatever it is' }],
  ['a wrong password', { email: '', password: 'wrong' }],
])('signing in with %s gets the same answer', async (_, given) => {
  const response = await app.call(
    '/developer/sign-in',
    form({ ...given, email: given.email || app.demo.developers[0]!.email }),
  )
  expect(response.status).toBe(401)
  expect(await response.text()).toContain('do not belong together')
})

test('each sign-in is another session, so none can be fixed beforehand', async () => {
  const person = app.demo.admins[0]!
  const first = parsed(await signIn(app, person))
  const planted = await app.call(
    '/developer/sign-in',
    withCookies(`__Host-oh-staff-refresh=${first['__Host-oh-staff-refresh']}`, form(person)),
  )
  expect(parsed(cookiesOf(planted))['__Host-oh-staff-refresh']).not.toBe(first['__Host-oh-staff-refresh'])
})

// After repeated failures: work or patience, each challenge once; a field only programs fill in; and what the operator sees.
import { afterAll, afterEach, beforeAll, beforeEach, expect, setSystemTime, test } from 'bun:test'
import postgres from 'postgres'
import { forgetAttempts } from '#src/access/attempts.ts'
import { answerChallenge, isSolved, makeChallenge, PATIENCE_S } from '#src/access/challenge.ts'
import { config, useConfig } from '#src/config.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { form, signIn, startTestApp, type TestApp, withCookies } from '../support/app.ts'

let app: TestApp
let look: postgres.Sql
const MINUTE_MS = 60_000

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
})
beforeEach(() => {
  forgetAttempts()
  forgetLimits()
})
afterEach(() => void setSystemTime())
afterAll(async () => {
  await look.end()
  await app.stop()
})

const solve = (salt: string) => {
  for (let i = 0; ; i++) if (isSolved(salt, String(i))) return String(i)
}
const challengeIn = (text: string) => ({
  challenge: /name="challenge" value="([^"]+)"/.exec(text)?.[1] ?? '',
  salt: /data-challenge="([^"]+)"/.exec(text)?.[1] ?? '',
})
const post = async (path: string, fields: Record<string, string>) => {
  const response = await app.call(path, form(fields))
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const pathOf = (home: { url: string }) => new URL(home.url).pathname
const later = (ms: number) => void setSystemTime(new Date(Date.now() + ms))

test('a solution passes at once, and once', async () => {
  const { token, salt } = await makeChallenge()
  const answer = { challenge: token, solution: solve(salt) }
  expect(await answerChallenge(answer)).toBe(0)
  expect(await answerChallenge(answer)).toBeNull()
})

test('without a solution the same challenge passes once it is old enough', async () => {
  const { token } = await makeChallenge()
  const early = await answerChallenge({ challenge: token })
  expect(early).toBeGreaterThan(0)
  expect(early).toBeLessThanOrEqual(PATIENCE_S + 1)
  expect(await answerChallenge({ challenge: token }, Date.now() + (PATIENCE_S + 1) * 1_000)).toBe(0)
})

test.each([
  ['none', async () => ({})],
  ['one that nobody signed', async () => ({ challenge: 'a.b.c', solution: '1' })],
  [
    'a number that does not solve it',
    async () => ({ challenge: (await makeChallenge()).token, solution: '-1' }),
  ],
])('%s does not pass', async (_, make) => {
  expect(await answerChallenge(await make())).not.toBe(0)
})

test('a family that types its code right, or wrong a few times, never sees a challenge', async () => {
  const home = app.demo.homes[2]!
  for (let i = 0; i < 4; i++)
    expect(challengeIn((await post(pathOf(home), { access_code: 'AA-111-AAAA' })).text).challenge).toBe('')
  expect((await post(pathOf(home), { access_code: home.access_code })).status).toBe(303)
})

test('after five wrong codes and the wait, the code alone is not enough; with work it is', async () => {
  const home = app.demo.homes[3]!
  for (let i = 0; i < 5; i++) await post(pathOf(home), { access_code: 'AA-111-AAAA' })
  later(MINUTE_MS)
  const alone = await post(pathOf(home), { access_code: home.access_code })
  expect(alone.status).toBe(429)
  expect(alone.headers.get('retry-after')).toBe(String(PATIENCE_S))
  const { challenge, salt } = challengeIn(alone.text)
  const worked = await post(pathOf(home), { access_code: home.access_code, challenge, solution: solve(salt) })
  expect(worked.status).toBe(303)
})

test('without scripts the form of the wait passes by itself when the wait is over', async () => {
  const home = app.demo.homes[4]!
  for (let i = 0; i < 5; i++) await post(pathOf(home), { access_code: 'AA-111-AAAA' })
  const { challenge } = challengeIn((await post(pathOf(home), { access_code: home.access_code })).text)
  expect(challenge).not.toBe('')
  later(MINUTE_MS)
  expect((await post(pathOf(home), { access_code: home.access_code, challenge })).status).toBe(303)
})

test('signing in: five wrong passwords mean a wait and then a challenge, which waiting answers as well', async () => {
  const person = app.demo.admins[0]!
  const wrong = { email: person.email, password: 'wrong' }
  for (let i = 0; i < 5; i++) expect((await post('/developer/sign-in', wrong)).status).toBe(401)
  const waiting = await post('/developer/sign-in', person)
  expect(waiting.status).toBe(429)
  later(MINUTE_MS)
  const early = await post('/developer/sign-in', person)
  expect(early.status).toBe(429)
  const { challenge } = challengeIn(early.text)
  expect(challengeIn((await post('/developer/sign-in', { ...person, challenge })).text).challenge).toBe(
    challenge,
  )
  later(2 * PATIENCE_S * 1_000)
  expect((await post('/developer/sign-in', { ...person, challenge })).status).toBe(303)
})

test('who guesses an account from elsewhere does not lock its owner out', async () => {
  useConfig({ ...config(), TRUSTED_PROXY: 'loopback' })
  const from = (address: string, fields: Record<string, string>) =>
    app.call('/developer/sign-in', {
      ...form(fields),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'cf-connecting-ip': address },
    })
  const person = app.demo.admins[0]!
  for (let i = 0; i < 5; i++) await from('203.0.113.7', { email: person.email, password: 'wrong' })
  expect((await from('203.0.113.7', person)).status).toBe(429)
  expect((await from('198.51.100.4', person)).status).toBe(303)
  useConfig({ ...config(), TRUSTED_PROXY: 'none' })
})

test('a form with the field filled in that people do not see is as wrong as a wrong password or code', async () => {
  const person = app.demo.admins[0]!
  const trapped = await post('/developer/sign-in', { ...person, website: 'https://spam.example' })
  expect(trapped.status).toBe(401)
  expect(trapped.text).toContain('do not belong together')
  const home = app.demo.homes[5]!
  const claimed = await post(pathOf(home), { access_code: home.access_code, website: 'x' })
  expect(claimed.status).toBe(401)
})

test('sign-in and claim say where one stands with their limits, and when to come back', async () => {
  const signedIn = await post('/developer/sign-in', { email: 'nobody@example.ie', password: 'x' })
  expect(signedIn.headers.get('ratelimit-policy')).toBe('"sign_in";q=10;w=60')
  expect(signedIn.headers.get('ratelimit')).toMatch(/^"sign_in";r=9;t=\d+$/)
  const link = await app.call(pathOf(app.demo.homes[0]!))
  expect(link.headers.get('ratelimit-policy')).toBe('"link_known";q=300;w=3600')
  for (let i = 0; i < 20; i++) await app.call(`/h/${'A'.repeat(22)}`)
  const unknown = await app.call(`/h/${'A'.repeat(22)}`)
  expect(unknown.status).toBe(429)
  expect(Number(unknown.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(unknown.headers.get('ratelimit')).toContain('"link_unknown";r=0')
})

test('the operator sees addresses that guess, homes opened from everywhere, and accounts under attack', async () => {
  const operator = await signIn(app, app.demo.super_admin, '/admin')
  const see = async () => (await app.call('/admin/anomalies', withCookies(operator))).text()
  const before = await see()
  expect(before).toContain('Nothing stands out')
  for (const sign of ['203.0.113.7', app.demo.admins[1]!.email]) expect(before).not.toContain(sign)
  const units = app.demo.homes.slice(0, 12)
  const [row] = await look`select tenant_id from units where id = ${units[0]!.unit_id}`
  for (const [i, home] of units.entries()) {
    const [unit] = await look`select tenant_id from units where id = ${home.unit_id}`
    await look`insert into qr_scans (id, tenant_id, unit_id, outcome, ip_address, request_id)
      values (${Bun.randomUUIDv7()}, ${unit!.tenant_id}, ${home.unit_id}, 'wrong_code', '203.0.113.7', 'r')`
    await look`insert into qr_scans (id, tenant_id, unit_id, outcome, ip_address, request_id)
      values (${Bun.randomUUIDv7()}, ${row!.tenant_id}, ${units[0]!.unit_id}, 'opened', ${`198.51.100.${i}`}, 'r')`
  }
  for (let i = 0; i < 12; i++) {
    forgetLimits()
    forgetAttempts()
    await post('/developer/sign-in', { email: app.demo.admins[1]!.email, password: 'wrong' })
  }
  const text = await see()
  expect(text).toContain('203.0.113.7')
  expect(text).toContain(app.demo.admins[1]!.email)
  expect(text).toContain('One home, many addresses')
  expect(text.match(/Nothing stands out/g)?.length ?? 0).toBeLessThan(
    before.match(/Nothing stands out/g)!.length,
  )
  const boss = await signIn(app, app.demo.admins[0]!)
  expect((await app.call('/admin/anomalies', withCookies(boss))).status).toBe(404)
})

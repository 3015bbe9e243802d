// A builder requires a second factor of all its staff: set up at the next sign-in, kept on, and of nobody else's staff.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { forgetAttempts } from '#src/access/attempts.ts'
import { totpCode } from '#src/access/totp.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { cookiesOf, form, signIn, startTestApp, type TestApp, withCookies } from '../support/app.ts'

const RULE = '/developer/settings/second-factor-rule'

let app: TestApp
let look: postgres.Sql
let admin: string
beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  admin = await signIn(app, of(app.demo.admins, 'longview-estates'))
})
beforeEach(() => {
  forgetLimits()
  forgetAttempts()
})
afterAll(async () => {
  await look.end()
  await app.stop()
})

const of = (people: TestApp['demo']['admins'], tenant: string) =>
  people.find((person) => person.tenant === tenant)!
const set = (required: 'yes' | 'no', cookie = admin) =>
  app.call(RULE, withCookies(cookie, form({ required })))
const enter = async (person: { email: string; password: string }) => {
  const answer = await app.call(
    '/developer/sign-in',
    form({ email: person.email, password: person.password }),
  )
  return { location: answer.headers.get('location'), cookie: cookiesOf(answer) }
}
const read = async (path: string, cookie: string) => (await app.call(path, withCookies(cookie))).text()

test('who has none sets it up before the first page, who is signed in stays, and nobody takes it off', async () => {
  const person = of(app.demo.developers, 'longview-estates')
  const before = await signIn(app, person)
  expect((await set('yes')).headers.get('location')).toBe('/developer/settings?done=rule')
  expect(await read('/developer/settings', admin)).toContain('Leave it to everybody')
  expect((await app.call('/developer', withCookies(before))).status).toBe(200)
  const half = await enter(person)
  expect(half.location).toStartWith('/developer/sign-in/enrolment')
  expect((await app.call('/developer', withCookies(half.cookie))).status).toBe(303)
  const page = await read('/developer/sign-in/enrolment', half.cookie)
  const secret = /class="one-time">([A-Z2-7 ]+)</.exec(page)![1]!.replaceAll(' ', '')
  const enrolment = /name="enrolment" value="([^"]+)"/.exec(page)![1]!
  const code = totpCode(secret, Date.now())
  const done = await app.call(
    '/developer/sign-in/enrolment',
    withCookies(half.cookie, form({ enrolment, code })),
  )
  const inside = cookiesOf(done)
  expect((await app.call('/developer', withCookies(inside))).status).toBe(200)
  const off = { code: totpCode(secret, Date.now() + 30_000) }
  const refused = await app.call('/developer/settings/second-factor/removal', withCookies(inside, form(off)))
  expect(refused.status).toBe(404)
  expect((await enter(person)).location).toStartWith('/developer/sign-in/code')
})

test('another builder’s staff are asked for nothing, and its rule is its own', async () => {
  await set('yes')
  const rival = await signIn(app, of(app.demo.admins, 'harbour-homes'))
  expect(await read('/developer/settings', rival)).toContain('Require it of everybody')
  await set('no', rival)
  const person = of(app.demo.developers, 'longview-estates')
  await look`update staff set totp_secret_encrypted = null, totp_enabled_at = null where email = ${person.email}`
  expect((await enter(person)).location).toStartWith('/developer/sign-in/enrolment')
})

test('given up it is everybody’s choice again; a developer finds no such rule', async () => {
  await set('yes')
  const off = await set('no')
  const rows =
    await look`select action from activity_log where request_id = ${off.headers.get('x-request-id')}`
  expect([...rows]).toEqual([{ action: 'staff.second_factor_optional' }])
  const person = of(app.demo.developers, 'longview-estates')
  await look`update staff set totp_secret_encrypted = null, totp_enabled_at = null where email = ${person.email}`
  const developer = await signIn(app, person)
  expect((await set('yes', developer)).status).toBe(404)
  const again = await signIn(app, person)
  expect((await app.call('/developer', withCookies(again))).status).toBe(200)
})

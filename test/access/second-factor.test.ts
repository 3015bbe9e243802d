// The second factor: setting it up, each code once, recovery codes, who must have one, and resetting somebody else's.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { forgetAttempts } from '#src/access/attempts.ts'
import { makeTotpSecret, totpCode, totpStep } from '#src/access/totp.ts'
import { config, useConfig } from '#src/config.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { cookiesOf, form, signIn, startTestApp, type TestApp, withCookies } from '../support/app.ts'

const STEP_MS = 30_000
const PAGE = '/developer/settings/second-factor'

let app: TestApp
let look: postgres.Sql
let person: { email: string; password: string }

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  person = app.demo.developers.find(({ tenant }) => tenant === 'longview-estates')!
})
beforeEach(() => {
  forgetAttempts()
  forgetLimits()
})
afterEach(async () => {
  useConfig({ ...config(), isLocal: true })
  await look`update staff set totp_secret_encrypted = null, totp_enabled_at = null, totp_last_step = null, recovery_code_hashes = '{}'`
})
afterAll(async () => {
  await look.end()
  await app.stop()
})

const open = async (path: string, cookie: string) => {
  const response = await app.call(path, withCookies(cookie))
  return { status: response.status, text: await response.text() }
}
const post = async (path: string, fields: Record<string, string>, cookie: string) => {
  const response = await app.call(path, withCookies(cookie, form(fields)))
  return {
    status: response.status,
    location: response.headers.get('location'),
    cookie: cookiesOf(response),
    retryAfter: response.headers.get('retry-after'),
    text: await response.text(),
  }
}

const shown = (text: string) => ({
  secret: /class="one-time">([A-Z2-7 ]+)</.exec(text)![1]!.replaceAll(' ', ''),
  enrolment: /name="enrolment" value="([^"]+)"/.exec(text)![1]!,
})
const codesIn = (text: string) => [...text.matchAll(/<li>([0-9A-Z-]{27})<\/li>/g)].map(([, code]) => code!)

/** Turns it on for the person with the code of the step before, so that this step's is still good. */
async function turnedOn(cookie: string) {
  const { secret, enrolment } = shown((await open(PAGE, cookie)).text)
  const code = totpCode(secret, Date.now() - STEP_MS)
  const answer = await post(PAGE, { enrolment, code, password: person.password }, cookie)
  expect(answer.status).toBe(200)
  return { secret, codes: codesIn(answer.text) }
}

const begin = () => post('/developer/sign-in', person, '')

test('a code is good in its half minute and the ones beside it, and at no other time', () => {
  const secret = makeTotpSecret()
  const now = Date.parse('2026-11-25T12:00:10Z')
  const step = Math.floor(now / STEP_MS)
  for (const offset of [-1, 0, 1])
    expect(totpStep(secret, totpCode(secret, now + offset * STEP_MS), now)).toBe(step + offset)
  for (const offset of [-2, 2])
    expect(totpStep(secret, totpCode(secret, now + offset * STEP_MS), now)).toBeNull()
  for (const wrong of ['', '12345', '1234567', 'abcdef', '１２３４５６'])
    expect(totpStep(secret, wrong, now)).toBeNull()
})

test('the published vectors of RFC 6238 come out', () => {
  // The secret of the RFC in base32; its codes have eight digits, of which these are the last six.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  expect(totpCode(secret, 59_000)).toBe('287082')
  expect(totpCode(secret, 1_111_111_109_000)).toBe('081804')
  expect(totpCode(secret, 20_000_000_000_000)).toBe('353130')
})

test('with it turned on, the password alone opens nothing and a code completes the sign-in', async () => {
  const { secret } = await turnedOn(await signIn(app, person))
  const half = await begin()
  expect(half).toMatchObject({ status: 303, location: '/developer/sign-in/code?next=%2Fdeveloper' })
  expect((await open('/developer', half.cookie)).status).toBe(303)
  const code = totpCode(secret, Date.now())
  const whole = await post('/developer/sign-in/code', { code, next: '/developer/homes' }, half.cookie)
  expect(whole).toMatchObject({ status: 303, location: '/developer/homes' })
  expect((await open('/developer', whole.cookie)).status).toBe(200)
})

test('a code that was used is refused, also when two come with it at once', async () => {
  const { secret } = await turnedOn(await signIn(app, person))
  const { cookie } = await begin()
  const code = totpCode(secret, Date.now())
  const answers = await Promise.all([1, 2, 3].map(() => post('/developer/sign-in/code', { code }, cookie)))
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 401, 401])
  expect(answers.find(({ status }) => status === 401)?.text).toContain('was used already')
})

test('the code that turned it on signs nobody in', async () => {
  const cookie = await signIn(app, person)
  const { secret, enrolment } = shown((await open(PAGE, cookie)).text)
  const code = totpCode(secret, Date.now())
  await post(PAGE, { enrolment, code, password: person.password }, cookie)
  expect((await post('/developer/sign-in/code', { code }, (await begin()).cookie)).status).toBe(401)
})

test('ten recovery codes are shown once, kept as hashes, and each opens once', async () => {
  const cookie = await signIn(app, person)
  const { codes } = await turnedOn(cookie)
  expect(new Set(codes).size).toBe(10)
  const [row] = await look`select recovery_code_hashes as hashes from staff where email = ${person.email}`
  expect(row!.hashes).toHaveLength(10)
  expect(JSON.stringify(row)).not.toContain(codes[0]!.replaceAll('-', ''))
  expect((await open(PAGE, cookie)).text).not.toContain(codes[0]!)
  const typed = codes[0]!.toLowerCase().replaceAll('-', ' ')
  const first = await post('/developer/sign-in/code', { code: typed }, (await begin()).cookie)
  expect(first.status).toBe(303)
  const again = await post('/developer/sign-in/code', { code: codes[0]! }, (await begin()).cookie)
  expect(again.status).toBe(401)
  expect((await open(PAGE, first.cookie)).text).toContain('9 of 10 are left')
})

test('new recovery codes take the place of the old ones', async () => {
  const cookie = await signIn(app, person)
  const { secret, codes } = await turnedOn(cookie)
  const renewed = await post(`${PAGE}/recovery-codes`, { code: totpCode(secret, Date.now()) }, cookie)
  expect(codesIn(renewed.text)).toHaveLength(10)
  expect((await post('/developer/sign-in/code', { code: codes[1]! }, (await begin()).cookie)).status).toBe(
    401,
  )
})

test('after five wrong codes there is a wait, also for a right one', async () => {
  const { codes } = await turnedOn(await signIn(app, person))
  const { cookie } = await begin()
  for (let i = 0; i < 5; i++)
    expect((await post('/developer/sign-in/code', { code: '000000' }, cookie)).status).toBe(401)
  const waiting = await post('/developer/sign-in/code', { code: codes[0]! }, cookie)
  expect(waiting.status).toBe(429)
  expect(Number(waiting.retryAfter)).toBeGreaterThan(0)
})

test('the half-way cookie is void once the password is another', async () => {
  const { codes } = await turnedOn(await signIn(app, person))
  const { cookie } = await begin()
  const [row] = await look`select password_hash from staff where email = ${person.email}`
  await look`update staff set password_hash = 'another' where email = ${person.email}`
  const answer = await post('/developer/sign-in/code', { code: codes[0]! }, cookie)
  await look`update staff set password_hash = ${row!.password_hash} where email = ${person.email}`
  expect(answer).toMatchObject({ status: 303, location: '/developer/sign-in' })
})

test('an operator outside their own machine sets it up before the first session', async () => {
  useConfig({ ...config(), isLocal: false })
  const half = await post('/admin/sign-in', app.demo.super_admin, '')
  expect(half.location).toStartWith('/admin/sign-in/enrolment')
  expect((await open('/admin', half.cookie)).status).toBe(303)
  const { secret, enrolment } = shown((await open('/admin/sign-in/enrolment', half.cookie)).text)
  const refused = await post('/admin/sign-in/enrolment', { enrolment, code: '000000' }, half.cookie)
  expect(refused.status).toBe(401)
  expect(shown(refused.text).secret).toBe(secret)
  const code = totpCode(secret, Date.now() - STEP_MS)
  const done = await post('/admin/sign-in/enrolment', { enrolment, code }, half.cookie)
  expect(codesIn(done.text)).toHaveLength(10)
  expect((await open('/admin', done.cookie)).status).toBe(200)
  const removal = await post(
    '/admin/second-factor/removal',
    { code: totpCode(secret, Date.now()) },
    done.cookie,
  )
  expect(removal.status).toBe(404)
  expect((await post('/admin/sign-in', app.demo.super_admin, '')).location).toStartWith('/admin/sign-in/code')
})

test('nobody sets it up twice, with another’s enrolment, or without the password', async () => {
  const cookie = await signIn(app, person)
  const first = shown((await open(PAGE, cookie)).text)
  const code = totpCode(first.secret, Date.now())
  const { enrolment } = first
  const wrong = await post(PAGE, { enrolment, code, password: 'not it' }, cookie)
  expect(wrong).toMatchObject({ status: 422 })
  expect(wrong.text).toContain('This is not your password')
  const stranger = app.demo.admins.find(({ tenant }) => tenant === 'harbour-homes')!
  const theirs = await signIn(app, stranger)
  expect((await post(PAGE, { enrolment, code, password: stranger.password }, theirs)).status).toBe(422)
  await turnedOn(cookie)
  expect((await post(PAGE, { enrolment, code, password: person.password }, cookie)).status).toBe(409)
})

test('an administrator resets somebody’s, which ends their sessions and stands in the log; never their own', async () => {
  const theirs = await signIn(app, person)
  await turnedOn(theirs)
  const boss = app.demo.admins.find(({ tenant }) => tenant === 'longview-estates')!
  const admin = await signIn(app, boss)
  const [row] = await look`select id from staff where email = ${person.email}`
  const reset = `/developer/settings/staff/${row!.id}/second-factor/removal`
  expect((await post(reset, {}, theirs)).status).toBe(404)
  expect((await post(reset, {}, admin)).status).toBe(303)
  expect((await open('/developer', theirs)).status).toBe(303)
  expect((await begin()).location).toBe('/developer')
  const logged =
    await look`select action from activity_log where target_id = ${row!.id} and action like 'staff.second%' order by id`
  expect(logged.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['staff.second_factor_enabled', 'staff.second_factor_reset']),
  )
})

const saidBy = async (...streams: ReadableStream[]) =>
  (await Promise.all(streams.map((stream) => new Response(stream).text()))).join('')

test('from the command line an operator’s is reset, which ends their sessions and stands in the log', async () => {
  const run = async (...given: string[]) => {
    const made = Bun.spawn([process.execPath, 'src/reset-second-factor.ts', ...given], {
      env: { ...process.env, DATABASE_URL: app.database.url },
      stdout: 'pipe',
      stderr: 'pipe',
    })
    const [code, said] = [await made.exited, await saidBy(made.stderr, made.stdout)]
    return { code, said }
  }
  const { email, password } = app.demo.super_admin
  useConfig({ ...config(), isLocal: false })
  const half = await post('/admin/sign-in', { email, password }, '')
  const { secret, enrolment } = shown((await open('/admin/sign-in/enrolment', half.cookie)).text)
  const code = totpCode(secret, Date.now() - STEP_MS)
  await post('/admin/sign-in/enrolment', { enrolment, code }, half.cookie)
  expect(await run()).toMatchObject({ code: 2 })
  expect((await run('nobody@example.com')).said).toContain('is nobody who signs in here')
  expect(await run(email.toUpperCase())).toMatchObject({ code: 0 })
  expect(await run(email)).toMatchObject({
    code: 1,
    said: `${email} has no second factor. Nothing was changed.\n`,
  })
  const stillOpen = await look`select 1 from sessions s join staff f on f.id = s.staff_id
    where f.email = ${email} and s.revoked_at is null`
  expect(stillOpen).toHaveLength(0)
  const logged =
    await look`select actor_type, actor_id, a.tenant_id from activity_log a join staff f on f.id::text = a.target_id::text
    where f.email = ${email} and action = 'staff.second_factor_reset'`
  expect([...logged]).toEqual([{ actor_type: 'system', actor_id: 'reset-second-factor', tenant_id: null }])
  // The password alone opens nothing: it leads to setting up a new one.
  expect((await post('/admin/sign-in', { email, password }, '')).location).toStartWith(
    '/admin/sign-in/enrolment',
  )
})

test('the secret lies in the database sealed to its owner', async () => {
  const { secret } = await turnedOn(await signIn(app, person))
  const [row] = await look`select totp_secret_encrypted as sealed from staff where email = ${person.email}`
  expect(row!.sealed).not.toContain(secret)
  await look`update staff set totp_secret_encrypted = ${row!.sealed}, totp_enabled_at = now() where email = ${app.demo.admins[0]!.email}`
  const half = await post('/developer/sign-in', app.demo.admins[0]!, '')
  const code = totpCode(secret, Date.now())
  expect((await post('/developer/sign-in/code', { code }, half.cookie)).status).toBe(500)
})

// Where staff are signed in, and ending it there: their own only, and with the password again.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { forgetAttempts } from '#src/access/attempts.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { cookiesOf, form, signIn, startTestApp, type TestApp, withCookies } from '../support/app.ts'

const PORTALS = [
  ['developer', '/developer/settings/second-factor'],
  ['admin', '/admin/second-factor'],
] as const
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1'

let app: TestApp
let look: postgres.Sql
beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
})
beforeEach(async () => {
  forgetLimits()
  forgetAttempts()
  await look`update sessions set revoked_at = now() where revoked_at is null`
})
afterAll(async () => {
  await look.end()
  await app.stop()
})

type Portal = (typeof PORTALS)[number][0]
const who = (portal: Portal) =>
  portal === 'admin'
    ? app.demo.super_admin
    : app.demo.admins.find(({ tenant }) => tenant === 'longview-estates')!
async function enterOnPhone(portal: Portal): Promise<string> {
  const { headers, ...init } = form({ email: who(portal).email, password: who(portal).password })
  const sent = { ...init, headers: { ...(headers as Record<string, string>), 'user-agent': IPHONE } }
  return cookiesOf(await app.call(`/${portal}/sign-in`, sent))
}
const opens = async (path: string, cookie: string) => (await app.call(path, withCookies(cookie))).status
const end = (path: string, cookie: string, ended: string, current: string) =>
  app.call(`${path}/sessions`, withCookies(cookie, form({ ended, current })))
const sessionOf = async (email: string) =>
  (
    await look`select x.id from sessions x join staff s on s.id = x.staff_id
    where s.email = ${email} and x.revoked_at is null order by x.created_at desc limit 1`
  )[0]?.id as string

test.each(PORTALS)('at the %s pages one session is ended and the others stay', async (portal, path) => {
  const { email, password } = who(portal)
  const here = await signIn(app, who(portal), `/${portal}`)
  const laptop = await signIn(app, who(portal), `/${portal}`)
  const phone = await enterOnPhone(portal)
  const page = await (await app.call(path, withCookies(here))).text()
  expect(page).toContain('Safari on iPhone')
  expect(page.match(/>Here</g)).toHaveLength(1)
  const done = await end(path, here, await sessionOf(email), password)
  expect([done.status, done.headers.get('location')]).toEqual([303, `${path}?done=sessions`])
  expect([await opens(path, phone), await opens(path, laptop), await opens(path, here)]).toEqual([
    303, 200, 200,
  ])
  expect((await end(path, here, 'others', password)).status).toBe(303)
  expect([await opens(path, laptop), await opens(path, here)]).toEqual([303, 200])
  expect(await (await app.call(path, withCookies(here))).text()).toContain('Nowhere else.')
  const rows =
    await look`select action from activity_log where request_id = ${done.headers.get('x-request-id')}`
  expect([...rows]).toEqual([{ action: 'staff.own_sessions_ended' }])
})

test('without the password nothing is ended, and guessing has to wait', async () => {
  const [portal, path] = PORTALS[0]
  const here = await signIn(app, who(portal))
  const phone = await enterOnPhone(portal)
  const wrong = await end(path, here, 'others', 'not the password')
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('This is not your password.')
  for (let i = 0; i < 10; i++) await end(path, here, 'others', 'not the password')
  const right = await end(path, here, 'others', who(portal).password)
  expect([right.status, right.headers.has('retry-after')]).toEqual([429, true])
  expect(await opens(path, phone)).toBe(200)
})

test('another’s session, of the same builder or another, answers as one that never was, and goes on', async () => {
  const [portal, path] = PORTALS[0]
  const here = await signIn(app, who(portal))
  const colleague = app.demo.developers.find(({ tenant }) => tenant === 'longview-estates')!
  const rival = app.demo.admins.find(({ tenant }) => tenant === 'harbour-homes')!
  const others = [await signIn(app, colleague), await signIn(app, rival)]
  for (const id of [await sessionOf(colleague.email), await sessionOf(rival.email), crypto.randomUUID()]) {
    forgetAttempts()
    const refused = await end(path, here, id, who(portal).password)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('That session is over already.')
  }
  for (const cookie of others) expect(await opens(path, cookie)).toBe(200)
})

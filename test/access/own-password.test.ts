// Changing one's own password: asked for the one of now, refused as any other, and every other session ends.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import postgres from 'postgres'
import { forgetAttempts } from '#src/access/attempts.ts'
import { hashPassword } from '#src/access/passwords.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { form, signIn, startTestApp, type TestApp, withCookies } from '../support/app.ts'

const NEXT = 'a long and pleasant sentence'
const PORTALS = [
  ['developer', '/developer/settings/second-factor', 'admin'],
  ['admin', '/admin/second-factor', 'super_admin'],
] as const
type Portal = (typeof PORTALS)[number][0]

let app: TestApp
let look: postgres.Sql
beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
})
beforeEach(async () => {
  forgetLimits()
  forgetAttempts()
  for (const portal of ['developer', 'admin'] as const) {
    const { email, password } = who(portal)
    await look`update staff set password_hash = ${await hashPassword(password)} where email = ${email}`
  }
})
afterAll(async () => {
  await look.end()
  await app.stop()
})

const who = (portal: Portal) =>
  portal === 'admin'
    ? app.demo.super_admin
    : app.demo.admins.find(({ tenant }) => tenant === 'longview-estates')!
const enter = (portal: Portal, password = who(portal).password) =>
  signIn(app, { email: who(portal).email, password }, `/${portal}`)
const change = (path: string, cookie: string, current: string, password: string) =>
  app.call(`${path}/password`, withCookies(cookie, form({ current, password })))
const opens = async (path: string, cookie: string) => (await app.call(path, withCookies(cookie))).status

test.each(PORTALS)(
  'at the %s pages it ends every other session, and the old password opens nothing',
  async (portal, path, actor) => {
    const [here, elsewhere] = [await enter(portal), await enter(portal)]
    const other = await enter(portal === 'admin' ? 'developer' : 'admin')
    const done = await change(path, here, who(portal).password, NEXT)
    expect([done.status, done.headers.get('location')]).toEqual([303, `${path}?done=password`])
    const page = await (await app.call(`${path}?done=password`, withCookies(here))).text()
    expect(page).toContain('Your password is changed. Wherever else you were signed in, you no longer are.')
    expect(await opens(path, elsewhere)).toBe(303)
    const otherPath = PORTALS.find(([name]) => name !== portal)![1]
    expect(await opens(otherPath, other)).toBe(200)
    await expect(enter(portal)).rejects.toThrow('signing in answered')
    expect(await opens(path, await enter(portal, NEXT))).toBe(200)
    const rows = await look`select actor_type from activity_log where action = 'staff.password_changed'
    and request_id = ${done.headers.get('x-request-id')}`
    expect([...rows]).toEqual([{ actor_type: actor }])
  },
)

test.each(PORTALS)(
  'at the %s pages a wrong password changes nothing, and guessing has to wait',
  async (portal, path) => {
    const [here, elsewhere] = [await enter(portal), await enter(portal)]
    const wrong = await change(path, here, 'not the password', NEXT)
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('This is not your password.')
    for (let i = 0; i < 10; i++) await change(path, here, 'not the password', NEXT)
    const right = await change(path, here, who(portal).password, NEXT)
    expect([right.status, right.headers.has('retry-after')]).toEqual([429, true])
    expect(await opens(path, elsewhere)).toBe(200)
  },
)

test.each([
  ['short', 'Choose 12 to 128 characters'],
  ['password1234', 'This is easily guessed'],
  ['the same', 'This is the password that you have. Choose another.'],
])('%p is refused as a new password, with the reason at its field', async (next, reason) => {
  const { password } = who('developer')
  const here = await enter('developer')
  const path = PORTALS[0][1]
  const refused = await change(path, here, password, next === 'the same' ? password : next)
  expect(refused.status).toBe(422)
  const page = await refused.text()
  expect(page).toContain(reason)
  expect(page).toContain('id="own-password-new-error"')
  expect(await opens(path, await enter('developer'))).toBe(200)
})

test('of two changes at once one counts', async () => {
  const here = await enter('developer')
  const { password } = who('developer')
  const answers = await Promise.all(
    ['a first pleasant sentence', 'a second pleasant sentence'].map((next) =>
      change(PORTALS[0][1], here, password, next),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
})

test('a link to set the password that was mailed before opens nothing afterwards', async () => {
  const here = await enter('developer')
  const { email, password } = who('developer')
  const token = 'x'.repeat(43)
  const [person] = await look`select id, tenant_id from staff where email = ${email}`
  await look`insert into staff_links (tenant_id, staff_id, purpose, token_hash, expires_at)
    values (${person!.tenant_id}, ${person!.id}, 'password_reset',
      ${createHash('sha256').update(token).digest('hex')}, now() + interval '1 hour')`
  const link = async () => (await app.call(`/developer/password/${token}`)).status
  expect(await link()).toBe(200)
  expect((await change(PORTALS[0][1], here, password, NEXT)).status).toBe(303)
  expect(await link()).toBe(404)
})

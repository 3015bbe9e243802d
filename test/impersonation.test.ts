// An operator looks as somebody: with a reason, for a while, changing nothing, seen by whom it concerns.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { forgetLimits } from '#src/http/limits.ts'
import { endExpiredImpersonations } from '#src/impersonations.ts'
import { claim, cookiesOf, form, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'

setDefaultTimeout(60_000)

const REASON = 'Ticket 4711: the list of documents looks empty'

let app: TestApp
let look: postgres.Sql
let operator: string
let tenant: { id: string; name: string }
let admin: { id: string; name: string; email: string }
let home: TestApp['demo']['homes'][number]

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  operator = await signIn(app, app.demo.super_admin, '/admin')
  home = app.demo.homes.find((each) => each.tenant === 'longview-estates' && each.purchasers.length > 0)!
  const [firm] = await look<(typeof tenant)[]>`select id, name from tenants where slug = 'longview-estates'`
  tenant = firm!
  const [person] = await look<(typeof admin)[]>`
    select id, name, email from staff where tenant_id = ${tenant.id} and role = 'admin'`
  admin = person!
})
beforeEach(async () => {
  forgetLimits()
  await look`update impersonations set ended_at = now(), ending = 'stopped' where ended_at is null`
})
afterAll(async () => {
  await look.end()
  await app.stop()
})

const ask = (fields: Record<string, string>, cookie = operator) =>
  app.call(
    `/admin/tenants/${tenant.id}/impersonation`,
    withCookies(cookie, form({ staff_id: '', home: '', reason: REASON, minutes: '15', ...fields })),
  )
const start = async (fields: Record<string, string>) => {
  const response = await ask(fields)
  expect(response.status).toBe(303)
  return `${operator}; ${cookiesOf(response)}`
}
const page = async (path: string, cookie: string) => {
  const response = await app.call(path, withCookies(cookie))
  return { status: response.status, html: await response.text() }
}
const acts = async (action: string, chain: string | null) =>
  look`select l.actor_type, l.actor_id, l.target_id, p.payload from activity_log l join activity_payloads p on p.activity_id = l.id
    where l.action = ${action} and l.tenant_id is not distinct from ${chain} order by l.id desc`

test('as an admin the operator sees the builder’s pages under a banner, and may change nothing', async () => {
  const cookie = await start({ staff_id: admin.id })
  for (const path of [
    '/developer',
    '/developer/documents',
    '/developer/homes',
    '/developer/jobs',
    '/admin',
  ]) {
    const { status, html } = await page(path, cookie)
    expect(status, path).toBe(200)
    expect(html, path).toContain(`You are looking as <strong>${admin.name}</strong>`)
    expect(html, path).toContain('action="/admin/impersonation/stop"')
    expect(html, path).toContain('data-countdown')
  }
  const [unit] = await look`select id, address_line from units where tenant_id = ${tenant.id} limit 1`
  for (const path of [
    `/developer/homes/${unit?.id}/repairs`,
    '/developer/homes/import',
    '/developer/test-console',
  ]) {
    const response = await app.call(path, withCookies(cookie, form({ address_line: 'Changed' })))
    expect(response.status, path).toBe(403)
    expect(await response.text()).toContain('You are looking as')
  }
  const [after] = await look`select address_line from units where id = ${unit?.id}`
  expect(after?.address_line).toBe(unit?.address_line)
  const [refused] = await acts('impersonation.refused', tenant.id)
  expect(refused).toMatchObject({ actor_type: 'super_admin', target_id: admin.id })
  expect(JSON.parse(refused?.payload)).toMatchObject({ method: 'POST', route: '/developer/test-console' })
  expect((await acts('impersonation.looked', tenant.id)).length).toBeGreaterThanOrEqual(4)
  for (const chain of [tenant.id, null]) {
    const [started] = await acts('impersonation.started', chain)
    expect(JSON.parse(started?.payload)).toMatchObject({ as: admin.id, reason: REASON })
  }
})

test('as a home the operator sees its app, not its conversations, and the household sees the operator', async () => {
  const household = await claim(app, home)
  await app.call('/chat', withCookies(household, form({ question: 'Where is my Quixotic stopcock?' })))
  const cookie = await start({ home: home.unit_id })
  for (const path of ['/', '/home', '/documents', '/conversations', '/my-data']) {
    const { status, html } = await page(path, cookie)
    expect(status, path).toBe(200)
    expect(html, path).toContain('You are looking as <strong>a home of Longview Park</strong>')
    expect(html).not.toContain('Quixotic')
  }
  const questions = await look`select 1 from messages`
  expect((await app.call('/chat', withCookies(cookie, form({ question: 'Hello?' })))).status).toBe(403)
  expect(await look`select 1 from messages`).toHaveLength(questions.length)
  expect((await page(`/my-data/exports/${Bun.randomUUIDv7()}/file`, cookie)).status).toBe(403)
  const { html } = await page('/my-data', household)
  expect(html).toContain('The operator of OpenHouse')
  expect(html).toContain('Looked at the app as your home')
  expect(html).not.toContain('You are looking as')
})

test('the builder reads who looked, as whom and why', async () => {
  await start({ staff_id: admin.id })
  const cookie = await signIn(app, app.demo.admins.find(({ tenant: of }) => of === 'longview-estates')!)
  const { html } = await page('/developer/support-access', cookie)
  expect(html).toContain('Ticket 4711')
  expect(html).toContain(admin.name)
  const other = await signIn(app, app.demo.admins.find(({ tenant: of }) => of !== 'longview-estates')!)
  expect((await page('/developer/support-access', other)).html).not.toContain('Ticket 4711')
  const [row] = await look`select id from impersonations order by id desc limit 1`
  expect((await page('/admin/logs/impersonations', operator)).html).toContain(`row-${row?.id}`)
})

test('it ends at a press, at once, and cannot be made longer meanwhile', async () => {
  const cookie = await start({ staff_id: admin.id })
  expect((await ask({ staff_id: admin.id })).status).toBe(409)
  const stopped = await app.call('/admin/impersonation/stop', withCookies(cookie, { method: 'POST' }))
  expect(stopped.status).toBe(303)
  expect((await page('/developer', cookie)).status).toBe(404)
  expect((await page('/admin', cookie)).html).not.toContain('You are looking as')
  expect((await acts('impersonation.stopped', tenant.id)).length).toBeGreaterThan(0)
})

test('it ends by itself: the next request is refused, and the job puts it on record', async () => {
  const cookie = await start({ staff_id: admin.id })
  await look`update impersonations set created_at = created_at - interval '20 minutes', expires_at = now() - interval '1 second' where ended_at is null`
  expect((await page('/developer', cookie)).status).toBe(404)
  expect(await endExpiredImpersonations('test')).toBe(1)
  expect(await endExpiredImpersonations('test')).toBe(0)
  expect(await acts('impersonation.expired', tenant.id)).toHaveLength(1)
  expect(await acts('impersonation.expired', null)).toHaveLength(1)
})

test('its cookie is worth nothing without the operator’s own session, or in another’s hands', async () => {
  const cookie = await start({ staff_id: admin.id })
  const alone = cookie
    .split('; ')
    .filter((pair) => pair.includes('impersonation'))
    .join('; ')
  expect((await page('/developer', alone)).status).toBe(303)
  const other = await signIn(app, app.demo.admins.find(({ tenant: of }) => of !== 'longview-estates')!)
  const { html } = await page('/developer', `${other}; ${alone}`)
  expect(html).not.toContain('You are looking as')
  expect(html).not.toContain(tenant.name)
  await app.call('/admin/sign-out', withCookies(cookie, { method: 'POST' }))
  expect((await page('/developer', cookie)).status).toBe(303)
  operator = await signIn(app, app.demo.super_admin, '/admin')
})

test.each([
  ['no real reason', { reason: '   short    ' }, 422, 'at least 10 characters'],
  ['nobody', { staff_id: '', home: '' }, 422, 'Choose a member of staff'],
  ['too long', { minutes: '31' }, 422, ''],
  ['a home that is not there', { staff_id: '', home: 'Nowhere 1' }, 422, 'no such person or home'],
])('with %s it does not begin', async (_, fields, status, sentence) => {
  const response = await ask({ staff_id: admin.id, ...fields })
  expect(response.status).toBe(status)
  expect(await response.text()).toContain(sentence)
  expect(cookiesOf(response)).not.toContain('impersonation')
})

test('never as another super admin, and never by anybody else', async () => {
  const [other] = await look`insert into staff (id, email, name, role, password_hash)
    values (${Bun.randomUUIDv7()}, 'second@example.com', 'Second', 'super_admin', 'x') returning id`
  expect((await ask({ staff_id: other?.id })).status).toBe(422)
  const staff = await signIn(app, app.demo.admins[0]!)
  expect((await ask({ staff_id: admin.id }, staff)).status).toBe(404)
})

// Builders from their first admin on, and what happens to their people, programs and jobs while they are suspended.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { openQueue, type QueueConnection } from '#db/client.ts'
import { claimJobs } from '#db/job-leases.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { bearer, claim, form, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'

setDefaultTimeout(60_000)

const PASSWORD = 'a long enough password'

let app: TestApp
let look: postgres.Sql
let queue: QueueConnection
let operator: string

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  queue = openQueue({ url: app.database.url, poolSize: 1 })
  operator = await signIn(app, app.demo.super_admin, '/admin')
})
beforeEach(() => forgetLimits())
afterAll(async () => {
  await queue.close()
  await look.end()
  await app.stop()
})

const post = (path: string, fields: Record<string, string> = {}) =>
  app.call(path, withCookies(operator, form(fields)))

test('a new builder’s first admin chooses a password with a link that is good once', async () => {
  const fields = {
    name: 'Quay Homes',
    slug: 'quay-homes',
    admin_name: 'Nora Quay',
    admin_email: 'nora@quay.example',
  }
  const html = await (await post('/admin/tenants', fields)).text()
  const link = new URL(/<code id="invitation">([^<]*)</.exec(html)?.[1] ?? '').pathname
  expect((await app.call(link)).status).toBe(200)
  expect((await app.call(link, form({ password: 'short' }))).status).toBe(422)
  expect((await app.call(link, form({ password: PASSWORD }))).status).toBe(303)
  expect((await app.call(link, form({ password: 'another long password' }))).status).toBe(404)
  expect((await app.call(link)).status).toBe(404)
  const cookie = await signIn(app, { email: 'nora@quay.example', password: PASSWORD })
  expect(await (await app.call('/developer', withCookies(cookie))).text()).toContain('Quay Homes')
  expect((await post('/admin/tenants', fields)).status).toBe(409)
  expect((await look`select 1 from tenants where slug = 'quay-homes'`).length).toBe(1)
  const stored = await look`select token_hash from staff_links`
  expect(stored.map(({ token_hash: hash }) => hash)).not.toContain(link.split('/').at(-1))
})

test('an invitation that is too old, or was never made, is no page', async () => {
  const fields = { name: 'Late', slug: 'late', admin_name: 'Late', admin_email: 'late@late.example' }
  const html = await (await post('/admin/tenants', fields)).text()
  const link = new URL(/<code id="invitation">([^<]*)</.exec(html)?.[1] ?? '').pathname
  await look`update staff_links set expires_at = now() - interval '1 second' where used_at is null`
  expect((await app.call(link)).status).toBe(404)
  expect((await app.call(link, form({ password: PASSWORD }))).status).toBe(404)
  expect((await app.call(`/developer/password/${'A'.repeat(43)}`)).status).toBe(404)
})

test('while a builder is suspended nobody of it gets in, its jobs wait, and others notice nothing', async () => {
  const slug = 'longview-estates'
  const [tenant] = await look`select id from tenants where slug = ${slug}`
  const [other] = await look`select id from tenants where slug = 'harbour-homes'`
  const home = app.demo.homes.find((each) => each.tenant === slug)!
  const admin = app.demo.admins.find((each) => each.tenant === slug)!
  const key = app.demo.api_keys.find((each) => each.tenant === slug)!.key
  const otherKey = app.demo.api_keys.find((each) => each.tenant === 'harbour-homes')!.key
  const purchaser = await claim(app, home)
  const staff = await signIn(app, admin)
  const statuses = async () => {
    return Promise.all(
      [
        app.call('/home', withCookies(purchaser)),
        app.call('/developer', withCookies(staff)),
        app.call(new URL(home.url).pathname),
        app.call('/developer/sign-in', form(admin)),
        app.call('/api/v1/units', bearer(key)),
        app.call('/api/v1/units', bearer(otherKey)),
      ].map(async (response) => (await response).status),
    )
  }
  expect(await statuses()).toEqual([200, 200, 200, 303, 200, 200])
  await look`truncate job_status, job_attempts`
  for (const id of [tenant?.id, other?.id])
    await look`insert into job_status (id, tenant_id, kind, payload, max_attempts, timeout_ms)
      values (${Bun.randomUUIDv7()}, ${id}, 'geocode-unit', '{}', 3, 1000)`
  expect((await post(`/admin/tenants/${tenant?.id}/suspension`)).status).toBe(303)
  expect(await statuses()).toEqual([303, 303, 404, 401, 401, 200])
  const claimed = () => queue.run((db) => claimJobs(db, '9.0.1.1', [{ kinds: ['geocode-unit'], free: 5 }]))
  expect((await claimed()).map(({ tenantId }) => tenantId)).toEqual([other?.id])
  expect(await (await app.call(`/admin/tenants/${tenant?.id}`, withCookies(operator))).text()).toContain(
    'Suspended since',
  )
  expect((await post(`/admin/tenants/${tenant?.id}/resumption`)).status).toBe(303)
  // Sessions that were ended stay ended; people sign in anew.
  expect(await statuses()).toEqual([303, 303, 200, 303, 200, 200])
  expect((await claimed()).map(({ tenantId }) => tenantId)).toEqual([tenant?.id])
  const acts =
    await look`select action from activity_log where target_type = 'tenant' and target_id = ${tenant?.id} order by id`
  expect(acts.map(({ action }) => action)).toEqual(['tenant.suspended', 'tenant.resumed'])
})

test('the first operator is made from the command line, and may sign in', async () => {
  const run = async (password: string) => {
    const made = Bun.spawn([process.execPath, 'src/create-super-admin.ts', 'ops@example.com', 'Olga Ops'], {
      env: { ...process.env, DATABASE_URL: app.database.url },
      stdin: new Blob([`${password}\n`]),
      stderr: 'pipe',
    })
    return { code: await made.exited, stderr: await new Response(made.stderr).text() }
  }
  expect(await run('short')).toMatchObject({ code: 2 })
  expect(await run(PASSWORD)).toEqual({ code: 0, stderr: '' })
  expect(await run(PASSWORD)).toEqual({ code: 1, stderr: 'ops@example.com has an account already.\n' })
  const cookie = await signIn(app, { email: 'ops@example.com', password: PASSWORD }, '/admin')
  expect((await app.call('/admin/tenants', withCookies(cookie))).status).toBe(200)
})

// The builder's activity page: what it shows, of whom, and running again or stopping from it.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { forgetLimits } from '#src/http/limits.ts'
import { form, signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'

let app: TestApp
let look: postgres.Sql
let cookie: string
let tenantId: string
let home: TestApp['demo']['homes'][number]
let foreignHome: TestApp['demo']['homes'][number]

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  const slug = 'longview-estates'
  cookie = await signIn(app, app.demo.admins.find(({ tenant }) => tenant === slug)!)
  home = app.demo.homes.find(({ tenant }) => tenant === slug)!
  foreignHome = app.demo.homes.find(({ tenant }) => tenant !== slug)!
  tenantId = (await look`select id from tenants where slug = ${slug}`)[0]?.id
})
afterAll(async () => {
  await look.end()
  await app.stop()
})
beforeEach(async () => {
  forgetLimits()
  await look`truncate job_status, job_attempts`
})

async function add(
  state: string,
  of: { tenant?: string; unit?: string; code?: string } = {},
): Promise<string> {
  const id = Bun.randomUUIDv7()
  const isOver = ['completed', 'cancelled', 'discarded'].includes(state)
  await look`insert into job_status (id, tenant_id, kind, payload, state, error_code, finalized_at, lease_owner, max_attempts, timeout_ms)
    values (${id}, ${of.tenant ?? tenantId}, 'geocode-unit', ${look.json({ unitId: of.unit ?? home.unit_id })}, ${state}, ${of.code ?? null},
      ${isOver ? new Date() : null}, ${state === 'running' ? '1.0.1.1' : null}, 10, 1000)`
  return id
}
const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await app.call(path, withCookies(cookie, { headers }))
  return { status: response.status, html: await response.text() }
}
const press = async (path: string) => {
  const response = await app.call(path, withCookies(cookie, form({})))
  return { status: response.status, location: response.headers.get('location') ?? '' }
}
const stateOf = async (id: string) => (await look`select state from job_status where id = ${id}`)[0]?.state

test('the page shows what runs and why something failed, of this builder only', async () => {
  const failed = await add('discarded', { code: 'geocode_no_match' })
  const waiting = await add('available')
  const [theirs] = await look`select id from tenants where id <> ${tenantId} limit 1`
  const foreign = await add('available', { tenant: theirs?.id, unit: foreignHome.unit_id })
  const { html } = await get('/developer/jobs')
  expect(html).toContain('The address was not found.')
  expect(html).toContain(`id="job-${waiting}"`)
  expect(html).not.toContain(foreign)
  expect((await get('/developer/jobs?status=failed')).html).not.toContain(waiting)
  expect((await get('/developer/jobs?status=active')).html).not.toContain(failed)
  expect((await get(`/developer/jobs/${foreign}`)).status).toBe(404)
  expect((await press(`/developer/jobs/${foreign}/cancel`)).status).toBe(404)
  expect(await stateOf(foreign)).toBe('available')
})

test('the live part is the same list without the page around it, and asks again only while something goes on', async () => {
  const id = await add('running')
  const partial = { 'hx-request': 'true', 'hx-request-type': 'partial' }
  const live = (await get('/developer/jobs', partial)).html
  expect(live).toStartWith('<div class="stack" id="jobs"')
  expect(live).toContain('data-live-ms="2000"')
  expect((await get(`/developer/jobs/${id}`, partial)).html).toContain('data-live-ms')
  await look`update job_status set state = 'completed', finalized_at = now(), lease_owner = null`
  expect((await get('/developer/jobs', partial)).html).not.toContain('data-live-ms')
  expect((await get(`/developer/jobs/${id}`, partial)).html).not.toContain('data-live-ms')
})

test('work is run again and cancelled from the page, and what has gone on meanwhile is said in words', async () => {
  const failed = await add('discarded', { code: 'geocode_given_up' })
  const retried = await press(`/developer/jobs/${failed}/retry`)
  expect(retried).toEqual({ status: 303, location: '/developer/jobs?said=retried' })
  expect((await get(retried.location)).html).toContain('It runs again.')
  expect(await stateOf(failed)).toBe('available')
  expect((await press(`/developer/jobs/${failed}/retry`)).location).toContain('said=job_not_retryable')
  expect((await press(`/developer/jobs/${failed}/cancel`)).location).toContain('said=cancelled')
  expect(await stateOf(failed)).toBe('cancelled')
  const over = await press(`/developer/jobs/${failed}/cancel`)
  expect((await get(over.location)).html).toContain('This work is over already.')
  expect((await get('/developer/jobs?said=nonsense')).status).toBe(422)
})

test('the attempts of a job are told without stacks and workers', async () => {
  const id = await add('discarded', { code: 'unexpected' })
  await look`insert into job_attempts (id, tenant_id, job_id, attempt, worker, outcome, error_code, error_detail, finished_at)
    values (${Bun.randomUUIDv7()}, ${tenantId}, ${id}, 1, '77.0.1.1', 'failed', 'unexpected', 'Error: inside', now())`
  const { html } = await get(`/developer/jobs/${id}`)
  expect(html).toContain('Something went wrong on our side.')
  expect(html).not.toMatch(/Error: inside|77\.0\.1/)
})

test('a developer of one site sees and stops its work, and neither another site’s nor the builder’s own', async () => {
  const [site] = await look`select d.id, d.tenant_id from developments d where d.id <> ${home.development_id}
    and d.tenant_id = ${tenantId} limit 1`
  const developer = app.demo.developers.find(({ tenant }) => tenant === 'longview-estates')!
  await look`delete from staff_developments where staff_id = (select id from staff where email = ${developer.email})`
  await look`insert into staff_developments (tenant_id, staff_id, development_id)
    select tenant_id, id, ${home.development_id} from staff where email = ${developer.email}`
  const narrow = await signIn(app, developer)
  const imported = async (development: string) =>
    (
      await look`insert into imports (id, tenant_id, development_id, file_name, size_bytes, is_dry_run)
      values (${Bun.randomUUIDv7()}, ${tenantId}, ${development}, 'homes.csv', 1, true) returning id`
    )[0]?.id
  const insert = async (kind: string, payload: Record<string, string>) => {
    const id = Bun.randomUUIDv7()
    await look`insert into job_status (id, tenant_id, kind, payload, state, max_attempts, timeout_ms)
      values (${id}, ${tenantId}, ${kind}, ${look.json(payload)}, 'available', 3, 1000)`
    return id
  }
  const own = [
    await insert('geocode-unit', { unitId: home.unit_id }),
    await insert('import-units', { importId: await imported(home.development_id) }),
  ]
  const others = [
    await insert('geocode-development', { developmentId: site?.id }),
    await insert('import-units', { importId: await imported(site?.id) }),
    await insert('send-mail', { mailId: Bun.randomUUIDv7() }),
    await insert('deliver-webhook', { deliveryId: Bun.randomUUIDv7() }),
    await insert('export-person', { exportId: Bun.randomUUIDv7() }),
  ]
  const html = await (await app.call('/developer/jobs', withCookies(narrow))).text()
  expect(own.filter((id) => !html.includes(id))).toEqual([])
  expect(others.filter((id) => html.includes(id))).toEqual([])
  for (const id of others) {
    const tried = [
      await app.call(`/developer/jobs/${id}`, withCookies(narrow)),
      await app.call(`/developer/jobs/${id}/cancel`, withCookies(narrow, form({}))),
      await app.call(`/developer/jobs/${id}/retry`, withCookies(narrow, form({}))),
    ]
    expect(tried.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(await stateOf(id)).toBe('available')
  }
  for (const id of own) await app.call(`/developer/jobs/${id}/cancel`, withCookies(narrow, form({})))
  expect(await Promise.all(own.map(stateOf))).toEqual(['cancelled', 'cancelled'])
  const whole = (await get('/developer/jobs')).html
  expect(others.filter((id) => !whole.includes(id))).toEqual([])
})

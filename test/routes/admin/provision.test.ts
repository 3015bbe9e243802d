// Setting up a builder in one go, from the form to the printed cards; and the lists over all builders.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { hashPassword } from '#src/access/passwords.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { eventually } from '../../jobs/drills.ts'
import { form, signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'
import { prepareTestProcess, TEST_SECRET } from '../../support/process.ts'

setDefaultTimeout(60_000)

let app: TestApp
let look: postgres.Sql
let operator: string
let jobs: Jobs

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  operator = await signIn(app, app.demo.super_admin, '/admin')
  // Codes that a worker writes are read here: its settings come from the environment.
  process.env.ENCRYPTION_KEY = TEST_SECRET
  jobs = await startJobs(prepareTestProcess({ DATABASE_URL: app.database.url, JOB_THREADS: '1' }), {
    cronTasks: [],
  })
})
beforeEach(() => forgetLimits())
afterAll(async () => {
  await jobs.stop(2_000)
  delete process.env.ENCRYPTION_KEY
  await look.end()
  await app.stop()
})

const open = async (path: string) => (await app.call(path, withCookies(operator))).text()
const post = (path: string, fields: Record<string, string> = {}) =>
  app.call(path, withCookies(operator, form(fields)))
const missing = (html: string, ...parts: string[]) => parts.filter((part) => !html.includes(part))

const SET_UP = {
  ...{
    name: 'Shannon Homes',
    slug: 'shannon',
    admin_name: 'Nora Byrne',
    admin_email: 'nora@shannon.example',
  },
  ...{
    development: 'River Walk',
    address: 'Mill Road',
    locality: 'Limerick',
    county: 'Limerick',
    eircode: '',
  },
}
const LIST = `number,address,house type,bedrooms
1,1 River Walk,RW01,3
2,2 River Walk,RW01,3
3,3 River Walk,RW02,4
`

test('from the form over the list of homes to cards that open a home, all on record under the operator', async () => {
  const made = await post('/admin/provision', SET_UP)
  expect(made.status).toBe(200)
  const first = await made.text()
  expect(
    missing(first, 'River Walk', '/developer/password/', '0 homes so far.', 'There are no homes yet'),
  ).toEqual([])
  const [row] =
    await look`select d.id, d.tenant_id from developments d join tenants t on t.id = d.tenant_id where t.slug = 'shannon'`
  const path = `/admin/provision/${row?.tenant_id}/${row?.id}`

  for (const code of ['RW01', 'RW02'])
    await look`insert into house_types (id, tenant_id, development_id, code, name) values (gen_random_uuid(), ${row?.tenant_id}, ${row?.id}, ${code}, ${code}) on conflict do nothing`
  const body = new FormData()
  body.append('file', new File([LIST], 'homes.csv', { type: 'text/csv' }))
  const uploaded = await app.call(`${path}/import`, withCookies(operator, { method: 'POST', body }))
  expect(uploaded.status).toBe(303)
  await eventually('the list is checked', async () => (await open(path)).includes('Checked'))
  const [list] = await look`select id, create_count, error_count from imports`
  expect(list).toMatchObject({ create_count: 3, error_count: 0 })
  expect((await post(`${path}/confirmation`, { import: list?.id })).status).toBe(303)
  await eventually('the homes are there', async () => (await open(path)).includes('3 homes so far.'))
  forgetLimits()
  const response = await post(`${path}/cards`)
  expect(response.status).toBe(200)
  const cards = await response.text()
  expect(missing(cards, '3 cards to print', '1 River Walk', '<svg')).toEqual([])
  const [, publicId] = /\/h\/([\w-]+)/.exec(cards) ?? []
  expect((await app.call(`/h/${publicId}`)).status).toBe(200)
  const acts =
    await look`select action, actor_type from activity_log where tenant_id = ${row?.tenant_id} order by id`
  const actions = acts.map(({ action }) => action)
  expect(
    [
      'tenant.created',
      'development.added',
      'import.uploaded',
      'import.confirmed',
      'homes.cards_printed',
    ].filter((one) => !actions.includes(one)),
  ).toEqual([])
  expect(acts.every(({ actor_type: type }) => type === 'super_admin' || type === 'system')).toBe(true)
})

test('the builder sees in its own log what the operator did, and by whom', async () => {
  const [link] = await look`select count(*)::int as count from staff_links`
  expect(link?.count).toBeGreaterThan(0)
  // The admin is let in as the invitation would, without waiting for a password to be chosen.
  const [tenant] = await look`select id from tenants where slug = 'shannon'`
  const password = 'a long enough password 7'
  await look`update staff set password_hash = ${await hashPassword(password)} where tenant_id = ${tenant?.id}`
  const nora = await signIn(app, { email: SET_UP.admin_email, password })
  const log = await (await app.call('/developer/settings/activity?area=operator', withCookies(nora))).text()
  const acts = [
    'Tenant: created',
    'Development: added',
    'Import: uploaded',
    'Import: confirmed',
    'Homes: cards printed',
  ]
  expect(missing(log, 'The operator of OpenHouse', ...acts)).toEqual([])
})

test('once somebody has moved in, setting up is over: nothing is imported and no code is shown', async () => {
  const [row] = await look`
    select d.id, d.tenant_id from developments d join tenants t on t.id = d.tenant_id where t.slug = 'shannon'`
  const path = `/admin/provision/${row?.tenant_id}/${row?.id}`
  const list = new FormData()
  list.append('file', new File([`${LIST}4,4 River Walk,RW01,3\n`], 'more.csv', { type: 'text/csv' }))
  expect(
    (await app.call(`${path}/import`, withCookies(operator, { method: 'POST', body: list }))).status,
  ).toBe(303)
  await eventually('the list is checked', async () => (await open(path)).includes('Checked'))
  forgetLimits()
  const [waiting] = await look`select id from imports where file_name = 'more.csv'`
  const cards = await (await post(`${path}/cards`)).text()
  const [, publicId] = /\/h\/([\w-]+)/.exec(cards) ?? []
  const [code] = /[A-Z]{2}-\d{3}-[A-Z0-9]{4}/.exec(cards) ?? []
  expect((await app.call(`/h/${publicId}`, form({ access_code: code ?? '' }))).status).toBe(303)

  forgetLimits()
  const page = await open(path)
  expect(missing(page, 'setting up is over')).toEqual([])
  expect(['type="file"', 'Show the cards', 'confirmation"'].filter((part) => page.includes(part))).toEqual([])
  const again = new FormData()
  again.append('file', new File([LIST], 'again.csv', { type: 'text/csv' }))
  const before =
    await look`select count(*)::int as count from activity_log where tenant_id = ${row?.tenant_id}`
  for (const refused of [
    await app.call(`${path}/import`, withCookies(operator, { method: 'POST', body: again })),
    await post(`${path}/confirmation`, { import: waiting?.id }),
    await post(`${path}/cards`),
  ])
    expect(refused.status).toBe(409)
  expect(await look`select 1 from imports where file_name = 'again.csv'`).toHaveLength(0)
  expect(await look`select 1 from units where tenant_id = ${row?.tenant_id}`).toHaveLength(3)
  expect(
    await look`select count(*)::int as count from activity_log where tenant_id = ${row?.tenant_id}`,
  ).toEqual(before)
})

test('the operator has no way into a builder’s own pages, and confirms nothing of another builder', async () => {
  for (const path of [
    '/developer',
    '/developer/documents',
    '/developer/homes',
    '/developer/settings/activity',
  ])
    expect([303, 404]).toContain((await app.call(path, withCookies(operator))).status)
  const [shannon] = await look`
    select d.id, d.tenant_id from developments d join tenants t on t.id = d.tenant_id where t.slug = 'shannon'`
  await look`update units set claimed_at = null where tenant_id = ${shannon?.tenant_id}`
  const path = `/admin/provision/${shannon?.tenant_id}/${shannon?.id}`
  expect((await post(`${path}/confirmation`, { import: Bun.randomUUIDv7() })).status).toBe(404)
  // Every route under the operator's scope in a tenant; a new one has to be thought about in decision 029.
  const routes = app.routes
    .filter(({ method, path: of }) => method === 'POST' && of.startsWith('/admin/provision/'))
    .map(({ path: of }) => of.split('/').at(-1))
  expect(routes.sort()).toEqual(['cards', 'confirmation', 'import'])
})

test('what is wrong is said and what was typed stays; nothing is made by halves', async () => {
  const before = await look`select count(*)::int as count from tenants`
  for (const [changes, status] of [
    [{ slug: 'Not Good' }, 422],
    [{ development: ' ' }, 422],
    [{ admin_email: 'nobody' }, 422],
    [{ slug: 'longview-estates' }, 409],
  ] as [Record<string, string>, number][]) {
    const response = await post('/admin/provision', {
      ...SET_UP,
      slug: 'another',
      admin_email: 'x@y.example',
      ...changes,
    })
    expect([changes, response.status]).toEqual([changes, status])
    expect((await response.text()).includes('value="River Walk"') || 'development' in changes).toBe(true)
  }
  expect(await look`select count(*)::int as count from tenants`).toEqual(before)
  const random = `/admin/provision/${Bun.randomUUIDv7()}/${Bun.randomUUIDv7()}`
  expect((await app.call(random, withCookies(operator))).status).toBe(404)
  expect((await post(`${random}/cards`)).status).toBe(404)
})

test('a development of another builder is not set up under this one', async () => {
  const [one] = await look`select id from tenants where slug = 'harbour-homes'`
  const [other] =
    await look`select d.id from developments d join tenants t on t.id = d.tenant_id where t.slug = 'longview-estates' limit 1`
  expect((await app.call(`/admin/provision/${one?.id}/${other?.id}`, withCookies(operator))).status).toBe(404)
})

test('developments and people of all builders are listed, filtered and searched', async () => {
  expect(missing(await open('/admin/developments'), 'Longview Park', 'Harbour Homes', 'Set up')).toEqual([])
  const [tenant] = await look`select id from tenants where slug = 'harbour-homes'`
  const own = await open(`/admin/developments?tenant=${tenant?.id}`)
  expect(own.includes('Longview Park')).toBe(false)
  const { email } = app.demo.admins[0]!
  expect(missing(await open(`/admin/people?q=${encodeURIComponent(email.toUpperCase())}`), email)).toEqual([])
  expect((await open('/admin/people?q=nobody-is-called-so')).includes('Nobody found')).toBe(true)
  const acts = await look`select 1 from activity_log where action = 'people.read'`
  expect(acts.length).toBeGreaterThan(0)
})

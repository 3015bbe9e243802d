// A builder that begins with nothing: name the scheme, drop a spreadsheet, drop a file, print the cards, and a family is in.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { forgetAttempts } from '#src/access/attempts.ts'
import { platformScope } from '#src/access/system-scope.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { createTenant } from '#src/tenants.ts'
import { eventually } from '../../jobs/drills.ts'
import { cookiesOf, form, signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'
import { pdfOf } from '../../support/ingested.ts'
import { prepareTestProcess, TEST_SECRET } from '../../support/process.ts'

let app: TestApp
let look: postgres.Sql
let jobs: Jobs
let cookie: string

const EMAIL = 'mairead@new.example'
const PASSWORD = 'a long and pleasant sentence'

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  // Threads read the settings from the environment, and codes that one makes must open here.
  process.env.ENCRYPTION_KEY = TEST_SECRET
  jobs = await startJobs(prepareTestProcess({ DATABASE_URL: app.database.url, JOB_THREADS: '1' }), {
    cronTasks: [],
  })
  const made = { name: 'New Homes', slug: 'new-homes', adminName: 'Mairéad', adminEmail: EMAIL }
  const { token } = await createTenant(platformScope('test'), made)
  await app.call(`/developer/password/${token}`, form({ password: PASSWORD }))
  cookie = await signIn(app, { email: EMAIL, password: PASSWORD })
})
afterAll(async () => {
  delete process.env.ENCRYPTION_KEY
  await jobs.stop(2_000)
  await look.end()
  await app.stop()
})
beforeEach(() => {
  forgetLimits()
  forgetAttempts()
})

const page = async (path: string) => (await app.call(path, withCookies(cookie))).text()
const post = (path: string, fields: Record<string, string> = {}) =>
  app.call(path, withCookies(cookie, form(fields)))
const upload = (path: string, fields: Record<string, string>, name: string, file: Blob, field: string) => {
  const body = new FormData()
  for (const [key, value] of Object.entries(fields)) body.set(key, value)
  body.set(field, file, name)
  return app.call(path, withCookies(cookie, { method: 'POST', body }))
}
const SCHEME = {
  ...{ name: 'Cois Laoi', address_line: 'Model Farm Road', locality: 'Bishopstown', county: 'Cork' },
  ...{ eircode: '', tenure: 'rent' },
}

test('Today asks for the name of the scheme, and says what is missing with what was typed', async () => {
  for (const path of ['/developer', '/developer/homes', '/developer/homeowners', '/developer/places'])
    expect([path, await page(path)]).toEqual([path, expect.stringContaining('Name your scheme.')])
  const refused = await post('/developer/settings/developments', {
    ...SCHEME,
    county: '',
    eircode: 'nonsense',
  })
  expect(refused.status).toBe(422)
  const text = await refused.text()
  expect(text).toContain('Name the county.')
  expect(text).toContain('value="Model Farm Road"')
  const wrong = await post('/developer/settings/developments', { ...SCHEME, eircode: 'nonsense' })
  expect(await wrong.text()).toContain('is not an Eircode')
})

test('a spreadsheet brings the homes with their house types, and a file the answers', async () => {
  const made = await post('/developer/settings/developments', SCHEME)
  const today = made.headers.get('location') as string
  const development = new URL(today, 'http://x').searchParams.get('development') as string
  expect(await page(today)).toContain('Import a list')
  expect((await post('/developer/settings/developments', SCHEME)).status).toBe(422)

  const list =
    'Home no.,House type,Address,Purchaser 1\n1,A1,1 Cois Laoi,Áine Ní Bhriain\n2,a1,2 Cois Laoi,\n3,B-2,3 Cois Laoi,Tom Ryan\n'
  const sent = await upload(
    `/developer/homes/import?development=${development}`,
    {},
    'homes.csv',
    new Blob([list]),
    'file',
  )
  const report = sent.headers.get('location') as string
  await eventually('the list is checked', async () =>
    (await page(report)).includes('These are added from the list: A1, B-2.'),
  )
  expect((await look`select 1 from house_types where development_id = ${development}`).length).toBe(0)
  await post(`${report}/confirmation`)
  await eventually('the homes are there', async () => {
    const rows = await look`select 1 from units where development_id = ${development}`
    return rows.length === 3
  })
  const types =
    await look`select t.code, count(u.id)::int as homes from house_types t join units u on u.house_type_id = t.id
    where t.development_id = ${development} group by t.code order by t.code`
  expect([...types]).toEqual([
    { code: 'A1', homes: 2 },
    { code: 'B-2', homes: 1 },
  ])
  expect(await page(today)).toContain('Upload documents')

  const guide = new Blob([
    await pdfOf(['Your bins are collected on Tuesdays.', 'Put them out before seven.']),
  ])
  const fields = { kind: 'user_guide', title: 'Waste guide' }
  await upload(`/developer/documents?development=${development}`, fields, 'guide.pdf', guide, 'file')
  await eventually('the file is read', async () => {
    const [row] = await look`select status from document_versions where development_id = ${development}`
    return row?.status === 'ready'
  })
})

test('the cards are printed, a family joins with one, and the first steps are done', async () => {
  const [row] = await look`select id from developments where slug = 'cois-laoi'`
  const development = row?.id as string
  const cards = await (await post('/developer/print-pack', { development })).text()
  const [code] = /[A-Z]{2}-\d{3}-[A-Z0-9]{4}/.exec(cards) ?? []
  const [link] = /\/h\/[A-Za-z0-9_-]{22}/.exec(cards) ?? []
  expect(cards.match(/class="home-card-qr"/g)).toHaveLength(3)
  const claimed = await app.call(link as string, form({ access_code: code as string }))
  expect(claimed.status).toBe(303)
  const family = cookiesOf(claimed)
  const home = await (await app.call('/home', withCookies(family))).text()
  expect(home).toContain('Cois Laoi')
  expect(await page(`/developer?development=${development}`)).not.toContain('id="first-steps"')
  // Let, not sold: the words are those of residents, here and there.
  expect(home).toContain('Repairs')
  expect(home).not.toContain('your builder')
  expect(home).not.toContain('Moving on')
  expect((await app.call('/moving-on', withCookies(family))).status).toBe(404)
  expect((await app.call('/moving-on', withCookies(family, form({ confirmed: 'yes' })))).status).toBe(404)
  expect(await page(`/developer/homeowners?development=${development}`)).toContain('<h1>Residents</h1>')
  expect(await page(`/developer/homes?development=${development}`)).toContain('Moved in')
})

test('in a mixed development each home says for itself whether it is sold or let', async () => {
  const [row] = await look`select id from developments where slug = 'cois-laoi'`
  expect((await post(`/developer/settings/developments/${row?.id}/tenure`, { tenure: 'mixed' })).status).toBe(
    303,
  )
  const homes = await look`select id, number from units where development_id = ${row?.id} order by number`
  const details = {
    address_line: '1 Cois Laoi',
    eircode: '',
    handed_over_on: '',
    bedrooms: '',
    floor_area_m2: '',
  }
  expect(await page(`/developer/homes/${homes[0]?.id}`)).toContain('Sold or let')
  expect(
    (await post(`/developer/homes/${homes[0]?.id}/details`, { ...details, tenure: 'rent' })).status,
  ).toBe(303)
  expect(await page(`/developer/homes/${homes[0]?.id}`)).toContain('Moved in')
  expect(await page(`/developer/homes/${homes[1]?.id}`)).toContain('Handed over')
  const longview = await signIn(app, app.demo.admins.find(({ tenant }) => tenant === 'longview-estates')!)
  const strange = await app.call(
    `/developer/settings/developments/${row?.id}/tenure`,
    withCookies(longview, form({ tenure: 'sale' })),
  )
  expect(strange.status).toBe(404)
})

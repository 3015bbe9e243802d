// Moving on: a home is handed to its next owner by household and builder together, and nothing personal with it.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { forgetAttempts } from '#src/access/attempts.ts'
import { StoredFileMissing, storage } from '#src/clients/storage.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { eventually } from './jobs/drills.ts'
import { type ApiTest, openApi } from './routes/api/client.ts'
import { claim, form, signIn, withCookies } from './support/app.ts'
import { prepareTestProcess } from './support/process.ts'

const WORD = 'Quetzalcoatl'
type Home = { unit_id: string; url: string; access_code: string; purchasers: string[] }

let api: ApiTest
let jobs: Jobs
let staff: string
let otherStaff: string
let homes: Home[]
let next = 0

beforeAll(async () => {
  api = await openApi()
  jobs = await startJobs(prepareTestProcess({ DATABASE_URL: api.app.database.url, JOB_THREADS: '1' }), {
    cronTasks: [],
  })
  const admin = (tenant: string) => api.app.demo.admins.find((person) => person.tenant === tenant)!
  staff = await signIn(api.app, admin('longview-estates'))
  otherStaff = await signIn(api.app, admin('harbour-homes'))
  homes = api.app.demo.homes.filter(
    ({ tenant, purchasers }) => tenant === 'longview-estates' && purchasers.length === 2,
  )
})
beforeEach(() => {
  forgetLimits()
  forgetAttempts()
})
/** The next test has a home of its own, or this one as if nothing had been. */
afterEach(async () => {
  await api.look`delete from home_transfers where ended_at is null and settled_at is null`
})
afterAll(async () => {
  await jobs.stop(2_000)
  await api.stop()
})

const post = (path: string, cookie: string, fields: Record<string, string> = { confirmed: 'yes' }) =>
  api.app.call(path, withCookies(cookie, form(fields)))
const page = async (path: string, cookie: string) => (await api.app.call(path, withCookies(cookie))).text()
const latest = async (home: Home) =>
  (await api.look`select * from home_transfers where unit_id = ${home.unit_id} order by id desc limit 1`)[0]!
const ofHome = (home: Home, transferId: string, what: string) =>
  `/developer/homes/${home.unit_id}/transfers/${transferId}/${what}`
const takeHome = () => homes[next++]!

/** The job waits until what was asked last has been stored; nobody waits for that here. */
async function settled(home: Home) {
  await api.look`update job_status set state = 'available', scheduled_at = now() where kind = 'transfer-home' and finalized_at is null`
  await api.look`select pg_notify('jobs_available', '')`
  await eventually('the home is ready for its next household', async () => {
    return (await latest(home)).ending === 'completed'
  })
}

const newCardOf = async (home: Home) => {
  const text = await (await post(`/developer/homes/${home.unit_id}/card`, staff, {})).text()
  const url = `http://localhost/h/${/\/h\/([A-Za-z0-9_-]{22})/.exec(text)![1]}`
  const code = /[A-Z]{2}-[0-9]{3}-[A-Z0-9]{4}/.exec(text)![0]
  return { url, access_code: code }
}

test('household starts, builder confirms: the old household is out at once, and nothing of it meets the next one', async () => {
  const home = takeHome()
  const [mine, yours] = [await claim(api.app, home), await claim(api.app, home)]
  await post('/chat', mine, { question: `Where does ${WORD} keep the spatulas?` })
  const snag = new FormData()
  for (const [name, value] of Object.entries({ room: 'Kitchen', category: 'other', description: `${WORD}!` }))
    snag.set(name, value)
  snag.set('photo', new Blob([await picture()]), 'x.png')
  await api.app.call('/snags', withCookies(yours, { method: 'POST', body: snag }))
  const [reported] = await api.look`select id, photo_id, tenant_id from snags where unit_id = ${home.unit_id}`
  await api.look`insert into data_access_log (id, tenant_id, unit_id, actor_type, actor_id, action, request_id)
    select ${Bun.randomUUIDv7()}, tenant_id, id, 'staff', 's', 'household.read', 'r' from units where id = ${home.unit_id}`

  const key = `${reported?.tenant_id}/${reported?.id}/${reported?.photo_id}`
  expect((await (await storage().open(key)).text()).length).toBeGreaterThan(0)

  expect((await post('/moving-on', mine)).headers.get('location')).toBe('/moving-on')
  expect(await page('/home', yours)).toContain('This home is being handed on')
  expect(await page('/moving-on', yours)).toContain('Waiting for your builder')
  expect(await page('/developer/homes', staff)).toContain('waits for your confirmation')
  const { id } = await latest(home)
  const confirmed = await post(ofHome(home, id, 'confirmation'), staff)
  expect(confirmed.headers.get('location')).toBe(`/developer/homes/${home.unit_id}?done=moved_on`)
  for (const cookie of [mine, yours])
    expect((await api.app.call('/my-data', withCookies(cookie))).status).toBe(303)
  // The old card is an unknown link from the same moment.
  expect((await api.app.call(new URL(home.url).pathname)).status).toBe(404)
  const card = await newCardOf(home)
  const early = await api.app.call(new URL(card.url).pathname, form({ access_code: card.access_code }))
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '120'])
  expect(await early.text()).toContain('being made ready for its next household')

  await settled(home)
  const stranger = await claim(api.app, card)
  expect((await api.app.call('/', withCookies(stranger))).status).toBe(200)
  for (const path of ['/home', '/conversations', '/snags', '/my-data', '/moving-on', '/notices']) {
    const text = await page(path, stranger)
    for (const name of [...home.purchasers, WORD]) expect(text, path).not.toContain(Bun.escapeHTML(name))
  }
  expect(await page('/snags', stranger)).toContain('Nothing reported')
  expect((await api.app.call(`/snags/${reported?.id}`, withCookies(stranger))).status).toBe(404)
  expect(await page('/my-data', stranger)).toContain('Nobody outside your household')
  expect((await api.look`select 1 from purchasers where unit_id = ${home.unit_id}`).length).toBe(0)
  const [left] = await api.look`select description, photo_id from snags where id = ${reported?.id}`
  expect(left).toEqual({ description: 'Erased with the person who wrote it.', photo_id: null })
  expect(
    (await storage()
      .open(key)
      .catch((error) => error)) instanceof StoredFileMissing,
  ).toBe(true)
  const acted = await api.look`select action from activity_log where target_id = ${home.unit_id}
    and action like 'home.transfer%' order by id`
  expect(acted.map(({ action }) => action)).toEqual([
    'home.transfer_started',
    'home.transfer_confirmed',
    'home.transferred',
  ])
})

test('builder starts, household confirms: documents and facts stay with the home, a webhook tells', async () => {
  const home = takeHome()
  const webhook = await api.post('webhooks', {
    ...{ headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ url: 'https://93.184.216.34/hook', events: ['home.transferred'] }),
  })
  expect(webhook.status).toBe(201)
  await api.look`update purchasers set email = 'a@homes.example' where unit_id = ${home.unit_id} and position = 1`
  const cookie = await claim(api.app, home)
  const before = /<dl class="facts">[\s\S]*?<\/dl>/.exec(await page('/home', cookie))?.[0]
  await post(`/developer/homes/${home.unit_id}/transfers`, staff)
  const { id, started_by } = await latest(home)
  expect(started_by).toBe('builder')
  expect(await page('/moving-on', cookie)).toContain('Your builder asks you to confirm')
  const [mail] = await api.look`select subject, to_address from mails where unit_id = ${home.unit_id}`
  expect(mail?.to_address).toBe('a@homes.example')
  expect((await post(`/moving-on/${id}/confirmation`, cookie)).headers.get('location')).toBe('/moved-on')
  await settled(home)
  const after = await page('/home', await claim(api.app, await newCardOf(home)))
  expect(before).toBeDefined()
  expect(after).toContain(before!)
  expect((await api.look`select 1 from mails where unit_id = ${home.unit_id}`).length).toBe(0)
  const [delivery] = await api.look`select data from webhook_deliveries where event = 'home.transferred'`
  expect(delivery?.data).toMatchObject({ transfer_id: id, unit_id: home.unit_id })
})

test('either side may withdraw before the second confirmation, and a later one starts afresh', async () => {
  const home = takeHome()
  const cookie = await claim(api.app, home)
  await post('/moving-on', cookie)
  const { id } = await latest(home)
  await post(ofHome(home, id, 'withdrawal'), staff, {})
  expect((await latest(home)).ending).toBe('withdrawn')
  expect(await page('/moving-on', cookie)).toContain('was withdrawn on')
  // The stale page's button does nothing but say so.
  for (const stale of [
    await post(ofHome(home, id, 'confirmation'), staff),
    await post(`/moving-on/${id}/confirmation`, cookie),
    await post(`/moving-on/${id}/withdrawal`, cookie, {}),
  ]) {
    expect(stale.status).toBe(409)
    expect(await stale.text()).toContain('This handover is over')
  }
  expect((await api.app.call('/home', withCookies(cookie))).status).toBe(200)
  await post(`/developer/homes/${home.unit_id}/transfers`, staff)
  await post(`/moving-on/${(await latest(home)).id}/withdrawal`, cookie, {})
  expect((await latest(home)).ending).toBe('withdrawn')
})

test('without a second confirmation it is over after 30 days, and another can be started', async () => {
  const home = takeHome()
  const cookie = await claim(api.app, home)
  await post('/moving-on', cookie)
  const { id, expires_at, created_at } = await latest(home)
  expect(Math.round((expires_at - created_at) / 86_400_000)).toBe(30)
  await api.look`update home_transfers set expires_at = now() - interval '1 minute' where id = ${id}`
  expect((await post(ofHome(home, id, 'confirmation'), staff)).status).toBe(409)
  expect(await page('/moving-on', cookie)).toContain('not confirmed in time')
  expect(await page('/developer/homes', staff)).not.toContain('Moving on:')
  expect((await post('/moving-on', cookie)).status).toBe(303)
  const [old] = await api.look`select ending from home_transfers where id = ${id}`
  expect([old?.ending, (await latest(home)).id === id]).toEqual(['expired', false])
})

test('of many who start, and of many who confirm, one does', async () => {
  const home = takeHome()
  const cookie = await claim(api.app, home)
  const started = await Promise.all(Array.from({ length: 6 }, () => post('/moving-on', cookie)))
  expect(started.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409, 409, 409])
  const { id } = await latest(home)
  const same = await post(`/moving-on/${id}/confirmation`, cookie)
  expect(same.headers.get('location')).toBe('/moving-on')
  expect((await latest(home)).settled_at).toBeNull()
  const ended = await Promise.all([
    ...Array.from({ length: 5 }, () => post(ofHome(home, id, 'confirmation'), staff)),
    post(ofHome(home, id, 'withdrawal'), staff, {}),
  ])
  expect(ended.filter(({ status }) => status === 303).length).toBe(1)
  const { settled_at, ending } = await latest(home)
  expect((settled_at === null) === (ending === 'withdrawn')).toBe(true)
  const [made] = await api.look`select count(*)::int as n from job_status where kind = 'transfer-home'
    and payload ->> 'transferId' = ${id}`
  expect(made?.n).toBe(settled_at === null ? 0 : 1)
})

test('nobody else’s transfer exists: another household, another builder, a stranger', async () => {
  const [home, other] = [takeHome(), takeHome()]
  const [cookie, neighbour] = [await claim(api.app, home), await claim(api.app, other)]
  await post(`/developer/homes/${home.unit_id}/transfers`, staff)
  const { id } = await latest(home)
  const unknown = Bun.randomUUIDv7()
  for (const [path, who] of [
    [`/moving-on/${id}/confirmation`, neighbour],
    [`/moving-on/${id}/withdrawal`, neighbour],
    [`/moving-on/${unknown}/confirmation`, cookie],
    [ofHome(home, id, 'confirmation'), otherStaff],
    [ofHome(home, id, 'withdrawal'), otherStaff],
    // The transfer of one home under the address of another.
    [ofHome(other, id, 'withdrawal'), staff],
    [`/developer/homes/${home.unit_id}/transfers`, otherStaff],
  ] as const)
    expect((await post(path, who)).status, path).toBe(404)
  expect((await api.app.call(`/moving-on/${id}/confirmation`, form({ confirmed: 'yes' }))).status).toBe(303)
  expect((await latest(home)).household_confirmed_at).toBeNull()
  expect((await api.app.call('/home', withCookies(cookie))).status).toBe(200)
})

test('it must be ticked, and only those on the contract may speak for the household', async () => {
  const home = takeHome()
  const [named] = [await claim(api.app, home), await claim(api.app, home)]
  const unnamed = await claim(api.app, home)
  for (const path of ['/moving-on', `/developer/homes/${home.unit_id}/transfers`]) {
    const refused = await post(path, path === '/moving-on' ? named : staff, {})
    expect([refused.status, (await refused.text()).includes('Tick the box')]).toEqual([422, true])
  }
  expect(await page('/moving-on', unnamed)).toContain('Only those who are named on the contract')
  expect((await post('/moving-on', unnamed)).status).toBe(403)
  await post(`/developer/homes/${home.unit_id}/transfers`, staff)
  const { id } = await latest(home)
  for (const what of ['confirmation', 'withdrawal'])
    expect((await post(`/moving-on/${id}/${what}`, unnamed)).status).toBe(403)
})

test('people who are put into another home leave no half-confirmed transfer behind', async () => {
  const [home, other] = [takeHome(), takeHome()]
  await post('/moving-on', await claim(api.app, home))
  const [unit] = await api.look`select number from units where id = ${other.unit_id}`
  await post(`/developer/homes/${home.unit_id}/repairs`, staff, {
    ...{ kind: 'exchange', to_number: unit?.number, reason: 'Contracts were mixed up.' },
  })
  expect((await latest(home)).ending).toBe('withdrawn')
})

async function picture() {
  const sharp = (await import('sharp')).default
  return new Uint8Array(
    await sharp({ create: { width: 8, height: 8, channels: 3, background: '#884422' } })
      .png()
      .toBuffer(),
  )
}

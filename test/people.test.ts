// My data: who looked, the copy, signing out everywhere, and that erasing leaves nothing of the person.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import { strFromU8, unzipSync } from 'fflate'
import postgres from 'postgres'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { homeScopeOf } from '#src/access/home-scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { verifyChains } from '#src/audit/verification.ts'
import { sealActivity } from '#src/audit.ts'
import { citedQuote } from '#src/chat/cited-quote.ts'
import { StoredFileMissing, storage } from '#src/clients/storage.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { eventually } from './jobs/drills.ts'
import { bearer, claim, form, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'
import { prepareTestProcess } from './support/process.ts'

setDefaultTimeout(60_000)

const QUESTION = 'Where would Quetzalcoatl keep the obsidian spatulas?'
const WORD = 'Quetzalcoatl'

let app: TestApp
let look: postgres.Sql
let jobs: Jobs
let home: TestApp['demo']['homes'][number]

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  jobs = await startJobs(prepareTestProcess({ DATABASE_URL: app.database.url, JOB_THREADS: '1' }), {
    cronTasks: [],
  })
  home = app.demo.homes.find(
    ({ tenant, purchasers }) => tenant === 'longview-estates' && purchasers.length === 2,
  )!
})
/** Each test begins without phones in the home: the first that joins is the first person, the second the second. */
beforeEach(async () => {
  forgetLimits()
  await look`update sessions set revoked_at = now() where unit_id = ${home.unit_id} and revoked_at is null`
})
afterAll(async () => {
  await jobs.stop(2_000)
  await look.end()
  await app.stop()
})

const purchasersOf = async () => [
  ...(await look`select id, full_name from purchasers where unit_id = ${home.unit_id} order by position`),
]
async function scopeOfHome() {
  const [unit] = await look`select tenant_id from units where id = ${home.unit_id}`
  return homeScopeOf(systemScope(unit?.tenant_id, 'test'), home.unit_id)
}
const get = (path: string, cookie: string) => app.call(path, withCookies(cookie))
const post = (path: string, cookie: string, fields: Record<string, string> = {}) =>
  app.call(path, withCookies(cookie, form(fields)))
const page = async (path: string, cookie: string) => (await get(path, cookie)).text()
const finished = () =>
  eventually('every job is final', async () => {
    const [row] = await look`select count(*)::int as count from job_status where finalized_at is null`
    return row?.count === 0
  }).catch(async (error) => {
    console.log(await look`select error_detail from job_attempts where error_detail is not null`)
    throw error
  })

/** Every text of every table that holds the words, as `table.column`. */
async function whereStands(words: string): Promise<string[]> {
  const columns = await look<{ table: string; column: string }[]>`
    select c.table_name as table, c.column_name as column from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and c.data_type in ('text', 'jsonb', 'json', 'character varying', 'ARRAY', 'bytea', 'tsvector')`
  expect(columns.length).toBeGreaterThan(100)
  const found: string[] = []
  for (const { table, column } of columns) {
    const [row] = await look`select count(*)::int as count from ${look(table)}
      where strpos(lower(${look(column)}::text), lower(${words})) > 0
        or strpos(${look(column)}::text, encode(convert_to(${words}, 'UTF8'), 'hex')) > 0`
    if (row?.count > 0) found.push(`${table}.${column}`)
  }
  return found
}

async function makeCopy(cookie: string): Promise<string> {
  expect((await post('/my-data/exports', cookie)).headers.get('location')).toBe('/my-data')
  await finished()
  const [row] = await look`select id from person_exports order by created_at desc, id desc limit 1`
  return row?.id
}

test('the page says who looked, and staff and programs are noted when they open a home', async () => {
  const cookie = await claim(app, home)
  expect(await page('/my-data', cookie)).toContain('Nobody outside your household')
  const key = app.demo.api_keys.find(({ tenant }) => tenant === home.tenant)!.key
  for (let i = 0; i < 3; i++) await app.call(`/api/v1/units/${home.unit_id}`, bearer(key))
  await app.call(
    '/api/v1/questions',
    bearer(key, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ unit_id: home.unit_id, question: 'When are the bins collected?' }),
    }),
  )
  const [staff] = await look`select id, name from staff where role = 'admin' and tenant_id =
    (select tenant_id from units where id = ${home.unit_id}) limit 1`
  await look`insert into data_access_log (id, tenant_id, unit_id, actor_type, actor_id, action, request_id)
    select ${Bun.randomUUIDv7()}, tenant_id, id, 'staff', ${staff?.id}, 'household.read', 'r' from units where id = ${home.unit_id}`
  const text = await page('/my-data', cookie)
  expect(text).toContain(`${staff?.name}, your builder`)
  expect(text).toContain('Opened the names of your household')
  expect(text).toContain('Asked a question for your home')
  // Three looks of one program on one day are one line.
  expect(text.split('Opened the record of your home').length).toBe(2)
})

test('a copy holds what the person asked and did, as JSON and as a page that is escaped', async () => {
  const cookie = await claim(app, home)
  await post('/chat', cookie, { question: 'Is the attic insulated? <script>alert(1)</script>' })
  expect((await post('/my-data/exports', cookie)).status).toBe(303)
  await finished()
  const text = await page('/my-data', cookie)
  const [id] = /(?<=copy-)[0-9a-f-]{36}/.exec(text) ?? []
  expect(text).toContain('Download')
  const location = (await get(`/my-data/exports/${id}/file`, cookie)).headers.get('location') as string
  const response = await app.call(location, withCookies(cookie))
  expect(response.headers.get('content-type')).toBe('application/zip')
  expect(response.headers.get('content-disposition')).toStartWith('attachment')
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  expect(Object.keys(files).sort()).toEqual([
    'activity.json',
    'checklist_ticks.json',
    'conversations.json',
    'documents_acknowledged.json',
    'documents_last_visit.json',
    'index.html',
    'looked_at_by_others.json',
    'mails.json',
    'maintenance_items.json',
    'notices_read.json',
    'opened_by_you.json',
    'preferences.json',
    'profile.json',
    'scans_of_the_home.json',
    'sessions.json',
    'snags.json',
  ])
  const read = (name: string) => strFromU8(files[name] as Uint8Array)
  expect(JSON.parse(read('conversations.json'))[0].messages[0].question).toContain('attic')
  expect(read('index.html')).toContain('&lt;script&gt;')
  expect(read('index.html')).not.toContain('<script')
  expect(read('index.html')).not.toMatch(/undefined|\[object/)
  const [row] = await look`select purchaser_id from person_exports where id = ${id as string}`
  const [purchaser] = await look`select full_name from purchasers where id = ${row?.purchaser_id}`
  expect(JSON.parse(read('profile.json')).name).toBe(purchaser?.full_name)
})

test('nobody else can see or take the copy, nor the other adult of the home', async () => {
  await look`delete from sessions`
  const cookie = await claim(app, home)
  const id = await makeCopy(cookie)
  const otherAdult = await claim(app, home)
  const neighbour = await claim(
    app,
    app.demo.homes.find(({ tenant, unit_id }) => tenant === home.tenant && unit_id !== home.unit_id)!,
  )
  for (const stranger of [otherAdult, neighbour])
    for (const path of [`/my-data/exports/${id}`, `/my-data/exports/${id}/file`])
      expect((await get(path, stranger)).status).toBe(404)
  expect((await app.call(`/my-data/exports/${id}/file`)).status).toBe(303)
  expect((await get(`/my-data/exports/${id}/file`, cookie)).headers.get('location')).toStartWith('/files/')
})

test('the other adult can neither read what an answer quoted nor speak to the builder for the asker', async () => {
  const [asker, other, unnamed] = [await claim(app, home), await claim(app, home), await claim(app, home)]
  await post('/chat', asker, { question: QUESTION })
  const [gap] = await look`select g.id, g.message_id from gaps g join messages m on m.id = g.message_id
    where g.unit_id = ${home.unit_id} and m.question = ${QUESTION} order by g.id desc limit 1`
  expect(gap).toBeDefined()
  for (const cookie of [other, unnamed])
    expect((await post(`/gaps/${gap?.id}/request`, cookie)).status).toBe(404)
  expect((await post(`/gaps/${gap?.id}/request`, asker)).status).toBe(303)

  const [scope, people] = [await scopeOfHome(), await purchasersOf()]
  const details = { citations: [{ documentId: 'd', quote: 'The words' }] }
  await look`update messages set details = ${look.json(details)} where id = ${gap?.message_id}`
  const quoted = (purchaserId: string | null) =>
    citedQuote(scope, { purchaserId, origin: 'app' }, `${gap?.message_id}.1`, 'd')
  expect(await quoted(people[0]?.id)).toBe('The words')
  expect(await quoted(people[1]?.id)).toBeNull()
  expect(await quoted(null)).toBeNull()
})

test('copies are limited to five a day, and one at a time', async () => {
  const cookie = await claim(app, app.demo.homes.find(({ tenant }) => tenant === 'harbour-homes')!)
  await Promise.all([post('/my-data/exports', cookie), post('/my-data/exports', cookie)])
  for (let i = 0; i < 5; i++) {
    await finished()
    await post('/my-data/exports', cookie)
  }
  expect((await post('/my-data/exports', cookie)).status).toBe(429)
})

test('signing out everywhere ends the person’s sessions at once and nobody else’s', async () => {
  const [first, second, third] = [await claim(app, home), await claim(app, home), await claim(app, home)]
  const purchaserOf = async (cookie: string) => /<strong>[^<]*<\/strong>/.test(await page('/my-data', cookie))
  expect(await purchaserOf(first)).toBe(true)
  await look`update sessions set purchaser_id = (select id from purchasers where unit_id = ${home.unit_id} and position = 1)
    where unit_id = ${home.unit_id} and revoked_at is null`
  await look`update sessions set purchaser_id = (select id from purchasers where unit_id = ${home.unit_id} and position = 2)
    where id = (select id from sessions where unit_id = ${home.unit_id} order by created_at desc, id desc limit 1)`
  const { forgetAllSessions } = await import('#src/access/sessions.ts')
  forgetAllSessions()
  const answered = await post('/my-data/sign-out', first)
  expect(answered.headers.get('location')).toBe('/welcome')
  expect((await get('/my-data', first)).status).toBe(303)
  forgetAllSessions()
  expect((await get('/my-data', second)).status).toBe(303)
  expect((await get('/my-data', third)).status).toBe(200)
})

test('erasing must be confirmed', async () => {
  const cookie = await claim(app, home)
  expect(await page('/my-data/erasure', cookie)).toContain('cannot be undone')
  const unconfirmed = await post('/my-data/erasure', cookie)
  expect(unconfirmed.status).toBe(422)
  expect(await unconfirmed.text()).toContain('Tick the box')
  expect((await look`select 1 from erasures`).length).toBe(0)
  expect((await get('/my-data', cookie)).status).toBe(200)
})

/** Leaves traces of the person wherever the product keeps some. */
async function liveThere(cookie: string, purchaser: { id: string; full_name: string }): Promise<void> {
  await post('/chat', cookie, { question: `${QUESTION} asks ${purchaser.full_name}` })
  const [message] =
    await look`select request_id from messages where question like ${`%${purchaser.full_name}%`}`
  await look`insert into error_log (id, tenant_id, source, fingerprint, message, context, request_id)
    select ${Bun.randomUUIDv7()}, tenant_id, 'http', 'f', ${`failed at ${QUESTION}`}, '{}', ${message?.request_id} from units where id = ${home.unit_id}`
  await look`insert into llm_error_log (id, tenant_id, code, model, attempt, latency_ms, message, request_id)
    select ${Bun.randomUUIDv7()}, tenant_id, 'llm_timeout', 'm', 1, 1, ${QUESTION}, ${message?.request_id} from units where id = ${home.unit_id}`
  await look`insert into imports (id, tenant_id, development_id, file_name, size_bytes, is_dry_run)
    select ${purchaser.id}, tenant_id, development_id, 'homes.csv', 1, true from units where id = ${home.unit_id}`
  await look`insert into import_rows (tenant_id, development_id, import_id, row_number, action, messages, changes)
    select tenant_id, development_id, ${purchaser.id}, 1, 'update', '[]', ${look.json([{ to: purchaser.full_name }])} from units where id = ${home.unit_id}`
  await look`insert into mails (id, tenant_id, unique_key, to_address, subject, body, state)
    select ${purchaser.id}, tenant_id, 'k', 'a@homes.example', 'Hello', ${`Dear ${purchaser.full_name}`}, 'not_sent' from units where id = ${home.unit_id}`
  const [elsewhere] = await look`select u.id from units u join units h on h.tenant_id = u.tenant_id
    where h.id = ${home.unit_id} and u.id <> h.id limit 1`
  await look`insert into conversations (id, tenant_id, unit_id, origin, title)
    select ${purchaser.id}, tenant_id, ${elsewhere?.id}, 'sealed', ${WORD} from units where id = ${home.unit_id}`
  await look`insert into home_repairs (id, tenant_id, development_id, unit_id, kind, reason, before, after, actor_type, actor_id)
    select ${purchaser.id}, tenant_id, development_id, id, 'house_type', ${`As told by ${purchaser.full_name}`}, '{}', '{}', 'staff', 's' from units where id = ${home.unit_id}`
  await look`insert into sealed_conversations (tenant_id, repair_id, conversation_id, purchaser_id, origin)
    select tenant_id, ${purchaser.id}, ${purchaser.id}, ${purchaser.id}, 'app' from units where id = ${home.unit_id}`
  await look`insert into snags (id, tenant_id, development_id, unit_id, purchaser_id, room, category, description, status)
    select ${purchaser.id}, tenant_id, development_id, id, ${purchaser.id}, 'Hall', 'other', ${`Seen by ${purchaser.full_name}`}, 'seen' from units where id = ${home.unit_id}`
  await look`insert into snag_changes (id, tenant_id, development_id, snag_id, status, note, actor_type, actor_id)
    select ${purchaser.id}, tenant_id, development_id, ${purchaser.id}, 'seen', ${`Rang ${purchaser.full_name}`}, 'staff', 's' from units where id = ${home.unit_id}`
  const payload = JSON.stringify({ changes: { name: purchaser.full_name } })
  await look`insert into activity_log (id, tenant_id, actor_type, actor_id, action, target_type, target_id, payload_sha256, request_id)
    select ${purchaser.id}, tenant_id, 'staff', 's', 'purchaser.renamed', 'unit', id::text, sha256(convert_to('salt' || ${payload}::text, 'UTF8')), 'r' from units where id = ${home.unit_id}`
  await look`insert into activity_payloads (activity_id, tenant_id, salt, payload)
    select ${purchaser.id}, tenant_id, 'salt', ${payload} from units where id = ${home.unit_id}`
}

test('after an erasure no table, log or file has a word of the person, and the other adult keeps theirs', async () => {
  await look`delete from sessions`
  const [first, second] = (await purchasersOf()) as unknown as { id: string; full_name: string }[]
  const cookie = await claim(app, home)
  const [session] = await look`select purchaser_id from sessions where unit_id = ${home.unit_id}`
  expect(session?.purchaser_id).toBe(first?.id)
  await liveThere(cookie, first!)
  const other = await claim(app, home)
  await post('/chat', other, { question: 'Is there a Tupperware drawer?' })
  const copy = await makeCopy(cookie)
  const [file] = await look`select storage_key from person_exports where id = ${copy}`
  expect(await whereStands(first!.full_name)).toContain('purchasers.full_name')
  expect((await whereStands(WORD)).length).toBeGreaterThan(5)
  // All of that stands under the name from before this.
  const corrected = { full_name: 'Somebody Called Otherwise', email: 'otherwise@homes.example' }
  expect((await post('/my-data/details', cookie, corrected)).status).toBe(303)

  const answered = await post('/my-data/erasure', cookie, { confirmed: 'yes' })
  expect(answered.headers.get('location')).toMatch(/^\/erased\?due=/)
  expect(await (await app.call(answered.headers.get('location') as string)).text()).toContain(
    'You have been signed out',
  )
  expect((await get('/my-data', cookie)).status).toBe(303)
  await finished()

  expect(await whereStands(first!.full_name)).toEqual([])
  expect(await whereStands(corrected.full_name)).toEqual([])
  expect(await whereStands(corrected.email)).toEqual([])
  expect(await whereStands(WORD)).toEqual([])
  expect(
    (await storage()
      .open(file?.storage_key)
      .catch((error) => error)) instanceof StoredFileMissing,
  ).toBe(true)
  expect((await purchasersOf()).map(({ id }) => id)).toEqual([second?.id])
  expect(await page('/conversations', other)).toContain('Tupperware')
  const [erasure] = await look`select counts, done_at from erasures`
  expect(erasure?.counts).toMatchObject({
    ...{ purchasers: 1, exports: 3, errors: 1, llm_errors: 1 },
    ...{ import_rows: 1, mails: 1 },
  })
  expect(erasure?.counts.conversations).toBeGreaterThan(0)
  // The log still tells that it happened, and its chain is whole.
  await sealActivity()
  const actions = await look`select action from activity_log where action like 'person.eras%' order by id`
  expect(actions.map(({ action }) => action)).toEqual(['person.erasure_requested', 'person.erased'])
  const checks = await verifyChains({ signal: new AbortController().signal, progress: () => {} })
  expect(checks.every(({ outcome }) => outcome === 'intact')).toBe(true)
  expect(checks.some(({ erased }) => erased > 0)).toBe(true)
})

test('the last adult takes along what only the home was known by', async () => {
  const cookie = await claim(app, home)
  await post('/chat', cookie, { question: QUESTION })
  const before = await look`select sum(questions)::int as questions from daily_erased`
  await post('/my-data/erasure', cookie, { confirmed: 'yes' })
  await finished()
  expect(await purchasersOf()).toEqual([])
  for (const table of ['sessions', 'qr_scans', 'conversations'])
    expect((await look`select 1 from ${look(table)} where unit_id = ${home.unit_id}`).length, table).toBe(0)
  expect(await whereStands(WORD)).toEqual([])
  const after = await look`select sum(questions)::int as questions from daily_erased`
  expect(after[0]?.questions).toBeGreaterThan(before[0]?.questions)
  // The home can be opened again by whoever has its code.
  expect((await get('/home', await claim(app, home))).status).toBe(200)
})

test('a planted trace is found by the search that finds none', async () => {
  await look`insert into rate_limit_log (id, policy, subject, route, request_id) values (${Bun.randomUUIDv7()}, 'p', ${`x ${WORD} y`}, 'r', 'r')`
  expect(await whereStands(WORD)).toEqual(['rate_limit_log.subject'])
  await look`truncate rate_limit_log`
})

test('staff and strangers have no such page', async () => {
  const admin = await signIn(app, app.demo.admins[0]!)
  for (const path of ['/my-data', '/my-data/erasure']) {
    expect((await get(path, admin)).status).toBe(303)
    expect((await app.call(path)).status).toBe(303)
  }
})

test('somebody without a name who is erased takes nothing along of those on the contract', async () => {
  const shared = app.demo.homes.find(
    ({ purchasers, unit_id }) => purchasers.length === 2 && unit_id !== home.unit_id,
  )!
  const [, , unnamed] = [await claim(app, shared), await claim(app, shared), await claim(app, shared)]
  const payloads = async () =>
    (
      await look`select count(*)::int as n from activity_payloads p join activity_log l on l.id = p.activity_id
        where l.target_id = ${shared.unit_id} and l.actor_id <> ${shared.unit_id}`
    )[0]?.n
  const before = await payloads()
  expect(before).toBeGreaterThan(0)
  await post('/my-data/erasure', unnamed, { confirmed: 'yes' })
  await finished()
  expect(await payloads()).toBe(before)
})

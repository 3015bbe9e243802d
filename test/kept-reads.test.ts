// What pages keep in memory: forgotten by the write that changes it, of its own tenant only, read once for all who ask.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import type { Listener } from '#db/listen.ts'
import { within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { forgetLimits } from '#src/http/limits.ts'
import {
  forgetAllReads,
  forgetReadsOf,
  keptRead,
  keptReadCounts,
  startKeeping,
  stopKeeping,
  WATCHED_TABLES,
} from '#src/kept-reads.ts'
import { eventually } from './jobs/drills.ts'
import { form, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'
import { listenForChangedRows } from './support/changed-rows.ts'
import { statementsOf } from './support/statements.ts'

let app: TestApp
let look: postgres.Sql
let listener: Listener
const staff: Record<string, string> = {}
const development: Record<string, string> = {}
const tenant: Record<string, string> = {}

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  for (const slug of ['longview-estates', 'harbour-homes']) {
    staff[slug] = await signIn(app, app.demo.admins.find((person) => person.tenant === slug)!)
    const [row] =
      await look`select d.id, t.id as tenant_id from developments d join tenants t on t.id = d.tenant_id
      where t.slug = ${slug} order by d.name limit 1`
    development[slug] = row?.id
    tenant[slug] = row?.tenant_id
  }
  listener = await listenForChangedRows(forgetReadsOf)
})
afterAll(async () => {
  stopKeeping()
  await listener.stop()
  await look.end()
  await app.stop()
})
beforeEach(() => {
  forgetLimits()
  forgetAllReads()
  startKeeping()
})

const today = (slug: string) =>
  app.call(`/developer?development=${development[slug]}`, withCookies(staff[slug]!))
const notices = (slug: string) => `/developer/notices?development=${development[slug]}`

test('what somebody wrote is on their next page, and what the other builder has in memory is untouched', async () => {
  const read = async (slug: string) => (await app.call(notices(slug), withCookies(staff[slug]!))).text()
  await read('longview-estates')
  await read('harbour-homes')
  const written = await app.call(
    notices('longview-estates'),
    withCookies(
      staff['longview-estates']!,
      form({ title: 'Bins move', body: 'To the gate.', category: 'general' }),
    ),
  )
  expect(written.status).toBe(303)
  expect(await read('longview-estates')).toContain('Bins move')
  expect(await statementsOf(() => read('harbour-homes'))).toEqual([])
})

test('a page of a list that nothing is known of costs three statements at most', async () => {
  for (const name of ['homes', 'documents', 'notices', 'coverage', 'snags', 'questions']) {
    forgetAllReads()
    const path = `/developer/${name}?development=${development['longview-estates']}`
    const sent = await statementsOf(() => app.call(path, withCookies(staff['longview-estates']!)))
    expect([name, sent.length <= 3 ? [] : sent]).toEqual([name, []])
  }
})

test('a write in another process is seen on the first page, and the other builder’s is still read from memory', async () => {
  await today('longview-estates')
  await today('harbour-homes')
  expect(await statementsOf(() => today('longview-estates'))).toEqual([])
  const [home] =
    await look`select id, tenant_id, development_id from units where development_id = ${development['longview-estates']!} limit 1`
  await look`insert into snags (id, tenant_id, development_id, unit_id, room, category, description)
    values (${Bun.randomUUIDv7()}, ${home?.tenant_id}, ${home?.development_id}, ${home?.id}, 'Hall', 'floors', 'Creaks')`
  await eventually('the write is on the page', async () => {
    const page = await (await today('longview-estates')).text()
    return /Open snags<\/span><span class="figure-value">1</.test(page)
  })
  expect(await statementsOf(() => today('harbour-homes'))).toEqual([])
})

test('a write to a table that nobody thought of forgets all of its tenant and nothing of the other', async () => {
  await today('longview-estates')
  await today('harbour-homes')
  await within(systemScope(tenant['longview-estates']!, 'test'), (db) =>
    db.execute(sql`update responsibilities set thing = thing`),
  )
  expect((await statementsOf(() => today('longview-estates'))).length).toBeGreaterThan(0)
  expect(await statementsOf(() => today('harbour-homes'))).toEqual([])
})

test('who asks while it is being read waits for that reading, and a write meanwhile keeps it from being kept', async () => {
  const scope = systemScope(tenant['longview-estates']!, 'test')
  let reads = 0
  let answer = (_: number) => {}
  const query = () =>
    keptRead(scope, {
      name: 'test',
      parts: [],
      tables: ['snags'],
      read: () => {
        reads++
        return new Promise<number>((resolve) => {
          answer = resolve
        })
      },
    })
  const [first, second] = [query(), query()]
  forgetReadsOf(`${tenant['longview-estates']} snags`)
  const third = query()
  expect(reads).toBe(2)
  answer(3)
  expect(await third).toBe(3)
  expect(await query()).toBe(3)
  expect(reads).toBe(2)
  void first.catch(() => {})
  void second.catch(() => {})
  expect(keptReadCounts().joined).toBeGreaterThan(0)
})

test('one of two builders asks for what the other has in memory and gets its own', async () => {
  const ask = (slug: string) =>
    keptRead(systemScope(tenant[slug]!, 'test'), {
      name: 'same',
      parts: [],
      tables: [],
      read: async () => slug,
    })
  expect([await ask('longview-estates'), await ask('harbour-homes')]).toEqual([
    'longview-estates',
    'harbour-homes',
  ])
})

test('the database tells of every table that pages are read from', async () => {
  const rows = await look<{ name: string }[]>`select c.relname as name from pg_trigger t
    join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
    where p.proname = 'announce_change' group by c.relname having count(*) = 3 order by 1`
  expect(rows.map(({ name }) => name)).toEqual([...WATCHED_TABLES].sort())
})

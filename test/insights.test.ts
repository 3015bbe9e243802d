// The deep dives: every figure equals what an independent statement counts, from rows, from roll-ups, and from both.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { type Scope, within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { rollUp } from '#src/analytics.ts'
import { forgetLimits } from '#src/http/limits.ts'
import {
  readChat,
  readDocumentUse,
  readEngagement,
  readGeocoding,
  readMapUse,
  readSearch,
} from '#src/insights.ts'
import { claim, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'
import { statementsOf } from './support/statements.ts'

const VIEWS = ['engagement', 'chat', 'documents', 'search', 'map', 'geocoding']

let app: TestApp
let look: postgres.Sql
let scope: Scope
let cookie: string
let developmentId: string
let homes: { id: string }[]
const documents: string[] = []

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  const [row] = await look`select id, tenant_id from developments where slug = 'longview-park'`
  scope = systemScope(row?.tenant_id, 'test')
  developmentId = row?.id
  homes = [
    ...(await look<
      { id: string }[]
    >`select id from units where development_id = ${developmentId} order by id limit 12`),
  ]
  cookie = await signIn(app, app.demo.admins.find((person) => person.tenant === 'longview-estates')!)
  await arrange()
})
afterAll(async () => {
  await look.end()
  await app.stop()
})
beforeEach(forgetLimits)

const id = () => Bun.randomUUIDv7()
const ago = (days: number) => new Date(Date.now() - days * 86_400_000)
const STAGES = ['document', 'fact', 'gap', 'document', 'place', 'refusal', 'gap', 'safety', 'document', null]

/** Of 12 homes some ask often, some once, some never; of 6 documents the last is needed by nobody. */
async function arrange(): Promise<void> {
  const { tenantId } = scope
  for (let i = 0; i < 6; i++) {
    const [documentId, versionId] = [id(), id()]
    documents.push(documentId)
    await look`insert into documents (id, tenant_id, development_id, kind, title) values (${documentId}, ${tenantId}, ${developmentId}, 'manual', ${`Guide ${i}`})`
    await look`insert into document_versions (id, tenant_id, development_id, document_id, number, status, stage, file_name, storage_key, size_bytes, content_sha256, duplicate_key)
      values (${versionId}, ${tenantId}, ${developmentId}, ${documentId}, 1, 'ready', 'ready', 'a.pdf', ${`k${i}`}, 1, ${`s${i}`}, ${`d${i}`})`
    await look`update documents set live_version_id = ${versionId} where id = ${documentId}`
  }
  await look`update units set claimed_at = ${ago(300)} where id in ${look(homes.slice(0, 9).map((home) => home.id))}`
  for (let i = 0; i < 60; i++) {
    const home = homes[(i * i) % 7]!.id
    const at = ago(i % 40)
    const stage = STAGES[i % STAGES.length]!
    const [conversationId, messageId] = [id(), id()]
    await look`insert into conversations (id, tenant_id, unit_id, origin, title) values (${conversationId}, ${tenantId}, ${home}, ${i % 9 === 0 ? 'api' : 'app'}, 't')`
    await look`insert into messages (id, tenant_id, conversation_id, client_key, question, answer, answered_at, stage, reason, mode, request_id, feedback, feedback_at, created_at)
      values (${messageId}, ${tenantId}, ${conversationId}, ${messageId}, 'q', ${stage && 'a'}, ${stage && at}, ${stage}, ${stage === 'place' && i % 2 ? 'none_recorded' : 'r'},
        ${stage && (i % 3 ? 'llm' : 'extractive')}, 'r', ${i % 7 ? null : i % 2 ? 'helpful' : 'not_helpful'}, ${i % 7 ? null : ago(Math.max(0, (i % 40) - 1))}, ${at})`
    await look`insert into rag_log (id, tenant_id, development_id, unit_id, message_id, request_id, stage, reason, mode, index_version, candidate_count, chunk_ids, stages, duration_ms, created_at)
      values (${id()}, ${tenantId}, ${developmentId}, ${home}, ${messageId}, 'r', ${stage ?? 'gap'}, 'r', 'llm', ${stage === 'document' || stage === 'gap' ? 1 : null},
        ${stage === 'gap' && i % 2 ? 0 : i % 8}, '{}', '[]', ${i * 90}, ${at})`
    if (stage === 'document')
      await look`insert into message_citations (tenant_id, message_id, position, document_id, version_id, page, quote, created_at)
        select ${tenantId}, ${messageId}, p, d.id, d.live_version_id, 1, 'q', ${at} from documents d, generate_series(1, 2) p where d.id = ${documents[i % 4]!}`
    await look`insert into data_access_log (id, tenant_id, unit_id, document_id, actor_type, actor_id, action, request_id, created_at)
      values (${id()}, ${tenantId}, ${home}, ${documents[i % 5]!}, ${i % 6 ? 'purchaser' : 'staff'}, 'p', 'document.file', 'r', ${at}),
        (${id()}, ${tenantId}, ${home}, null, 'purchaser', 'p', ${i % 3 ? 'map.opened' : 'map.schools'}, 'r', ${at})`
    await look`insert into qr_scans (id, tenant_id, unit_id, outcome, request_id, created_at) values (${id()}, ${tenantId}, ${homes[i % 8]!.id}, ${i % 10 ? 'opened' : 'claimed'}, 'r', ${at})`
  }
  await look`update units set geocode_failure_code = 'geocode_no_match', latitude = null, longitude = null, location_source = 'development' where id in ${look(homes.slice(0, 3).map((home) => home.id))}`
}

const number = async (query: postgres.PendingQuery<postgres.Row[]>) => Number((await query)[0]?.n)
const DAYS = 30
/** In days of Ireland, by comparing dates and not moments. */
const lately = (column: postgres.PendingQuery<postgres.Row[]>) =>
  look`(${column} at time zone 'Europe/Dublin')::date > (now() at time zone 'Europe/Dublin')::date - ${DAYS}::int`
const mine = () => look`select id from units where development_id = ${developmentId}`

const asked = (where = look`true`) =>
  number(look`select count(*) as n from messages where ${lately(look`created_at`)} and (${where})
    and conversation_id in (select id from conversations where unit_id in (${mine()}))`)
const opened = (where: postgres.PendingQuery<postgres.Row[]>) =>
  number(
    look`select count(*) as n from data_access_log where actor_type = 'purchaser' and ${lately(look`created_at`)} and unit_id in (${mine()}) and (${where})`,
  )
const ran = (where: postgres.PendingQuery<postgres.Row[]>, what = look`count(*)`) =>
  number(
    look`select ${what} as n from rag_log where development_id = ${developmentId} and ${lately(look`created_at`)} and (${where})`,
  )
const activeDays = () => look<{ unit_id: string; n: number }[]>`
  select unit_id, count(distinct day)::int as n from (
    select c.unit_id, (m.created_at at time zone 'Europe/Dublin')::date as day from messages m, conversations c
      where c.id = m.conversation_id and c.origin <> 'api' and ${lately(look`m.created_at`)}
    union all select unit_id, (created_at at time zone 'Europe/Dublin')::date from data_access_log
      where actor_type = 'purchaser' and action = 'document.file' and ${lately(look`created_at`)}
    union all select unit_id, (created_at at time zone 'Europe/Dublin')::date from qr_scans where outcome = 'claimed' and ${lately(look`created_at`)}
  ) x where unit_id in (${mine()}) group by unit_id`

async function expectEqual(): Promise<void> {
  const days = await activeDays()
  const claimed = (
    await look`select id from units where development_id = ${developmentId} and claimed_at is not null`
  ).map((row) => row.id)
  const engagement = await readEngagement(scope, developmentId, DAYS)
  expect(engagement).toMatchObject({
    claimed: claimed.length,
    active: days.length,
    once: days.filter(({ n }) => n === 1).length,
    few: days.filter(({ n }) => n >= 2 && n <= 7).length,
    often: days.filter(({ n }) => n > 7).length,
    quietCount: claimed.filter((each) => !days.some(({ unit_id: unit }) => unit === each)).length,
  })
  for (const home of engagement.most)
    expect(home.activeDays).toBe(days.find(({ unit_id: unit }) => unit === home.id)?.n as number)
  const hour = new Date().toLocaleString('en-GB', { timeZone: 'Europe/Dublin', hour: '2-digit' })
  expect(engagement.hours.of('hour', hour).count).toBe(
    await asked(look`to_char(created_at at time zone 'Europe/Dublin', 'HH24') = ${hour}`),
  )

  const chat = await readChat(scope, developmentId, DAYS)
  expect(chat.of('stage').count).toBe(await asked())
  for (const { key, count } of chat.keys('stage'))
    expect([key, count]).toEqual([key, await asked(look`coalesce(stage, 'none') = ${key}`)])
  for (const mode of ['llm', 'extractive'])
    expect(chat.of('mode', mode).count).toBe(await asked(look`mode = ${mode}`))
  for (const feedback of ['helpful', 'not_helpful'])
    expect(chat.of('feedback', feedback).count).toBe(
      await number(
        look`select count(*) as n from messages where feedback = ${feedback} and ${lately(look`feedback_at`)}`,
      ),
    )

  const use = await readDocumentUse(scope, developmentId, DAYS)
  const cited = await number(
    look`select count(distinct (message_id, document_id)) as n from message_citations where ${lately(look`created_at`)}`,
  )
  expect(use).toMatchObject({ live: 6, opened: await opened(look`action = 'document.file'`), cited, used: 5 })
  expect(use.unused.map(({ title }) => title)).toEqual(['Guide 5'])
  expect(use.days.reduce((sum, day) => sum + day.opened, 0)).toBe(use.opened)

  const search = await readSearch(scope, developmentId, DAYS)
  const searched = look`index_version is not null`
  expect(search.of('search', 'found').count).toBe(await ran(look`${searched} and stage = 'document'`))
  expect(search.of('search', 'empty').count).toBe(
    await ran(look`${searched} and stage <> 'document' and candidate_count = 0`),
  )
  expect(search.of('search', 'unused').count).toBe(
    await ran(look`${searched} and stage <> 'document' and candidate_count > 0`),
  )
  expect(search.of('search').total).toBe(await ran(searched, look`sum(candidate_count)`))
  expect(search.of('speed').total).toBe(await ran(look`true`, look`sum(duration_ms)`))
  expect(search.of('speed', 'slower').count).toBe(await ran(look`duration_ms >= 3000`))

  const map = await readMapUse(scope, developmentId, DAYS)
  expect(map.use.of('map', 'opened').count).toBe(await opened(look`action = 'map.opened'`))
  expect(map.use.of('map', 'schools').count).toBe(await opened(look`action = 'map.schools'`))
  expect(map.use.of('place').count).toBe(await asked(look`stage = 'place'`))
  expect(map.use.of('place', 'none_recorded').count).toBe(
    await asked(look`stage = 'place' and reason = 'none_recorded'`),
  )
  expect(map.places.reduce((sum, { count }) => sum + count, 0)).toBe(
    await number(look`select count(*) as n from places where development_id = ${developmentId}`),
  )
}

const roll = (to: number) => {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Dublin' }).format(ago(to))
  return rollUp(scope, { to: day }, { fenced: (work) => within(scope, work), progress: () => {} })
}

test('every figure is what an independent statement counts, before and after the roll-up and half-way', async () => {
  await expectEqual()
  await roll(12)
  await expectEqual()
  await roll(1)
  await expectEqual()
  await roll(1)
  await expectEqual()
})

test('positions are counted by how they are known, and those with a problem are listed page by page', async () => {
  const found = await readGeocoding(scope, developmentId, undefined)
  const homesWhere = (where: postgres.PendingQuery<postgres.Row[]>) =>
    number(look`select count(*) as n from units where development_id = ${developmentId} and (${where})`)
  expect(found).toMatchObject({
    homes: await homesWhere(look`true`),
    entered: await homesWhere(look`location_source = 'entered'`),
    failed: 3,
    none: await homesWhere(look`latitude is null and geocode_failure_code is null`),
    approximate: 0,
  })
  const seen = new Set(found.rows.map((row) => row.id))
  if (found.nextCursor)
    for (const row of (await readGeocoding(scope, developmentId, found.nextCursor)).rows) seen.add(row.id)
  expect(seen.size).toBe(found.failed + found.none + found.approximate)
})

test('each page shows its figures, costs three statements at most, and every figure leads to rows', async () => {
  for (const view of VIEWS) {
    const path = `/developer/insights?development=${developmentId}&view=${view}`
    let page = ''
    const statements = await statementsOf(async () => {
      page = await (await app.call(path, withCookies(cookie))).text()
    })
    expect([view, statements.length <= 3 ? [] : statements]).toEqual([view, []])
    expect(page).not.toMatch(/undefined|NaN|>null/)
    for (const [, href] of page.matchAll(/class="figure[^"]*" href="([^"]+)"/g)) {
      const url = (href as string).replaceAll('&amp;', '&')
      if (url.startsWith('#'))
        expect([view, url, page.includes(`id="${url.slice(1)}"`)]).toEqual([view, url, true])
      else expect([url, (await app.call(url, withCookies(cookie))).status]).toEqual([url, 200])
    }
  }
})

test('a development without anything has the pages too, and nobody sees another builder’s', async () => {
  const theirs = await signIn(app, app.demo.admins.find((person) => person.tenant === 'harbour-homes')!)
  const [empty] = await look`select id from developments where slug = 'rathard-park'`
  for (const view of VIEWS) {
    const page = await app.call(
      `/developer/insights?development=${empty?.id}&view=${view}&days=7`,
      withCookies(cookie),
    )
    expect([view, page.status]).toEqual([view, 200])
    expect(await page.text()).not.toMatch(/undefined|NaN|>null/)
    const foreign = await app.call(
      `/developer/insights?development=${developmentId}&view=${view}`,
      withCookies(theirs),
    )
    expect(foreign.status).toBe(404)
  }
  for (const query of ['view=nothing', 'days=8', 'view=geocoding&cursor=x.y'])
    expect(
      (await app.call(`/developer/insights?development=${developmentId}&${query}`, withCookies(cookie)))
        .status,
    ).toBe(422)
})

test('opening the map is counted once a day for a person and kind, in the app only', async () => {
  const home = app.demo.homes.find((each) => each.development_id === developmentId)!
  const household = await claim(app, home)
  const count = () =>
    number(
      look`select count(*) as n from data_access_log where action like 'map.%' and unit_id = ${home.unit_id} and created_at > now() - interval '1 minute'`,
    )
  const before = await count()
  for (const path of ['/map', '/map', '/map?category=schools', '/map?category=schools'])
    expect((await app.call(path, withCookies(household))).status).toBe(200)
  expect((await count()) - before).toBe(2)
})

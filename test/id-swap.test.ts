// Every id of another builder, development or home, put wherever a request can carry one, answers as one that does not exist.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { forgetAttempts } from '#src/access/attempts.ts'
import { seededDice } from '#src/demo/dice.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { bearer, claim, form, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'
import { crawl, type Form } from './support/fuzz/sources.ts'
import { madeFrom, type Schema } from './support/fuzz/values.ts'
import { processorMsOf } from './support/processor-time.ts'

const RANDOM_ID = '01890000-0000-7000-8000-000000000000'
const TEST_TIMEOUT_MS = 300_000
const SLOWEST_RATIO_MAX = 5

let app: TestApp
let look: postgres.Sql
/** One id of every table that has some, by who may not know it. */
let theirs: string[]
let neighbours: string[]
type Caller = {
  name: string
  init: RequestInit
  isOf: (route: Route) => boolean
  foreign: string[]
  forms: Form[]
}
type Route = TestApp['routes'][number]
let callers: Caller[]

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  await fillBoth()
  theirs = await oneOfEach('harbour-homes')
  const [mine] = homesOf('longview-estates')
  neighbours = await idsOfOtherHomes(mine!.unit_id)
  callers = await makeCallers()
}, TEST_TIMEOUT_MS)
beforeEach(forgetAll)
afterAll(async () => {
  await look.end()
  await app.stop()
})

function forgetAll(): void {
  forgetLimits()
  forgetAttempts()
}
const homesOf = (tenant: string) =>
  app.demo.homes.filter((home) => home.tenant === tenant && home.purchasers.length > 0)
const of = <T extends { tenant: string }>(list: readonly T[], tenant: string) =>
  list.find((each) => each.tenant === tenant)!
const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** The same things happen at both builders, so that there is something of everything to ask for. */
async function fillBoth(): Promise<void> {
  for (const tenant of ['longview-estates', 'harbour-homes']) {
    const { key } = of(app.demo.api_keys, tenant)
    const [home, other] = homesOf(tenant)
    const { unit_id, development_id } = home!
    const post = (path: string, body: unknown) => app.call(`/api/v1/${path}`, bearer(key, json(body)))
    await app.call(
      `/api/v1/documents?development_id=${development_id}&title=Guide&kind=manual`,
      bearer(key, {
        method: 'POST',
        headers: { 'content-type': 'application/pdf' },
        body: '%PDF-1.4\n%%EOF',
      }),
    )
    const question = 'How do I descale the Quetzal 3000 of this house?'
    await post('questions', { unit_id, question })
    await post('knowledge', { development_id, question, answer: 'With vinegar, once a month.' })
    await post('golden-questions', { development_id, question, must_be_gap: true })
    await post('snags', { unit_id, room: 'Kitchen', category: 'plumbing', description: 'The tap drips.' })
    await post('transfers', { unit_id })
    await post('notices', { development_id, title: 'Road works', text: 'On Monday.', category: 'general' })
    await post('webhooks', { url: 'https://hooks.example/x', events: ['unit.claimed'] })
    for (const each of [home!, other!]) {
      const cookie = await claim(app, each)
      await app.call('/chat', withCookies(cookie, form({ question, request_key: crypto.randomUUID() })))
      await app.call('/my-data/exports', withCookies(cookie, { method: 'POST' }))
    }
    forgetAll()
  }
}

async function tablesWithTenant(): Promise<string[]> {
  const rows = await look<{ name: string }[]>`
    select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype)
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') order by 1`
  return rows.map(({ name }) => name)
}

async function oneOfEach(slug: string): Promise<string[]> {
  const found = await Promise.all(
    (await tablesWithTenant()).map(
      (name) => look<{ id: string }[]>`
        select x.id from ${look(name)} x join tenants t on t.id = x.tenant_id where t.slug = ${slug} order by x.id limit 1`,
    ),
  )
  return found.flat().map(({ id }) => id)
}

/** Of the same builder: what belongs to one of its other homes. */
async function idsOfOtherHomes(unitId: string): Promise<string[]> {
  const rows = await look<{ id: string }[]>`
    (select id from units where id <> ${unitId} and tenant_id = (select tenant_id from units where id = ${unitId}) limit 1)
    union all (select id from purchasers where unit_id <> ${unitId} and tenant_id = (select tenant_id from units where id = ${unitId}) limit 1)
    union all (select id from conversations where unit_id <> ${unitId} and tenant_id = (select tenant_id from units where id = ${unitId}) limit 1)
    union all (select m.id from messages m join conversations c on c.tenant_id = m.tenant_id and c.id = m.conversation_id where c.unit_id <> ${unitId} and c.tenant_id = (select tenant_id from units where id = ${unitId}) limit 1)
    union all (select id from gaps where unit_id <> ${unitId} and tenant_id = (select tenant_id from units where id = ${unitId}) limit 1)
    union all (select id from person_exports where unit_id <> ${unitId} and tenant_id = (select tenant_id from units where id = ${unitId}) limit 1)
    union all (select id from sessions where unit_id <> ${unitId} and tenant_id = (select tenant_id from units where id = ${unitId}) limit 1)`
  return rows.map(({ id }) => id)
}

async function makeCallers(): Promise<Caller[]> {
  const tenant = 'longview-estates'
  const declares = (who: string) => (route: Route) =>
    (route.hooks?.detail?.['x-access'] as string[] | undefined)?.includes(who) ?? false
  const made = async (
    name: string,
    init: RequestInit,
    start: string | null,
    foreign: string[],
    who = name,
  ) => {
    const open = (path: string) => app.call(path, { ...init, headers: { ...(init.headers as object) } })
    const forms = start ? (await crawl(open, start)).forms : []
    return { name, init, isOf: declares(who), foreign, forms }
  }
  const purchaser = withCookies(await claim(app, homesOf(tenant)[0]!))
  const admin = withCookies(await signIn(app, of(app.demo.admins, tenant)))
  const developer = withCookies(await signIn(app, of(app.demo.developers, tenant)))
  return [
    await made('purchaser', purchaser, '/', [...theirs, ...neighbours]),
    await made('admin', admin, '/developer', theirs),
    await made('developer', developer, '/developer', theirs),
    await made('api key', bearer(of(app.demo.api_keys, tenant).key), null, theirs, 'api_client'),
  ]
}

const merged = (a: RequestInit, b: RequestInit): RequestInit => ({
  ...a,
  headers: { ...(a.headers as object), ...(b.headers as object) },
})

/** What is said, without the id of the request and the id that was asked for, which may stand in links back. */
async function said(path: string, init: RequestInit, id: string): Promise<string> {
  forgetAll()
  const response = await app.call(path, init)
  const text = (await response.text())
    .replaceAll(id, 'ID')
    .replace(/[0-9a-f]{32}/g, 'REQUEST')
    .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'TOKEN')
    .replace(/name="(?:request|form)_key" value="[^"]*"/g, 'KEY')
  const location = response.headers.get('location')?.replaceAll(id, 'ID') ?? ''
  return `${response.status} ${location} ${text}`
}

async function differences(
  caller: Caller,
  what: string,
  request: (id: string) => [path: string, init: RequestInit],
): Promise<string[]> {
  const answers: string[] = []
  const nobody = await said(...merging(caller, request(RANDOM_ID)), RANDOM_ID)
  for (const id of caller.foreign) {
    const answer = await said(...merging(caller, request(id)), id)
    if (answer !== nobody)
      answers.push(
        `${caller.name} ${what} with ${id}: ${answer.slice(0, 120)} instead of ${nobody.slice(0, 120)}`,
      )
  }
  return answers
}
const merging = (caller: Caller, [path, init]: [string, RequestInit]): [string, RequestInit] => [
  path,
  merged(init, caller.init),
]

test('the control: there are foreign ids of many kinds, and one’s own answer otherwise', async () => {
  expect(theirs.length).toBeGreaterThan(20)
  expect(neighbours.length).toBeGreaterThan(5)
  const own = homesOf('longview-estates')[0]!.unit_id
  const api = callers.find(({ name }) => name === 'api key')!
  expect(await said(`/api/v1/units/${own}`, api.init, own)).not.toBe(
    await said(`/api/v1/units/${RANDOM_ID}`, api.init, RANDOM_ID),
  )
})

test(
  'in the path of any route',
  async () => {
    const found: string[] = []
    let tried = 0
    for (const caller of callers)
      for (const route of app.routes.filter((each) => caller.isOf(each) && /:\w*[iI]d\b/.test(each.path))) {
        if (/:publicId/.test(route.path)) continue
        tried += 1
        found.push(
          ...(await differences(caller, `${route.method} ${route.path}`, (id) => [
            route.path.replace(/:\w+/g, id),
            route.method === 'GET' ? {} : { ...form({}), method: route.method },
          ])),
        )
      }
    expect(tried).toBeGreaterThan(100)
    expect(found).toEqual([])
  },
  TEST_TIMEOUT_MS,
)

type Operation = {
  parameters?: { name: string; in: string; schema?: Schema }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
}

test(
  'in any query or body of the API, beside what is right',
  async () => {
    const document = (await (await app.call('/openapi.json')).json()) as {
      paths: Record<string, Record<string, Operation>>
    }
    const api = callers.find(({ name }) => name === 'api key')!
    const [home] = homesOf('longview-estates')
    const ids = { own: [home!.development_id], foreign: [home!.development_id] }
    const found: string[] = []
    let tried = 0
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(methods)) {
        const target = path.replace(/\{\w+\}/g, RANDOM_ID)
        for (const { name, in: place, schema } of operation.parameters ?? []) {
          if (place !== 'query' || !holdsId(schema)) continue
          tried += 1
          found.push(
            ...(await differences(api, `${method} ${path}?${name}`, (id) => [
              `${target}?${name}=${id}`,
              { method: method.toUpperCase() },
            ])),
          )
        }
        const schema = operation.requestBody?.content?.['application/json']?.schema
        for (const name of idFields(schema)) {
          tried += 1
          const body = madeFrom(seededDice(3), required(schema!), ids, 0) as Record<string, unknown>
          found.push(
            ...(await differences(api, `${method} ${path} ${name}`, (id) => [
              target,
              { ...json({ ...body, [name]: id }), method: method.toUpperCase() },
            ])),
          )
        }
      }
    expect(tried).toBeGreaterThan(15)
    expect(found).toEqual([])
  },
  TEST_TIMEOUT_MS,
)

const holdsId = (schema?: Schema): boolean =>
  schema?.format === 'uuid' || [...(schema?.anyOf ?? []), ...(schema?.oneOf ?? [])].some(holdsId)
const idFields = (schema?: Schema): string[] =>
  Object.entries(schema?.properties ?? {}).flatMap(([name, of]) => (holdsId(of) ? [name] : []))
/** Only what must be there: another wrong field would be refused before the id is looked at. */
const required = (schema: Schema): Schema => ({
  ...schema,
  properties: Object.fromEntries(
    Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name)),
  ),
})

test(
  'in any query of a page, its parts and its table, and in any field or address of a form',
  async () => {
    const found: string[] = []
    let tried = 0
    for (const caller of callers.filter(({ name }) => name !== 'api key')) {
      for (const route of app.routes.filter(
        (each) => caller.isOf(each) && each.method === 'GET' && !each.path.includes(':'),
      ))
        for (const name of ['development', 'who', 'edit', 'tenant', 'unit', 'place']) {
          if (!queryNames(route).includes(name)) continue
          tried += 1
          for (const headers of [{}, { 'hx-request': 'true', 'hx-request-type': 'partial' }])
            found.push(
              ...(await differences(caller, `GET ${route.path}?${name}`, (id) => [
                `${route.path}?${name}=${id}`,
                { headers },
              ])),
            )
        }
      for (const { action, method, fields } of caller.forms.filter(
        (each) => each.method === 'POST' && !ENDS.test(each.action),
      )) {
        const given = Object.fromEntries(
          fields.map(({ name, values }) => [name, values.at(-1) || 'Some words']),
        )
        for (const { name, values } of fields) {
          if (!values.some((value) => UUID.test(value))) continue
          tried += 1
          found.push(
            ...(await differences(caller, `${method} ${action} ${name}`, (id) => [
              action,
              form({ ...given, [name]: id }),
            ])),
          )
        }
        if (!UUID_WITHIN.test(action)) continue
        tried += 1
        found.push(
          ...(await differences(caller, `${method} ${action}`, (id) => [
            action.replace(UUID_WITHIN, id),
            form(given),
          ])),
        )
      }
    }
    expect(tried).toBeGreaterThan(30)
    expect(found).toEqual([])
  },
  TEST_TIMEOUT_MS,
)

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const UUID_WITHIN = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/
const ENDS = /sign-out|erasure|exports|reindex/
const queryNames = (route: Route): string[] =>
  Object.keys(((route.hooks as { query?: { shape?: object } }).query?.shape ?? {}) as object)

test('a cursor of another builder’s list shows rows of one’s own, or is refused', async () => {
  const api = callers.find(({ name }) => name === 'api key')!
  const foreign = of(app.demo.api_keys, 'harbour-homes').key
  const lists = app.routes.filter(
    (each) =>
      each.method === 'GET' && /^\/api\/v1\/[a-z-]+$/.test(each.path) && queryNames(each).includes('cursor'),
  )
  let followed = 0
  for (const { path } of lists) {
    forgetAll()
    const page = (await (await app.call(`${path}?limit=1`, bearer(foreign))).json()) as {
      next_cursor: string | null
    }
    if (!page.next_cursor) continue
    followed += 1
    const text = await (await app.call(`${path}?limit=100&cursor=${page.next_cursor}`, api.init)).text()
    for (const id of theirs) expect(text).not.toContain(id)
  }
  expect(followed).toBeGreaterThan(2)
})

test('a signed address of a file leads nowhere in another’s hands', async () => {
  const cookie = await signIn(app, of(app.demo.admins, 'longview-estates'))
  const [row] =
    await look`select d.id from documents d join tenants t on t.id = d.tenant_id where t.slug = 'longview-estates' limit 1`
  const signed = (await app.call(`/developer/documents/${row!.id}/file`, withCookies(cookie))).headers.get(
    'location',
  )!
  expect(signed).toStartWith('/files/')
  expect((await app.call(signed, withCookies(cookie))).status).toBe(200)
  const nowhere = async (init: RequestInit) => {
    const response = await app.call(signed, init)
    return [response.status, (await response.text()).replace(/[0-9a-f]{32}/g, 'REQUEST')]
  }
  const unknown = await app.call('/files/a.b.c')
  const expected = [404, (await unknown.text()).replace(/[0-9a-f]{32}/g, 'REQUEST')]
  for (const init of [
    {},
    withCookies(await signIn(app, of(app.demo.developers, 'longview-estates'))),
    withCookies(await signIn(app, of(app.demo.admins, 'harbour-homes'))),
    withCookies(await claim(app, homesOf('longview-estates')[0]!)),
  ])
    expect(await nowhere(init)).toEqual(expected)
})

test('a foreign id takes as long as one that does not exist', async () => {
  const api = callers.find(({ name }) => name === 'api key')!
  const timeOf = (path: string) => {
    forgetAll()
    return processorMsOf(async () => (await app.call(path, api.init)).text())
  }
  const foreign = homesOf('harbour-homes')[0]!
  for (const [list, id] of [
    ['units', foreign.unit_id],
    ['developments', foreign.development_id],
  ]) {
    let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    // In turns, and the quickest of each: a busy machine slows either by chance.
    for (let i = 0; i < 25; i++) {
      known = Math.min(known, await timeOf(`/api/v1/${list}/${id}`))
      unknown = Math.min(unknown, await timeOf(`/api/v1/${list}/${RANDOM_ID}`))
    }
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(SLOWEST_RATIO_MAX)
  }
})

// Feature flags: the code's default, the setting for everybody, that of a builder, and what they switch for real.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { forgetModels } from '#src/clients/models.ts'
import { flagIsOn, forgetFlags } from '#src/flags.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { bearer, form, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'
import { prepareTestProcess } from './support/process.ts'

setDefaultTimeout(60_000)

let app: TestApp
let look: postgres.Sql
let operator: string
let [mine, other]: string[] = []

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  operator = await signIn(app, app.demo.super_admin, '/admin')
  const tenants = await look`select id, slug from tenants order by slug`
  ;[other, mine] = tenants.map(({ id }) => id)
})
beforeEach(async () => {
  forgetLimits()
  await look`truncate feature_flags`
  forgetFlags()
})
afterAll(async () => {
  await look.end()
  await app.stop()
})

const set = (setting: string, tenant = '', name = 'model_answers') =>
  app.call(`/admin/switches/${name}`, withCookies(operator, form({ tenant, setting })))
const states = () => Promise.all([mine!, other!].map((tenant) => flagIsOn('model_answers', tenant)))

test('a builder’s setting wins over that for everybody, which wins over the code', async () => {
  expect(await states()).toEqual([true, true])
  expect((await set('off')).status).toBe(303)
  expect(await states()).toEqual([false, false])
  await set('on', mine)
  expect(await states()).toEqual([true, false])
  await set('default')
  expect(await states()).toEqual([true, true])
  await set('off', mine)
  expect(await states()).toEqual([false, true])
  await set('default', mine)
  expect(await states()).toEqual([true, true])
  const acts =
    await look`select tenant_id, target_id from activity_log where action = 'flag.switched' order by id`
  expect(acts.map(({ tenant_id: tenant }) => tenant)).toEqual([null, mine, null, mine, mine])
})

test('a flag or builder that does not exist, and a setting that is none, are refused', async () => {
  expect((await set('off', '', 'nonsense')).status).toBe(422)
  expect((await set('maybe')).status).toBe(422)
  expect((await set('off', Bun.randomUUIDv7())).status).toBe(404)
})

test('the page shows how each stands, and for whom it is otherwise', async () => {
  await set('off', mine, 'search_by_meaning')
  const html = await (await app.call('/admin/switches', withCookies(operator))).text()
  const parts = [
    'Answers written by the language model',
    'set otherwise',
    'Longview Estates',
    'Search by meaning',
  ]
  expect(parts.filter((part) => !html.includes(part))).toEqual([])
})

test('switched off for a builder, no question of its homes reaches the model; of another’s it does', async () => {
  let asked = 0
  const provider = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: () => {
      asked++
      return new Response(null, { status: 401 })
    },
  })
  prepareTestProcess({
    OPENAI_API_KEY: 'sk-test-0000000000',
    OPENAI_BASE_URL: `http://127.0.0.1:${provider.port}`,
  })
  forgetModels()
  const keyOf = (slug: string) => app.demo.api_keys.find(({ tenant }) => tenant === slug)!.key
  const ask = async (slug: string) => {
    const home = app.demo.homes.find(({ tenant }) => tenant === slug)!
    asked = 0
    const body = JSON.stringify({ unit_id: home.unit_id, question: 'Which wax suits the larder shelves?' })
    const headers = { 'content-type': 'application/json' }
    const response = await app.call(
      '/api/v1/questions',
      bearer(keyOf(slug), { method: 'POST', headers, body }),
    )
    expect(response.status).toBe(200)
    return asked
  }
  try {
    await set('off', mine, 'search_by_meaning')
    await set('off', mine, 'model_answers')
    const [byMine, byOther] = [await ask('longview-estates'), await ask('harbour-homes')]
    expect(byMine).toBe(0)
    expect(byOther).toBeGreaterThan(0)
  } finally {
    await provider.stop(true)
    prepareTestProcess({ LOG_LEVEL: 'silent' })
    forgetModels()
  }
})

// A small run of `bench/fuzz.ts`: generated requests of every kind of caller find no failure, stack or foreign id.
import { afterEach, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { startTestApp, type TestApp } from '../support/app.ts'
import { fuzz } from '../support/fuzz/run.ts'

const REQUESTS = 1_500
const ADMITTED_LEAST = 0.6
const TEST_TIMEOUT_MS = 120_000

let app: TestApp
let superuser: postgres.Sql
// Generated requests rotate codes and end sessions: each test has a builder's data of its own.
beforeEach(async () => {
  app = await startTestApp()
  superuser = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
})
afterEach(async () => {
  await superuser.end()
  await app.stop()
})

test(
  'generated requests from the description, the forms and the routes break nothing and leak nothing',
  async () => {
    const report = await fuzz(app, superuser, { count: REQUESTS, seed: 7 })
    expect(report.faults).toEqual([])
    expect(report.admitted / report.sent).toBeGreaterThan(ADMITTED_LEAST)
  },
  TEST_TIMEOUT_MS,
)

test(
  'a leak, a stack and a failure would be found',
  async () => {
    const [foreign] = await superuser`select u.id from units u join tenants t on t.id = u.tenant_id
      where t.slug = 'harbour-homes' order by u.id limit 1`
    const answers = [`{"id":"${foreign!.id}"}`, 'Error: no\n    at within (/srv/db/scope.ts:66:3)', 'fine']
    let n = 0
    const broken: TestApp = {
      ...app,
      async call(path, init) {
        const response = await app.call(path, init)
        if (!path.startsWith('/api/v1/units')) return response
        n += 1
        return new Response(answers[n % 3], {
          status: n % 3 === 2 ? 500 : 200,
          headers: { 'content-type': 'text/plain' },
        })
      },
    }
    const { faults } = await fuzz(broken, superuser, { count: 1_500, seed: 7 })
    for (const sign of ['the foreign id', 'a stack', 'status 500'])
      expect(
        faults.some((fault) => fault.startsWith(sign)),
        sign,
      ).toBe(true)
  },
  TEST_TIMEOUT_MS,
)

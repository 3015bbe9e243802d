// Errors for real: a request, a job, a worker, a browser that break, their group on the operator's page, and its return.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { recordError } from '#src/errors.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { eventually } from './jobs/drills.ts'
import { bearer, claim, signIn, withCookies } from './support/app.ts'
import { type OperatedApp, startOperatedApp } from './support/operated-app.ts'
import { prepareTestProcess } from './support/process.ts'

setDefaultTimeout(60_000)

let started: OperatedApp
let app: OperatedApp['app']
let look: OperatedApp['look']
let operator: string

beforeAll(async () => {
  started = await startOperatedApp()
  ;({ app, look, operator } = started)
})
beforeEach(() => forgetLimits())
afterAll(() => started.stop())

const page = async (path: string) => {
  const response = await app.call(path, withCookies(operator))
  return { status: response.status, html: await response.text() }
}
const groupsOf = (source: string) =>
  look<{ fingerprint: string; title: string; occurrence_count: number; resolved_at: Date | null }[]>`
    select fingerprint, title, occurrence_count, resolved_at from error_groups where source = ${source}`
const grouped = (source: string, count: number) =>
  eventually(`${count} errors of ${source}`, async () => {
    const rows = await groupsOf(source)
    return rows.reduce((sum, row) => sum + row.occurrence_count, 0) >= count
  })

/** Breaks a page for real: the table it reads is not there. */
async function withoutTable<T>(table: string, work: () => Promise<T>): Promise<T> {
  await look`alter table ${look(table)} rename to hidden_for_a_test`
  try {
    return await work()
  } finally {
    await look`alter table hidden_for_a_test rename to ${look(table)}`
  }
}

test('a request that fails is one group however often, with tenant, route and request id', async () => {
  const { key } = app.demo.api_keys[0]!
  const ids = await withoutTable('house_types', async () => {
    const answers = []
    for (let i = 0; i < 3; i++) answers.push(await app.call('/api/v1/house-types', bearer(key)))
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500])
    return answers.map(({ headers }) => headers.get('x-request-id'))
  })
  await grouped('http', 3)
  const [group] = await groupsOf('http')
  expect(group?.occurrence_count).toBe(3)
  const list = await page('/admin/errors?source=http')
  expect(list.html).toContain(`id="error-${group?.fingerprint}"`)
  const { html } = await page(`/admin/errors/${group?.fingerprint}`)
  for (const part of [ids[2]!, 'GET /api/v1/house-types', 'Longview', 'Open', 'unreleased'])
    expect(html).toContain(part)
})

test('a key in a message, a stack or a context is not kept', async () => {
  const error = new Error('refused: Bearer abcdefghijkl and sk-abcdefgh12345678')
  const context = { header: 'Bearer abcdefghijkl', nested: { key: 'sk-abcdefgh12345678' } }
  recordError({ source: 'stream', error, requestId: null, tenantId: null, context })
  await grouped('stream', 1)
  const [row] = await look`select message, stack, context from error_log where source = 'stream'`
  expect(row?.message).toContain('refused')
  expect(JSON.stringify(row)).not.toMatch(/abcdefgh/)
})

test('the address of a home never stands in the log', async () => {
  const home = app.demo.homes[0]!
  const { pathname } = new URL(home.url)
  await withoutTable('units', async () => expect((await app.call(pathname)).status).toBe(500))
  await grouped('http', 4)
  const rows = await look`select message || coalesce(stack, '') || context::text as text from error_log`
  for (const { text } of rows) expect(text).not.toContain(pathname.split('/')[2]!)
})

test('a resolved error opens again when it comes back, and both are on record', async () => {
  const { key } = app.demo.api_keys[0]!
  const fail = () => withoutTable('house_types', () => app.call('/api/v1/house-types', bearer(key)))
  const [group] =
    await look`select fingerprint from error_groups where source = 'http' and occurrence_count = 3`
  const path = `/admin/errors/${group?.fingerprint}`
  const resolved = await app.call(`${path}/resolution`, withCookies(operator, { method: 'POST' }))
  expect(resolved.headers.get('location')).toBe(path)
  expect((await page('/admin/errors')).html).not.toContain(`error-${group?.fingerprint}`)
  expect((await page('/admin/errors?status=resolved')).html).toContain(`error-${group?.fingerprint}`)
  await fail()
  await eventually('it is open again', async () => (await page(path)).html.includes('Came back'))
  expect((await page('/admin/errors')).html).toContain(`error-${group?.fingerprint}`)
  const acts =
    await look`select actor_type from activity_log where action = 'error.resolved' and target_id = ${group?.fingerprint}`
  expect(acts).toMatchObject([{ actor_type: 'super_admin' }])
})

test('a storm of one error is counted whole and is few rows', async () => {
  const { key } = app.demo.api_keys[0]!
  const before = await look`select count(*)::int as count from error_log`
  await withoutTable('documents', () =>
    Promise.all(Array.from({ length: 60 }, () => app.call('/api/v1/documents', bearer(key)))),
  )
  await eventually('all are counted', async () => {
    const [row] = await look`select max(occurrence_count) as most from error_groups where source = 'http'`
    return row?.most === 60
  })
  const after = await look`select count(*)::int as count from error_log`
  expect(after[0]?.count - before[0]?.count).toBeLessThanOrEqual(60)
})

test('what breaks in a browser is kept with its builder, bounded, limited, and without addresses', async () => {
  const cookie = await claim(app, app.demo.homes[0]!)
  const send = (body: object, caller = cookie) =>
    app.call(
      '/api/public/client-errors',
      withCookies(caller, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  const broken = {
    message: 'TypeError: x is undefined at /h/AbCdEf0123?token=1',
    stack: 'TypeError: x\n    at swap (https://app.example/assets/staff-1.js:1:2)',
    page: '/h/AbCdEf0123?x=1',
  }
  expect((await send(broken)).status).toBe(204)
  await grouped('browser', 1)
  const [group] = await groupsOf('browser')
  const { html } = await page(`/admin/errors/${group?.fingerprint}`)
  expect(html).toContain('Longview')
  expect(html).toContain('/h/:id')
  expect(html).not.toContain('AbCdEf0123')
  expect((await send({ ...broken, message: 'x'.repeat(1_001) })).status).toBe(422)
  const statuses = []
  for (let i = 0; i < 25; i++) statuses.push((await send(broken, '')).status)
  expect(statuses).toContain(429)
  expect(
    (
      await app.call('/api/public/client-errors', {
        method: 'POST',
        headers: { 'sec-fetch-site': 'cross-site' },
      })
    ).status,
  ).toBe(403)
})

test('a job that throws and a worker that breaks are groups of their own', async () => {
  const kindsModule = new URL('./jobs/drill/kinds.ts', import.meta.url).href
  const jobs: Jobs = await startJobs(
    prepareTestProcess({ DATABASE_URL: app.database.url, JOB_THREADS: '1' }),
    {
      kindsModule,
      cronTasks: [],
    },
  )
  try {
    const [tenant] = await look`select id, name from tenants order by slug desc limit 1`
    for (const [source, kind] of [
      ['job', 'hopeless'],
      ['worker', 'throws-outside'],
    ] as const) {
      await look`insert into job_status (id, tenant_id, kind, payload, max_attempts, timeout_ms, request_id)
        values (${Bun.randomUUIDv7()}, ${tenant?.id}, ${kind}, ${look.json({ tenantId: tenant?.id, number: 1 })}, 1, 5000, ${`of-${kind}`})`
      const errorsOf = () => look<{ fingerprint: string }[]>`
        select fingerprint from error_log where source = ${source} and request_id = ${`of-${kind}`}`
      await eventually(`${kind} is over and its error on record`, async () => {
        const over = await look`select 1 from job_status where kind = ${kind} and state = 'discarded'`
        return over.length > 0 && (await errorsOf()).length > 0
      })
      const [error] = await errorsOf()
      const { html } = await page(`/admin/errors/${error?.fingerprint}`)
      for (const part of [`of-${kind}`, kind, tenant?.name]) expect(html).toContain(part)
    }
  } finally {
    await jobs.stop(2_000)
  }
})

test('nobody but the operator sees errors, and an unknown one is not there', async () => {
  const admin = await signIn(app, app.demo.admins[0]!)
  expect((await app.call('/admin/errors', withCookies(admin))).status).toBe(404)
  expect((await page(`/admin/errors/${'0'.repeat(32)}`)).status).toBe(404)
  expect((await page('/admin/errors?cursor=nonsense')).status).toBe(422)
})

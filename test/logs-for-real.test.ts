// For each log the thing is made to happen, and its row stands on the operator's page within five seconds of it.
import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import type postgres from 'postgres'
import { forgetStatementTimes, slowestStatements } from '#db/statement-times.ts'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { startSealing } from '#src/audit.ts'
import { forgetModels } from '#src/clients/models.ts'
import { forgetDenials } from '#src/http/limiting.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { faultyProvider } from './clients/faulty-provider.ts'
import { KINDS_MODULE } from './jobs/drills.ts'
import { bearer, claim, form, signIn, withCookies } from './support/app.ts'
import { type OperatedApp, startOperatedApp } from './support/operated-app.ts'
import { prepareTestProcess, TEST_SECRET } from './support/process.ts'
import { sharedPath } from './support/shared.ts'

setDefaultTimeout(60_000)

const SHOWN_MS_MAX = 5_000
const LOOK_EVERY_MS = 50

let started: OperatedApp
let app: OperatedApp['app']
let look: OperatedApp['look']
let operator: string
let key: string
let home: OperatedApp['home']
let tenantId: string

beforeAll(async () => {
  started = await startOperatedApp()
  ;({ app, look, operator, key, home, tenantId } = started)
})
beforeEach(() => {
  forgetLimits()
  forgetDenials()
})
afterAll(() => started.stop())

const page = async (path: string) => (await app.call(path, withCookies(operator))).text()
const idOf = (response: Response) => response.headers.get('x-request-id') ?? 'no request id'

/** Asks for the page as an operator would who keeps looking, until it has every part. */
async function isShown(path: string, ...parts: string[]): Promise<void> {
  const startedAtMs = performance.now()
  for (;;) {
    forgetLimits()
    const html = await page(path)
    const missing = parts.filter((part) => !html.includes(part))
    if (missing.length === 0) break
    if (performance.now() - startedAtMs > SHOWN_MS_MAX)
      throw new Error(`${path} does not show ${missing.join(' and ')} within ${SHOWN_MS_MAX} ms`)
    await Bun.sleep(LOOK_EVERY_MS)
  }
  expect(performance.now() - startedAtMs).toBeLessThan(SHOWN_MS_MAX)
}

/** The page of the one group that this request, or job, left. */
async function errorPageOf(requestId: string): Promise<string> {
  for (const untilMs = performance.now() + SHOWN_MS_MAX; performance.now() < untilMs; ) {
    const [row] = await look`select fingerprint from error_log where request_id = ${requestId}`
    if (row) return `/admin/errors/${row.fingerprint}`
    await Bun.sleep(LOOK_EVERY_MS)
  }
  throw new Error(`no error of ${requestId} within ${SHOWN_MS_MAX} ms`)
}

/** Breaks a route for real: the table it reads is not there. */
async function withoutTable<T>(table: string, work: () => Promise<T>): Promise<T> {
  await look`alter table ${look(table)} rename to hidden_for_a_test`
  try {
    return await work()
  } finally {
    await look`alter table hidden_for_a_test rename to ${look(table)}`
  }
}

const json = (body: object) =>
  bearer(key, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const ask = (question: string) => app.call('/api/v1/questions', json({ unit_id: home.unit_id, question }))

test('a route that throws is in the error log, among the requests and in the trace', async () => {
  const response = await withoutTable('house_types', () => app.call('/api/v1/house-types', bearer(key)))
  expect(response.status).toBe(500)
  const id = idOf(response)
  await isShown(await errorPageOf(id), id, 'GET /api/v1/house-types', 'Longview')
  await isShown('/admin/errors?source=http', 'house_types')
  await isShown(`/admin/logs/requests?request=${id}`, '/api/v1/house-types', '500')
  await isShown(`/admin/requests/${id}`, 'Requests', id)
})

test('an error of a browser is in the error log with its builder', async () => {
  const cookie = await claim(app, home)
  const response = await app.call(
    '/api/public/client-errors',
    withCookies(cookie, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        message: 'TypeError: kettle is undefined',
        stack: 'TypeError: kettle is undefined\n    at boil (https://app.example/assets/home-1.js:1:2)',
        page: '/home',
      }),
    }),
  )
  expect(response.status).toBe(204)
  await isShown('/admin/errors?source=browser', 'kettle is undefined')
  await isShown(await errorPageOf(idOf(response)), 'kettle is undefined', 'Longview', idOf(response))
})

test('a slow query is among the slowest statements, and its request among the slowest of its route', async () => {
  forgetStatementTimes()
  const isLocked = Promise.withResolvers<void>()
  const lock = look.begin(async (sql) => {
    await sql`lock table house_types in access exclusive mode`
    isLocked.resolve()
    await sql`select pg_sleep(0.7)`
  })
  await isLocked.promise
  const response = await app.call('/api/v1/house-types', bearer(key))
  await lock
  expect(response.status).toBe(200)
  const slowest = slowestStatements().find(({ text }) => text.includes('house_types'))
  expect(slowest?.worstMs).toBeGreaterThan(600)
  await isShown('/admin/system', 'Statements of this process that took the longest', 'house_types')
  await isShown('/admin/latency?span=15m', '/api/v1/house-types', idOf(response))
})

test('a limit that is hit is on the pages of the limits, with the key', async () => {
  const [row] = await look`select id from staff where email = ${app.demo.super_admin.email}`
  let last = await app.call('/admin/tail', withCookies(operator))
  for (let i = 0; i < 110 && last.status !== 429; i++)
    last = await app.call('/admin/logs/nonsense', withCookies(operator))
  expect(last.status).toBe(429)
  await isShown('/admin/limits', row?.id, 'Last denials', '/admin/logs/nonsense')
  await isShown('/admin/logs/rate-limits?kind=admin', row?.id, '/admin/logs/nonsense')
})

test('a question is on its page, and opening it shows stages, words and answer, which the household sees', async () => {
  const response = await ask('Which way does the larder door swing, pray?')
  expect(response.status).toBe(200)
  await isShown(`/admin/logs/rag?request=${idOf(response)}`, 'id="row-')
  const [run] = await look`select id from rag_log where request_id = ${idOf(response)}`
  await isShown(`/admin/logs/rag/${run?.id}`, 'larder door', idOf(response))
  await isShown('/admin/logs/data-access?kind=questions.read', 'super_admin')
})

test('a member of staff who opens a home where people live is in the log of access to personal data', async () => {
  const admin = await signIn(app, app.demo.admins.find(({ tenant }) => tenant === home.tenant)!)
  const lived = app.demo.homes.find((each) => each.tenant === home.tenant && each.purchasers.length > 0)!
  const response = await app.call(`/developer/homes/${lived.unit_id}`, withCookies(admin))
  expect(response.status).toBe(200)
  await isShown(`/admin/logs/data-access?request=${idOf(response)}`, 'household.read')
})

test('an operator who looks as somebody is among the impersonations, and the builder sees it', async () => {
  const [person] = await look`select id from staff where tenant_id = ${tenantId} and role = 'admin'`
  const reason = 'Ticket 815: nothing can be seen of the homes'
  const fields = { staff_id: person?.id, home: '', reason, minutes: '5' }
  const begun = await app.call(
    `/admin/tenants/${tenantId}/impersonation`,
    withCookies(operator, form(fields)),
  )
  expect(begun.status).toBe(303)
  await isShown(`/admin/logs/impersonations?tenant=${tenantId}`, reason)
  await isShown(`/admin/logs/activity?tenant=${tenantId}&kind=impersonation.started`, reason)
})

test('a language model that answers 429 is on its page, linked by the request', async () => {
  const provider = faultyProvider()
  const error = { error: { message: 'slow down', code: 'rate_limit_exceeded', type: 'requests' } }
  provider.behaves({ kind: 'status', status: 429, body: error, headers: { 'retry-after': '120' } })
  prepareTestProcess({ OPENAI_API_KEY: 'sk-test-0000000000', OPENAI_BASE_URL: provider.url })
  forgetModels()
  try {
    const response = await ask('How do I bleed the radiators in the hall?')
    expect(response.status).toBe(200)
    const id = idOf(response)
    await isShown(`/admin/logs/llm-errors?request=${id}`, '429', 'llm_rate_limited')
    await isShown(`/admin/requests/${id}`, 'Language model errors', 'Questions')
  } finally {
    await provider.stop()
    prepareTestProcess({ LOG_LEVEL: 'silent' })
    forgetModels()
  }
})

describe('with a worker', () => {
  let jobs: Jobs
  const start = async (kindsModule?: string) => {
    const env = {
      ...{ DATABASE_URL: app.database.url, JOB_THREADS: '1', JOB_BACKOFF_BASE_MS: '1' },
      WEBHOOKS_ALLOW_PRIVATE: '1',
    }
    jobs = await startJobs(prepareTestProcess(env), {
      cronTasks: [],
      ...(kindsModule ? { kindsModule } : {}),
    })
  }
  const isOver = async (id: string) => {
    for (const untilMs = performance.now() + 30_000; performance.now() < untilMs; ) {
      const [row] = await look`select state from job_status where id = ${id} and finalized_at is not null`
      if (row) return row.state as string
      await Bun.sleep(LOOK_EVERY_MS)
    }
    throw new Error(`job ${id} is not over`)
  }
  /** Presses "Run now" as the operator does, and waits for the job. */
  const run = async (path: string) => {
    const pressed = await app.call(path, withCookies(operator, { method: 'POST' }))
    const id = pressed.headers.get('location')?.split('/').at(-1) ?? ''
    expect(await isOver(id)).toBe('completed')
  }
  // Threads read the secrets from the environment, as they do in production.
  beforeAll(() => {
    process.env.ENCRYPTION_KEY = TEST_SECRET
    return start()
  })
  afterAll(async () => {
    delete process.env.ENCRYPTION_KEY
    await jobs.stop(2_000)
    prepareTestProcess({ LOG_LEVEL: 'silent' })
  })

  test('a broken PDF that is uploaded is among the documents read, its job, and the program that was told of it', async () => {
    const path = sharedPath('data/pdfs')
    if (!path) return
    const peer = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      fetch: () => new Response('no', { status: 410 }),
    })
    const url = `http://127.0.0.1:${peer.port}/hook`
    const made = await app.call('/api/v1/webhooks', json({ url, events: ['document.failed'] }))
    expect(made.status).toBe(201)
    const [development] = await look`select development_id as id from units where id = ${home.unit_id}`
    const query = new URLSearchParams({
      development_id: development?.id,
      title: 'A booklet that cannot be read',
    })
    const sent = await app.call(
      `/api/v1/documents?${query}`,
      bearer(key, {
        method: 'POST',
        headers: { 'content-type': 'application/pdf' },
        body: await Bun.file(join(path, 'encrypted-user-password.pdf')).arrayBuffer(),
      }),
    )
    expect(sent.status).toBe(202)
    const { job_id: jobId } = (await sent.json()) as { job_id: string }
    await isOver(jobId)
    await isShown('/admin/logs/ingestion?kind=failed', 'A booklet that cannot be read', 'password_protected')
    await isShown(`/admin/jobs/${jobId}`, 'A booklet that cannot be read', 'password')
    await isShown('/admin/quality/documents-that-cannot-be-read', 'A booklet that cannot be read')
    await isShown('/admin/logs/webhook-deliveries', 'document.failed', url, '410')
    await peer.stop(true)
  })

  test('requests that fail open an incident, which is on the pages of the alerts', async () => {
    await look`truncate request_log`
    await withoutTable('house_types', async () => {
      for (let i = 0; i < 8; i++) await app.call('/api/v1/house-types', bearer(key))
    })
    await isShown('/admin/logs/requests?kind=%2Fapi%2Fv1%2Fhouse-types', '500')
    await run('/admin/jobs/tasks/evaluate-alerts/run')
    await isShown('/admin', 'Requests fail', 'Firing since')
    await isShown('/admin/incidents', 'Requests fail')
    await isShown('/admin/logs/incidents?kind=opened', 'Requests fail', 'availability')
  })

  test('a row of the chain that a superuser changed is named, and a tail that was cut off is noticed', async () => {
    const sealing = startSealing()
    const isSealed = async () => {
      for (;;) {
        const [row] = await look`select count(*)::int as count from activity_unsealed`
        if (row?.count === 0) return
        await Bun.sleep(LOOK_EVERY_MS)
      }
    }
    const tamper = (work: (sql: postgres.TransactionSql) => Promise<unknown>) =>
      look.begin(async (sql) => {
        await sql`set local session_replication_role = replica`
        await work(sql)
      })
    try {
      await isSealed()
      const [row] =
        await look`select id, action from activity_log where tenant_id = ${tenantId} order by id limit 1`
      await tamper((sql) => sql`update activity_log set action = 'nothing.at_all' where id = ${row?.id}`)
      await run('/admin/logs/activity/verification')
      await isShown('/admin/logs/chain-checks?kind=changed', row?.id, 'changed', 'Longview')
      await isShown('/admin/errors', 'activity log is changed at row')
      await tamper((sql) => sql`update activity_log set action = ${row?.action} where id = ${row?.id}`)
      await isSealed()
      await tamper(
        (sql) => sql`with gone as (
          delete from activity_seals s using activity_chains c where c.chain_id = ${tenantId} and s.chain_id = c.chain_id
            and s.sequence = c.sequence returning s.activity_id
        ) delete from activity_log where id in (select activity_id from gone)`,
      )
      await run('/admin/logs/activity/verification')
      await isShown('/admin/logs/chain-checks?kind=cut', 'cut', 'Longview')
    } finally {
      await sealing.stop()
    }
  })

  test('a worker that crashes is in the error log with its job, and so is a job that throws', async () => {
    await jobs.stop(2_000)
    await start(KINDS_MODULE)
    for (const [source, kind] of [
      ['worker', 'throws-outside'],
      ['job', 'hopeless'],
    ] as const) {
      const id = Bun.randomUUIDv7()
      const payload = look.json({ tenantId, number: 1 })
      await look`insert into job_status (id, tenant_id, kind, payload, max_attempts, timeout_ms, request_id)
        values (${id}, ${tenantId}, ${kind}, ${payload}, 1, 5000, ${`of-${kind}`})`
      await isOver(id)
      await isShown(await errorPageOf(`of-${kind}`), `of-${kind}`, kind, 'Longview')
      await isShown(`/admin/errors?source=${source}`, 'id="error-')
      await isShown(`/admin/jobs/${id}`, 'Attempts', `of-${kind}`)
    }
  })
})

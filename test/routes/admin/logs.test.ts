// The operator's logs: the thing is made to happen, and its row is found on its page.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import { within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { forgetModels } from '#src/clients/models.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { sendMailLater } from '#src/mail.ts'
import { flushRequests } from '#src/request-log.ts'
import { purgeExpired } from '#src/retention.ts'
import { eventually } from '../../jobs/drills.ts'
import { bearer, withCookies } from '../../support/app.ts'
import { type OperatedApp, startOperatedApp } from '../../support/operated-app.ts'
import { prepareTestProcess } from '../../support/process.ts'

setDefaultTimeout(60_000)

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
beforeEach(() => forgetLimits())
afterAll(async () => {
  await flushRequests()
  await started.stop()
})

const page = async (path: string) => {
  const response = await app.call(path, withCookies(operator))
  return { status: response.status, html: await response.text() }
}
const shows = (path: string, ...parts: string[]) =>
  eventually(`${path} shows ${parts}`, async () => {
    await flushRequests()
    const { html } = await page(path)
    return parts.every((part) => html.includes(part))
  })
const ask = (question: string) =>
  app.call(
    '/api/v1/questions',
    bearer(key, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ unit_id: home.unit_id, question }),
    }),
  )

test('a scan is on its page, with its outcome', async () => {
  await app.call(`/h/${'A'.repeat(22)}`)
  await shows('/admin/logs/scans?kind=unknown_link', 'unknown_link')
})

test('a question is on its page without its words; opening it shows them and is seen by the household', async () => {
  const question = 'Which way does the larder door swing, pray?'
  const response = await ask(question)
  expect(response.status).toBe(200)
  await shows('/admin/logs/rag', 'id="row-')
  const list = await page('/admin/logs/rag')
  expect(list.html).not.toContain('larder')
  const [run] = await look`select id, request_id from rag_log order by id desc limit 1`
  const { html } = await page(`/admin/logs/rag/${run?.id}`)
  expect(html).toContain('larder door')
  expect(html).toContain(run?.request_id)
  const seen =
    await look`select action from data_access_log where unit_id = ${home.unit_id} and actor_type = 'super_admin'`
  expect(seen).toMatchObject([{ action: 'questions.read' }])
  await shows(
    '/admin/logs/data-access?kind=questions.read',
    'super_admin',
    app.demo.super_admin.email ? 'questions.read' : '',
  )
  await shows(`/admin/requests/${run?.request_id}`, 'Questions', 'Requests', '/api/v1/questions')
})

test('a language model that cannot be reached is on its page, linked by the request', async () => {
  prepareTestProcess({ OPENAI_API_KEY: 'sk-test-0000000000', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' })
  forgetModels()
  try {
    await ask('How do I bleed the radiators in the hall?')
    await shows('/admin/logs/llm-errors', 'text-embedding-3-small')
    const [row] = await look`select request_id from llm_error_log order by id desc limit 1`
    await shows(`/admin/requests/${row?.request_id}`, 'Language model errors')
    expect((await page('/admin/logs/llm-errors')).html).not.toContain('sk-test')
  } finally {
    prepareTestProcess({ LOG_LEVEL: 'silent' })
    forgetModels()
  }
})

test('what is changed is on the page of the activity, and the chains are checked at a press', async () => {
  await shows('/admin/logs/activity?kind=staff.signed_in', 'staff.signed_in', 'super_admin')
  const pressed = await app.call(
    '/admin/logs/activity/verification',
    withCookies(operator, { method: 'POST' }),
  )
  const [job] = await look`select id from job_status where kind = 'verify-audit-chain'`
  expect(pressed.headers.get('location')).toBe(`/admin/jobs/${job?.id}`)
  const reads = await look`select target_id from activity_log where action = 'log.read'`
  expect(reads.map(({ target_id: log }) => log)).toContain('activity')
})

test('purges and mails are on their pages', async () => {
  await purgeExpired({ signal: new AbortController().signal, progress: () => {} })
  await shows('/admin/logs/purges', 'request_log')
  const scope = systemScope(tenantId, 'test')
  await within(scope, (db) =>
    sendMailLater(db, scope, {
      uniqueKey: 'a test',
      to: 'private.person@example.com',
      subject: 'Your keys',
      body: 'Hello',
    }),
  )
  await shows('/admin/logs/mails', 'Your keys', '…@example.com')
  expect((await page('/admin/logs/mails')).html).not.toContain('private.person')
})

test('pages follow one another without gap or repetition, for all builders and for one', async () => {
  await flushRequests()
  await look`truncate request_log`
  await look`insert into request_log (id, tenant_id, request_id, route, method, status, duration_ms, actor_type, created_at)
    select ('01890000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ${tenantId}, 'r' || n, '/paged', 'GET', 200, 1, 'x', now() - interval '1 hour' + n / 3 * interval '1 second'
    from generate_series(1, 120) n`
  for (const start of [
    '/admin/logs/requests?kind=%2Fpaged',
    `/admin/logs/requests?kind=%2Fpaged&tenant=${tenantId}`,
  ]) {
    const ids: string[] = []
    let next: string | undefined = start
    while (next) {
      const { html } = await page(next)
      ids.push(...[...html.matchAll(/id="row-01890000-0000-7000-8000-(\d{12})"/g)].map(([, id]) => id!))
      next = /href="([^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(ids.map(Number)).toEqual(Array.from({ length: 120 }, (_, i) => 120 - i))
  }
})

test.each(['activity', 'data-access', 'scans', 'mails', 'requests', 'rate-limits'])(
  'the log %s of a builder that does not exist is empty',
  async (name) => {
    const { status } = await page(`/admin/logs/${name}?tenant=01890000-0000-7000-8000-000594174822`)
    expect(status).toBe(200)
  },
)

test('nobody works for a builder that does not exist, and nothing is noted in its name', async () => {
  const { status, html } = await page('/admin/people?tenant=01890000-0000-7000-8000-000594174822')
  expect([status, html.includes('Nobody found')]).toEqual([200, true])
})

test('a log that does not exist, and a filter that is nonsense, are refused', async () => {
  expect((await page('/admin/logs/nonsense')).status).toBe(422)
  expect((await page('/admin/logs/rag?tenant=x')).status).toBe(422)
  expect((await page(`/admin/logs/rag/${Bun.randomUUIDv7()}`)).status).toBe(404)
  expect((await page(`/admin/requests/${'f'.repeat(32)}`)).html).toContain('Nothing on record')
})

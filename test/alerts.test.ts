// Alerts for real: requests that fail, jobs that wait, and the incident that opens, is told of, and ends.
import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { type Db, throughQueue } from '#db/scope.ts'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { alertRules, type Counts, judge } from '#src/alerts/rules.ts'
import { evaluateAlerts } from '#src/alerts.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { eventually } from './jobs/drills.ts'
import { form, withCookies } from './support/app.ts'
import { smtpDouble } from './support/doubles/smtp.ts'
import { type OperatedApp, startOperatedApp } from './support/operated-app.ts'
import { prepareTestProcess } from './support/process.ts'

setDefaultTimeout(60_000)

const MINUTE = 60_000
let started: OperatedApp
let app: OperatedApp['app']
let look: OperatedApp['look']
let operator: string

beforeAll(async () => {
  started = await startOperatedApp()
  ;({ app, look, operator } = started)
})
beforeEach(async () => {
  forgetLimits()
  await look`truncate request_log, incidents, incident_events, alert_readings, load_samples, llm_usage cascade`
})
afterAll(() => started.stop())

/** What the page lacks of what it should hold; a failure that prints the page helps nobody. */
const missing = (html: string, parts: string[]) => parts.filter((part) => !html.includes(part))
const page = async (path: string) => (await app.call(path, withCookies(operator))).text()
const fenced = <T>(work: (db: Db) => Promise<T>) => throughQueue(work)
const evaluate = (now: Date) => evaluateAlerts({ requestId: 'test', fenced }, now)

/** So many requests of the last minutes, of which so many failed. */
const requests = (
  now: Date,
  { total, bad, minutesAgo }: { total: number; bad: number; minutesAgo: number },
) =>
  look`insert into request_log (id, request_id, route, method, status, duration_ms, actor_type, created_at)
    select gen_random_uuid(), 'r' || n, '/chat', 'GET', case when n <= ${bad} then 500 else 200 end, 5, 'purchaser',
      ${now}::timestamptz - ${minutesAgo}::int * interval '1 minute' - interval '10 seconds' * (n % 5)
    from generate_series(1, ${total}::int) n`
const incidentsNow = () => look`select id, rule, resolved_at from incidents order by id`
const eventsNow = async () =>
  (await look`select kind from incident_events order by created_at, id`).map(({ kind }) => kind)

const counts = (of: [bad: number, total: number][]): Counts => {
  const [five, thirty, hour, six] = of.map(([bad, total]) => ({ bad, total }))
  return { 5: five!, 30: thirty!, 60: hour!, 360: six! }
}

describe('a rule of one in a thousand, five at least', () => {
  const rule = { budget: 0.001, badMin: 5 }
  for (const [what, of, isFiring] of [
    [
      'is calm without requests',
      [
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      false,
    ],
    [
      'is calm at its budget',
      [
        [1, 1_000],
        [6, 6_000],
        [12, 12_000],
        [72, 72_000],
      ],
      false,
    ],
    [
      'fires when both of the fast pair burn',
      [
        [20, 1_000],
        [20, 6_000],
        [200, 12_000],
        [200, 72_000],
      ],
      true,
    ],
    [
      'is calm when it has stopped already',
      [
        [0, 1_000],
        [0, 6_000],
        [200, 12_000],
        [200, 72_000],
      ],
      false,
    ],
    [
      'is calm about a blip that is short',
      [
        [20, 1_000],
        [20, 6_000],
        [20, 12_000],
        [20, 72_000],
      ],
      false,
    ],
    [
      'fires when both of the slow pair burn',
      [
        [7, 1_000],
        [42, 6_000],
        [84, 12_000],
        [504, 72_000],
      ],
      true,
    ],
    [
      'is calm about four, whatever their share',
      [
        [4, 4],
        [4, 4],
        [4, 4],
        [4, 4],
      ],
      false,
    ],
    [
      'fires with five of five',
      [
        [5, 5],
        [5, 5],
        [5, 5],
        [5, 5],
      ],
      true,
    ],
  ] as [string, [number, number][], boolean][])
    test(what, () => expect(judge(rule, counts(of)).isFiring).toBe(isFiring))
})

test('a proxy that is told by /readyz to wait, while a process starts, opens no incident', async () => {
  const now = new Date('2026-06-01T10:00:00Z')
  await requests(now, { total: 60, bad: 60, minutesAgo: 1 })
  await look`update request_log set route = '/readyz', status = 503`
  await evaluate(now)
  expect((await incidentsNow()).length).toBe(0)
})

test('failing requests open one incident, which goes calm, returns, and ends after half an hour of calm', async () => {
  const start = new Date('2026-06-01T10:00:00Z')
  const at = (minutes: number) => new Date(start.getTime() + minutes * MINUTE)
  await requests(start, { total: 200, bad: 60, minutesAgo: 1 })
  await evaluate(start)
  await evaluate(at(1))
  expect(await incidentsNow()).toMatchObject([{ rule: 'availability', resolved_at: null }])
  expect(await eventsNow()).toEqual(['opened'])
  await evaluate(at(40))
  expect(await eventsNow()).toEqual(['opened', 'calm'])
  await requests(at(41), { total: 200, bad: 60, minutesAgo: 0 })
  await evaluate(at(42))
  expect(await eventsNow()).toEqual(['opened', 'calm', 'again'])
  for (const minutes of [80, 100]) await evaluate(at(minutes))
  expect(await eventsNow()).toEqual(['opened', 'calm', 'again', 'calm'])
  await evaluate(at(111))
  expect(await eventsNow()).toEqual(['opened', 'calm', 'again', 'calm', 'resolved'])
  const [incident] = await incidentsNow()
  expect(incident?.resolved_at).not.toBeNull()
  await requests(at(400), { total: 100, bad: 50, minutesAgo: 0 })
  await evaluate(at(401))
  expect(await incidentsNow()).toHaveLength(2)
})

test('slow pages, a queue that stands still and a spent budget fire their own rules', async () => {
  const now = new Date()
  await look`insert into request_log (id, request_id, route, method, status, duration_ms, actor_type, created_at)
    select gen_random_uuid(), 'r' || n, case when n <= 40 then '/developer' else '/chat/stream' end, 'GET', 200, 9000, 'admin', ${now}::timestamptz - interval '30 seconds'
    from generate_series(1, 60) n`
  await look`insert into load_samples (id, process, release, cpu_percent, rss_megabytes, lag_ms, in_flight, streams, requests, failures, queue_depth, queue_age_ms, created_at)
    select gen_random_uuid(), 'p', 'r', 1, 1, 1, 0, 0, 0, 0, 9, 600000, ${now}::timestamptz - n * interval '1 minute' from generate_series(0, 5) n`
  await look`insert into llm_usage (tenant_id, day, token_count) select id, (${now}::timestamptz at time zone 'Europe/Dublin')::date, 4900000 from tenants limit 1`
  await evaluate(now)
  const open = (await incidentsNow()).map(({ rule }) => rule).sort()
  expect(open).toEqual(['budget', 'latency', 'queue'])
  const [latency] = await look`select bad_count, total_count from alert_readings where rule = 'latency'`
  expect(latency).toEqual({ bad_count: 40, total_count: 40 })
  const html = await page('/admin')
  expect(missing(html, ['Pages are slow', 'Jobs wait too long', 'Firing since'])).toEqual([])
})

test('the operator takes an incident on, notes upon it and ends it; each is on its timeline and in the chain', async () => {
  await requests(new Date(), { total: 100, bad: 50, minutesAgo: 0 })
  await evaluate(new Date(Date.now() + 1_000))
  const [incident] = await incidentsNow()
  const path = `/admin/incidents/${incident?.id}`
  const post = (what: string, fields: Record<string, string> = {}) =>
    app.call(`${path}/${what}`, withCookies(operator, form(fields)))
  expect((await post('notes', { note: '' })).status).toBe(422)
  for (const [what, fields] of [
    ['acknowledgement', {}],
    ['notes', { note: 'The disk was full <again>.' }],
    ['resolution', { note: 'Freed it.' }],
    ['resolution', { note: 'Twice.' }],
  ] as [string, Record<string, string>][])
    expect((await post(what, fields)).status).toBe(303)
  const html = await page(path)
  expect(
    missing(html, ['Taken on', 'The disk was full &lt;again&gt;.', 'Freed it.', '50 bad of 100']),
  ).toEqual([])
  expect(html).not.toContain('Twice.')
  const acts = await look`select action from activity_log where target_id = ${incident?.id} order by id`
  expect(acts.map(({ action }) => action)).toEqual([
    'incident.acknowledged',
    'incident.note',
    'incident.resolved',
  ])
  expect(await page('/admin/logs/incidents?kind=note')).toContain('The disk was full')
  expect((await app.call(`/admin/incidents/${Bun.randomUUIDv7()}`, withCookies(operator))).status).toBe(404)
})

test('an incident can be opened by hand', async () => {
  const opened = await app.call(
    '/admin/incidents',
    withCookies(operator, form({ title: 'The office has no power', note: 'Called ESB.' })),
  )
  expect(opened.status).toBe(303)
  const html = await page(opened.headers.get('location') ?? '')
  expect(missing(html, ['The office has no power', 'Called ESB.', 'Opened'])).toEqual([])
})

describe('with somebody to tell', () => {
  let jobs: Jobs
  let smtp: Awaited<ReturnType<typeof smtpDouble>>
  let sink: ReturnType<typeof Bun.serve>
  const got: { body: { text: string; url: string }; traceparent: string | null }[] = []
  const refusals: number[] = []

  beforeAll(async () => {
    smtp = await smtpDouble()
    sink = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      fetch: async (request) => {
        const status = refusals.shift() ?? 204
        if (status < 300)
          got.push({ body: (await request.json()) as never, traceparent: request.headers.get('traceparent') })
        return new Response(null, { status })
      },
    })
    const env = {
      DATABASE_URL: app.database.url,
      JOB_THREADS: '1',
      JOB_BACKOFF_BASE_MS: '1',
      SMTP_URL: smtp.url,
      MAIL_FROM: 'openhouse@example.com',
      ALERT_WEBHOOK_URL: `http://127.0.0.1:${sink.port}/hook`,
      ALERT_MAIL_TO: 'operator@example.com',
    }
    jobs = await startJobs(prepareTestProcess(env), { cronTasks: [] })
  })
  afterAll(async () => {
    await jobs.stop(2_000)
    await sink.stop(true)
    await smtp.stop()
    prepareTestProcess({ LOG_LEVEL: 'silent' })
  })

  test('they are told once by each way, also when the first try fails, and it stands on the timeline', async () => {
    refusals.push(503)
    const now = new Date()
    await requests(now, { total: 100, bad: 50, minutesAgo: 0 })
    await evaluate(new Date(now.getTime() + 1_000))
    await eventually('both were told', async () => {
      const told = await look`select figures ->> 'by' as by from incident_events where kind = 'told'`
      return told.length === 2
    })
    await evaluate(new Date(now.getTime() + 2_000))
    expect(got).toHaveLength(1)
    const [incident] = await incidentsNow()
    expect(got[0]?.body).toMatchObject({ text: 'Something is wrong: Requests fail', event: 'opened' })
    expect(got[0]?.body.url).toEndWith(`/admin/incidents/${incident?.id}`)
    expect(got[0]?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
    expect(smtp.mails()).toHaveLength(1)
    expect(smtp.mails()[0]).toContain('Something is wrong: Requests fail')
    const html = await page(`/admin/incidents/${incident?.id}`)
    expect(html).toContain('By webhook.')
    expect(html).toContain('By mail.')
  })
})

test('every rule has words, and a budget that can be burnt', () => {
  for (const { title, meaning, budget, badMin } of alertRules) {
    expect(title.length * meaning.length * badMin).toBeGreaterThan(0)
    // The fast pair must be able to fire: a burn of 14.4 of the budget is at most everything.
    expect(budget * 14.4).toBeLessThanOrEqual(1)
  }
})

test('one broken part shows its own error with the request id, and the rest of the page is there', async () => {
  await look`alter table alert_readings rename to hidden_for_a_test`
  const response = await app.call('/admin', withCookies(operator))
  await look`alter table hidden_for_a_test rename to alert_readings`
  const html = await response.text()
  const id = response.headers.get('x-request-id') ?? 'none'
  expect(response.status).toBe(200)
  expect(html).toContain('Alerts and incidents cannot be shown')
  expect(html).toContain(`href="/admin/requests/${id}"`)
  expect(missing(html, ['Longview Estates', 'Harbour Homes', 'All jobs'])).toEqual([])
  expect(html).not.toContain('alert_readings')
  await eventually('the error is on record', async () => {
    const rows = await look`select context from error_log where request_id = ${id}`
    return rows[0]?.context?.panel === 'Alerts and incidents'
  })
  expect(await page('/admin')).toContain('Requests fail')
})

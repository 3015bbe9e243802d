// Rate limits, the live log and the files of logs: made to happen and looked at.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import {
  accountSubjects,
  claimSubjects,
  forgetAttempts,
  longestWaitMs,
  noteFailure,
} from '#src/access/attempts.ts'
import { platformScope } from '#src/access/system-scope.ts'
import { consume, forgetLimits, limitFigures, policies } from '#src/http/limits.ts'
import { logCsv } from '#src/logs.ts'
import { flushRequests } from '#src/request-log.ts'
import { eventually } from '../../jobs/drills.ts'
import { bearer, form, signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'

setDefaultTimeout(60_000)

let app: TestApp
let look: postgres.Sql
let operator: string
let tenantId: string

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  operator = await signIn(app, app.demo.super_admin, '/admin')
  const [row] = await look`select id from tenants where slug = ${app.demo.api_keys[0]!.tenant}`
  tenantId = row?.id
})
beforeEach(() => forgetLimits())
afterAll(async () => {
  await flushRequests()
  await look.end()
  await app.stop()
})

const open = (path: string) => app.call(path, withCookies(operator))
const missing = (html: string, ...parts: string[]) => parts.filter((part) => !html.includes(part))

test('a key that was denied is among those denied most, and unblocking it lets it in at once, on record', async () => {
  const [row] = await look`select id from staff where email = ${app.demo.super_admin.email}`
  const useUp = () => {
    for (let i = 0; i < 150; i++) consume(policies.admin, row?.id)
  }
  useUp()
  expect((await open('/admin/limits/figures')).status).toBe(429)
  await eventually('the denial is on record', async () => {
    const rows = await look`select 1 from rate_limit_log where subject = ${row?.id}`
    return rows.length > 0
  })
  forgetLimits()
  const html = await (await open('/admin/limits')).text()
  expect(missing(html, row?.id, 'Unblock', 'Last denials', 'id="policy-chat"', 'api_key')).toEqual([])
  for (let i = 0; i < 90; i++) consume(policies.admin, row?.id)
  const fields = { policy: 'admin', key: row?.id }
  expect((await app.call('/admin/limits/release', withCookies(operator, form(fields)))).status).toBe(303)
  for (let i = 0; i < 90; i++) consume(policies.admin, row?.id)
  expect((await open('/admin/limits')).status).toBe(200)
  const acts =
    await look`select p.payload from activity_log a join activity_payloads p on p.activity_id = a.id where a.action = 'limit.released'`
  expect(JSON.parse(acts[0]?.payload)).toEqual({ key: row?.id })
})

test('passed and denied are counted by minute and hour', () => {
  const policy = { name: 'public', burst: 2, intervalMs: 1_000 }
  const at = Date.UTC(2031, 0, 1, 12)
  const figuresAt = (ms: number) => limitFigures(ms).find((row) => row.policy === 'public')
  for (let i = 0; i < 5; i++) consume(policy, 'counted', at)
  expect(figuresAt(at)?.lastMinute).toEqual({ allowed: 2, limited: 3 })
  const later = at + 10 * 60_000
  consume(policy, 'counted', later)
  expect(figuresAt(later)?.lastMinute).toEqual({ allowed: 1, limited: 0 })
  expect(figuresAt(later)?.lastHour).toEqual({ allowed: 3, limited: 3 })
  expect(figuresAt(at + 2 * 3_600_000)?.lastHour).toEqual({ allowed: 0, limited: 0 })
})

test('a log can be taken away as CSV, by its filters, without anything a spreadsheet would run, on record', async () => {
  await look`insert into request_log (id, tenant_id, request_id, route, method, status, duration_ms, actor_type)
    select gen_random_uuid(), case when n % 2 = 0 then ${tenantId}::uuid end, 'csv' || n, '=cmd()' , 'GET', 200, 1, 'x' from generate_series(1, 2500) n`
  const response = await open('/admin/log-files/requests?kind=%3Dcmd()')
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="requests.csv"')
  const lines = (await response.text()).trimEnd().split('\r\n')
  expect(lines).toHaveLength(2_501)
  expect(lines[0]).toStartWith('time,builder,request,')
  expect(lines.slice(1).every((line) => line.includes("'=cmd()"))).toBe(true)
  const own = await (await open(`/admin/log-files/requests?kind=%3Dcmd()&tenant=${tenantId}`)).text()
  expect(own.trimEnd().split('\r\n')).toHaveLength(1_251)
  const acts = await look`select target_id from activity_log where action = 'log.exported'`
  expect(acts).toHaveLength(2)
  for (const name of ['activity', 'rag', 'impersonations', 'webhook-deliveries'])
    expect((await open(`/admin/log-files/${name}`)).status).toBe(200)
})

test('a file that ends before its log does says so in its last line, and the page says how much it holds', async () => {
  const put = (rows: number) =>
    look`insert into request_log (id, request_id, route, method, status, duration_ms, actor_type)
      select gen_random_uuid(), 'c' || n, '/cut', 'GET', 200, 1, 'x' from generate_series(1, ${rows}::int) n`
  const fileOf = async () =>
    (await Array.fromAsync(logCsv(platformScope('test'), 'requests', { kind: '/cut' }, 2_000)))
      .join('')
      .trimEnd()
      .split('\r\n')
  await put(2_000)
  const whole = await fileOf()
  expect(whole).toHaveLength(2_001)
  expect(whole.at(-1)).toContain('/cut')
  await put(1)
  const cut = await fileOf()
  expect(cut).toHaveLength(2_002)
  expect(cut.at(-1)).toContain('it holds the newest 2,000 rows that match')
  expect(
    missing(await (await open('/admin/logs/activity')).text(), 'at most the newest 100,000 rows'),
  ).toEqual([])
})

test('whoever waits after wrong codes or passwords is on the page, without the link, and is let in when unblocked', async () => {
  forgetAttempts()
  const home = app.demo.homes[0]!
  const { pathname } = new URL(home.url)
  const [admin] = app.demo.admins
  const [unit] = await look`select address_line from units where id = ${home.unit_id}`
  const tryHome = (code: string) => app.call(pathname, form({ access_code: code }))
  const trySignIn = (password: string) =>
    app.call('/developer/sign-in', form({ email: admin!.email, password }))
  for (let i = 0; i < 5; i++) {
    await tryHome('AAA-AAA-AAAA')
    await trySignIn('wrong')
  }
  expect((await tryHome(home.access_code)).status).not.toBe(303)
  expect((await trySignIn(admin!.password)).status).not.toBe(303)
  const html = await (await open('/admin/limits')).text()
  expect(missing(html, 'Waiting after wrong codes or passwords', unit?.address_line, admin!.email)).toEqual(
    [],
  )
  expect(html).not.toContain(pathname.split('/')[2]!)
  expect(html).not.toContain('undefined')
  const ids = [...html.matchAll(/name="delay" value="([0-9a-f]{32})"/g)].map(([, id]) => id!)
  expect(ids).toHaveLength(2)
  for (const delay of ids) {
    const released = await app.call('/admin/limits/delays/release', withCookies(operator, form({ delay })))
    expect(released.headers.get('location')).toBe('/admin/limits?done=released')
  }
  expect((await tryHome(home.access_code)).status).toBe(303)
  expect((await trySignIn(admin!.password)).status).toBe(303)
  const acts = await look`
    select a.target_id, p.payload from activity_log a join activity_payloads p on p.activity_id = a.id
    where a.action = 'delay.released' order by a.id`
  expect(acts.map(({ target_id: kind }) => kind).sort()).toEqual(['account', 'home'])
  expect(JSON.stringify(acts)).not.toContain(pathname.split('/')[2]!)
  const unknown = form({ delay: '0'.repeat(32) })
  expect((await app.call('/admin/limits/delays/release', withCookies(operator, unknown))).status).toBe(404)
})

test('an address that is unblocked is free of its delays as well', async () => {
  forgetAttempts()
  const subjects = claimSubjects('x'.repeat(22), '203.0.113.9')
  for (let i = 0; i < 40; i++) noteFailure(subjects)
  const account = accountSubjects('somebody@example.com', '203.0.113.9')
  for (let i = 0; i < 8; i++) noteFailure(account)
  expect(longestWaitMs(account)).toBeGreaterThan(0)
  const fields = { policy: 'sign_in', key: '203.0.113.9' }
  expect((await app.call('/admin/limits/release', withCookies(operator, form(fields)))).status).toBe(303)
  expect(longestWaitMs(account)).toBe(0)
  // The home was guessed at from wherever: unblocking an address does not open it to guessing.
  expect(longestWaitMs(subjects)).toBeGreaterThan(0)
})

test('the live log tells a row within two seconds of it, filtered, and stops when its reader leaves', async () => {
  await look`truncate request_log`
  const page = await (await open('/admin/tail?log=requests&kind=%2Fapi%2Fv1%2Fhouse-types')).text()
  expect(
    missing(page, 'data-tail="/admin/tail/stream?log=requests&amp;kind=%2Fapi%2Fv1%2Fhouse-types"'),
  ).toEqual([])
  const left = new AbortController()
  const stream = await app.call('/admin/tail/stream?log=requests&kind=%2Fapi%2Fv1%2Fhouse-types', {
    ...withCookies(operator),
    signal: left.signal,
  })
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
  let got = ''
  const until = async (part: string) => {
    for (const end = performance.now() + 10_000; !got.includes(part) && performance.now() < end; )
      got += (await reader.read()).value ?? ''
    return got.includes(part)
  }
  const { key } = app.demo.api_keys[0]!
  const answered = await app.call('/api/v1/house-types', bearer(key))
  await app.call('/api/v1/developments', bearer(key))
  const started = performance.now()
  await flushRequests()
  const id = answered.headers.get('x-request-id') ?? 'none'
  expect(await until(id)).toBe(true)
  expect(performance.now() - started).toBeLessThan(5_000)
  expect(got.includes('event: rows')).toBe(true)
  expect(got.includes('/api/v1/developments')).toBe(false)
  left.abort()
  await reader.cancel()
})

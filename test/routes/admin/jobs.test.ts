// The operator's job monitor: every tenant's jobs, actions with a confirmation, pausing a kind, recurring tasks.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { openQueue, type QueueConnection } from '#db/client.ts'
import { claimJobs, nextDueInMs } from '#db/job-leases.ts'
import { removeWorker, reportWorker } from '#db/job-workers.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'

const BULK_MAX = 1_000

let app: TestApp
let look: postgres.Sql
let queue: QueueConnection
let cookie: string
let tenants: { id: string; name: string }[]
/** The log only grows: what is on record before a test is not its own. */
let since: Date

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  queue = openQueue({ url: app.database.url, poolSize: 1 })
  cookie = await signIn(app, app.demo.super_admin, '/admin')
  tenants = await look`select id, name from tenants order by slug`
})
afterAll(async () => {
  await queue.close()
  await look.end()
  await app.stop()
})
beforeEach(async () => {
  forgetLimits()
  await look`truncate job_status, job_attempts, job_workers, paused_job_kinds, cron_ticks`
  since = new Date()
})

async function add(state: string, tenant: number | null = 0, kind = 'geocode-unit'): Promise<string> {
  const id = Bun.randomUUIDv7()
  const isOver = ['completed', 'cancelled', 'discarded'].includes(state)
  await look`insert into job_status (id, tenant_id, kind, payload, state, finalized_at, attempted_at, lease_owner, max_attempts, timeout_ms)
    values (${id}, ${tenant === null ? null : (tenants[tenant]?.id ?? null)}, ${kind}, '{}', ${state}, ${isOver ? new Date() : null},
      ${isOver ? new Date(Date.now() - 2_000) : null}, ${state === 'running' ? '1.0.1.1' : null}, 10, 1000)`
  return id
}
const get = async (path: string) => {
  const response = await app.call(path, withCookies(cookie))
  return { status: response.status, html: await response.text() }
}
const post = async (path: string, fields: [string, string][] = []) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const body = new URLSearchParams(fields).toString()
  const response = await app.call(path, withCookies(cookie, { method: 'POST', headers, body }))
  return {
    status: response.status,
    location: response.headers.get('location') ?? '',
    html: await response.text(),
  }
}
const states = async (...ids: string[]) => {
  const rows = await look`select id, state from job_status where id = any(${ids})`
  const byId = new Map(rows.map(({ id, state }) => [id, state]))
  return ids.map((id) => byId.get(id))
}
const idsOf = (html: string) => /name="ids" value="([^"]*)"/.exec(html)?.[1]?.split(',').filter(Boolean) ?? []

test('the list is over all tenants and none, and is filtered by tenant, kind and state', async () => {
  const [mine, theirs] = [await add('available', 0), await add('discarded', 1)]
  const nobodys = await add('completed', null, 'prune-jobs')
  const { html } = await get('/admin/jobs')
  for (const id of [mine, theirs, nobodys]) expect(html).toContain(`id="job-${id}"`)
  for (const { name } of tenants) expect(html).toContain(name)
  const only = async (query: string) =>
    [...(await get(`/admin/jobs?${query}`)).html.matchAll(/id="job-([0-9a-f-]{36})"/g)].map(([, id]) => id)
  expect(await only(`tenant=${tenants[1]?.id}`)).toEqual([theirs])
  expect(await only('kind=prune-jobs&state=')).toEqual([nobodys])
  expect(await only('state=available&kind=')).toEqual([mine])
  expect((await get('/admin/jobs?state=nonsense')).status).toBe(422)
})

test('figures are told a kind: what waits and runs, throughput, how long it waited and ran, the oldest', async () => {
  for (const state of ['available', 'available', 'running', 'retryable', 'completed', 'discarded'])
    await add(state)
  await look`update job_status set scheduled_at = now() - interval '9 minutes' where state = 'available'`
  const { html } = await get('/admin/jobs/monitor')
  const row = /<tr id="kind-geocode-unit">.*?<\/tr>/s.exec(html)?.[0] ?? ''
  const cells = [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => cell?.replace(/<[^>]*>/g, ''))
  expect(cells.slice(0, 3)).toEqual(['2', '1', '1'])
  expect(cells[3]).toMatch(/^9.min/)
  expect(cells.slice(4, 8)).toEqual(['1', '1', '0', '1'])
  expect(cells[9]).toMatch(/^2(?:\.\d)?.s$/)
})

test('a worker process is shown while it beats, as silent when it does not, and not after it has stopped', async () => {
  const worker = {
    processNumber: 7,
    host: 'app-1',
    pid: 42,
    threadCount: 2,
    runningCount: 1,
    replacementCount: 0,
  }
  await queue.run((db) => reportWorker(db, worker))
  await queue.run((db) => reportWorker(db, worker))
  expect((await get('/admin/jobs')).html).toMatch(/app-1.*Alive/s)
  await look`update job_workers set heartbeat_at = now() - interval '2 minutes'`
  expect((await get('/admin/jobs')).html).toMatch(/app-1.*Silent/s)
  await queue.run((db) => removeWorker(db, 7))
  expect((await get('/admin/jobs')).html).toContain('No process runs jobs.')
})

test('nothing is done before the page that names it is confirmed', async () => {
  const [waiting, running, dead] = [await add('available'), await add('running', 1), await add('discarded')]
  const asked = await post('/admin/jobs/actions', [
    ['chosen', 'cancel'],
    ['id', waiting],
    ['id', running],
  ])
  expect(asked.status).toBe(200)
  expect(asked.html).toContain('Cancel 2 jobs?')
  expect(await states(waiting)).toEqual(['available'])
  const done = await post('/admin/jobs/actions', [
    ['confirmed', 'cancel'],
    ['ids', `${idsOf(asked.html).join(',')},${dead}`],
  ])
  expect(done.location).toBe('/admin/jobs?action=cancel&done=2&refused=1')
  expect((await get(done.location)).html).toContain('2 jobs cancelled or told to stop. 1 could not be')
  expect(await states(waiting, running, dead)).toEqual(['cancelled', 'running', 'discarded'])
  const [record] = await look`select l.action, l.actor_type, p.payload from activity_log l
    join activity_payloads p on p.activity_id = l.id where l.action like 'jobs.%' and l.created_at >= ${since}`
  expect(record).toMatchObject({ action: 'jobs.cancel', actor_type: 'super_admin' })
  expect(JSON.parse(record?.payload)).toEqual({
    [waiting]: 'cancelled',
    [running]: 'cancelling',
    [dead]: 'job_is_over',
  })
})

test('what is given up waits no more, can be retried, and a running job is cancelled rather than given up', async () => {
  const [waiting, running] = [await add('retryable'), await add('running')]
  await post('/admin/jobs/actions', [
    ['confirmed', 'discard'],
    ['ids', `${waiting},${running}`],
  ])
  expect(await states(waiting, running)).toEqual(['discarded', 'running'])
  expect((await get(`/admin/jobs/${waiting}`)).html).toContain('discarded_by_operator')
  await post('/admin/jobs/actions', [
    ['confirmed', 'retry'],
    ['ids', waiting],
  ])
  expect(await states(waiting)).toEqual(['available'])
})

test('all that match are at most a thousand, and the page says that there are more', async () => {
  await look`insert into job_status (id, tenant_id, kind, payload, max_attempts, timeout_ms, state, finalized_at)
    select gen_random_uuid(), ${tenants[0]?.id ?? ''}, 'geocode-unit', '{}', 10, 1000, 'discarded', now() from generate_series(1, ${BULK_MAX + 3}::int)`
  const other = await add('discarded', 1, 'refresh-places')
  const asked = await post('/admin/jobs/actions', [
    ['matching', 'retry'],
    ['kind', 'geocode-unit'],
  ])
  const ids = idsOf(asked.html)
  expect(ids.length).toBe(BULK_MAX)
  expect(asked.html).toContain('More match')
  const done = await post('/admin/jobs/actions', [
    ['confirmed', 'retry'],
    ['ids', ids.join(',')],
  ])
  expect(done.location).toContain(`done=${BULK_MAX}&refused=0`)
  expect((await look`select 1 from job_status where state = 'available'`).length).toBe(BULK_MAX)
  expect(await states(other)).toEqual(['discarded'])
})

test('of a paused kind nothing is claimed until it is resumed', async () => {
  const id = await add('available')
  const claim = () =>
    queue.run((db) => claimJobs(db, '9.0.1.1', [{ kinds: ['geocode-unit', 'noop'], free: 2 }]))
  expect((await post('/admin/jobs/kinds/geocode-unit/pause')).status).toBe(303)
  await post('/admin/jobs/kinds/geocode-unit/pause')
  expect(await claim()).toHaveLength(0)
  expect(await queue.run(nextDueInMs)).toBeNull()
  expect((await get('/admin/jobs')).html).toMatch(/Paused since \d/)
  await post('/admin/jobs/kinds/geocode-unit/resume')
  expect((await claim()).map((job) => job.id)).toEqual([id])
  expect((await post('/admin/jobs/kinds/nonsense/pause')).status).toBe(404)
  const actions = await look`select action from activity_log
    where action like 'jobs.%' and created_at >= ${since} order by created_at, id`
  expect(actions.map(({ action }) => action)).toEqual(['jobs.kind_paused', 'jobs.kind_resumed'])
})

test('a recurring task is run now beside its ticks, and its last tick and job are shown', async () => {
  const ran = await post('/admin/jobs/tasks/prune-jobs/run')
  const [job] = await look`select id, kind, tenant_id, state from job_status`
  expect(ran.location).toBe(`/admin/jobs/${job?.id}`)
  expect(job).toMatchObject({ kind: 'prune-jobs', tenant_id: null, state: 'available' })
  await look`insert into cron_ticks (id, task, tick_at, job_id) values (${Bun.randomUUIDv7()}, 'prune-jobs', '2026-11-24T03:10:00Z', ${job?.id})`
  const row = /<tr id="task-prune-jobs">.*?<\/tr>/s.exec((await get('/admin/jobs')).html)?.[0]
  expect(row).toContain('24 Nov 2026, 03:10')
  expect(row).toContain(`/admin/jobs/${job?.id}`)
  expect((await post('/admin/jobs/tasks/nonsense/run')).status).toBe(404)
})

test('one job is shown with its attempts, their codes, stacks and workers', async () => {
  const id = await add('discarded')
  await look`insert into job_attempts (id, tenant_id, job_id, attempt, worker, outcome, error_code, error_detail, finished_at)
    values (${Bun.randomUUIDv7()}, ${tenants[0]?.id ?? ''}, ${id}, 1, '77.0.1.1', 'failed', 'unexpected', 'Error: <inside>', now())`
  const { html } = await get(`/admin/jobs/${id}`)
  for (const part of ['77.0.1.1', '(unexpected)', 'Error: &lt;inside&gt;', tenants[0]?.name ?? ''])
    expect(html).toContain(part)
})

// The figures: what is counted, that roll-ups and rows agree, that erasing and purging leave them, and the API.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import type { Listener } from '#db/listen.ts'
import { type Scope, throughQueue, within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { startJobs } from '#jobs/runner.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { readAnalytics, rollUp } from '#src/analytics.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { forgetAllReads, forgetReadsOf, startKeeping, stopKeeping } from '#src/kept-reads.ts'
import { erasePerson } from '#src/people/erasure.ts'
import { readToday } from '#src/today.ts'
import { eventually } from './jobs/drills.ts'
import { type ApiTest, expectError, expectStrangersRefused, openApi } from './routes/api/client.ts'
import { signIn, withCookies } from './support/app.ts'
import { listenForChangedRows } from './support/changed-rows.ts'
import { prepareTestProcess } from './support/process.ts'

let api: ApiTest
let scope: Scope
let developmentId: string
let listener: Listener
let homes: { id: string }[]

beforeAll(async () => {
  api = await openApi()
  const [row] = await api.look`select tenant_id, development_id from units where id = ${api.mine.unit_id}`
  scope = systemScope(row?.tenant_id, 'test')
  developmentId = row?.development_id
  homes = [
    ...(await api.look<
      { id: string }[]
    >`select id from units where development_id = ${developmentId} order by number limit 3`),
  ]
  listener = await listenForChangedRows(forgetReadsOf)
})
afterAll(async () => {
  await listener.stop()
  await api.stop()
})
beforeEach(async () => {
  forgetLimits()
  await api.look`truncate daily_activity, daily_erased, conversations, qr_scans, data_access_log cascade`
  await api.look`update units set claimed_at = null`
  forgetAllReads()
})

const id = () => Bun.randomUUIDv7()
/** Noon of some days ago. */
const ago = (days: number) => new Date(Date.parse(`${day(days)}T12:00:00Z`))
const day = (daysAgo: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Dublin' }).format(Date.now() - daysAgo * 86_400_000)
const home = (i: number) => homes[i]?.id as string

async function ask(
  i: number,
  at: Date,
  stage: string | null = 'document',
  purchaserId: string | null = null,
) {
  const conversation = id()
  const { tenantId } = scope
  await api.look`insert into conversations (id, tenant_id, unit_id, purchaser_id, origin, title)
    values (${conversation}, ${tenantId}, ${home(i)}, ${purchaserId}, 'app', 't')`
  await api.look`insert into messages (id, tenant_id, conversation_id, client_key, question, answer, answered_at, stage, request_id, created_at)
    values (${id()}, ${tenantId}, ${conversation}, ${id()}, 'q', ${stage && 'a'}, ${stage && at}, ${stage}, 'r', ${at})`
}
const scan = (i: number, at: Date) =>
  api.look`insert into qr_scans (id, tenant_id, unit_id, outcome, request_id, created_at)
    values (${id()}, ${scope.tenantId}, ${home(i)}, 'opened', 'r', ${at})`
const open = (i: number, at: Date, actorType = 'purchaser', actorId = 'p') =>
  api.look`insert into data_access_log (id, tenant_id, unit_id, actor_type, actor_id, action, request_id, created_at)
    values (${id()}, ${scope.tenantId}, ${home(i)}, ${actorType}, ${actorId}, 'document.file', 'r', ${at})`

async function someDays(): Promise<void> {
  await ask(0, ago(3))
  await ask(0, ago(3), 'gap')
  await ask(1, ago(3), null)
  await scan(2, ago(3))
  await open(1, ago(2))
  await open(1, ago(2), 'staff')
  await api.look`update units set claimed_at = ${ago(2)} where id = ${home(2)}`
  await ask(0, ago(0), 'fact')
}
const none = {
  active_homes: 0,
  questions: 0,
  answered: 0,
  unanswered: 0,
  documents_opened: 0,
  scans: 0,
  claims: 0,
}
const expected = () => [
  { day: day(3), ...none, active_homes: 2, questions: 3, answered: 1, unanswered: 1, scans: 1 },
  { day: day(2), ...none, active_homes: 2, documents_opened: 1, claims: 1 },
  { day: day(1), ...none },
  { day: day(0), ...none, active_homes: 1, questions: 1, answered: 1 },
]

const fenced = <T>(work: Parameters<typeof within<T>>[1]) => within(scope, work)
const roll = (asked = {}) => rollUp(scope, asked, { fenced, progress: () => {} })
const read = async () => {
  forgetAllReads()
  return (await readAnalytics(scope, { developmentId, from: day(3) })).days
}

test('figures are the same from rows, from roll-ups, and from both', async () => {
  await someDays()
  expect(await read()).toEqual(expected())
  await roll({ to: day(3) })
  expect(await read()).toEqual(expected())
  await roll()
  expect(await read()).toEqual(expected())
  await roll({ from: day(300), to: day(1) })
  await roll()
  expect(await read()).toEqual(expected())
  const [rolled] =
    await api.look`select max(day)::text as day, count(*)::int as count from daily_activity where development_id = ${developmentId}`
  expect(rolled).toEqual({ day: day(1), count: 365 })
})

test('what a run counted stays when its rows go, and what is written late is counted by the next', async () => {
  await someDays()
  await roll()
  await api.look`truncate data_access_log`
  expect((await read())[1]).toMatchObject({ documents_opened: 1 })
  await ask(2, ago(1))
  await roll()
  expect((await read())[2]).toMatchObject({ questions: 1, active_homes: 1 })
})

test('a day is Irish: a question just after midnight in summer belongs to the day that began', async () => {
  await ask(0, new Date('2026-07-14T23:30:00Z'))
  const { days } = await readAnalytics(scope, { developmentId, from: '2026-07-14', to: '2026-07-15' })
  expect(days.map(({ questions }) => questions)).toEqual([0, 1])
})

test('erasing a person leaves the figures as they were, before and after the roll-up', async () => {
  const [purchaser] = await api.look`select id from purchasers where unit_id = ${home(0)} limit 1`
  await someDays()
  await ask(0, ago(2), 'gap', purchaser?.id)
  await open(0, ago(3), 'purchaser', purchaser?.id)
  await roll({ to: day(3) })
  const before = await read()
  await api.look`insert into erasures (id, tenant_id, due_on) values (${home(0)}, ${scope.tenantId}, now())`
  await erasePerson(
    scope,
    home(0),
    { unitId: home(0), purchaserId: purchaser?.id },
    { fenced, progress: () => {} },
  )
  expect((await api.look`select 1 from data_access_log where actor_id = ${purchaser?.id}`).length).toBe(0)
  expect(await read()).toEqual(before)
  await roll({ from: day(4) })
  expect(await read()).toEqual(before)
})

test('the nightly sweep has every tenant counted by jobs', async () => {
  await someDays()
  const jobs = await startJobs(prepareTestProcess({ DATABASE_URL: api.app.database.url, JOB_THREADS: '1' }), {
    cronTasks: [],
  })
  await throughQueue((db) => enqueue(db, 'sweep-analytics', {}))
  await eventually('all are done', async () => {
    const rows = await api.look`select kind, state from job_status where kind like '%analytics'`
    return rows.length === 3 && rows.every((row) => row.state === 'completed')
  })
  await jobs.stop(1_000)
  const tenants = await api.look`select distinct tenant_id from daily_activity`
  expect(tenants.length).toBe(2)
  expect(await read()).toEqual(expected())
})

test('what was read is kept until something it is counted from is written', async () => {
  startKeeping()
  await ask(0, ago(0))
  await eventually('the write was heard', async () => {
    const first = await readAnalytics(scope, { developmentId })
    return first === (await readAnalytics(scope, { developmentId }))
  })
  const kept = await readAnalytics(scope, { developmentId })
  await ask(1, ago(0))
  await eventually('it is forgotten', async () => (await readAnalytics(scope, { developmentId })) !== kept)
  expect((await readAnalytics(scope, { developmentId })).totals.questions).toBe(2)
  stopKeeping()
})

test('programs read the same figures, of one development or of all', async () => {
  await someDays()
  forgetAllReads()
  const one = await api.get(`analytics?development_id=${developmentId}&from=${day(3)}`)
  expect(one.body).toEqual({
    development_id: developmentId,
    from: day(3),
    to: day(0),
    totals: {
      questions: 4,
      answered: 2,
      unanswered: 1,
      documents_opened: 1,
      scans: 1,
      claims: 1,
      active_homes_max: 2,
    },
    days: expected(),
  })
  const all = await api.get('analytics')
  expect(all.body.days.length).toBe(30)
  expect(all.body.development_id).toBe(null)
  expect((await api.get('analytics', api.keys.theirs)).body.totals.questions).toBe(0)
})

test('spans are bounded and strangers refused', async () => {
  await expectStrangersRefused(api, 'analytics')
  expectError(await api.get('analytics', await api.keyWith(['jobs:read'])), 403, 'scope_missing')
  const [theirs] = await api.look`select development_id as id from units where id = ${api.theirs.unit_id}`
  for (const foreign of [theirs?.id, id()])
    expectError(await api.get(`analytics?development_id=${foreign}`), 404, 'not_found')
  for (const query of [
    `from=${day(0)}&to=${day(1)}`,
    `from=${day(366)}`,
    'from=2020-01-01&to=2021-01-01',
    'from=2999-01-01',
    'from=yesterday',
    'to=2026-02-30',
    'development_id=nope',
  ])
    expectError(await api.get(`analytics?${query}`), 422, 'invalid')
  expect((await api.get(`analytics?from=${day(365)}`)).body.days.length).toBe(366)
  expect((await api.get('analytics?to=2999-12-31')).body.to).toBe(day(0))
})

test('where a development stands is told to programs in the figures of the builder’s first page', async () => {
  await someDays()
  forgetAllReads()
  const { body } = await api.get(`analytics/summary?development_id=${developmentId}`)
  const today = await readToday(scope, developmentId)
  expect(body).toMatchObject({
    development_id: developmentId,
    day: day(0),
    homes: today.homes,
    funnel: { claimed: today.claimed, asked: today.asked },
    active_homes: { this_week: today.activeThisWeek },
    documents: { count: today.documents },
  })
  const cookie = await signIn(
    api.app,
    api.app.demo.admins.find(({ tenant }) => tenant === 'longview-estates')!,
  )
  const page = await (
    await api.app.call(`/developer?development=${developmentId}`, withCookies(cookie))
  ).text()
  const shown = [...page.matchAll(/<span class="figure-value">([^<]*)</g)].map(([, value]) => value)
  const percent = (value: number | null) => (value === null ? '–' : `${value}%`)
  expect(shown).toEqual([
    percent(body.activation.percent),
    String(body.active_homes.this_week),
    percent(body.questions.answer_rate.percent),
    String(body.questions.waiting),
    percent(body.document_coverage.percent),
    ...(body.must_read.homes > 0 ? [percent(body.must_read.percent)] : []),
    String(body.documents.failed),
    String(body.snags.open),
  ])
})

test('the summary is of one’s own developments only', async () => {
  await expectStrangersRefused(api, `analytics/summary?development_id=${developmentId}`)
  const [theirs] = await api.look`select development_id as id from units where id = ${api.theirs.unit_id}`
  for (const foreign of [theirs?.id, id()])
    expectError(await api.get(`analytics/summary?development_id=${foreign}`), 404, 'not_found')
  expectError(await api.get('analytics/summary'), 422, 'invalid')
})

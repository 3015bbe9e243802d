// What people want to be told: chosen by each for themselves, and obeyed by everything that tells.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { eventually } from './jobs/drills.ts'
import { type ApiTest, openApi } from './routes/api/client.ts'
import { claim, form, signIn, withCookies } from './support/app.ts'
import { prepareTestProcess } from './support/process.ts'

const ALL = ['mail:notices', 'mail:answers', 'mail:snags', 'app:notices', 'app:answers']

let api: ApiTest
let jobs: Jobs
let home: ApiTest['app']['demo']['homes'][number]
let cookie: string
let other: string
let staff: string
let people: { id: string; email: string }[]

beforeAll(async () => {
  api = await openApi()
  jobs = await startJobs(prepareTestProcess({ DATABASE_URL: api.app.database.url, JOB_THREADS: '1' }), {
    cronTasks: [],
  })
  home = api.app.demo.homes.find(
    ({ tenant, purchasers }) => tenant === 'longview-estates' && purchasers.length === 2,
  )!
  await api.look`update purchasers set email = position || '@homes.example' where unit_id = ${home.unit_id}`
  people = [
    ...(await api.look`select id, email from purchasers where unit_id = ${home.unit_id} order by position`),
  ] as typeof people
  cookie = await claim(api.app, home)
  other = await claim(api.app, home)
  await api.app.call('/intro', withCookies(cookie, form({ skip: '1' })))
  staff = await signIn(api.app, api.app.demo.admins.find(({ tenant }) => tenant === 'longview-estates')!)
})
beforeEach(async () => {
  forgetLimits()
  await api.look`truncate mails`
})
afterAll(async () => {
  await jobs.stop(2_000)
  await api.stop()
})

const post = (path: string, who: string, body: URLSearchParams | Record<string, string>) =>
  api.app.call(
    path,
    withCookies(who, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(body).toString(),
    }),
  )
const page = async (path: string, who = cookie) => (await api.app.call(path, withCookies(who))).text()
const choose = (who: string, wanted: readonly string[], language = 'en') =>
  post(
    '/preferences',
    who,
    new URLSearchParams([
      ...wanted.map((each): [string, string] => [each.slice(0, each.indexOf(':')), each]),
      ['language', language],
    ]),
  )
const without = (...muted: string[]) => ALL.filter((each) => !muted.includes(each))
const finished = () =>
  eventually('every job is final', async () => {
    const [row] = await api.look`select count(*)::int as n from job_status where finalized_at is null`
    return row?.n === 0
  })
const mailed = async () =>
  (await api.look`select to_address from mails order by to_address`).map((row) => row.to_address)

async function writeNotice(more: Record<string, unknown> = {}): Promise<string> {
  const made = await api.post('notices', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ development_id: api.mine.development_id, title: 'Water off on Tuesday', category: 'works' },
      ...{ text: 'From nine to eleven.', ...more },
    }),
  })
  expect(made.status).toBe(201)
  return String(made.body.id)
}

test('everything is wanted until somebody says otherwise, and the choice is each person’s own', async () => {
  expect((await page('/preferences')).match(/ checked/g)?.length).toBe(ALL.length)
  const saved = await choose(cookie, without('mail:notices', 'app:answers'))
  expect(saved.headers.get('location')).toBe('/preferences?done=saved')
  const text = await page('/preferences?done=saved')
  expect(text).toContain('Saved.')
  expect(text).toContain('To 1@homes.example. You can change it under My data.')
  expect(text.match(/ checked/g)?.length).toBe(ALL.length - 2)
  expect((await page('/preferences', other)).match(/ checked/g)?.length).toBe(ALL.length)
})

test('a notice is mailed to who wants it, once, and not again to who has read it', async () => {
  await choose(cookie, without('mail:notices'))
  const id = await writeNotice()
  await finished()
  expect(await mailed()).toEqual(['2@homes.example'])
  const [mail] = await api.look`select subject, body, state from mails`
  expect(mail?.subject).toBe('Longview Park: Water off on Tuesday')
  expect(mail?.body).not.toContain('nine to eleven')
  expect(mail?.body).toContain('/preferences')
  await choose(cookie, ALL)
  await api.app.call(`/notices/${id}/read`, withCookies(cookie, form({})))
  await again(id)
  expect(await mailed()).toEqual(['2@homes.example'])
})

async function again(noticeId: string): Promise<void> {
  await api.look`update job_status set state = 'available', finalized_at = null, scheduled_at = now()
    where kind = 'mail-notice' and payload ->> 'noticeId' = ${noticeId}`
  await finished()
}

test('a notice for later is mailed when it is published, one that was withdrawn is not', async () => {
  await choose(cookie, ALL)
  const publishAt = new Date(Date.now() + 86_400_000).toISOString()
  const [later, withdrawn] = [
    await writeNotice({ publish_at: publishAt }),
    await writeNotice({ publish_at: publishAt }),
  ]
  // Started too early, by a clock that is ahead, it waits.
  await api.look`update job_status set state = 'available', scheduled_at = now()
    where kind = 'mail-notice' and payload ->> 'noticeId' = ${later}`
  await eventually('it is put back', async () => {
    const [row] = await api.look`select state from job_status where payload ->> 'noticeId' = ${later}`
    return row?.state === 'scheduled'
  })
  expect(await mailed()).toEqual([])
  await post(`/developer/notices/${withdrawn}/withdrawal`, staff, {})
  await api.look`update notices set publish_at = now() where id in (${later}, ${withdrawn})`
  await api.look`update job_status set state = 'available', scheduled_at = now()
    where kind = 'mail-notice' and finalized_at is null`
  await finished()
  expect(await mailed()).toEqual(['1@homes.example', '2@homes.example'])
})

test('a notice for another house type reaches nobody here', async () => {
  await writeNotice({ house_types: ['BD01'] })
  await finished()
  expect(await mailed()).toEqual([])
})

test('who reported a snag is told when it moves, unless they mind; the other adult is not', async () => {
  await choose(cookie, ALL)
  const snag = new FormData()
  for (const [name, value] of Object.entries({
    room: 'Kitchen',
    category: 'other',
    description: 'It drips.',
  }))
    snag.set(name, value)
  await api.app.call('/snags', withCookies(cookie, { method: 'POST', body: snag }))
  const [row] = await api.look`select id from snags order by id desc limit 1`
  const move = (status: string, note = '') => post(`/developer/snags/${row?.id}`, staff, { status, note })
  await move('scheduled', 'Tuesday, ask for Mrs Malone.')
  await move('scheduled', 'Wednesday.')
  const told = await api.look`select to_address, body from mails order by id`
  expect(told.map(({ to_address }) => to_address)).toEqual(['1@homes.example', '1@homes.example'])
  expect(told[0]?.body).toContain('a repair is arranged')
  expect(told[0]?.body).not.toContain('Malone')
  expect(told[1]?.body).toContain('has a new note')
  await choose(cookie, without('mail:snags'))
  await move('fixed')
  expect((await mailed()).length).toBe(2)
})

test('who asked is told of the answer, and sees it in the app, each unless they mind', async () => {
  for (const [question, wanted, mails, isShown] of [
    ['Who painted the mural in the crypt?', ALL, ['1@homes.example'], true],
    ['Where is the portal to the moon?', without('mail:answers', 'app:answers'), [], false],
  ] as const) {
    await api.look`truncate mails`
    await choose(cookie, wanted)
    await post('/chat', cookie, { question })
    const [gap] = await api.look`select g.id from gaps g join messages m on m.id = g.message_id
      where m.question = ${question}`
    await post(`/gaps/${gap?.id}/request`, cookie, {})
    const answered = await post(`/developer/questions/${gap?.id}/answer`, staff, {
      ...{ question, answer: 'The builder did that, long ago.', audience: 'development' },
    })
    expect(answered.status).toBe(303)
    await finished()
    const [closed] = await api.look`select status from gaps where id = ${gap?.id}`
    expect(closed?.status).toBe('answered')
    expect(await mailed()).toEqual([...mails])
    expect((await page('/')).includes('A new answer for you')).toBe(isShown)
    await api.look`update gaps set answer_seen_at = now() where status = 'answered'`
  }
})

test('the number of unread notices is not shown to who minds it', async () => {
  await writeNotice()
  await choose(cookie, ALL)
  expect(await page('/home')).toContain('tab-count')
  await choose(cookie, without('app:notices'))
  expect(await page('/home')).not.toContain('tab-count')
  expect(await page('/notices')).toContain('Mark as read')
  expect(await page('/home', other)).toContain('tab-count')
})

test('the language that was chosen speaks on the next page, and an unknown one is refused', async () => {
  await choose(cookie, ALL, 'ga')
  expect(await page('/documents')).toContain('<span lang="ga">Doiciméid</span>')
  expect(await page('/documents', other)).not.toContain('Doiciméid')
  expect((await choose(cookie, ALL, 'tlh')).status).toBe(422)
  expect((await choose(cookie, ['mail:gossip'])).status).toBe(422)
  expect(await page('/preferences')).toMatch(/value="ga" selected/)
})

test('the copy of one’s data holds the choice, and an erasure takes it', async () => {
  await choose(other, without('mail:snags'), 'pl')
  expect((await api.look`select 1 from person_preferences where reader_id = ${people[1]!.id}`).length).toBe(1)
  await post('/my-data/erasure', other, { confirmed: 'yes' })
  await finished()
  expect((await api.look`select 1 from person_preferences where reader_id = ${people[1]!.id}`).length).toBe(0)
})

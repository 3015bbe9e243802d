// What the operator tells everybody: banners for those they are for and for their time, and notes on what is new.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { forgetAnnouncements } from '#src/announcements.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { claim, form, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'

setDefaultTimeout(60_000)

let app: TestApp
let look: postgres.Sql
let operator: string
let admin: string
let home: string

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  operator = await signIn(app, app.demo.super_admin, '/admin')
  admin = await signIn(app, app.demo.admins[0]!)
  home = await claim(app, app.demo.homes.find(({ purchasers }) => purchasers.length > 0)!)
})
beforeEach(async () => {
  forgetLimits()
  await look`truncate announcements, announcement_dismissals`
  forgetAnnouncements()
})
afterAll(async () => {
  await look.end()
  await app.stop()
})

const open = async (path: string, cookie: string) => (await app.call(path, withCookies(cookie))).text()
const post = (path: string, cookie: string, fields: Record<string, string> = {}) =>
  app.call(path, withCookies(cookie, form(fields)))
const local = (ms: number) =>
  new Date(Date.now() + ms)
    .toLocaleString('sv-SE', { timeZone: 'Europe/Dublin' })
    .replace(' ', 'T')
    .slice(0, 16)
const HOUR = 3_600_000
const announce = (changes: Record<string, string> = {}) =>
  post('/admin/announcements', operator, {
    ...{ message: 'We are <moving> on Friday.', audience: 'everyone', tone: 'plain', dismissable: 'yes' },
    ends_at: local(2 * HOUR),
    ...changes,
  })
const seenBy = async () => ({
  admin: (await open('/developer', admin)).includes('class="announcement'),
  home: (await open('/home', home)).includes('class="announcement'),
})

test('an announcement is over the pages of those it is for, escaped, and gone when it is withdrawn', async () => {
  expect(await seenBy()).toEqual({ admin: false, home: false })
  expect((await announce()).status).toBe(303)
  expect(await seenBy()).toEqual({ admin: true, home: true })
  const html = await open('/developer', admin)
  expect(html.includes('We are &lt;moving&gt; on Friday.')).toBe(true)
  expect(html.indexOf('<main')).toBeLessThan(html.indexOf('class="announcements"'))
  const [row] = await look`select id from announcements`
  expect((await post(`/admin/announcements/${row?.id}/withdrawal`, operator)).status).toBe(303)
  expect(await seenBy()).toEqual({ admin: false, home: false })
  expect((await post(`/admin/announcements/${row?.id}/withdrawal`, operator)).status).toBe(404)
  const acts = await look`select action from activity_log where target_id = ${row?.id} order by id`
  expect(acts.map(({ action }) => action)).toEqual(['announcement.made', 'announcement.withdrawn'])
})

test.each([
  ['staff', { admin: true, home: false }],
  ['purchasers', { admin: false, home: true }],
] as const)('one for %s is seen by nobody else', async (audience, seen) => {
  await announce({ audience })
  expect(await seenBy()).toEqual(seen)
})

test('one that begins later is not shown yet, and one that has ended no more', async () => {
  await announce({ starts_at: local(HOUR) })
  expect(await seenBy()).toEqual({ admin: false, home: false })
  expect((await open('/admin/announcements', operator)).includes('Planned')).toBe(true)
  await look`update announcements set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 minute'`
  forgetAnnouncements()
  expect(await seenBy()).toEqual({ admin: false, home: false })
  expect((await open('/admin/announcements', operator)).includes('Over')).toBe(true)
})

test('whoever puts it away sees it no more on this device, and everybody else still does', async () => {
  await announce()
  const [row] = await look`select id from announcements`
  const page = await open('/developer/homes?status=unclaimed', admin)
  expect(page.includes('name="next" value="/developer/homes?status=unclaimed"')).toBe(true)
  const away = await post(`/developer/announcements/${row?.id}/dismissal`, admin, {
    next: '/developer/homes?status=unclaimed',
  })
  expect(away.headers.get('location')).toBe('/developer/homes?status=unclaimed')
  expect(await seenBy()).toEqual({ admin: false, home: true })
  expect(
    (await post(`/announcements/${row?.id}/dismissal`, home, { next: '//evil.example' })).headers.get(
      'location',
    ),
  ).toBe('/')
  expect(await seenBy()).toEqual({ admin: false, home: false })
  await look`update announcements set dismissable_at = null`
  await look`truncate announcement_dismissals`
  forgetAnnouncements()
  expect((await post(`/announcements/${row?.id}/dismissal`, home)).status).toBe(404)
  expect((await open('/home', home)).includes('Put away')).toBe(false)
})

test('an announcement that cannot be is refused with a sentence, and nothing that was typed is lost', async () => {
  for (const [changes, sentence] of [
    [{ message: ' ' }, 'Say what there is to tell.'],
    [{ message: 'x'.repeat(501) }, 'Use at most 500 characters.'],
    [{ ends_at: '' }, 'Choose a day and a time.'],
    [{ ends_at: local(-HOUR) }, 'It must end after it begins.'],
    [{ starts_at: local(3 * HOUR) }, 'It must end after it begins.'],
  ] as [Record<string, string>, string][]) {
    const response = await announce(changes)
    expect(response.status).toBe(422)
    const html = await response.text()
    expect([sentence, html.includes(sentence)]).toEqual([sentence, true])
    if (!changes.message) expect(html.includes('We are &lt;moving&gt; on Friday.')).toBe(true)
  }
})

test('a release note is read by staff until it is withdrawn, and by nobody else', async () => {
  const body = 'Lists are faster.\n\nAnd <safer>.'
  expect((await post('/admin/release-notes', operator, { title: 'June', body })).status).toBe(303)
  const html = await open('/developer/whats-new', admin)
  expect(['June', 'Lists are faster.', 'And &lt;safer&gt;.'].filter((part) => !html.includes(part))).toEqual(
    [],
  )
  expect((await app.call('/developer/whats-new', withCookies(home))).status).toBe(303)
  const [row] = await look`select id from release_notes`
  await post(`/admin/release-notes/${row?.id}/withdrawal`, operator)
  expect((await open('/developer/whats-new', admin)).includes('June')).toBe(false)
  expect((await open('/admin/release-notes', operator)).includes('Withdrawn')).toBe(true)
})

// Checklists from both sides: staff keep them, a household ticks, and the builder sees how far each home is.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { forgetLimits } from '#src/http/limits.ts'
import { claim, form, signIn, startTestApp, type TestApp, withCookies } from '../support/app.ts'

let app: TestApp
let look: postgres.Sql
let home: TestApp['demo']['homes'][number]
let first: string
let second: string
let stranger: string
let staff: string
let otherStaff: string

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  home = app.demo.homes.find(
    ({ tenant, purchasers }) => tenant === 'longview-estates' && purchasers.length === 2,
  )!
  first = await claim(app, home)
  second = await claim(app, home)
  stranger = await claim(app, app.demo.homes.find(({ tenant }) => tenant === 'harbour-homes')!)
  const admin = (tenant: string) => app.demo.admins.find((person) => person.tenant === tenant)!
  staff = await signIn(app, admin('longview-estates'))
  otherStaff = await signIn(app, admin('harbour-homes'))
})
afterAll(async () => {
  await look.end()
  await app.stop()
})
beforeEach(forgetLimits)

const read = async (path: string, cookie: string) => (await app.call(path, withCookies(cookie))).text()
const post = (path: string, cookie: string, fields: Record<string, string> = {}) =>
  app.call(path, withCookies(cookie, form(fields)))
const listUrl = () => `/developer/checklists?development=${home.development_id}`
const item = { checklist: 'handover', title: 'Look at the <roof>', note: '' }
const idOf = async (title: string) =>
  (
    await look`select id from checklist_items where title = ${title} and development_id = ${home.development_id}`
  )[0]?.id

test('the demonstration has a checklist for handover and one for moving in', async () => {
  const text = await read('/checklists', first)
  for (const words of ['Handover inspection', 'Moving in', '0 of 6 done', '(invented)'])
    expect(text).toContain(words)
})

test('staff add, change, raise and remove what is to be checked, each only for their own developments', async () => {
  expect((await post(listUrl(), staff, item)).status).toBe(303)
  expect(await read('/checklists', first)).toContain('Look at the &lt;roof&gt;')
  const refused = await post(listUrl(), staff, { ...item, title: ' ', note: 'Keep me' })
  const text = await refused.text()
  expect(refused.status).toBe(422)
  for (const words of ['Say what to check.', 'Keep me']) expect(text).toContain(words)
  const id = await idOf(item.title)
  for (const path of ['', '/removal', '/raising'])
    expect((await post(`/developer/checklists/${id}${path}`, otherStaff, { title: 'x' })).status).toBe(404)
  expect((await post(`/developer/checklists/${id}`, staff, { title: '' })).status).toBe(422)
  expect((await post(`/developer/checklists/${id}`, staff, { title: 'Look at the roof' })).status).toBe(303)
  const order = async () =>
    (
      await look`select title from checklist_items where development_id = ${home.development_id}
        and checklist = 'handover' and retired_at is null order by position, id`
    ).map((row) => row.title)
  expect((await order()).at(-1)).toBe('Look at the roof')
  expect((await post(`/developer/checklists/${id}/raising`, staff)).status).toBe(303)
  expect((await order()).at(-2)).toBe('Look at the roof')
  expect((await post(`/developer/checklists/${id}/removal`, staff)).status).toBe(303)
  expect(await read('/checklists', first)).not.toContain('Look at the roof')
})

test('anybody of the household ticks, twice is once, and only who meant to takes it back', async () => {
  const id = await idOf('Find the stopcock and the fuse board')
  const answers = await Promise.all(
    [first, second].map((cookie) => post(`/checklists/${id}`, cookie, { done: 'yes' })),
  )
  expect(answers.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
    [303, '/checklists#handover'],
    [303, '/checklists#handover'],
  ])
  expect((await look`select count(*)::int as n from checklist_ticks`)[0]?.n).toBe(1)
  expect(await read('/checklists', second)).toContain('1 of 6 done')
  expect((await post(`/checklists/${id}`, stranger, { done: 'yes' })).status).toBe(404)
  expect((await post(`/checklists/${id}`, first, { done: 'perhaps' })).status).toBe(422)
  const page = await read(`/developer/homes/${home.unit_id}`, staff)
  for (const words of ['1 of 6 done', 'What is open', 'Count the keys']) expect(page).toContain(words)
  expect((await app.call(`/developer/homes/${home.unit_id}`, withCookies(otherStaff))).status).toBe(404)
  await post(`/checklists/${id}`, first, { done: 'no' })
  await post(`/checklists/${id}`, first, { done: 'no' })
  expect(await read('/checklists', first)).toContain('0 of 6 done')
})

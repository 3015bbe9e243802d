// A home's documents: searched, and what is new to each person since their last visit.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import postgres from 'postgres'
import { systemScope } from '#src/access/system-scope.ts'
import { claim, startTestApp, type TestApp, withCookies } from '../../support/app.ts'
import { ingested, pdfOf } from '../../support/ingested.ts'

let app: TestApp
let look: postgres.Sql
let home: TestApp['demo']['homes'][number]
let first: string
let second: string
let scope: ReturnType<typeof systemScope>

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  home = app.demo.homes.find(
    ({ tenant, purchasers }) => tenant === 'longview-estates' && purchasers.length === 2,
  )!
  const [row] = await look`select tenant_id from units where id = ${home.unit_id}`
  scope = systemScope(row?.tenant_id, 'test')
  first = await claim(app, home)
  second = await claim(app, home)
  await add('Attic ladder')
})
afterAll(async () => {
  await look.end()
  await app.stop()
})

const add = async (title: string) =>
  ingested(
    scope,
    home.development_id,
    title,
    await pdfOf([`${title}: where it is and how it is used by the household.`]),
  )
const page = async (path: string, cookie: string) => (await app.call(path, withCookies(cookie))).text()
const badges = (text: string) => text.split('>New</span>').length - 1
/** Everything that happened so far is two hours older. */
async function hoursPass() {
  await look`update document_visits set last_seen_at = last_seen_at - interval '2 hours',
    new_since = new_since - interval '2 hours'`
  await look`update document_versions set ready_at = ready_at - interval '2 hours'`
}

test('on the first visit nothing is new, and the page says from when on something is', async () => {
  expect(badges(await page('/documents', first))).toBe(0)
  expect(await page('/documents?show=new', first)).toContain('This is your first visit')
})

test('what came since the last visit is new, and stays so until the next one', async () => {
  await hoursPass()
  await add('Garden tap')
  for (let look = 0; look < 3; look++) {
    const text = await page('/documents', first)
    expect([badges(text), text.includes('New (1)')]).toEqual([1, true])
  }
  const only = await page('/documents?show=new', first)
  expect([only.includes('Garden tap'), only.includes('Attic ladder')]).toEqual([true, false])
  await hoursPass()
  expect(await page('/documents?show=new', first)).toContain('since your last visit on')
})

test('it is each person’s own, and a prefetch is no visit', async () => {
  expect(badges(await page('/documents', second))).toBe(0)
  await hoursPass()
  await add('Bicycle store')
  const prefetched = withCookies(second)
  await app.call('/documents', { headers: { ...prefetched.headers, 'sec-purpose': 'prefetch' } })
  await hoursPass()
  expect(await page('/documents?show=new', second)).toContain('Bicycle store')
})

test('a search finds titles, says when there is none, and takes any text', async () => {
  expect(await page('/documents?q=ATTIC', first)).toContain('Attic ladder')
  expect(await page('/documents?q=attic', first)).not.toContain('Garden tap')
  for (const q of ['(a%2B)%2B$', '%25%25', '%5C%5C', '%3Cscript%3E'])
    expect(await page(`/documents?q=${q}`, first)).toContain('No document of that name')
})

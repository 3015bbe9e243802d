// Every writing route of a home's app and of a contractor's link leaves a row of its own request in the activity log, or
// the table says why it leaves none.
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { claim, signIn, type TestApp } from './support/app.ts'
import type { Change } from './support/audit-changes.ts'
import { HOUSEHOLD, LAST_ACTS, UNIT, WITHOUT_ROW } from './support/audit-households.ts'
import { auditedTests } from './support/audited-tests.ts'
import { prepareTestProcess } from './support/process.ts'

type Home = TestApp['demo']['homes'][number]

const MAIL = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'OpenHouse <app@homes.example>' }
const CLAIM = '/h/:publicId'
const DONE = '/contractor/:token/snags/:id/done'

const audited = auditedTests({ isFull: true })
/** The first is the one who does everything; each of the others does one last thing. */
let homes: Home[]
let cookie: string
beforeAll(async () => {
  const { app, site, look } = audited
  prepareTestProcess({ DATABASE_URL: app.database.url, ...MAIL })
  await look`delete from sessions`
  // The first of the full portal changes hands already.
  const changing = await look`select unit_id from home_transfers where ended_at is null`
  homes = app.demo.homes.filter(
    ({ development_id: id, unit_id: unit, purchasers }) =>
      id === site && purchasers.length > 0 && !changing.some((each) => each.unit_id === unit),
  )
  cookie = await claim(app, homes[0]!)
})
afterAll(() => void prepareTestProcess({}))

async function act([route, fields = {}, ids]: Change, home: Home, as: string): Promise<string[]> {
  const row = ids
    ? (((await audited.look.unsafe(ids.replaceAll(UNIT, home.unit_id)))[0] ?? {}) as Record<string, string>)
    : {}
  const sent = typeof fields === 'function' ? fields({ site: audited.site, row, who: {} }) : fields
  const values = Object.values(row)
  const path = route.replace(/:\w+/g, () => values.shift() ?? 'none')
  return (await audited.send(path, sent, as)).actions
}

test(`opening a home at ${CLAIM} is logged`, async () => {
  const home = homes[1]!
  const { actions } = await audited.send(new URL(home.url).pathname, { access_code: home.access_code })
  expect(actions).toEqual(['home.claimed'])
})

describe('a household’s app logs', () => {
  for (const change of HOUSEHOLD)
    test(change[0], async () => {
      const actions = await act(change, homes[0]!, cookie)
      expect([change[0], actions.length > 0]).toEqual([change[0], true])
    })
})

describe('the last that somebody does in a home is logged', () => {
  for (const [i, change] of LAST_ACTS.entries())
    test(change[0], async () => {
      const home = homes[2 + i]!
      const actions = await act(change, home, await claim(audited.app, home))
      expect([change[0], actions.length > 0]).toEqual([change[0], true])
    })
})

test(`what a contractor says at ${DONE} is logged, as the contractor’s`, async () => {
  const { app, boss, look, site, send } = audited
  const admin = await signIn(app, boss)
  const [snag] = await look`select id from snags where development_id = ${site} and closed_at is null limit 1`
  const asked = { contractor: 'Murphy Plumbing', days: '14', snags: snag?.id as string }
  const made = await send(`/developer/contractor-links?development=${site}`, asked, admin)
  const [, token] = /\/contractor\/([\w-]{43})/.exec(await made.response.text())!
  const { actions, response } = await send(`/contractor/${token}/snags/${snag?.id}/done`, { note: 'Done.' })
  expect(actions).toEqual(['snag.said_done'])
  const [row] = await look`
    select actor_type from activity_log where request_id = ${response.headers.get('x-request-id')}`
  expect(row?.actor_type).toBe('contractor')
})

describe('no row is left by', () => {
  for (const [route, fields, ids, why] of WITHOUT_ROW)
    test(`${route}: ${why}`, async () => {
      expect([route, await act([route, fields, ids], homes[0]!, cookie)]).toEqual([route, []])
    })
})

/** Of the app's routes, with those that were planted. */
const unlisted = (routes: { method: string; path: string }[]) => {
  const listed = new Set([
    CLAIM,
    DONE,
    ...[...HOUSEHOLD, ...LAST_ACTS, ...WITHOUT_ROW].map(([route]) => route),
  ])
  return routes
    .filter(({ method, path }) => method !== 'GET' && !/^\/(?:developer|admin|api)\//.test(path))
    .map(({ path }) => path)
    .filter((path) => !listed.has(path))
}

test('no writing route outside of portal, console and API was left out', () => {
  expect(unlisted(audited.app.routes)).toEqual([])
  const silent = audited.audit
    .silent('/')
    .filter((name) => !name.startsWith('GET ') && !/ \/(?:developer|admin|api)\//.test(name))
  expect(silent).toEqual([])
})

test('a writing route in no line is found', () => {
  expect(unlisted([...audited.app.routes, { method: 'POST', path: '/parcels' }])).toEqual(['/parcels'])
})

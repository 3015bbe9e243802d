// Every route of the builder's portal and the console that says it is logged leaves a row of its own request in the log.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import type postgres from 'postgres'
import { forgetAttempts } from '#src/access/attempts.ts'
import { totpCode } from '#src/access/totp.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { makePdf } from './routes/api/client.ts'
import { cookiesOf, form, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'
import { type Change, CONSOLE, type Fields, HARBOUR, PORTAL } from './support/audit-changes.ts'
import { type AuditWatch, watchAudit } from './support/audit-watch.ts'
import { fillPortal } from './support/full-portal.ts'

type Portal = 'developer' | 'admin'

let app: TestApp
let look: postgres.Sql
let audit: AuditWatch
let cookies: Record<'developer' | 'admin', string>
let site: string
beforeAll(async () => {
  app = await startTestApp()
  const longview = await fillPortal(app.database)
  look = longview.look
  site = longview.development.id
  audit = watchAudit(look)
  cookies = { developer: await signIn(app, boss()), admin: await signIn(app, app.demo.super_admin, '/admin') }
})
beforeEach(() => {
  forgetLimits()
  forgetAttempts()
})
afterAll(async () => {
  await look.end()
  await app.stop()
})

const pdf = async () => new File([await makePdf()], 'paper.pdf', { type: 'application/pdf' })

const who = (portal: Portal) => {
  const { email, password } = portal === 'admin' ? app.demo.super_admin : boss()
  return { email, password }
}
const boss = () => app.demo.admins.find(({ tenant }) => tenant === 'longview-estates')!

async function change([route, fields = {}, ids]: Change, as: Portal, cookie = cookies[as]): Promise<void> {
  const row = ids ? (((await look.unsafe(ids))[0] ?? {}) as Record<string, string>) : {}
  const sent = typeof fields === 'function' ? fields({ site, row, who: who(as) }) : fields
  const values = Object.values(row)
  const path = `${route.replace(/:\w+/g, () => values.shift() ?? 'none')}?development=${site}`
  const files = Object.values(sent).some((value) => value instanceof File)
  const response = await app.call(
    path,
    withCookies(cookie, files ? multipart(sent) : form(sent as Record<string, string>)),
  )
  const said = response.status < 400 ? '' : problemIn(await response.text())
  expect([route, response.status < 400, said]).toEqual([route, true, ''])
  const rows =
    await look`select action from activity_log where request_id = ${response.headers.get('x-request-id')}`
  expect([route, rows.length > 0]).toEqual([route, true])
  await audit.note('POST', path, response)
}

function multipart(fields: Fields): RequestInit {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  return { method: 'POST', body }
}
const problemIn = (page: string) =>
  [...page.matchAll(/class="(?:field-error|error|alert|notice)[^"]*"[^>]*>([^<]+)/g)]
    .map(([, text]) => text)
    .join(' / ') || page.slice(-400)

describe('the portal logs', () => {
  for (const each of PORTAL)
    test(each[0], async () => {
      if (/documents$|versions$/.test(each[0])) each[1] = { ...(each[1] as Fields), file: await pdf() }
      await change(each, 'developer')
    })
})

describe('the console logs', () => {
  for (const each of CONSOLE) test(each[0], () => change(each, 'admin'))
})

test.each([
  ['developer', '/developer/settings/second-factor'],
  ['admin', '/admin/second-factor'],
] as const)(
  'signing in to the %s pages with a code, and all that is done at %s, is logged',
  async (portal, path) => {
    const page = await (await app.call(path, withCookies(cookies[portal]))).text()
    const secret = /class="one-time">([A-Z2-7 ]+)</.exec(page)![1]!.replaceAll(' ', '')
    const enrolment = /name="enrolment" value="([^"]+)"/.exec(page)![1]!
    const { password } = who(portal)
    await change([path, { enrolment, password, code: totpCode(secret, Date.now()) }], portal)
    const at = (step: number) => ({ code: totpCode(secret, Date.now() + step * 30_000) })
    const renewed = await app.call(`${path}/recovery-codes`, withCookies(cookies[portal], form(at(1))))
    await audit.note('POST', `${path}/recovery-codes`, renewed)
    const [first, second] = (await renewed.text()).match(/\b(?:[0-9A-Z]{4,6}-){3,5}[0-9A-Z]{4,6}\b/g) ?? []
    const halfWay = cookiesOf(await app.call(`/${portal}/sign-in`, form(who(portal))))
    await change([`/${portal}/sign-in/code`, { code: first! }], portal, halfWay)
    await change([`${path}/removal`, { code: second! }], portal)
    await change(
      [`${path}/password`, { current: password, password: 'a long and pleasant sentence' }],
      portal,
    )
  },
)

test('the console logs that somebody looks on in another’s name', async () => {
  const reason = { home: '', reason: 'They asked for help with their homes', minutes: '5' }
  const admin = `select id, tenant_id from staff where role = 'admin' and tenant_id = (${HARBOUR}) limit 1`
  const [row] = await look.unsafe(admin)
  const path = `/admin/tenants/${row?.tenant_id}/impersonation`
  const begun = await app.call(path, withCookies(cookies.admin, form({ ...reason, staff_id: row?.id })))
  await audit.note('POST', path, begun)
})

/** What takes more than one request, or a server with a model, and is looked at where it is tested. */
const ELSEWHERE: Record<string, string> = {
  'POST /developer/reindex': 'test/routes/developer/documents.test.ts',
  'POST /developer/sign-in/enrolment': 'test/access/second-factor.test.ts',
  'POST /admin/sign-in/enrolment': 'test/access/second-factor.test.ts',
  'POST /admin/impersonation/stop': 'test/impersonation.test.ts',
  'POST /admin/limits/delays/release': 'test/routes/admin/limits.test.ts',
}

test('no writing route of either that says it is logged was left out', () => {
  const silent = [...audit.silent('/developer'), ...audit.silent('/admin')].filter(
    (name) => !name.startsWith('GET ') && !/ \/developer\/(?:settings|password)\//.test(name),
  )
  expect(silent.sort()).toEqual(Object.keys(ELSEWHERE).sort())
})

// Every route of the builder's portal and the console that says it is logged leaves a row of its own request in the log.
import { beforeAll, describe, expect, test } from 'bun:test'
import { totpCode } from '#src/access/totp.ts'
import { makePdf } from './routes/api/client.ts'
import { cookiesOf, form, signIn, withCookies } from './support/app.ts'
import { type Change, CONSOLE, type Fields, HARBOUR, PORTAL } from './support/audit-changes.ts'
import { auditedTests } from './support/audited-tests.ts'

type Portal = 'developer' | 'admin'

const audited = auditedTests({ isFull: true })
let cookies: Record<Portal, string>
beforeAll(async () => {
  const { app, boss } = audited
  cookies = { developer: await signIn(app, boss), admin: await signIn(app, app.demo.super_admin, '/admin') }
})

const pdf = async () => new File([await makePdf()], 'paper.pdf', { type: 'application/pdf' })

const who = (portal: Portal) => {
  const { email, password } = portal === 'admin' ? audited.app.demo.super_admin : audited.boss
  return { email, password }
}

async function change([route, fields = {}, ids]: Change, as: Portal, cookie = cookies[as]): Promise<void> {
  const { look, site } = audited
  const row = ids ? (((await look.unsafe(ids))[0] ?? {}) as Record<string, string>) : {}
  const sent = typeof fields === 'function' ? fields({ site, row, who: who(as) }) : fields
  const values = Object.values(row)
  const path = `${route.replace(/:\w+/g, () => values.shift() ?? 'none')}?development=${site}`
  const { actions } = await audited.send(path, sent, cookie)
  expect([route, actions.length > 0]).toEqual([route, true])
}

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
    const { app, audit } = audited
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
    await change([`${path}/sessions`, { ended: 'others', current: password }], portal)
    await change(
      [`${path}/password`, { current: password, password: 'a long and pleasant sentence' }],
      portal,
    )
  },
)

test('the console logs that somebody looks on in another’s name', async () => {
  const { app, audit, look } = audited
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
  const { audit } = audited
  const silent = [...audit.silent('/developer'), ...audit.silent('/admin')].filter(
    (name) => !name.startsWith('GET ') && !/ \/developer\/(?:settings|password)\//.test(name),
  )
  expect(silent.sort()).toEqual(Object.keys(ELSEWHERE).sort())
})

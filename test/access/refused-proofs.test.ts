// Whoever sits at another's screen and guesses leaves a trace: who may read it, and that what was typed is not in it.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { forgetAttempts } from '#src/access/attempts.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { form, signIn, startTestApp, type TestApp, withCookies } from '../support/app.ts'

const GUESS = 'Quetzalcoatl’s own password'
const CODE = '314159'
const PAGE = '/developer/settings/second-factor'

let app: TestApp
let look: postgres.Sql
let cookies: { developer: string; admin: string; otherAdmin: string; operator: string }
beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  const of = (people: TestApp['demo']['admins'], tenant: string) =>
    signIn(app, people.find((person) => person.tenant === tenant)!)
  cookies = {
    developer: await of(app.demo.developers, 'longview-estates'),
    admin: await of(app.demo.admins, 'longview-estates'),
    otherAdmin: await of(app.demo.admins, 'harbour-homes'),
    operator: await signIn(app, app.demo.super_admin, '/admin'),
  }
})
beforeEach(() => {
  forgetLimits()
  forgetAttempts()
})
afterAll(async () => {
  await look.end()
  await app.stop()
})

const read = async (path: string, cookie: string) => {
  const response = await app.call(path, withCookies(cookie))
  return { status: response.status, text: await response.text() }
}
const enrolmentIn = (page: string) => /name="enrolment" value="([^"]+)"/.exec(page)![1]!

test.each([
  [
    'the password at changing it',
    'staff.password_refused',
    `${PAGE}/password`,
    () => ({ current: GUESS, password: 'a long and pleasant sentence' }),
  ],
  [
    'the password at setting up a second factor',
    'staff.password_refused',
    PAGE,
    (enrolment: string) => ({ enrolment, code: CODE, password: GUESS }),
  ],
  [
    'the code at setting up a second factor',
    'staff.second_factor_failed',
    PAGE,
    (enrolment: string, password: string) => ({ enrolment, code: CODE, password }),
  ],
  [
    'the code at renewing recovery codes',
    'staff.second_factor_failed',
    `${PAGE}/recovery-codes`,
    () => ({ code: CODE }),
  ],
  ['the code at taking it away', 'staff.second_factor_failed', `${PAGE}/removal`, () => ({ code: CODE })],
] as [string, string, string, (enrolment: string, password: string) => Record<string, string>][])(
  'whoever gets %s wrong stands in the log of the builder and of the operator, without what was typed',
  async (_, action, path, fields) => {
    const { email, password } = app.demo.developers.find(({ tenant }) => tenant === 'longview-estates')!
    const enrolment = enrolmentIn((await read(PAGE, cookies.developer)).text)
    const refused = await app.call(path, withCookies(cookies.developer, form(fields(enrolment, password))))
    expect(refused.status).toBe(422)
    const rows = await look`
      select l.action, l.actor_id, l.target_id, t.slug, p.payload, p.ip_address is not null as "hasAddress"
      from activity_log l join tenants t on t.id = l.tenant_id join activity_payloads p on p.activity_id = l.id
      where l.request_id = ${refused.headers.get('x-request-id')}`
    const [person] = await look`select id, tenant_id from staff where email = ${email}`
    expect([...rows]).toEqual([
      {
        ...{ action, actor_id: person?.id, target_id: person?.id, slug: 'longview-estates' },
        ...{ payload: '{}', hasAddress: true },
      },
    ])
    const said =
      action === 'staff.password_refused' ? 'Staff: password refused' : 'Staff: second factor failed'
    expect((await read('/developer/settings/activity?area=staff', cookies.admin)).text).toContain(said)
    const logs = await read(`/admin/logs/activity?tenant=${person?.tenant_id}`, cookies.operator)
    expect(logs.text).toContain(action)
    expect((await read('/developer/settings/activity', cookies.developer)).status).toBe(404)
    expect((await read('/developer/settings/activity?area=staff', cookies.otherAdmin)).text).not.toContain(
      said,
    )
  },
)

test('a password that was typed stands in no table', async () => {
  const tables = await look`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`
  for (const { name } of tables) {
    const rows = await look`select 1 from ${look(name)} t where t::text like ${`%${GUESS}%`} limit 1`
    expect([name, rows.length]).toEqual([name, 0])
  }
})

test('an operator who gets their own password wrong stands in the operator’s log, and in no builder’s', async () => {
  const fields = { current: GUESS, password: 'a long and pleasant sentence' }
  const refused = await app.call('/admin/second-factor/password', withCookies(cookies.operator, form(fields)))
  expect(refused.status).toBe(422)
  const rows = await look`select tenant_id, action from activity_log
    where request_id = ${refused.headers.get('x-request-id')}`
  expect([...rows]).toEqual([{ tenant_id: null, action: 'staff.password_refused' }])
  expect((await read('/admin/logs/activity', cookies.operator)).text).toContain('staff.password_refused')
})

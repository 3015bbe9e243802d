// What the law gives a person of their data is not their builder's to stop, and nobody looks at it unseen.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { type ApiTest, expectError, jsonBody, openApi } from '../routes/api/client.ts'
import { claim, cookiesOf, form, signIn, type TestApp, withCookies } from '../support/app.ts'
import { crawl } from '../support/fuzz/sources.ts'

let api: ApiTest
let app: TestApp
let home: TestApp['demo']['homes'][number]
let admin: string
let operator: string
beforeAll(async () => {
  api = await openApi()
  app = api.app
  const own = <T extends { tenant: string }>(list: readonly T[]) =>
    list.filter(({ tenant }) => tenant === api.mine.tenant)
  home = own(app.demo.homes).find(({ purchasers }) => purchasers.length > 0)!
  admin = await signIn(app, own(app.demo.admins)[0]!)
  operator = await signIn(app, app.demo.super_admin, '/admin')
})
beforeEach(async () => {
  forgetLimits()
  await api.look`update job_status set state = 'cancelled', finalized_at = now() where finalized_at is null`
})
afterAll(() => api.stop())

const jobOf = async (kind: string) =>
  (
    await api.look`select id, state, cancel_requested_at from job_status where kind = ${kind} order by created_at desc limit 1`
  )[0]!

test.each([
  ['a copy', 'export-person', '/my-data/exports', {}],
  ['an erasure', 'erase-person', '/my-data/erasure', { confirmed: 'yes' }],
] as const)(
  '%s that a household asked for is stopped by no staff and no program, one or many',
  async (_, kind, path, fields) => {
    const cookie = await claim(app, home)
    expect((await app.call(path, withCookies(cookie, form(fields)))).status).toBe(303)
    const { id } = await jobOf(kind)
    const pressed = await app.call(`/developer/jobs/${id}/cancel`, withCookies(admin, form({})))
    const shown = await (await app.call(pressed.headers.get('location')!, withCookies(admin))).text()
    expect(shown).toContain('It cannot be stopped here.')
    expect(shown).not.toContain(`/developer/jobs/${id}/cancel`)
    expectError(await api.post(`jobs/${id}/cancel`, jsonBody({})), 409, 'job_not_stoppable')
    for (const selection of [{ ids: [id] }, { filter: {} }, { filter: { kind } }])
      expect((await api.post('jobs/cancel', jsonBody(selection))).body.data).toContainEqual({
        id,
        outcome: 'job_not_stoppable',
      })
    expect(await jobOf(kind)).toMatchObject({ state: 'available', cancel_requested_at: null })
    // The operator, who answers for it, still can.
    const fieldsOfAll = form({ confirmed: 'cancel', ids: id })
    await app.call('/admin/jobs/actions', withCookies(operator, fieldsOfAll))
    expect((await jobOf(kind)).state).toBe('cancelled')
  },
)

async function lookAsAdmin(): Promise<string> {
  await api.look`update impersonations set ended_at = now(), ending = 'stopped' where ended_at is null`
  const [person] = await api.look`select s.id, s.tenant_id from staff s join tenants t on t.id = s.tenant_id
    where t.slug = ${api.mine.tenant} and s.role = 'admin' limit 1`
  const fields = {
    staff_id: person?.id,
    home: '',
    reason: 'Ticket 4711: the list looks empty',
    minutes: '15',
  }
  const path = `/admin/tenants/${person?.tenant_id}/impersonation`
  return `${operator}; ${cookiesOf(await app.call(path, withCookies(operator, form(fields))))}`
}

test('an operator who looks as staff at a home, a list of people or questions is seen by the households', async () => {
  const unit = api.mine.unit_id
  const seen = async () =>
    (
      await api.look`select action from data_access_log
      where unit_id = ${unit} and actor_type = 'super_admin' order by action`
    ).map(({ action }) => action)
  const looking = await lookAsAdmin()
  expect(await seen()).toEqual([])
  const query = `development=${api.mine.development_id}`
  const open = async (path: string) =>
    expect([path, (await app.call(path, withCookies(looking))).status]).toEqual([path, 200])
  await open(`/developer/homes/${unit}?${query}`)
  expect(await seen()).toEqual(['household.read'])
  await api.look`delete from data_access_log`
  await open(`/developer/homeowners?${query}`)
  const listed = await api.look`select distinct unit_id from data_access_log
    where actor_type = 'super_admin' and action = 'household.read'`
  expect(listed.length).toBeGreaterThan(1)
})

test('an operator who looks as staff takes no list of people away', async () => {
  const looking = await lookAsAdmin()
  const query = `development=${api.mine.development_id}`
  for (const path of [
    `/developer/homeowners.csv?${query}`,
    `/developer/list-exports/${crypto.randomUUID()}/file`,
  ]) {
    const answer = await app.call(path, withCookies(looking))
    expect([path, answer.status]).toEqual([path, 403])
  }
})

/** Of the home's development, for everybody there. */
async function liveDocument(): Promise<string> {
  const [id, version] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
  await api.look`insert into documents (id, tenant_id, development_id, kind, title)
    select ${id}, tenant_id, development_id, 'manual', 'A paper' from units where id = ${home.unit_id}`
  await api.look`insert into document_versions (id, tenant_id, development_id, document_id, number, status, stage, file_name,
      storage_key, size_bytes, content_sha256, duplicate_key, ready_at)
    select ${version}, tenant_id, development_id, ${id}, 1, 'ready', 'ready', 'paper.pdf', ${id}, 9, ${id}, ${id}, now()
    from units where id = ${home.unit_id}`
  await api.look`update documents set live_version_id = ${version} where id = ${id}`
  return id
}

test('whatever an operator opens in another’s name is a page or a refusal, never an error', async () => {
  const [row] = await api.look`select s.id as staff, s.tenant_id from staff s
    join units u on u.tenant_id = s.tenant_id and u.id = ${home.unit_id} where s.role = 'admin' limit 1`
  const path = `/admin/tenants/${row?.tenant_id}/impersonation`
  for (const [as, start] of [
    [{ staff_id: row?.staff, home: '' }, '/developer'],
    [{ staff_id: '', home: home.unit_id }, '/home'],
  ] as const) {
    await api.look`update impersonations set ended_at = now(), ending = 'stopped' where ended_at is null`
    const fields = { ...as, reason: 'Ticket 4711: the list looks empty', minutes: '15' }
    const begun = await app.call(path, withCookies(operator, form(fields)))
    const looking = withCookies(`${operator}; ${cookiesOf(begun)}`)
    const failed: string[] = []
    let opened = 0
    const open = async (at: string) => {
      forgetLimits()
      const answer = await app.call(at, looking)
      opened++
      if (answer.status >= 500) failed.push(`${answer.status} ${at}`)
      return answer
    }
    await crawl(open, start)
    for (const at of ['/developer/documents', '/documents']) await open(`${at}/${await liveDocument()}/file`)
    expect(failed).toEqual([])
    expect(opened).toBeGreaterThan(10)
  }
})

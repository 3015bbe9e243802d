// The settings of the portal do what docs/routes.md says of them: each change leaves a row of its own request in the log.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { forgetAttempts } from '#src/access/attempts.ts'
import { totpCode } from '#src/access/totp.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { form, signIn, startTestApp, type TestApp, withCookies } from './support/app.ts'
import { type AuditWatch, watchAudit } from './support/audit-watch.ts'

const SETTINGS = '/developer/settings'
const STEP_MS = 30_000

let app: TestApp
let look: postgres.Sql
let audit: AuditWatch
let boss: { email: string; password: string }
let admin: string
beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  audit = watchAudit(look)
  boss = app.demo.admins.find(({ tenant }) => tenant === 'longview-estates')!
  admin = await signIn(app, boss)
})
beforeEach(() => {
  forgetLimits()
  forgetAttempts()
})
afterAll(async () => {
  await look.end()
  await app.stop()
})

async function post(path: string, fields: Record<string, string> = {}, init?: RequestInit): Promise<string> {
  const response = await app.call(path, withCookies(admin, init ?? form(fields)))
  expect([path, response.status < 400]).toEqual([path, true])
  await audit.note('POST', path, response)
  return response.text()
}
const newest = async (table: string) =>
  (await look`select id from ${look(table)} order by created_at desc, id desc limit 1`)[0]?.id as string

test('staff are invited, given rights, sent links, signed out, disabled, enabled and freed of a lost factor', async () => {
  const invited = await post(`${SETTINGS}/invitations`, {
    ...{ name: 'Niamh Daly', email: 'niamh@longview.example', role: 'admin' },
  })
  const member = `${SETTINGS}/staff/${await newest('staff')}`
  await post(/(\/developer\/password\/[\w-]{43})/.exec(invited)![1]!, {
    password: 'a long and pleasant sentence',
  })
  const [site] = await look`select id from developments where slug = 'longview-park'`
  await post(member, { role: 'developer', development_ids: site?.id })
  await post(`${member}/link`)
  await post(`${member}/sessions/end`)
  await post(`${member}/disabling`)
  await post(`${member}/enabling`)
  await look`update staff set totp_secret_encrypted = 'sealed', totp_enabled_at = now() where email = 'niamh@longview.example'`
  await post(`${member}/second-factor/removal`)
})

test('facts, keys and webhooks come and go', async () => {
  const [site] = await look`select id from developments where slug = 'longview-park'`
  const fact = { topic: 'bins', label: 'Bin day', value: 'Tuesday', source: 'Council, leaflet 2026' }
  await post(`${SETTINGS}/facts?development=${site?.id}`, fact)
  const one = `${SETTINGS}/facts/${await newest('facts')}`
  await post(one, { ...fact, value: 'Friday' })
  await post(`${one}/deletion`)
  await post(`${SETTINGS}/api-keys`, { name: 'Sales system', scopes: 'units:read' })
  const [key] = await look`select id from api_keys where name = 'Sales system'`
  await post(`${SETTINGS}/api-keys/${key?.id}/revocation`)
  await post(`${SETTINGS}/webhooks`, { url: 'https://hooks.example/oh', events: 'unit.claimed' })
  const [hook] = await look`select id, tenant_id from webhooks`
  const delivery = Bun.randomUUIDv7()
  await look`insert into webhook_deliveries (id, tenant_id, webhook_id, event_id, event, data)
    values (${delivery}, ${hook?.tenant_id}, ${hook?.id}, ${Bun.randomUUIDv7()}, 'unit.claimed', '{}')`
  await post(`${SETTINGS}/webhooks/${hook?.id}/deliveries/${delivery}/replay`)
  await look`update webhooks set disabled_at = now(), failure_count = 10`
  await post(`${SETTINGS}/webhooks/${hook?.id}/enabling`)
  await post(`${SETTINGS}/webhooks/${hook?.id}/deletion`)
})

test('the look, what is kept, and developments are changed', async () => {
  const picked = new FormData()
  picked.set('accent', '#a8752c')
  await post(`${SETTINGS}/branding`, {}, { method: 'POST', body: picked })
  await post(`${SETTINGS}/retention`, {
    ...{
      qr_scans: '300',
      rag_log: '180',
      ingestion_log: '180',
      imports: '180',
      mails: '90',
      data_access_log: '730',
    },
  })
  await post(`${SETTINGS}/developments`, {
    ...{ name: 'Cois Laoi', address_line: 'Model Farm Road', locality: 'Bishopstown', county: 'Cork' },
    ...{ eircode: '', tenure: 'sale' },
  })
  await post(`${SETTINGS}/developments/${await newest('developments')}/tenure`, { tenure: 'rent' })
})

test('one’s own second factor is set up, its codes renewed, and it is taken away', async () => {
  const page = await (await app.call(`${SETTINGS}/second-factor`, withCookies(admin))).text()
  const secret = /class="one-time">([A-Z2-7 ]+)</.exec(page)![1]!.replaceAll(' ', '')
  const enrolment = /name="enrolment" value="([^"]+)"/.exec(page)![1]!
  const at = (step: number) => totpCode(secret, Date.now() + step * STEP_MS)
  await post(`${SETTINGS}/second-factor`, { enrolment, code: at(-1), password: boss.password })
  await post(`${SETTINGS}/second-factor/recovery-codes`, { code: at(0) })
  await post(`${SETTINGS}/second-factor/removal`, { code: at(1) })
  await post(`${SETTINGS}/second-factor/password`, {
    ...{ current: boss.password, password: 'a long and pleasant sentence' },
  })
})

test('no setting that says it is logged was silent', () => {
  expect([...audit.silent(`${SETTINGS}/`), ...audit.silent('/developer/password/')]).toEqual([])
})

test('a route that says so and writes nothing is found', async () => {
  const watch = watchAudit(look)
  const path = '/developer/settings/branding'
  await watch.note('POST', path, new Response(null, { headers: { 'x-request-id': 'of nobody' } }))
  expect(watch.silent(path)).toEqual([`POST ${path}`])
})

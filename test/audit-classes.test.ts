// The settings of the portal do what docs/routes.md says of them: each change leaves a row of its own request in the log.
import { beforeAll, expect, test } from 'bun:test'
import { totpCode } from '#src/access/totp.ts'
import { signIn, withCookies } from './support/app.ts'
import type { Fields } from './support/audit-changes.ts'
import { watchAudit } from './support/audit-watch.ts'
import { auditedTests } from './support/audited-tests.ts'

const SETTINGS = '/developer/settings'
const STEP_MS = 30_000

const audited = auditedTests({ isFull: false })
let admin: string
beforeAll(async () => {
  admin = await signIn(audited.app, audited.boss)
})

const post = async (path: string, fields: Fields = {}): Promise<string> =>
  (await audited.send(path, fields, admin)).response.text()
const newest = async (table: string) => {
  const { look } = audited
  const [row] = await look`select id from ${look(table)} order by created_at desc, id desc limit 1`
  return row?.id as string
}

test('staff are invited, given rights, sent links, signed out, disabled, enabled and freed of a lost factor', async () => {
  const invited = await post(`${SETTINGS}/invitations`, {
    ...{ name: 'Niamh Daly', email: 'niamh@longview.example', role: 'admin' },
  })
  const member = `${SETTINGS}/staff/${await newest('staff')}`
  await post(/(\/developer\/password\/[\w-]{43})/.exec(invited)![1]!, {
    password: 'a long and pleasant sentence',
  })
  const [site] = await audited.look`select id from developments where slug = 'longview-park'`
  await post(member, { role: 'developer', development_ids: site?.id })
  await post(`${member}/link`)
  await post(`${member}/sessions/end`)
  await post(`${member}/disabling`)
  await post(`${member}/enabling`)
  await audited.look`update staff set totp_secret_encrypted = 'sealed', totp_enabled_at = now() where email = 'niamh@longview.example'`
  await post(`${member}/second-factor/removal`)
  await post(`${SETTINGS}/second-factor-rule`, { required: 'yes' })
  await post(`${SETTINGS}/second-factor-rule`, { required: 'no' })
})

test('facts, keys and webhooks come and go', async () => {
  const { look } = audited
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
  await post(`${SETTINGS}/branding`, { accent: '#a8752c', logo: new File([], '') })
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
  const page = await (await audited.app.call(`${SETTINGS}/second-factor`, withCookies(admin))).text()
  const secret = /class="one-time">([A-Z2-7 ]+)</.exec(page)![1]!.replaceAll(' ', '')
  const enrolment = /name="enrolment" value="([^"]+)"/.exec(page)![1]!
  const at = (step: number) => totpCode(secret, Date.now() + step * STEP_MS)
  await post(`${SETTINGS}/second-factor`, { enrolment, code: at(-1), password: audited.boss.password })
  await post(`${SETTINGS}/second-factor/recovery-codes`, { code: at(0) })
  await post(`${SETTINGS}/second-factor/removal`, { code: at(1) })
  await post(`${SETTINGS}/second-factor/sessions`, { ended: 'others', current: audited.boss.password })
  await post(`${SETTINGS}/second-factor/password`, {
    ...{ current: audited.boss.password, password: 'a long and pleasant sentence' },
  })
})

test('no setting that says it is logged was silent', () => {
  const { audit } = audited
  expect([...audit.silent(`${SETTINGS}/`), ...audit.silent('/developer/password/')]).toEqual([])
})

test('a route that says so and writes nothing is found', async () => {
  const watch = watchAudit(audited.look)
  const path = '/developer/settings/branding'
  await watch.note('POST', path, new Response(null, { headers: { 'x-request-id': 'of nobody' } }))
  expect(watch.silent(path)).toEqual([`POST ${path}`])
})

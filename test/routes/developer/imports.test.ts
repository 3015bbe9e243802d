// The builder's import of homes as pages: without scripts, with fragments, and only for who may see the development.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { IMPORT_BYTES_MAX } from '#src/imports/limits.ts'
import { runImport } from '#src/imports/run.ts'
import { signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'

let app: TestApp
let look: postgres.Sql
let admin: RequestInit
let developmentId: string
beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  const account = app.demo.admins.find((person) => person.tenant === 'longview-estates')!
  admin = withCookies(await signIn(app, account))
  developmentId = (await look`select id from developments where slug = 'longview-park'`)[0]?.id
})
afterAll(async () => {
  await look.end()
  await app.stop()
})
beforeEach(forgetLimits)

function upload(content: string | Uint8Array<ArrayBuffer> | null, as = admin): RequestInit {
  const form = new FormData()
  form.set('file', new File(content === null ? [] : [content], content === null ? '' : 'homes.csv'))
  return { ...as, method: 'POST', body: form }
}
const page = (development = developmentId) => `/developer/homes/import?development=${development}`
async function work(id: string) {
  const [row] = await look`select tenant_id from imports where id = ${id}`
  const scope = systemScope(row?.tenant_id, 'test')
  await runImport(scope, id, { progress: () => {}, fenced: (run) => within(scope, run) })
}
const idOf = (response: Response) => response.headers.get('location')?.split('/').at(-1) as string

test('without scripts: upload, report, confirm, result', async () => {
  const homes = await (await app.call(`/developer/homes?development=${developmentId}`, admin)).text()
  expect(homes).toContain('/developer/homes/import?development=')
  expect(await (await app.call(page(), admin)).text()).toContain('enctype="multipart/form-data"')
  const sent = await app.call(page(), upload('Unit,Type,Purchaser\n701,BD01,<b>Áine</b> Daly\n'))
  expect(sent.status).toBe(303)
  const at = sent.headers.get('location') as string
  const waiting = await (await app.call(at, admin)).text()
  expect(waiting).toContain('The list is being checked')
  expect(waiting).toContain('hx-trigger="every 1s"')
  await work(idOf(sent))
  const report = await (await app.call(at, admin)).text()
  expect(report).toContain('Nothing has been changed yet')
  expect(report).toContain('&lt;b&gt;Áine&lt;/b&gt; Daly')
  expect(report).not.toContain('hx-trigger')
  const confirmed = await app.call(`${at}/confirmation`, { ...admin, method: 'POST' })
  expect([confirmed.status, confirmed.headers.get('location')]).toEqual([303, at])
  expect((await app.call(`${at}/confirmation`, { ...admin, method: 'POST' })).status).toBe(303)
  await work(idOf(sent))
  const done = await (await app.call(at, admin)).text()
  expect(done).toContain('1 home created')
  expect(done).not.toContain('hx-trigger')
  expect((await look`select id from units where number = '701'`).length).toBe(1)
  expect(await (await app.call(page(), admin)).text()).toContain('homes.csv')
})

test('the fragment asks again while the job runs and stops when the import is settled', async () => {
  const sent = await app.call(page(), upload('Unit,Type\n702,XX\n'))
  const fragment = async () => {
    const headers = { ...(admin.headers as object), 'hx-request': 'true', 'hx-request-type': 'partial' }
    return (await app.call(sent.headers.get('location') as string, { headers })).text()
  }
  const running = await fragment()
  expect(running).toStartWith('<div id="import"')
  expect(running).toContain('hx-trigger')
  await work(idOf(sent))
  const settled = await fragment()
  expect(settled).toContain('Nothing was imported')
  expect(settled).toContain('is not a house type of this development')
  expect(settled).not.toContain('hx-trigger')
  expect(settled).not.toContain('/confirmation')
})

test.each<[string, string | Uint8Array<ArrayBuffer> | null, string]>([
  ['no file', null, 'Choose a file first.'],
  ['an empty one', '', 'The file is empty.'],
  ['one over the limit', 'Unit,Type\n'.repeat(IMPORT_BYTES_MAX / 5), 'larger than is allowed'],
  ['a PDF', '%PDF-1.4', 'neither CSV nor an Excel workbook'],
])('with %s the form comes back with a sentence', async (_, content, sentence) => {
  const response = await app.call(page(), upload(content))
  expect(response.status).toBeGreaterThanOrEqual(413)
  expect(await response.text()).toContain(sentence)
})

test('a developer sees the imports of granted developments only, and another tenant none', async () => {
  const sent = await app.call(page(), upload('Unit,Type\n703,BD01\n'))
  const id = idOf(sent)
  await work(id)
  const other =
    app.demo.developers.find((person) => person.tenant === 'harbour-homes') ??
    app.demo.admins.find((person) => person.tenant === 'harbour-homes')!
  const own = app.demo.developers.find((person) => person.tenant === 'longview-estates')!
  const [staff] = await look`select id from staff where email = ${own.email}`
  const [rathard] = await look`select id, tenant_id from developments where slug = 'rathard-park'`
  await look`delete from staff_developments where staff_id = ${staff?.id}`
  await look`insert into staff_developments (tenant_id, staff_id, development_id) values (${rathard?.tenant_id}, ${staff?.id}, ${rathard?.id})`
  for (const account of [other, own]) {
    const stranger = withCookies(await signIn(app, account))
    const post = { ...stranger, method: 'POST' }
    expect((await app.call(`/developer/homes/import/${id}`, stranger)).status).toBe(404)
    expect((await app.call(`/developer/homes/import/${id}/confirmation`, post)).status).toBe(404)
    expect((await app.call(page(), upload('Unit,Type\n704,BD01\n', stranger))).status).toBe(404)
  }
  expect((await look`select status from imports where id = ${id}`)[0]?.status).toBe('checked')
})

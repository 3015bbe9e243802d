// What one builder may store: refused with the figures, also when uploads come at once, and given back when files go.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import sharp from 'sharp'
import { type Db, type Scope, within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { deleteDocument } from '#src/documents/deletion.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { type ListRequest, requestListExport, writeListExport } from '#src/list-exports.ts'
import { exportPerson } from '#src/people/archive.ts'
import { purgeExpired, recountStorageUse } from '#src/retention.ts'
import { SNAG_PHOTOS_A_DAY_MAX } from '#src/snags.ts'
import { type ApiTest, expectError, makePdf, openApi, pdfBody } from './routes/api/client.ts'
import { claim, form, signIn, withCookies } from './support/app.ts'
import { prepareTestProcess } from './support/process.ts'

const BYTES_MAX = 100_000
const job = (scope: Scope) => ({
  signal: new AbortController().signal,
  requestId: 'test',
  progress: () => {},
  fenced: <T>(work: (db: Db) => Promise<T>) => within(scope, work),
})

let api: ApiTest
beforeAll(async () => {
  prepareTestProcess({ TENANT_STORAGE_BYTES_MAX: String(BYTES_MAX) })
  api = await openApi()
})
afterAll(async () => {
  await api.stop()
  prepareTestProcess({ TENANT_STORAGE_BYTES_MAX: '20000000000' })
})
beforeEach(async () => {
  forgetLimits()
  await api.look`update documents set live_version_id = null`
  await api.look`delete from document_versions`
  await api.look`delete from documents`
  await api.look`delete from snags`
  await api.look`delete from brandings`
  await api.look`delete from person_exports`
  await api.look`delete from list_exports`
  await api.look`delete from storage_use`
})

/** A PDF of exactly this size: what follows the end of one is not read. */
async function pdfOf(bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const padded = new Uint8Array(bytes).fill(32)
  padded.set(await makePdf())
  padded.set(new TextEncoder().encode(`%${crypto.randomUUID()}\n%%EOF\n`), bytes - 50)
  return padded
}
const upload = async (bytes: number, key = api.keys.mine, home = api.mine) =>
  api.post(`documents?development_id=${home.development_id}`, pdfBody(await pdfOf(bytes)), key)
/** What was counted, and what rows say of every file there is. */
const counted = async () => {
  const [row] = await api.look`
    select (select coalesce(sum(used_bytes + picture_bytes + export_bytes), 0)::int from storage_use) as used,
      (select coalesce(sum(size_bytes), 0) from document_versions)::int
      + (select coalesce(sum(photo_bytes), 0) from snags where photo_id is not null)::int
      + (select coalesce(sum(logo_bytes), 0) from brandings where logo_id is not null)::int
      + (select coalesce(sum(size_bytes), 0) from person_exports)::int
      + (select coalesce(sum(size_bytes), 0) from list_exports)::int as stored`
  return row as { used: number; stored: number }
}
const ownTenant = async (): Promise<string> =>
  (await api.look`select id from tenants where slug = ${api.mine.tenant}`)[0]?.id
const admin = () => signIn(api.app, api.app.demo.admins.find(({ tenant }) => tenant === api.mine.tenant)!)
const household = () =>
  claim(api.app, api.app.demo.homes.find(({ development_id: id }) => id === api.mine.development_id)!)
const noise = async (side: number) =>
  new Uint8Array(
    await sharp(crypto.getRandomValues(new Uint8Array(side * side * 3)), {
      raw: { width: side, height: side, channels: 3 },
    })
      .jpeg()
      .toBuffer(),
  )
async function sendSnag(cookie: string, description: string, photo?: Uint8Array<ArrayBuffer>) {
  const body = new FormData()
  const said = { room: 'Kitchen', category: 'electrical', description }
  for (const [name, value] of Object.entries(said)) body.set(name, value)
  if (photo) body.set('photo', new Blob([photo]), 'socket.jpg')
  return api.app.call('/snags', withCookies(cookie, { method: 'POST', body }))
}
async function sendLogo(cookie: string, fields: Record<string, string>, logo?: Uint8Array<ArrayBuffer>) {
  const body = new FormData()
  for (const [name, value] of Object.entries({ accent: '', ...fields })) body.set(name, value)
  if (logo) body.set('logo', new Blob([logo]), 'mark.png')
  return api.app.call('/developer/settings/branding', withCookies(cookie, { method: 'POST', body }))
}
const purge = () => purgeExpired({ signal: new AbortController().signal, progress: () => {} })

test('a file beyond the room of its builder is refused with the figures, and others have theirs', async () => {
  expect((await upload(60_000)).status).toBe(202)
  const refused = await upload(50_000)
  expectError(refused, 413, 'storage_full')
  expect(refused.body.error.fields[0].message).toStartWith(
    'There is no room for this file of 0.1 MB: 0.1 of 0.1 MB are used.',
  )
  expect(await counted()).toEqual({ used: 60_000, stored: 60_000 })
  expect((await upload(50_000, api.keys.theirs, api.theirs)).status).toBe(202)
  expect((await upload(40_000)).status).toBe(202)
  expectError(await upload(10_000), 413, 'storage_full')
})

test('of uploads at the same time no more are kept than there is room for', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => upload(30_000)))
  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([202, 202, 202, 413, 413, 413, 413, 413])
  expect(await counted()).toEqual({ used: 90_000, stored: 90_000 })
})

test('a new version counts beside the one before it', async () => {
  const { body } = await upload(60_000)
  const next = `documents/${body.id}/versions`
  expectError(await api.post(next, pdfBody(await pdfOf(50_000))), 413, 'storage_full')
  expect((await api.post(next, pdfBody(await pdfOf(30_000)))).status).toBe(202)
  expect(await counted()).toEqual({ used: 90_000, stored: 90_000 })
})

test('a length that is not said is counted when the file has come, and nothing of it stays', async () => {
  await upload(60_000)
  const bytes = await pdfOf(50_000)
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })
  const { headers } = pdfBody(bytes)
  const init = { body: stream, headers: { ...headers }, duplex: 'half' } as RequestInit
  expectError(
    await api.post(`documents?development_id=${api.mine.development_id}`, init),
    413,
    'storage_full',
  )
  expect(await counted()).toEqual({ used: 60_000, stored: 60_000 })
})

test('deleted documents give their room back when their files go', async () => {
  const { body } = await upload(90_000)
  const [owner] = await api.look`select tenant_id from documents where id = ${body.id}`
  await deleteDocument(systemScope(owner?.tenant_id, 'test'), body.id)
  expectError(await upload(30_000), 413, 'storage_full')
  await api.look`update documents set deleted_at = now() - interval '31 days'`
  await purge()
  expect(await counted()).toEqual({ used: 0, stored: 0 })
  expect((await upload(30_000)).status).toBe(202)
})

test('a count that went wrong is set right, also of a builder that was never counted', async () => {
  await upload(20_000)
  await api.look`delete from storage_use`
  await upload(10_000, api.keys.theirs, api.theirs)
  await api.look`update storage_use set used_bytes = 5`
  expect(await recountStorageUse()).toBe(2)
  expect(await counted()).toEqual({ used: 30_000, stored: 30_000 })
  expect(await recountStorageUse()).toBe(0)
})

test('the builder and the operator see how much is used', async () => {
  await upload(95_000)
  const admin = await signIn(api.app, api.app.demo.admins.find(({ tenant }) => tenant === api.mine.tenant)!)
  const operator = await signIn(api.app, api.app.demo.super_admin, '/admin')
  const read = async (path: string, cookie: string) =>
    (await (await api.app.call(path, withCookies(cookie))).text()).replaceAll('\u00a0', ' ')
  const documents = await read(`/developer/documents?development=${api.mine.development_id}`, admin)
  expect(documents).toContain('95 kB of 100 kB used: 95 kB by documents with all their versions.')
  const [owner] = await api.look`select id from tenants where slug = ${api.mine.tenant}`
  expect(await read(`/admin/tenants/${owner?.id}`, operator)).toContain('95 kB of 100 kB used')
})

test('the form without scripts says how many of its files had no room', async () => {
  const admin = await signIn(api.app, api.app.demo.admins.find(({ tenant }) => tenant === api.mine.tenant)!)
  const form = new FormData()
  form.set('kind', 'other')
  for (const bytes of [60_000, 50_000, 30_000])
    form.append('file', new File([await pdfOf(bytes)], `${bytes}.pdf`, { type: 'application/pdf' }))
  const path = `/developer/documents?development=${api.mine.development_id}`
  const answer = await api.app.call(path, withCookies(admin, { method: 'POST', body: form }))
  const shown = await api.app.call(answer.headers.get('location')!, withCookies(admin))
  expect(await shown.text()).toContain('2 uploaded, 1 not: there is no room left for the rest.')
  expect(await counted()).toEqual({ used: 90_000, stored: 90_000 })
})

test('a builder without room left stops no household from reporting, asking or taking its copy', async () => {
  await upload(BYTES_MAX - 5_000)
  expectError(await upload(10_000), 413, 'storage_full')
  const cookie = await household()
  const before = (await counted()).used
  expect((await sendSnag(cookie, 'It smells of burning.', await noise(80))).status).toBe(303)
  const [snag] = await api.look`select id, photo_bytes from snags`
  const photo = await api.app.call(`/snags/${snag?.id}/photo`, withCookies(cookie))
  expect(Number(snag?.photo_bytes)).toBe((await photo.bytes()).byteLength)
  expect((await api.app.call('/emergency', withCookies(cookie))).status).toBe(200)
  expect((await api.app.call('/my-data/exports', withCookies(cookie, form({})))).status).toBe(303)
  const [copy] = await api.look`select id from person_exports`
  const scope = systemScope(await ownTenant(), 'test')
  await exportPerson(scope, copy?.id, job(scope))
  const after = await counted()
  expect(after.used).toBeGreaterThan(before + Number(snag?.photo_bytes))
  expect(after.used).toBe(after.stored)
})

test('pictures and exports leave less room for documents, and both portals say what takes how much', async () => {
  const cookie = await household()
  expect((await sendSnag(cookie, 'A crack above the door.', await noise(200))).status).toBe(303)
  const [{ pictures } = {}] = await api.look`select picture_bytes::int as pictures from storage_use`
  expect(pictures).toBeGreaterThan(10_000)
  expectError(await upload(BYTES_MAX - pictures + 1), 413, 'storage_full')
  const bytes = 1_000 * Math.floor((BYTES_MAX - pictures) / 1_000)
  expect((await upload(bytes)).status).toBe(202)
  const words = `${bytes / 1_000} kB by documents with all their versions and ${Math.round(pictures / 1_000)} kB by pictures.`
  const operator = await signIn(api.app, api.app.demo.super_admin, '/admin')
  const read = async (path: string, by: string) =>
    (await (await api.app.call(path, withCookies(by))).text()).replaceAll('\u00a0', ' ')
  const documents = `/developer/documents?development=${api.mine.development_id}`
  expect(await read(documents, await admin())).toContain(words)
  expect(await read(`/admin/tenants/${await ownTenant()}`, operator)).toContain(words)
})

test('a logo counts, its successor in its place, and one beyond the room is refused where it was chosen', async () => {
  const cookie = await admin()
  expect((await sendLogo(cookie, {}, await noise(60))).status).toBe(303)
  const [first] = await api.look`select logo_id, logo_bytes::int as bytes from brandings`
  expect(await counted()).toEqual({ used: first?.bytes, stored: first?.bytes })
  expect((await sendLogo(cookie, {}, await noise(30))).status).toBe(303)
  const [second] = await api.look`select logo_id, logo_bytes::int as bytes from brandings`
  expect(second?.bytes).toBeLessThan(first?.bytes)
  expect(await counted()).toEqual({ used: second?.bytes, stored: second?.bytes })
  await upload(BYTES_MAX - second?.bytes - 1_000)
  const refused = await sendLogo(cookie, {}, await noise(100))
  expect(refused.status).toBe(413)
  expect(await refused.text()).toContain('There is no room for this file of 0.1 MB')
  const [kept] = await api.look`select logo_id from brandings`
  expect(kept?.logo_id).toBe(second?.logo_id)
  expect((await sendLogo(cookie, { removes_logo: 'on' })).status).toBe(303)
  expect((await counted()).used).toBe(BYTES_MAX - second?.bytes - 1_000)
})

test('a long list is refused without room, also when the room goes while it is written', async () => {
  const tenantId = await ownTenant()
  const [person] =
    await api.look`select id from staff where tenant_id = ${tenantId} and role = 'admin' limit 1`
  const scope = systemScope(tenantId, 'test')
  const list: ListRequest = {
    list: 'homes',
    filter: { developmentId: api.mine.development_id },
    order: { sort: 'number', isDescending: false },
  }
  const first = await requestListExport(scope, person?.id, list)
  const second = await requestListExport(scope, person?.id, list)
  expect(await writeListExport(scope, first, job(scope))).toBe('ready')
  const [row] = await api.look`select size_bytes::int as bytes from list_exports where id = ${first}`
  expect(await counted()).toEqual({ used: row?.bytes, stored: row?.bytes })
  await upload(BYTES_MAX - row?.bytes)
  expect(await writeListExport(scope, second, job(scope))).toBe('full')
  const refused = requestListExport(scope, person?.id, list)
  expect(await refused.catch((error) => error.code)).toBe('storage_full')
  expect(await counted()).toEqual({ used: BYTES_MAX, stored: BYTES_MAX })
})

test('pictures of before their bytes were noted are weighed by night, and one that is gone weighs nothing', async () => {
  const cookie = await household()
  await sendSnag(cookie, 'A crack above the door.', await noise(80))
  await sendSnag(cookie, 'A scratch on the sink.', await noise(80))
  await sendLogo(await admin(), {}, await noise(60))
  const { used } = await counted()
  const [lost] = await api.look`select id, photo_bytes::int as bytes from snags order by id limit 1`
  await api.look`update snags set photo_bytes = null`
  await api.look`update brandings set logo_bytes = null`
  await api.look`update snags set photo_id = gen_random_uuid() where id = ${lost?.id}`
  await api.look`delete from storage_use`
  await purge()
  expect(await counted()).toEqual({ used: used - lost?.bytes, stored: used - lost?.bytes })
  const [left] = await api.look`select photo_bytes::int as bytes from snags where id = ${lost?.id}`
  expect(left?.bytes).toBe(0)
})

test('a home that sent as many photos in a day as are kept is told when the next may come, and loses no word', async () => {
  const cookie = await household()
  await sendSnag(cookie, 'The very first one.', await noise(40))
  await api.look`
    insert into snags (id, tenant_id, development_id, unit_id, room, category, description, photo_id, created_at)
    select uuidv7(), tenant_id, development_id, unit_id, room, category, 'One more.', gen_random_uuid(),
      now() - interval '23 hours' + n * interval '1 minute'
    from snags, generate_series(1, ${SNAG_PHOTOS_A_DAY_MAX - 2}) n`
  const photo = await noise(40)
  const answers = await Promise.all(['Two.....', 'Three...'].map((text) => sendSnag(cookie, text, photo)))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.toSorted()).toEqual([303, 429])
  forgetLimits()
  const refused = await sendSnag(cookie, 'It smells of burning.', photo)
  expect(refused.status).toBe(429)
  const waitS = Number(refused.headers.get('retry-after'))
  expect(waitS).toBeGreaterThan(3_500)
  expect(waitS).toBeLessThanOrEqual(3_700)
  const page = await refused.text()
  expect(page).toContain(`Your home has sent ${SNAG_PHOTOS_A_DAY_MAX} photos in 24 hours`)
  expect(page).toContain('The next can be sent from')
  expect(page).toContain('It smells of burning.')
  expect((await sendSnag(cookie, 'It smells of burning.')).status).toBe(303)
  const [files] = await api.look`select count(*)::int as count from snags where photo_id is not null`
  expect(files?.count).toBe(SNAG_PHOTOS_A_DAY_MAX)
})

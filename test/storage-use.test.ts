// What one builder may store: refused with the figures, also when uploads come at once, and given back when files go.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import sharp from 'sharp'
import { systemScope } from '#src/access/system-scope.ts'
import { deleteDocument } from '#src/documents/deletion.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { purgeExpired, recountStorageUse } from '#src/retention.ts'
import { type ApiTest, expectError, makePdf, openApi, pdfBody } from './routes/api/client.ts'
import { claim, form, signIn, withCookies } from './support/app.ts'
import { prepareTestProcess } from './support/process.ts'

const BYTES_MAX = 100_000

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
const counted = async () => {
  const [row] = await api.look`
    select (select coalesce(sum(used_bytes), 0)::int from storage_use) as used,
      (select coalesce(sum(size_bytes), 0)::int from document_versions) as stored`
  return row as { used: number; stored: number }
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
  expect(documents).toContain('95 kB of 100 kB used by all documents and their versions.')
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
  const { development_id: development, tenant } = api.mine
  await upload(BYTES_MAX - 5_000)
  expectError(await upload(10_000), 413, 'storage_full')
  const own = ({ development_id: id }: { development_id: string }) => id === development
  const household = await claim(api.app, api.app.demo.homes.find(own)!)
  const before = await counted()
  const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#884422' } })
    .jpeg()
    .toBuffer()
  const body = new FormData()
  const said = { room: 'Kitchen', category: 'electrical', description: 'It smells of burning.' }
  for (const [name, value] of Object.entries(said)) body.set(name, value)
  body.set('photo', new Blob([new Uint8Array(bytes)]), 'socket.jpg')
  const sent = await api.app.call('/snags', withCookies(household, { method: 'POST', body }))
  expect(sent.status).toBe(303)
  const [snag] = await api.look`select s.id, s.photo_id from snags s join tenants t on t.id = s.tenant_id
    where t.slug = ${tenant} order by s.created_at desc limit 1`
  const photo = await api.app.call(`/snags/${snag?.id}/photo`, withCookies(household))
  expect([snag?.photo_id !== null, photo.status]).toEqual([true, 200])
  expect((await api.app.call('/emergency', withCookies(household))).status).toBe(200)
  expect((await api.app.call('/my-data/exports', withCookies(household, form({})))).status).toBe(303)
  expect(await counted()).toEqual(before)
})

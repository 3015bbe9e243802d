// A document's pages in the builder's portal: what staff see and decide, without scripts, and who may not.

import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import type { Scope } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { config } from '#src/config.ts'
import { ingestVersion } from '#src/documents/ingestion.ts'
import { findDocument } from '#src/documents.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { paths } from '#views/paths.ts'
import { form, signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'
import { contextOf, ingested, pdfOf } from '../../support/ingested.ts'

setDefaultTimeout(60_000)

let app: TestApp
let look: postgres.Sql
let scope: Scope
let developmentId: string
let cookies: string
let foreignCookies: string
beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  const [development] = await look`select id, tenant_id from developments where slug = 'longview-park'`
  developmentId = development?.id
  scope = systemScope(development?.tenant_id, 'test')
  const adminOf = (tenant: string) => app.demo.admins.find((admin) => admin.tenant === tenant)!
  cookies = await signIn(app, adminOf('longview-estates'))
  foreignCookies = await signIn(app, adminOf('harbour-homes'))
})
afterAll(async () => {
  await look.end()
  await app.stop()
})
beforeEach(forgetLimits)

const open = async (path: string, who = cookies) => {
  const response = await app.call(path, withCookies(who))
  return {
    status: response.status,
    text: (await response.text()).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' '),
  }
}
const post = async (path: string, init: RequestInit = form({}), who = cookies) => {
  const response = await app.call(path, withCookies(who, { ...init, method: 'POST' }))
  return { status: response.status, location: response.headers.get('location') ?? '' }
}
const withFile = (bytes: Uint8Array<ArrayBuffer>, notes = ''): RequestInit => {
  const body = new FormData()
  body.set('notes', notes)
  body.set('file', new File([bytes], 'Rev B.pdf', { type: 'application/pdf' }))
  return { method: 'POST', body }
}
const versions = (id: string) =>
  look`select id, number from document_versions where document_id = ${id} order by number`
const ingest = (versionId: string) => ingestVersion(scope, versionId, contextOf(scope))

async function twoVersions(name: string) {
  const lines = (bar: string) => [
    `The ${name} stands in the hall.`,
    `Its pressure is ${bar} bar when it is cold.`,
  ]
  const first = await ingested(scope, developmentId, name, await pdfOf(lines('1.2')))
  const uploaded = await post(
    paths.developer.documentVersions(first.documentId),
    withFile(await pdfOf(lines('1.5')), 'Pressure <corrected>'),
  )
  expect(uploaded).toEqual({
    status: 303,
    location: paths.developer.document(first.documentId, { done: 'version' }),
  })
  const [, second] = await versions(first.documentId)
  return { ...first, secondId: second?.id as string, again: await pdfOf(lines('1.5')) }
}

test('a new version is uploaded with a form, read, compared, noted and rolled back', async () => {
  const { documentId, versionId, secondId, again } = await twoVersions('Expansion vessel')
  const page = paths.developer.document(documentId)
  const waiting = await open(paths.developer.document(documentId, { done: 'version' }))
  expect(waiting.text).toContain('Homes see version 1')
  expect(waiting.text).toContain('Pressure &lt;corrected&gt;')
  expect(waiting.text).toContain('Homes see the old one until it has been read.')
  expect((await open(paths.developer.documents({ development: developmentId }))).text).toContain(
    'Homes still see version 1',
  )
  await ingest(secondId)
  expect((await open(page)).text).toContain('Homes see version 2')
  expect((await open(page)).text).toContain('1.5 bar')
  const comparison = await open(
    paths.developer.documentComparison(documentId, { from: versionId, to: secondId }),
  )
  expect(comparison.text).toMatch(/Removed p\. 1 .*1\.2 bar.*Added p\. 1 .*1\.5 bar/)
  const same = await post(paths.developer.documentVersions(documentId), withFile(again))
  expect(same.location).toBe(paths.developer.document(documentId, { done: 'same_as_live' }))
  const noted = await post(
    paths.developer.documentVersionNotes(documentId, secondId),
    form({ notes: 'Wrong one' }),
  )
  expect(noted.location).toBe(paths.developer.documentVersion(documentId, secondId, { done: 'notes' }))
  expect((await open(noted.location)).text).toContain('Wrong one')
  const back = await post(paths.developer.documentVersionPublication(documentId, versionId))
  expect(back.location).toBe(paths.developer.document(documentId, { done: 'publication' }))
  expect((await open(back.location)).text).toContain('Homes see version 1, and answers use it.')
  const file = await post(paths.developer.documentVersionFile(documentId, secondId), { method: 'POST' })
  expect(file.status).toBe(405)
  const response = await app.call(
    paths.developer.documentVersionFile(documentId, secondId),
    withCookies(cookies),
  )
  expect(response.headers.get('location')).toStartWith('/files/')
})

test('a file that is no PDF, empty or missing changes nothing and is told in words', async () => {
  const { documentId } = await ingested(scope, developmentId, 'Fuse board', await pdfOf(['The fuse board']))
  const to = paths.developer.documentVersions(documentId)
  const done = async (init: RequestInit) => (await post(to, init)).location.split('done=')[1]
  const encoded = (text: string) => new Uint8Array(new TextEncoder().encode(text))
  expect(await done(withFile(encoded('hello')))).toBe('type_mismatch')
  expect(await done(withFile(encoded('')))).toBe('file_empty')
  const none = new FormData()
  none.set('notes', 'no file')
  expect(await done({ body: none })).toBe('no_file')
  expect((await open(paths.developer.document(documentId, { done: 'type_mismatch' }))).text).toContain(
    'is not a PDF',
  )
  expect((await versions(documentId)).length).toBe(1)
})

test('a document is deprecated, restored, read again and deleted after a question', async () => {
  const { documentId } = await ingested(
    scope,
    developmentId,
    'Stopcock',
    await pdfOf(['The stopcock is outside']),
  )
  expect((await post(paths.developer.documentDeprecation(documentId))).status).toBe(303)
  expect((await open(paths.developer.document(documentId))).text).toContain('homes do not see it')
  expect((await open(paths.developer.documents({ development: developmentId }))).text).toContain('Deprecated')
  await post(paths.developer.documentRestoration(documentId))
  expect((await findDocument(scope, documentId)).deprecatedAt).toBeNull()
  await post(paths.developer.documentReingestion(documentId))
  const state = await app.call(paths.developer.documentState(documentId), withCookies(cookies))
  const fragment = await state.text()
  expect(fragment).toStartWith('<div id="document-state"')
  expect(fragment).toContain('hx-trigger="every 1s"')
  expect(fragment).toContain('Reading the file again')
  expect((await open(paths.developer.documentDeletion(documentId))).text).toContain('Delete for good')
  const deleted = await post(paths.developer.documentDeletion(documentId))
  expect((await open(deleted.location)).text).toContain('The document is deleted.')
  expect((await open(paths.developer.document(documentId))).status).toBe(404)
})

test('another tenant’s staff find nothing of it, whatever they send', async () => {
  const { documentId, versionId, secondId } = await twoVersions('Manifold')
  const { developer } = paths
  const nobody = crypto.randomUUID()
  for (const of of [documentId, nobody]) {
    for (const path of [
      developer.document(of),
      developer.documentState(of),
      developer.documentDeletion(of),
      developer.documentVersion(of, versionId),
      developer.documentVersionFile(of, versionId),
      developer.documentComparison(of, { from: versionId, to: secondId }),
    ])
      expect([path, (await open(path, foreignCookies)).status]).toEqual([path, 404])
    for (const path of [
      developer.documentReingestion(of),
      developer.documentDeprecation(of),
      developer.documentRestoration(of),
      developer.documentDeletion(of),
      developer.documentVersionPublication(of, versionId),
    ])
      expect([path, (await post(path, form({}), foreignCookies)).status]).toEqual([path, 404])
    const notes = await post(
      developer.documentVersionNotes(of, versionId),
      form({ notes: 'x' }),
      foreignCookies,
    )
    expect(notes.status).toBe(404)
    const file = withFile(await pdfOf(['Mine now']))
    expect((await post(developer.documentVersions(of), file, foreignCookies)).status).toBe(404)
  }
  for (const path of [
    developer.coverage({ development: developmentId }),
    developer.reindex({ development: developmentId }),
  ])
    expect((await open(path, foreignCookies)).status).toBe(404)
  expect((await findDocument(scope, documentId)).liveVersionNumber).toBe(1)
})

test('coverage names what a house type lacks and leads to its upload', async () => {
  const before = await open(paths.developer.coverage({ development: developmentId }))
  expect(before.status).toBe(200)
  expect(before.text).toMatch(/BD01 .*Missing/)
  const response = await app.call(
    paths.developer.coverage({ development: developmentId }),
    withCookies(cookies),
  )
  const link =
    /href="([^"]*kind=floor_plan[^"]*house_types=BD01[^"]*)"/.exec(await response.text())?.[1] ?? ''
  const page = await (await app.call(link.replaceAll('&amp;', '&'), withCookies(cookies))).text()
  expect(page).toMatch(/<option value="floor_plan" selected/)
  expect(page).toMatch(/value="BD01" checked/)
})

test('without a language model the search index says so, and cannot be re-indexed', async () => {
  const page = await open(paths.developer.reindex({ development: developmentId }))
  expect(page.text).toContain('No language model is set up')
  expect((await post(paths.developer.reindex({ development: developmentId }))).status).toBe(409)
})

test('a file’s name decides its kind and house types where it is asked to, and is shown before', async () => {
  const tray = `${paths.developer.uploadTray({ development: developmentId })}&name=BD01%20floor%20plan.pdf&name=scan.pdf`
  const response = await app.call(tray, withCookies(cookies))
  const rows = (await response.text()).split('data-tray-row').slice(1)
  expect(rows[0]).toMatch(/<option value="floor_plan" selected/)
  expect(rows[0]).toMatch(/value="BD01" checked/)
  expect(rows[0]).not.toMatch(/value="BD02" checked/)
  expect(rows[1]).toMatch(/<option value="other" selected/)
  expect((await open(tray, foreignCookies)).status).toBe(404)
  const url = paths.developer.documents({ development: developmentId, kind: 'from_name' })
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/pdf' },
    body: await pdfOf(['Plan of a house']),
  }
  const raw = await app.call(`${url}&file_name=BDO1%20Elevation.pdf`, withCookies(cookies, init))
  const row = (await raw.text()).replaceAll(/<[^>]+>/g, ' ')
  expect(row).toMatch(/Elevation\s+·\s+BD01/)
  const body = new FormData()
  body.set('kind', 'from_name')
  body.set(
    'file',
    new File([await pdfOf(['Another plan'])], 'bd-02 warranty.pdf', { type: 'application/pdf' }),
  )
  await post(paths.developer.documents({ development: developmentId }), { body })
  const [kept] = await look`select d.kind, array_agg(h.code) as codes from documents d
    join document_house_types t on t.document_id = d.id join house_types h on h.id = t.house_type_id
    where d.title = 'bd-02 warranty' group by d.id`
  expect(kept).toEqual({ kind: 'warranty', codes: ['BD02'] })
})

test('a form that fails leaves no file behind, and says what was wrong', async () => {
  const left = async () => (await readdir(join(config().dataDir, 'tmp')).catch(() => [])).length
  const before = await left()
  const sent = async (fields: Record<string, string>, query = { development: developmentId }) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.set(name, value)
    body.set('file', new File([await pdfOf([crypto.randomUUID()])], 'plan.pdf', { type: 'application/pdf' }))
    return app.call(paths.developer.documents(query), withCookies(cookies, { method: 'POST', body }))
  }
  const long = await sent({ title: 'x'.repeat(301) })
  expect(long.status).toBe(422)
  expect(await long.text()).toContain('Keep the title under 300 characters.')
  expect((await sent({ house_types: 'ZZ99' })).status).toBe(422)
  expect((await sent({ title: 'x'.repeat(300) })).status).toBe(303)
  expect(await left()).toBe(before)
})

test('of a document for one home alone staff read which, and not that it is for all', async () => {
  const { documentId } = await ingested(
    scope,
    developmentId,
    'Own certificate',
    await pdfOf(['The certificate of one home, which no other home has.']),
  )
  const [home] =
    await look`select id, address_line from units where development_id = ${developmentId} limit 1`
  await look`update documents set unit_id = ${home?.id} where id = ${documentId}`
  for (const path of [
    paths.developer.documents({ development: developmentId }),
    paths.developer.document(documentId),
    paths.developer.renewal({ development: developmentId }),
  ])
    expect((await open(path)).text, path).toContain(`Only ${home?.address_line}`)
  expect((await open(paths.developer.document(documentId))).text).not.toContain('All house types')
})

// Versions of a document: what people see while a new one is read, when it fails, and when staff decide otherwise.
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { documentsOfHome } from '#db/documents.ts'
import { type HomeScope, type Scope, within } from '#db/scope.ts'
import { homeScopeOf } from '#src/access/home-scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { acceptQuestion, answerAccepted } from '#src/chat.ts'
import { deleteDocument } from '#src/documents/deletion.ts'
import { ingestVersion, reingestVersion } from '#src/documents/ingestion.ts'
import { listPassages, oldAnswers } from '#src/documents/passages.ts'
import {
  deprecateDocument,
  findVersion,
  keepVersion,
  listVersions,
  noteVersion,
  publishVersion,
  reingestDocument,
  takeVersionFile,
} from '#src/documents/versions.ts'
import { findDocument, keepDocument } from '#src/documents.ts'
import { retrieve } from '#src/retrieval.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { contextOf, ingested, pdfOf, received } from '../support/ingested.ts'

setDefaultTimeout(60_000)

let database: TestDatabase
let look: postgres.Sql
let scope: Scope
let foreign: Scope
let home: HomeScope
let developmentId: string
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 8 })
  look = postgres(database.superuserUrl, { max: 2, onnotice: () => {} })
  const [development] = await look`select id, tenant_id from developments where slug = 'longview-park'`
  const [other] = await look`select id from tenants where slug = 'harbour-homes'`
  const [unit] =
    await look`select id from units where development_id = ${development?.id} order by number limit 1`
  developmentId = development?.id
  scope = systemScope(development?.tenant_id, 'test')
  foreign = systemScope(other?.id, 'test')
  home = await homeScopeOf(scope, unit?.id)
})
afterAll(async () => {
  await look.end()
  await database.drop()
})

let serial = 0
/** A subject nothing else in the development speaks of, with a PDF that states its pressure. */
function subject() {
  serial += 1
  const name = `frobnicator${'abcdefghijklmnopqrstuvwxyz'[serial]}`
  const stating = (bar: string) =>
    pdfOf([`The ${name} must be filled`, `The pressure of the ${name} is ${bar} bar when it is cold.`])
  return { name, stating }
}

const newVersion = async (documentId: string, bytes: Uint8Array, notes: string | null = null) =>
  keepVersion(scope, documentId, { fileName: 'next.pdf', notes }, await received(bytes))
const ingest = (versionId: string) => ingestVersion(scope, versionId, contextOf(scope))
const seen = async (documentId: string) =>
  (await within(home, (db) => documentsOfHome(db, home))).find(({ id }) => id === documentId)?.versionId ??
  null
/** What answers may quote of a subject now; a word that nobody uses would be taken for a misspelt other one. */
const found = async (name: string) =>
  (await retrieve(home, `pressure ${name}`, 5, null)).chunks
    .map(({ content }) => content.replaceAll(/\s+/g, ' '))
    .filter((content) => content.includes(name))
    .join('\n')
const damaged = (name: string) => new TextEncoder().encode(`%PDF-1.7\n${name} is no PDF\n`.repeat(40))

test('people see the old version until the new one is ready, then the new one', async () => {
  const { name, stating } = subject()
  const first = await ingested(scope, developmentId, name, await stating('1.2'))
  const second = await newVersion(first.documentId, await stating('1.5'), 'Pressure corrected')
  expect(second).toMatchObject({ number: 2, status: 'queued', isDuplicate: false })
  expect(await seen(first.documentId)).toBe(first.versionId)
  expect(await found(name)).toContain('1.2 bar')
  expect(await findDocument(scope, first.documentId)).toMatchObject({
    versionNumber: 2,
    status: 'queued',
    liveVersionNumber: 1,
  })
  expect(await ingest(second.versionId)).toEqual({ outcome: 'ready' })
  expect(await seen(first.documentId)).toBe(second.versionId)
  expect(await found(name)).toContain('1.5 bar')
  expect(await found(name)).not.toContain('1.2 bar')
  const { rows } = await listVersions(scope, first.documentId, { limit: 10 })
  expect(rows.map(({ number, isLive, notes }) => [number, isLive, notes])).toEqual([
    [2, true, 'Pressure corrected'],
    [1, false, null],
  ])
})

test('a new version that fails leaves the old one live and says why', async () => {
  const { name, stating } = subject()
  const { documentId, versionId } = await ingested(scope, developmentId, name, await stating('2.0'))
  const second = await newVersion(documentId, damaged(name))
  expect(await ingest(second.versionId)).toEqual({ outcome: 'failed', code: 'unreadable' })
  expect(await seen(documentId)).toBe(versionId)
  expect(await found(name)).toContain('2.0 bar')
  expect(await findDocument(scope, documentId)).toMatchObject({
    status: 'failed',
    failureCode: 'unreadable',
    liveVersionNumber: 1,
  })
  // Deciding for the old one puts the failure away.
  await publishVersion(scope, documentId, versionId)
  expect(await findDocument(scope, documentId)).toMatchObject({ status: 'ready', versionNumber: 1 })
})

test('bytes that are here already are not read again, and it is said where they are', async () => {
  const { name, stating } = subject()
  const [one, two] = [await stating('1.0'), await stating('1.1')]
  const { documentId, versionId } = await ingested(scope, developmentId, name, one)
  expect(await newVersion(documentId, one)).toMatchObject({ versionId, isDuplicate: true, isLive: true })
  const second = await newVersion(documentId, two)
  await ingest(second.versionId)
  expect(await newVersion(documentId, one)).toMatchObject({ versionId, isDuplicate: true, isLive: false })
  const other = await ingested(scope, developmentId, `${name} too`, await stating('9.9'))
  expect(newVersion(other.documentId, two)).rejects.toThrow('duplicate_document')
  const count = await look`select count(*)::int as n from document_versions where document_id = ${documentId}`
  expect(count[0]?.n).toBe(2)
})

test('of two new versions at once the one uploaded last ends up live, whichever is read first', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const { name, stating } = subject()
    const { documentId } = await ingested(scope, developmentId, name, await stating('1.0'))
    const files = [await stating('2.0'), await stating('3.0')]
    const kept = await Promise.all(files.map((bytes) => newVersion(documentId, bytes)))
    expect(kept.map(({ number }) => number).sort()).toEqual([2, 3])
    const byNumber = kept.sort((a, b) => a.number - b.number)
    for (const i of order) await ingest(byNumber[i]?.versionId as string)
    expect(await seen(documentId)).toBe(byNumber[1]?.versionId as string)
  }
  const { name, stating } = subject()
  const { documentId } = await ingested(scope, developmentId, name, await stating('1.0'))
  const kept = [
    await newVersion(documentId, await stating('2.0')),
    await newVersion(documentId, await stating('3.0')),
  ]
  await Promise.all(kept.map(({ versionId }) => ingest(versionId)))
  expect(await seen(documentId)).toBe(kept[1]?.versionId as string)
})

test('the same new version sent twice at once is one version', async () => {
  const { name, stating } = subject()
  const { documentId } = await ingested(scope, developmentId, name, await stating('1.0'))
  const bytes = await stating('2.0')
  const kept = await Promise.all([1, 2, 3].map(() => newVersion(documentId, bytes)))
  expect(new Set(kept.map(({ versionId }) => versionId)).size).toBe(1)
  expect(kept.filter(({ isDuplicate }) => !isDuplicate)).toHaveLength(1)
})

test('a roll-back is at once, and what was on its way does not undo it', async () => {
  const { name, stating } = subject()
  const first = await ingested(scope, developmentId, name, await stating('1.0'))
  const second = await newVersion(first.documentId, await stating('2.0'))
  await ingest(second.versionId)
  const third = await newVersion(first.documentId, await stating('3.0'))
  expect(publishVersion(scope, first.documentId, third.versionId)).rejects.toThrow('version_not_ready')
  expect((await publishVersion(scope, first.documentId, first.versionId)).isLive).toBe(true)
  expect(await seen(first.documentId)).toBe(first.versionId)
  expect(await found(name)).toContain('1.0 bar')
  await ingest(third.versionId)
  expect(await seen(first.documentId)).toBe(first.versionId)
  expect((await findVersion(scope, first.documentId, third.versionId)).status).toBe('ready')
  const fourth = await newVersion(first.documentId, await stating('4.0'))
  await ingest(fourth.versionId)
  expect(await seen(first.documentId)).toBe(fourth.versionId)
  await publishVersion(scope, first.documentId, third.versionId)
  expect(await found(name)).toContain('3.0 bar')
})

test('a deprecated document is neither shown nor used for answers, and comes back whole', async () => {
  const { name, stating } = subject()
  const { documentId, versionId } = await ingested(scope, developmentId, name, await stating('1.0'))
  await deprecateDocument(scope, documentId, true)
  await deprecateDocument(scope, documentId, true)
  expect(await seen(documentId)).toBe(null)
  expect(await found(name)).not.toContain('1.0 bar')
  expect((await findDocument(scope, documentId)).deprecatedAt).toBeInstanceOf(Date)
  // A new version does not bring it back by itself.
  const second = await newVersion(documentId, await stating('2.0'))
  await ingest(second.versionId)
  expect(await seen(documentId)).toBe(null)
  await publishVersion(scope, documentId, versionId)
  await deprecateDocument(scope, documentId, false)
  expect(await seen(documentId)).toBe(versionId)
  expect(await found(name)).toContain('1.0 bar')
  const actions =
    await look`select action from activity_log where target_id = ${documentId} order by created_at`
  expect(actions.map(({ action }) => action)).toEqual([
    'document.uploaded',
    'document.deprecated',
    'document.version_uploaded',
    'document.version_published',
    'document.restored',
  ])
})

test('another reading stands beside the one people see until it is whole, whenever it is cut off', async () => {
  const { name, stating } = subject()
  const { documentId, versionId } = await ingested(scope, developmentId, name, await stating('1.7'))
  const before = await listPassages(scope, documentId, versionId, { limit: 50 })
  let steps = 0
  const counting = contextOf(scope, {
    before: async (step) => {
      steps = step
    },
  })
  await reingestVersion(scope, versionId, counting)
  expect(steps).toBeGreaterThanOrEqual(4)
  for (let cut = 1; cut <= steps; cut++) {
    const crashing = contextOf(scope, {
      before: async (step) => {
        expect(await found(name)).toContain('1.7 bar')
        if (step === cut) throw new Error('the power went')
      },
    })
    expect(reingestVersion(scope, versionId, crashing)).rejects.toThrow('the power went')
    await Bun.sleep(0)
    expect((await findVersion(scope, documentId, versionId)).reading).toBe(cut + 1)
    expect(await reingestVersion(scope, versionId, contextOf(scope))).toEqual({ outcome: 'ready' })
    expect(await listPassages(scope, documentId, versionId, { limit: 50 })).toEqual(before)
  }
  const left = await look`select distinct reading from chunks where version_id = ${versionId}`
  expect(left.length).toBe(1)
  expect(await found(name)).toContain('1.7 bar')
})

test('a reading that fails leaves what was there, and what failed before can be tried again', async () => {
  const { name, stating } = subject()
  const { documentId, versionId } = await ingested(scope, developmentId, name, await stating('1.9'))
  const [stored] = await look`select storage_key from document_versions where id = ${versionId}`
  const lost = `${scope.tenantId}/${documentId}/${Bun.randomUUIDv7()}`
  await look`update document_versions set storage_key = ${lost} where id = ${versionId}`
  const failing = await reingestVersion(scope, versionId, contextOf(scope))
  expect(failing).toEqual({ outcome: 'failed', code: 'storage_lost' })
  expect(await found(name)).toContain('1.9 bar')
  expect(await findVersion(scope, documentId, versionId)).toMatchObject({
    status: 'ready',
    failureCode: null,
  })
  await look`update document_versions set storage_key = ${stored?.storage_key} where id = ${versionId}`
  const one = await reingestDocument(scope, documentId)
  expect(await reingestDocument(scope, documentId)).toEqual(one)
  const [job] = await look`select kind from job_status where id = ${one.jobId}`
  expect(job?.kind).toBe('reingest-document')

  const second = await newVersion(documentId, await stating('2.9'))
  await look`update document_versions set status = 'failed', failure_code = 'ingestion_failed' where id = ${second.versionId}`
  const again = await reingestDocument(scope, documentId)
  const [retry] = await look`select kind from job_status where id = ${again.jobId}`
  expect(retry?.kind).toBe('ingest-document')
  await ingest(second.versionId)
  expect(await found(name)).toContain('2.9 bar')
})

test('answers that quoted a version nobody sees any more are listed by its words only', async () => {
  const { name, stating } = subject()
  const { documentId } = await ingested(scope, developmentId, name, await stating('1.3'))
  const by = { purchaserId: null, origin: 'api' } as const
  const question = `What is the pressure of the ${name} when it is cold?`
  const ask = { question, conversationId: null, clientKey: crypto.randomUUID() }
  const answered = await answerAccepted(home, await acceptQuestion(home, by, ask), null)
  expect(answered.details.citations[0]?.documentId).toBe(documentId)
  expect((await oldAnswers(scope, documentId)).count).toBe(0)
  const second = await newVersion(documentId, await stating('1.4'))
  await ingest(second.versionId)
  const old = await oldAnswers(scope, documentId)
  expect(old.count).toBe(1)
  expect(old.newest[0]).toMatchObject({
    versionNumber: 1,
    page: 1,
    quote: expect.stringContaining('1.3 bar'),
  })
  expect(Object.keys(old.newest[0] ?? {})).not.toContain('question')
  expect((await oldAnswers(foreign, documentId)).count).toBe(0)
})

test('nothing of a document can be reached from another tenant', async () => {
  const { name, stating } = subject()
  const { documentId, versionId } = await ingested(scope, developmentId, name, await stating('1.0'))
  const file = await received(await stating('6.6'))
  for (const attempt of [
    () => keepVersion(foreign, documentId, { fileName: 'x.pdf', notes: null }, file),
    () => listVersions(foreign, documentId, { limit: 5 }),
    () => findVersion(foreign, documentId, versionId),
    () => takeVersionFile(foreign, documentId, versionId),
    () => publishVersion(foreign, documentId, versionId),
    () => noteVersion(foreign, documentId, versionId, 'mine'),
    () => deprecateDocument(foreign, documentId, true),
    () => reingestDocument(foreign, documentId),
    () => listPassages(foreign, documentId, versionId, { limit: 5 }),
    () => deleteDocument(foreign, documentId),
  ])
    expect(attempt()).rejects.toThrow('not_found')
  expect(await seen(documentId)).toBe(versionId)
  expect(await Bun.file(file.path).exists()).toBe(false)
})

test('a version cannot be reached through another document of the same tenant', async () => {
  const { name, stating } = subject()
  const one = await ingested(scope, developmentId, name, await stating('1.0'))
  const other = await ingested(scope, developmentId, `${name} too`, await stating('2.0'))
  expect(publishVersion(scope, one.documentId, other.versionId)).rejects.toThrow('not_found')
  expect(findVersion(scope, one.documentId, other.versionId)).rejects.toThrow('not_found')
  await Bun.sleep(0)
  expect(await seen(one.documentId)).toBe(one.versionId)
})

test('a document deleted while its next version is read is gone, and its bytes may come again', async () => {
  const { name, stating } = subject()
  const bytes = await stating('1.0')
  const { documentId } = await ingested(scope, developmentId, name, bytes)
  const second = await newVersion(documentId, await stating('2.0'))
  await deleteDocument(scope, documentId)
  expect(await ingest(second.versionId)).toEqual({ outcome: 'gone' })
  expect((await look`select 1 from chunks where document_id = ${documentId}`).length).toBe(0)
  expect(newVersion(documentId, await stating('3.0'))).rejects.toThrow('not_found')
  const asked = { developmentId, title: name, kind: 'manual' as const, houseTypeCodes: [], fileName: 'a.pdf' }
  expect((await keepDocument(scope, asked, [], await received(bytes))).isDuplicate).toBe(false)
})

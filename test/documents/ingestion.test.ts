// Ingestion by real worker threads and a real child process: what becomes of each kind of file, and of repetition.
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import type { DocumentKind } from '#db/document-kinds.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { config } from '#src/config.ts'
import { demoTenants } from '#src/demo/estates.ts'
import { deleteDocument } from '#src/documents/deletion.ts'
import { type IngestionContext, ingestVersion } from '#src/documents/ingestion.ts'
import { findDocument, keepDocument } from '#src/documents.ts'
import { attemptsOf, cancelJob, findJob, retryJob } from '#src/jobs.ts'
import { receivePdf } from '../../src/uploads.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { sharedPath } from '../support/shared.ts'

const MANUAL_MS_MAX = 90_000
setDefaultTimeout(MANUAL_MS_MAX * 2)

let database: TestDatabase
let look: postgres.Sql
let jobs: Jobs
let scope: Scope
let developmentId: string
beforeAll(async () => {
  database = await createTestDatabase()
  look = postgres(database.superuserUrl, { max: 2, onnotice: () => {} })
  const [development] = await look`select id, tenant_id from developments where slug = 'longview-park'`
  developmentId = development?.id
  scope = systemScope(development?.tenant_id, 'test')
  jobs = await startJobs({ ...config(), DATABASE_URL: database.url }, { cronTasks: [] })
})
afterAll(async () => {
  await jobs.stop(5_000)
  await look.end()
  await database.drop()
})

async function upload(bytes: Uint8Array, title: string, kind: DocumentKind = 'manual') {
  const body = (async function* () {
    yield bytes
  })()
  const file = await receivePdf(body, bytes.byteLength)
  return keepDocument(
    scope,
    { developmentId, title, kind, houseTypeCodes: [], fileName: `${title}.pdf` },
    [],
    file,
  )
}

/** The document once it is final, asked for as often as the queue says that something happened. */
async function finished(documentId: string, withinMs = MANUAL_MS_MAX) {
  const deadline = performance.now() + withinMs
  for (;;) {
    const document = await findDocument(scope, documentId)
    if (document.status === 'ready' || document.status === 'failed') return document
    if (performance.now() > deadline) throw new Error(`${document.title} is still ${document.status}`)
    await Bun.sleep(50)
  }
}

const chunkCount = async (documentId: string) =>
  (await look`select count(*)::int as count from chunks where document_id = ${documentId}`)[0]?.count
const versionOf = async (documentId: string) =>
  (await look`select id from document_versions where document_id = ${documentId}`)[0]?.id as string

async function expectNoChunkTwice(): Promise<void> {
  const twice = await look`select version_id, ordinal from chunks group by 1, 2 having count(*) > 1`
  expect(twice.length).toBe(0)
}

const demoDocument = async (kind: DocumentKind) => {
  const document = demoTenants()[0]?.developments[0]?.documents.find((each) => each.kind === kind)
  if (!document) throw new Error(`the demonstration has no ${kind}`)
  return { title: document.title, bytes: await document.build() }
}

/** `refused` never becomes a document; `ready` and the codes are how ingestion ends. */
const EXPECTED: Record<string, string> = {
  'data/pdfs/cylinder-albion-installation-manual.pdf': 'ready',
  'data/pdfs/cylinder-kingspan-product-guide.pdf': 'ready',
  'data/pdfs/growatt-inverter-modbus-v124.pdf': 'ready',
  'data/pdfs/heatpump-r290-user-manual-en.pdf': 'ready',
  'data/pdfs/heatpump-r32-user-manual-en.pdf': 'ready',
  'data/pdfs/arabic-rtl.pdf': 'ready',
  // Its font table gives control characters instead of letters.
  'data/pdfs/report-23p-multicolumn.pdf': 'needs_ocr',
  'data/pdfs/rotenso-performance-table.pdf': 'ready',
  'data/pdfs/with-attachment.pdf': 'ready',
  'data/pdfs/encrypted-owner-password-datasheet.pdf': 'ready',
  'data/pdfs/encrypted-user-password.pdf': 'password_protected',
  'data/pdfs/scanned-no-text-8p.pdf': 'needs_ocr',
  'data/pdfs/broken-empty.pdf': 'refused file_empty',
  'data/pdfs/broken-html-404-named.pdf': 'refused type_mismatch',
  'data/pdfs/broken-negative-page-count.pdf': 'unreadable',
  'data/pdfs/broken-no-trailer.pdf': 'unreadable',
  'data/pdfs/broken-truncated-upload.pdf': 'unreadable',
  'data/hostile/bomb1.pdf': 'too_complex',
  'data/hostile/bomb2.pdf': 'too_complex',
  'data/hostile/count_lie.pdf': 'unreadable',
  'data/hostile/deep.pdf': 'too_complex',
  'data/hostile/hidden_injection.pdf': 'ready',
  'data/hostile/html_as_pdf.pdf': 'refused type_mismatch',
  'data/hostile/hugepage.pdf': 'ready',
  'data/hostile/js.pdf': 'ready',
  'data/hostile/noheader.pdf': 'refused type_mismatch',
  'data/hostile/pages_loop.pdf': 'unreadable',
  'data/hostile/polyglot.pdf': 'refused type_mismatch',
  'data/hostile/textbomb.pdf': 'too_complex',
  'data/hostile/trunc.pdf': 'unreadable',
}

async function outcomeOf(path: string): Promise<string> {
  const bytes = await Bun.file(path).bytes()
  const kept = await upload(bytes, path.split('/').at(-1) ?? '').catch((error) => ({
    refused: String(error.code),
  }))
  if ('refused' in kept) return `refused ${kept.refused}`
  const document = await finished(kept.documentId)
  if (document.status === 'ready') {
    expect(document).toMatchObject({ stage: 'ready', failureCode: null })
    expect(await chunkCount(kept.documentId)).toBe(document.chunkCount)
    expect(document.pageCount).toBeGreaterThan(0)
    return 'ready'
  }
  expect(await chunkCount(kept.documentId)).toBe(0)
  // What is wrong with the file itself is never tried again.
  expect((await attemptsOf(scope, kept.jobId)).length).toBe(1)
  return document.failureCode ?? ''
}

test('every sample ends in the state that fits it', async () => {
  const folders = ['data/pdfs', 'data/hostile'].map((name) => [name, sharedPath(name)] as const)
  if (folders.some(([, path]) => path === null)) return
  const files = folders.flatMap(([name, path]) => readdirSync(path ?? '').map((file) => join(name, file)))
  const outcomes = await Promise.all(
    files.map(async (file) => [file, await outcomeOf(sharedPath(file) ?? '')] as const),
  )
  expect(Object.fromEntries(outcomes)).toEqual(EXPECTED)
  await expectNoChunkTwice()
})

test('scripts and attachments in a file are noted, so that it is not opened in the page', async () => {
  const path = sharedPath('data/hostile/js.pdf')
  if (!path) return
  const { documentId } = await upload(await Bun.file(path).bytes(), 'With a script')
  expect((await finished(documentId)).hasActiveContent).toBe(true)
})

test('a version that is ingested again, at any stage, has the same chunks once', async () => {
  const { title, bytes } = await demoDocument('user_guide')
  const { documentId } = await upload(bytes, title)
  const { chunkCount: expected } = await finished(documentId)
  expect(expected).toBeGreaterThan(5)
  const versionId = await versionOf(documentId)
  const readChunks = () =>
    look`select ordinal, page, content, terms from chunks where version_id = ${versionId} order by ordinal`
  const before = [...(await readChunks())]
  for (const stage of ['stored', 'extracting', 'chunking', 'embedding']) {
    await look`update document_versions set status = 'processing', stage = ${stage} where id = ${versionId}`
    await within(scope, (db) =>
      enqueue(db, 'ingest-document', { tenantId: scope.tenantId, documentId, versionId }),
    )
    expect((await finished(documentId)).chunkCount).toBe(expected)
    expect([...(await readChunks())]).toEqual(before)
  }
  await expectNoChunkTwice()
})

/** Runs ingestion here, so that a test can come between two of its transactions. */
const contextWith = (beforeTransaction: (number: number) => Promise<void>): IngestionContext => {
  let number = 0
  return {
    signal: new AbortController().signal,
    progress: () => {},
    embedder: null,
    fenced: async <T>(work: (db: Db) => Promise<T>) => {
      number += 1
      await beforeTransaction(number)
      return within(scope, work)
    },
  }
}

test('a document deleted between any two steps of its ingestion keeps no page and no chunk', async () => {
  const { title, bytes } = await demoDocument('notice')
  const { documentId: countedId } = await upload(bytes, title)
  await finished(countedId)
  const countedVersion = await versionOf(countedId)
  await look`update document_versions set status = 'processing' where id = ${countedVersion}`
  let steps = 0
  const counting = contextWith(async (number) => {
    steps = number
  })
  expect(await ingestVersion(scope, countedVersion, counting)).toEqual({ outcome: 'ready' })
  expect(steps).toBeGreaterThanOrEqual(4)
  await deleteDocument(scope, countedId)
  for (let step = 1; step <= steps; step += 1) {
    const { documentId } = await upload(bytes, title)
    await finished(documentId)
    const versionId = await versionOf(documentId)
    await look`update document_versions set status = 'processing' where id = ${versionId}`
    const deleting = contextWith(async (number) => {
      if (number === step) await deleteDocument(scope, documentId)
    })
    expect(await ingestVersion(scope, versionId, deleting)).toEqual({ outcome: 'gone' })
    expect(await chunkCount(documentId)).toBe(0)
    expect((await look`select 1 from document_pages where version_id = ${versionId}`).length).toBe(0)
    expect(findDocument(scope, documentId)).rejects.toThrow('not_found')
  }
})

test('a document deleted while the queue has it ends with its job, without a chunk', async () => {
  const { title, bytes } = await demoDocument('warranty')
  const { documentId, jobId } = await upload(bytes, title)
  await deleteDocument(scope, documentId)
  const deadline = performance.now() + 20_000
  let state = ''
  while (!['completed', 'cancelled', 'discarded'].includes(state)) {
    if (performance.now() > deadline) throw new Error(`the job is still ${state}`)
    state = (await findJob(scope, jobId)).state
    await Bun.sleep(20)
  }
  expect(await chunkCount(documentId)).toBe(0)
})

test('a document whose job was given up says so, and its bytes may be sent again', async () => {
  const { title, bytes } = await demoDocument('ber')
  const first = await upload(bytes, title)
  await finished(first.documentId)
  const versionId = await versionOf(first.documentId)
  await look`update document_versions set status = 'queued' where id = ${versionId}`
  const payload = { tenantId: scope.tenantId, documentId: first.documentId, versionId }
  const jobId = await within(scope, (db) => enqueue(db, 'ingest-document', payload, { delayMs: 3_600_000 }))
  expect((await cancelJob(scope, jobId)).state).toBe('cancelled')
  expect(await findDocument(scope, first.documentId)).toMatchObject({
    status: 'failed',
    failureCode: 'ingestion_failed',
  })
  // Or a worker may be faster than the next lines.
  await look`insert into paused_job_kinds (kind) values ('ingest-document')`
  await retryJob(scope, jobId)
  expect(await findDocument(scope, first.documentId)).toMatchObject({ status: 'queued', failureCode: null })
  await cancelJob(scope, jobId)
  await look`delete from paused_job_kinds`
  const again = await upload(bytes, title)
  expect([again.isDuplicate, again.documentId === first.documentId]).toEqual([false, false])
  // The second copy has taken its place: the retried job finds nothing to do.
  await retryJob(scope, jobId)
  expect((await findDocument(scope, first.documentId)).status).toBe('failed')
  expect((await finished(again.documentId)).status).toBe('ready')
})

test('a file that the store has lost fails its document by that name, and may be sent again', async () => {
  const { title, bytes } = await demoDocument('floor_plan')
  const first = await upload(bytes, title)
  await finished(first.documentId)
  const versionId = await versionOf(first.documentId)
  await look`update document_versions set status = 'queued', storage_key = ${`${scope.tenantId}/${first.documentId}/${Bun.randomUUIDv7()}`} where id = ${versionId}`
  const payload = { tenantId: scope.tenantId, documentId: first.documentId, versionId }
  await within(scope, (db) => enqueue(db, 'ingest-document', payload))
  expect(await finished(first.documentId)).toMatchObject({ status: 'failed', failureCode: 'storage_lost' })
  expect((await upload(bytes, title)).isDuplicate).toBe(false)
})

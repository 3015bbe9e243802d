// Uploading through the API: who, what and how much is taken, and that nothing is left of what is not.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import { systemScope } from '#src/access/system-scope.ts'
import { config } from '#src/config.ts'
import { deleteDocument } from '#src/documents/deletion.ts'
import { extractPdf } from '#src/documents/extraction.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { prepareTestProcess } from '../../support/process.ts'
import { sharedPath } from '../../support/shared.ts'
import {
  type ApiTest,
  expectError,
  expectItem,
  expectPaged,
  expectStrangersRefused,
  makePdf,
  openApi,
  pdfBody,
  UUID,
} from './client.ts'

const BYTES_MAX = 200_000

let api: ApiTest
beforeAll(async () => {
  prepareTestProcess({ UPLOAD_BYTES_MAX: String(BYTES_MAX) })
  api = await openApi()
})
afterAll(async () => {
  await api.stop()
  prepareTestProcess({ UPLOAD_BYTES_MAX: '100000000' })
})
beforeEach(forgetLimits)

const to = (query: Record<string, string> = {}, developmentId = api.mine.development_id) =>
  `documents?${new URLSearchParams({ development_id: developmentId, ...query })}`
const read = async (id: string) => (await api.get(`documents/${id}`)).body
const filesBelow = (folder: string) => {
  const path = join(config().dataDir, folder)
  return existsSync(path) ? readdirSync(path, { recursive: true }).length : 0
}
const traces = async () => ({
  rows: (await api.look`select count(*)::int as count from documents`)[0]?.count,
  jobs: (await api.look`select count(*)::int as count from job_status`)[0]?.count,
  temporary: filesBelow('tmp'),
  stored: filesBelow('files'),
})

/** Nothing of a refused upload stays: no row, no job, no temporary file, no stored one. */
async function expectNoTrace(refused: () => Promise<unknown>): Promise<void> {
  const before = await traces()
  await refused()
  expect(await traces()).toEqual(before)
}

test('strangers and keys without the scope are refused before a byte is kept', () =>
  expectNoTrace(async () => {
    const body = await makePdf()
    await expectStrangersRefused(api, to(), { method: 'POST', ...pdfBody(body) })
    await expectStrangersRefused(api, 'documents')
    const reader = await api.keyWith(['documents:read'])
    expectError(await api.post(to(), pdfBody(body), reader), 403, 'scope_missing')
    const writer = await api.keyWith(['documents:write'])
    expectError(await api.get('documents', writer), 403, 'scope_missing')
  }))

test('an upload is accepted with its ids, and described by what was said of it', async () => {
  const sent = await api.post(
    to({ title: 'Heating, hot water and "controls"', kind: 'manual', house_types: 'BD02, BD01' }),
    pdfBody(await makePdf()),
  )
  expect(sent.status).toBe(202)
  expect(Object.keys(sent.body).sort()).toEqual(['id', 'job_id', 'status'])
  expect(sent.body.id).toMatch(UUID)
  expect(sent.body.job_id).toMatch(UUID)
  expect(sent.body.status).toBe('queued')
  const row = await read(sent.body.id)
  expect(row.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  expect(row).toEqual({
    ...row,
    development_id: api.mine.development_id,
    unit_id: null,
    title: 'Heating, hot water and "controls"',
    kind: 'manual',
    house_types: ['BD01', 'BD02'],
    status: 'queued',
    stage: 'stored',
    failure_code: null,
    file_name: 'document.pdf',
    pages: null,
    chunks: null,
    has_active_content: false,
    job_id: sent.body.job_id,
  })
})

test('without a kind it is an other, without house types it is for every home, without a title it has its name', async () => {
  const sent = await api.post(to({ file_name: 'Boiler house.PDF' }), pdfBody(await makePdf()))
  const row = await read(sent.body.id)
  expect([row.kind, row.house_types, row.title, row.file_name]).toEqual([
    'other',
    [],
    'Boiler house',
    'Boiler house.pdf',
  ])
})

test('a development that is not the caller’s, or nobody’s, does not exist', () =>
  expectNoTrace(async () => {
    const body = await makePdf()
    const foreign = await api.post(to({}, api.theirs.development_id), pdfBody(body))
    expectError(foreign, 404, 'not_found')
    expectError(await api.post(to({}, crypto.randomUUID()), pdfBody(body)), 404, 'not_found')
    const foreignWithTypes = to({ house_types: 'BD01' }, api.theirs.development_id)
    expectError(await api.post(foreignWithTypes, pdfBody(body)), 404, 'not_found')
  }))

test('what is wrong in the query is invalid, with the field named', () =>
  expectNoTrace(async () => {
    const body = await makePdf()
    const cases: [string, string][] = [
      ['documents', 'development_id'],
      [to({}, 'nope'), 'development_id'],
      [to({ kind: 'novel' }), 'kind'],
      [to({ kind: 'toString' }), 'kind'],
      [to({ title: 'x'.repeat(301) }), 'title'],
      [to({ title: '  ' }), 'title'],
      [to({ title: 'a\0b' }), 'title'],
      [to({ file_name: 'x'.repeat(501) }), 'file_name'],
      [to({ house_types: 'BD01\0' }), 'house_types'],
      [to({ house_types: Array.from({ length: 51 }, (_, i) => `T${i}`).join(',') }), 'house_types'],
      [`${to({ house_types: 'BD01' })}&house_types=BD02`, 'house_types'],
    ]
    for (const [path, field] of cases) {
      const answered = await api.post(path, pdfBody(body))
      expectError(answered, 422, 'invalid')
      expect(answered.body.error.fields[0].path).toBe(field)
    }
    for (const codes of ['ZZ99', 'bd01', 'BD01,ZZ99', 'HV99'])
      expectError(await api.post(to({ house_types: codes }), pdfBody(body)), 422, 'unknown_house_type')
  }))

test('the same bytes for the same homes are the document that is there', async () => {
  const body = await makePdf()
  const first = await api.post(to({ house_types: 'BD01,BD02' }), pdfBody(body))
  expect(first.status).toBe(202)
  await expectNoTrace(async () => {
    const again = await api.post(to({ house_types: 'BD02,BD01,BD01', title: 'Another' }), pdfBody(body))
    expect(again.status).toBe(200)
    expect(again.body).toEqual({ ...first.body, duplicate: true })
  })
  for (const query of [{}, { house_types: 'BD01' }] as Record<string, string>[]) {
    const other = await api.post(to(query), pdfBody(body))
    expect(other.status).toBe(202)
    expect(other.body.id).not.toBe(first.body.id)
  }
  const theirs = await api.post(to({}, api.theirs.development_id), pdfBody(body), api.keys.theirs)
  expect(theirs.status).toBe(202)
})

test('the same bytes sent eight times at once make one document', async () => {
  const body = await makePdf()
  const before = await traces()
  const sent = await Promise.all(Array.from({ length: 8 }, () => api.post(to(), pdfBody(body))))
  expect(sent.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 202])
  expect(new Set(sent.map(({ body: { id } }) => id)).size).toBe(1)
  expect(new Set(sent.map(({ body: { job_id } }) => job_id)).size).toBe(1)
  const after = await traces()
  expect([after.rows - before.rows, after.jobs - before.jobs]).toEqual([1, 1])
  expect(after.temporary).toBe(before.temporary)
})

test('a document that was deleted does not stand in the way of its bytes', async () => {
  const body = await makePdf()
  const first = await api.post(to(), pdfBody(body))
  const [row] = await api.look`select tenant_id from documents where id = ${first.body.id}`
  await deleteDocument(systemScope(row?.tenant_id, 'test'), first.body.id)
  expectError(await api.get(`documents/${first.body.id}`), 404, 'not_found')
  const again = await api.post(to(), pdfBody(body))
  expect(again.status).toBe(202)
  expect(again.body.id).not.toBe(first.body.id)
})

test('what the first bytes give away is refused at once, whatever it calls itself', () =>
  expectNoTrace(async () => {
    const pdf = Buffer.from(await makePdf())
    const cases: [BodyInit, number, string][] = [
      ['', 422, 'file_empty'],
      ['<!DOCTYPE html><html><body>404</body></html>', 415, 'type_mismatch'],
      ['PK\u0003\u0004word/document.xml', 415, 'type_mismatch'],
      ['%PD', 415, 'type_mismatch'],
      [Buffer.concat([Buffer.from('<html>'), pdf]), 415, 'type_mismatch'],
      [Buffer.concat([Buffer.from('\n'), pdf]), 415, 'type_mismatch'],
      [pdf.subarray(9), 415, 'type_mismatch'],
    ]
    for (const [body, status, code] of cases)
      expectError(await api.post(to({ file_name: 'manual.pdf' }), pdfBody(body)), status, code)
    expectError(await api.post(to(), { headers: { 'content-type': 'application/pdf' } }), 422, 'file_empty')
    for (const type of ['text/html', 'text/plain', 'image/png', 'multipart/form-data; boundary=x'])
      expectError(await api.post(to(), pdfBody(pdf, { 'content-type': type })), 415, 'unsupported_type')
    expectError(await api.post(to(), pdfBody(pdf, { 'content-encoding': 'gzip' })), 415, 'unsupported_type')
  }))

test('what scanners are tried with is no PDF, and inside of one it is kept away from the page', async () => {
  // In pieces, or this very file would be taken for it.
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')
  await expectNoTrace(async () =>
    expectError(await api.post(to({ file_name: 'eicar.pdf' }), pdfBody(eicar)), 415, 'type_mismatch'),
  )
  const pdf = await PDFDocument.create()
  pdf.addPage().drawText('A manual with something inside.')
  await pdf.attach(Buffer.from(eicar), 'eicar.com', { mimeType: 'application/octet-stream' })
  const file = join(config().dataDir, `${crypto.randomUUID()}.pdf`)
  await Bun.write(file, await pdf.save())
  expect((await extractPdf(file)).activeContent).toBe(true)
})

test('a sample that no reader should be offered is refused with its code', async () => {
  const html = sharedPath('data/hostile/html_as_pdf.pdf')
  const polyglot = sharedPath('data/hostile/polyglot.pdf')
  const headless = sharedPath('data/hostile/noheader.pdf')
  if (!html || !polyglot || !headless) return
  await expectNoTrace(async () => {
    for (const path of [html, polyglot, headless])
      expectError(await api.post(to(), pdfBody(readFileSync(path))), 415, 'type_mismatch')
  })
})

test('a file over the limit is refused, by its declared length or while it arrives', () =>
  expectNoTrace(async () => {
    const big = Buffer.concat([Buffer.from(await makePdf()), Buffer.alloc(BYTES_MAX)])
    let readCount = 0
    const neverRead = new ReadableStream({
      pull: (controller) => {
        readCount += 1
        controller.enqueue(big.subarray(0, 1_000))
        if (readCount > 5) controller.close()
      },
    })
    const declared = pdfBody(neverRead, { 'content-length': String(BYTES_MAX + 1) })
    expectError(await api.post(to(), declared), 413, 'too_large')
    expect(readCount).toBeLessThanOrEqual(1)
    expectError(await api.post(to(), pdfBody(inParts(big, 10_000))), 413, 'too_large')
  }))

test('an upload that breaks off leaves nothing behind', () =>
  expectNoTrace(async () => {
    const pdf = Buffer.from(await makePdf())
    const half = pdf.subarray(0, pdf.length / 2)
    const broken = new ReadableStream({
      start: (controller) => controller.enqueue(half),
      pull: (controller) => controller.error(new Error('the connection was lost')),
    })
    expectError(await api.post(to(), pdfBody(broken)), 400, 'upload_incomplete')
    const short = pdfBody(inParts(half, 100), { 'content-length': String(pdf.length) })
    expectError(await api.post(to(), short), 400, 'upload_incomplete')
  }))

test('a file that arrives in parts of one byte is the same file', async () => {
  const pdf = await makePdf()
  const first = await api.post(to(), pdfBody(inParts(Buffer.from(pdf), 1)))
  expect(first.status).toBe(202)
  expect((await api.post(to(), pdfBody(pdf))).body).toMatchObject({ id: first.body.id, duplicate: true })
})

test.each([
  ['../../etc/passwd.pdf', 'passwd.pdf'],
  ['..\\..\\windows\\x', 'x.pdf'],
  ['/', 'document.pdf'],
  ['.htaccess', 'htaccess.pdf'],
  ['x'.repeat(300), `${'x'.repeat(180)}.pdf`],
  ['\u202Efdp.exe', 'fdp.exe.pdf'],
  ['a\r\nSet-Cookie: x=1', 'aSet-Cookie: x=1.pdf'],
  ['"quoted";x.pdf', '"quoted";x.pdf'],
  ['<img src=x onerror=alert(1)>.pdf', '<img src=x onerror=alert(1)>.pdf'],
  ['con.pdf', 'con.pdf'],
  ['🏠.pdf', '🏠.pdf'],
  ['', 'document.pdf'],
])('a file called %p is shown as %p and kept under ids only', async (sent, shown) => {
  const { body } = await api.post(to({ file_name: sent }), pdfBody(await makePdf()))
  expect((await read(body.id)).file_name).toBe(shown)
  const [row] = await api.look`select storage_key from document_versions where document_id = ${body.id}`
  expect(row?.storage_key).toMatch(/^[0-9a-f-]{36}\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/)
  expect(existsSync(join(config().dataDir, 'files', row?.storage_key))).toBe(true)
})

test('documents are listed newest first, filtered, in pages, and one by one', async () => {
  const theirs = await api.post(to({}, api.theirs.development_id), pdfBody(await makePdf()), api.keys.theirs)
  const mine = await api.post(to(), pdfBody(await makePdf()))
  await expectPaged(api, 'documents', 'units')
  await expectItem(api, 'documents', mine.body.id, theirs.body.id)
  expect((await api.get('documents?limit=1')).body.data[0].id).toBe(mine.body.id)
  expect((await api.get('documents?status=failed')).body.data).toEqual([])
  const foreign = await api.get(`documents?development_id=${api.theirs.development_id}`)
  expect(foreign.body).toEqual({ data: [], next_cursor: null })
  expectError(await api.get('documents?status=lost'), 422, 'invalid')
})

function inParts(bytes: Buffer, partBytes: number): ReadableStream<Uint8Array> {
  let start = 0
  return new ReadableStream({
    pull: (controller) => {
      if (start >= bytes.length) return controller.close()
      controller.enqueue(new Uint8Array(bytes.subarray(start, start + partBytes)))
      start += partBytes
    },
  })
}

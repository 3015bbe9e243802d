// Importing units through the API: who may, what is taken, and the report that is read back page by page.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { IMPORT_BYTES_MAX } from '#src/imports/limits.ts'
import { runImport } from '#src/imports/run.ts'
import { text, workbook } from '../../imports/files.ts'
import { type ApiTest, expectError, expectItem, expectStrangersRefused, openApi, UUID } from './client.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

let api: ApiTest
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const to = (query: Record<string, string> = {}, developmentId = api.mine.development_id) =>
  `units/import?${new URLSearchParams({ development_id: developmentId, ...query })}`
const body = (content: string | Uint8Array<ArrayBuffer>, type = 'text/csv') => ({
  body: typeof content === 'string' ? text(content) : content,
  headers: { 'content-type': type },
})
const counts = async () =>
  (
    await api.look`select (select count(*)::int from imports) as imports, (select count(*)::int from units) as units`
  )[0]
/** What the queue's thread would do. */
async function work(id: string) {
  const [row] = await api.look`select tenant_id from imports where id = ${id}`
  const scope = systemScope(row?.tenant_id, 'test')
  await runImport(scope, id, { progress: () => {}, fenced: (work) => within(scope, work) })
}
const LIST = 'Unit,Type,Beds\n801,BD01,3\n802,BD02,\n803,BD03,4\n'

test('strangers and keys without the scope are refused before a byte is kept', async () => {
  const before = await counts()
  await expectStrangersRefused(api, to(), { method: 'POST', ...body(LIST) })
  const reader = await api.keyWith(['units:read'])
  expectError(await api.post(to(), body(LIST), reader), 403, 'scope_missing')
  const writer = await api.keyWith(['units:write'])
  expectError(await api.get('imports', writer), 403, 'scope_missing')
  expect(await counts()).toEqual(before)
})

test('a development that is not the caller’s, or nobody’s, does not exist', async () => {
  const before = await counts()
  expectError(await api.post(to({}, api.theirs.development_id), body(LIST)), 404, 'not_found')
  expectError(await api.post(to({}, crypto.randomUUID()), body(LIST)), 404, 'not_found')
  expect(await counts()).toEqual(before)
})

test.each<[string, number, string, () => ReturnType<typeof body>]>([
  ['an empty file', 422, 'file_empty', () => body('')],
  ['a PDF', 415, 'not_a_table', () => body('%PDF-1.7\n')],
  ['bytes', 415, 'not_a_table', () => body(Uint8Array.from([1, 0, 2, 0, 3]))],
  [
    'an old or locked workbook',
    422,
    'old_workbook',
    () => body(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]), XLSX),
  ],
  ['JSON', 415, 'unsupported_type', () => body('{}', 'application/xml')],
  ['a file over the limit', 413, 'too_large', () => body(new Uint8Array(IMPORT_BYTES_MAX + 1).fill(65))],
])('%s is refused with %d %s', async (_, status, code, sent) => {
  const before = await counts()
  expectError(await api.post(to(), sent()), status, code)
  expect(await counts()).toEqual(before)
})

test.each([{ dry_run: 'maybe' }, { dry_run: '' }, { development_id: 'x' }])(
  'a query like %o is invalid',
  async (query) => {
    expectError(await api.post(to(query as Record<string, string>), body(LIST)), 422, 'invalid')
  },
)

test('a dry run is accepted, reported row by row, confirmed, and done', async () => {
  const before = await counts()
  const sent = await api.post(to({ file_name: '../../Höuses.csv' }), body(LIST))
  expect(sent.status).toBe(202)
  expect(sent.body).toEqual({ id: expect.stringMatching(UUID), job_id: sent.body.job_id, status: 'checking' })
  const { id } = sent.body
  expect((await api.get(`jobs/${sent.body.job_id}`)).body.kind).toBe('import-units')
  await work(id)
  const first = await api.get(`imports/${id}?limit=2`)
  expect(first.body).toMatchObject({
    ...{ status: 'checked', dry_run: true, file_name: 'Höuses.csv', create_count: 3, error_count: 0 },
    data: [{ row: 2, action: 'create', number: '801', unit_id: null }, { row: 3 }],
  })
  const second = await api.get(`imports/${id}?limit=2&cursor=${first.body.next_cursor}`)
  expect([second.body.data.map((row: { row: number }) => row.row), second.body.next_cursor]).toEqual([
    [4],
    null,
  ])
  expect((await api.get(`imports/${id}?action=error`)).body.data).toEqual([])
  expect((await counts())?.units).toBe(before?.units)
  const confirmed = await api.post(`imports/${id}/confirmation`, {})
  expect([confirmed.status, confirmed.body.status]).toEqual([202, 'importing'])
  expectError(await api.post(`imports/${id}/confirmation`, {}), 409, 'import_not_waiting')
  await work(id)
  expect((await api.get(`imports/${id}`)).body.status).toBe('imported')
  expect((await counts())?.units).toBe(before?.units + 3)
})

test('a workbook without a dry run is imported at once, or not at all', async () => {
  const good = workbook([
    ['Unit', 'Type'],
    [811, 'BD01'],
  ])
  const { id } = (await api.post(to({ dry_run: 'false' }), body(good, XLSX))).body
  await work(id)
  expect((await api.get(`imports/${id}`)).body).toMatchObject({ status: 'imported', create_count: 1 })
  const bad = workbook([
    ['Unit', 'Type'],
    [812, 'BD01'],
    [813, 'nothing'],
  ])
  const { id: other } = (await api.post(to({ dry_run: 'false' }), body(bad, XLSX))).body
  await work(other)
  const refused = (await api.get(`imports/${other}?action=error`)).body
  expect([refused.status, refused.failure_code, refused.data[0].row]).toEqual(['refused', 'rows_invalid', 3])
})

test('an import of another tenant answers like one that does not exist, also when confirmed', async () => {
  const mine = (await api.post(to(), body(LIST))).body.id
  const theirs = (await api.post(to({}, api.theirs.development_id), body(LIST), api.keys.theirs)).body.id
  await expectItem(api, 'imports', mine, theirs)
  expectError(await api.post(`imports/${theirs}/confirmation`, {}), 404, 'not_found')
  const listed = (await api.get('imports?limit=100')).body.data.map((row: { id: string }) => row.id)
  expect([listed.includes(mine), listed.includes(theirs)]).toEqual([true, false])
})

test('a row of another tenant’s homes is never compared with', async () => {
  const [theirs] = await api.look`select number from units where id = ${api.theirs.unit_id}`
  const number = `${theirs?.number}-X`
  await api.look`update units set number = ${number} where id = ${api.theirs.unit_id}`
  const { id } = (await api.post(to(), body(`Unit,Type\n${number},BD01\n`))).body
  await work(id)
  expect((await api.get(`imports/${id}`)).body.data[0]).toMatchObject({ action: 'create', unit_id: null })
})

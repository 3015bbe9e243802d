// The yearly renewal: versions of a year ago beside those of now, what expires, what is missing, reading all again.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetAttempts } from '#src/access/attempts.ts'
import { kindMissed } from '#src/documents/lost-questions.ts'
import { qualityFlags } from '#src/documents/quality.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { expiryOf } from '#src/renewal.ts'
import { bearer, form, withCookies } from '../../support/app.ts'
import { type BuilderApp, startBuilderApp } from '../../support/builder-app.ts'

let started: BuilderApp
let app: BuilderApp['app']
let look: BuilderApp['look']
let cookie: string
let foreign: string
let development: string
let tenant: string
let ber: string
let guide: string
let plan: string

/** A document with versions that became ready so many days ago, the last one live. */
async function document(title: string, kind: string, readyDaysAgo: number[], codes: string[] = []) {
  const id = Bun.randomUUIDv7()
  await look`insert into documents (id, tenant_id, development_id, kind, title) values (${id}, ${tenant}, ${development}, ${kind}, ${title})`
  let live = ''
  for (const [i, days] of readyDaysAgo.entries()) {
    live = Bun.randomUUIDv7()
    await look`insert into document_versions (id, tenant_id, development_id, document_id, number, status, stage, file_name,
        storage_key, size_bytes, content_sha256, duplicate_key, page_count, ready_at, created_at)
      values (${live}, ${tenant}, ${development}, ${id}, ${i + 1}, 'ready', 'ready', 'f.pdf', ${`${tenant}/${id}/${live}`}, 9000,
        ${live}, ${live}, 2, now() - ${days} * interval '1 day', now() - ${days} * interval '1 day')`
  }
  await look`update documents set live_version_id = ${live} where id = ${id}`
  for (const code of codes)
    await look`insert into document_house_types (tenant_id, development_id, document_id, house_type_id)
      select ${tenant}, ${development}, ${id}, id from house_types where development_id = ${development} and code = ${code}`
  return id
}

beforeAll(async () => {
  started = await startBuilderApp()
  ;({ app, look, admin: cookie, foreign, development, tenant } = started)
  ber = await document('BER of the estate', 'ber', [500, 20])
  guide = await document('Home user guide', 'user_guide', [500])
  plan = await document('Plan of BD01', 'floor_plan', [30], ['BD01'])
})
afterAll(() => started.stop())
beforeEach(() => {
  forgetLimits()
  forgetAttempts()
})

const open = (path: string, as = cookie) => app.call(path, withCookies(as))
const post = (path: string, fields: Record<string, string> = {}, as = cookie) =>
  app.call(path, withCookies(as, form(fields)))
const renewalPath = () => `/developer/renewal?development=${development}`
const textOf = (markup: string) => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
const rowOf = (markup: string, title: string) =>
  textOf(
    [...markup.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([row]) => row).find((row) => row.includes(title)) ?? '',
  )

test('each document stands beside its version of a year ago', async () => {
  const markup = await (await open(renewalPath())).text()
  expect(rowOf(markup, 'BER of the estate')).toMatch(/Version 1, 2 pages, .* Version 2, 2 pages, .* Renewed/)
  expect(rowOf(markup, 'Home user guide')).toMatch(/Version 1, .* Version 1, .* Unchanged/)
  expect(rowOf(markup, 'Plan of BD01')).toMatch(/Not there Version 1, .* New/)
  expect(markup).toContain('data-print')
  expect((await open(renewalPath(), foreign)).status).toBe(404)
})

test('the difference of coverage is that of an independent count', async () => {
  // Nine kinds are expected of every type: now BER and guide of all, the plan of BD01; a year ago BER and guide.
  const [row] =
    await look`select count(*)::int as types from house_types where development_id = ${development}`
  const types = row?.types as number
  const markup = textOf(await (await open(renewalPath())).text())
  expect(markup).toContain(`${7 * types - 1} gaps, 1 fewer than a year ago.`)
})

test.each([
  ['', null],
  ['3/11/2036', '2036-11-03'],
  ['2025-01-31', '2025-01-31'],
])('a document holds until %p', async (typed, stored) => {
  expect((await post(`/developer/documents/${ber}/expiry`, { expires_on: typed })).status).toBe(303)
  const [row] =
    await look`select v.expires_on::text as on from document_versions v join documents d on d.live_version_id = v.id where d.id = ${ber}`
  expect(row?.on).toBe(stored)
})

test('an expired document is said to be, wherever it is listed, and what is no date is refused', async () => {
  const refused = await post(`/developer/documents/${ber}/expiry`, { expires_on: 'when it rains' })
  expect(refused.status).toBe(422)
  const text = await refused.text()
  expect(text).toContain('is not a date such as')
  expect(text).toContain('value="when it rains"')
  expect((await post(`/developer/documents/${ber}/expiry`, {}, foreign)).status).toBe(404)
  for (const path of [
    renewalPath(),
    `/developer/documents/${ber}`,
    `/developer/documents?development=${development}`,
  ])
    expect(textOf(await (await open(path)).text())).toContain('Expired 31 Jan 2025')
  const key = app.demo.api_keys.find(({ tenant: of }) => of === 'longview-estates')!.key
  const listed = await app.call(`/api/v1/documents/${ber}`, bearer(key))
  expect(((await listed.json()) as { expires_on: string }).expires_on).toBe('2025-01-31')
})

test('flags are raised at their limits and not before', () => {
  const row = { pagesWithoutText: 0, sizeBytes: 15_000_000, expiresOn: null }
  const kinds = (more: Partial<Parameters<typeof qualityFlags>[0]>) =>
    qualityFlags({ ...row, ...more }, '2026-11-24').map(({ kind }) => kind)
  expect(kinds({})).toEqual([])
  expect(kinds({ sizeBytes: 15_000_001, pagesWithoutText: 1 })).toEqual(['without_text', 'large'])
  expect(kinds({ expiresOn: '2026-11-23' })).toEqual(['expired'])
  expect(kinds({ expiresOn: '2026-11-24' })).toEqual(['expires_soon'])
  expect(kinds({ expiresOn: '2027-01-23' })).toEqual(['expires_soon'])
  expect(kinds({ expiresOn: '2027-01-24' })).toEqual([])
  expect(['2026-11-23', '2027-01-23', '2027-01-24', null].map((day) => expiryOf(day, '2026-11-24'))).toEqual([
    'expired',
    'soon',
    'later',
    'none',
  ])
})

test('pages on which no text was found are counted', async () => {
  const [row] = await look`select live_version_id as id from documents where id = ${guide}`
  await look`insert into document_pages (tenant_id, version_id, reading, page, content, heading_lines)
    values (${tenant}, ${row?.id}, 1, 1, 'Turn the stopcock clockwise.', '{}'), (${tenant}, ${row?.id}, 1, 2, ' 2 ', '{}')`
  expect(textOf(await (await open(`/developer/documents/${guide}`)).text())).toContain('1 page without text')
})

test('a question that nobody could answer is lost to the kind it would have needed', async () => {
  expect(
    [
      'Is the oven under warranty?',
      'What is my BER?',
      'How big is the box room?',
      'The boiler shows error 4',
      'Who am I?',
    ].map(kindMissed),
  ).toEqual(['warranty', 'ber', 'floor_plan', 'manual', null])
  const [unit] =
    await look`select u.id, u.house_type_id from units u join house_types t on t.id = u.house_type_id
    where u.development_id = ${development} and t.code = 'BT01' limit 1`
  const ids = { conversation: Bun.randomUUIDv7(), message: Bun.randomUUIDv7() }
  await look`insert into conversations (id, tenant_id, unit_id, origin, title) values (${ids.conversation}, ${tenant}, ${unit?.id}, 'app', 't')`
  await look`insert into messages (id, tenant_id, conversation_id, client_key, question, request_id) values (${ids.message}, ${tenant}, ${ids.conversation}, 'k', 'Is the roof under warranty?', 'r')`
  await look`insert into gaps (id, tenant_id, development_id, unit_id, house_type_id, message_id, question, group_id)
    values (${Bun.randomUUIDv7()}, ${tenant}, ${development}, ${unit?.id}, ${unit?.house_type_id}, ${ids.message}, 'Is the roof under warranty?', ${Bun.randomUUIDv7()})`
  const markup = await (await open(`/developer/coverage?development=${development}`)).text()
  expect(markup.match(/1 question lost/g)).toHaveLength(1)
})

test('every live document is read again at one press, and a second press begins nothing twice', async () => {
  const path = `/developer/renewal/reingestion?development=${development}`
  expect((await post(path, {}, foreign)).status).toBe(404)
  expect((await post(path)).headers.get('location')).toContain('done=3')
  const jobs =
    await look`select payload ->> 'documentId' as id from job_status where kind = 'reingest-document'`
  expect(jobs.map(({ id }) => id).sort()).toEqual([ber, guide, plan].sort())
  const named =
    await look`select count(*)::int as n from document_versions v join job_status j on j.id = v.job_id where j.kind = 'reingest-document'`
  expect(named[0]?.n).toBe(3)
  expect(textOf(await (await open(renewalPath())).text())).toContain('3 documents are being read again.')
  expect((await post(path)).headers.get('location')).toContain('done=0')
})

// Data quality and the comparison of builders: what is wrong is planted, what happened is counted, both are found.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { rollUp } from '#src/analytics.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { checkNames } from '#src/quality.ts'
import { bearer, signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'

setDefaultTimeout(60_000)

let app: TestApp
let look: postgres.Sql
let operator: string
let home: { id: string; tenant_id: string; development_id: string }

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  operator = await signIn(app, app.demo.super_admin, '/admin')
  const [row] =
    await look`select id, tenant_id, development_id from units where id = ${app.demo.homes[0]!.unit_id}`
  home = row as typeof home
})
beforeEach(() => forgetLimits())
afterAll(async () => {
  await look.end()
  await app.stop()
})

const open = async (path: string) => {
  const response = await app.call(path, withCookies(operator))
  return { status: response.status, html: await response.text() }
}
const missing = (html: string, ...parts: string[]) => parts.filter((part) => !html.includes(part))

test('every check finds what is planted, says how many, and leads to the row', async () => {
  const [type, empty, document, failed, twice, versionId] = Array.from({ length: 6 }, () =>
    Bun.randomUUIDv7(),
  )
  const { tenant_id: tenant, development_id: development } = home
  await look`insert into house_types (id, tenant_id, development_id, code, name) values (${type!}, ${tenant}, ${development}, 'ZZ99', 'Planted')`
  await look`insert into developments (id, tenant_id, slug, name, address_line, locality, county, code_prefix, geocode_failure_code)
    values (${empty!}, ${tenant}, 'planted', 'Planted Park', 'Nowhere', 'Cork', 'Cork', 'PP', 'geocode_no_match')`
  for (const [id, title] of [
    [document!, 'Planted orphan'],
    [failed!, 'Planted failure'],
    [twice!, 'Planted twin'],
    [versionId!, 'Planted other twin'],
  ] as const)
    await look`insert into documents (id, tenant_id, development_id, title, kind) values (${id}, ${tenant}, ${development}, ${title}, 'manual')`
  for (const [id, status] of [
    [failed!, 'failed'],
    [twice!, 'ready'],
    [versionId!, 'ready'],
  ] as const) {
    const version = Bun.randomUUIDv7()
    await look`insert into document_versions (id, tenant_id, development_id, document_id, number, status, stage, file_name, storage_key, size_bytes, content_sha256, duplicate_key, failure_code, ready_at)
      values (${version}, ${tenant}, ${development}, ${id}, 1, ${status}, ${status === 'ready' ? 'ready' : 'stored'}, 'f.pdf', ${`k/${id}`}, 9, 'same', ${id}, ${status === 'failed' ? 'unreadable' : null}, ${status === 'ready' ? new Date() : null})`
    if (status === 'ready') await look`update documents set live_version_id = ${version} where id = ${id}`
  }
  await look`update units set eircode = 'T23AC12' where id in (select id from units where development_id = ${development} order by id limit 2)`
  await look`update units set latitude = null, longitude = null, geocode_failure_code = 'geocode_no_match' where id = ${home.id}`
  await look`insert into job_status (id, tenant_id, kind, payload, max_attempts, timeout_ms, scheduled_at)
    values (gen_random_uuid(), ${tenant}, 'reingest-document', ${look.json({ documentId: Bun.randomUUIDv7() })}, 1, 1, now() + interval '1 day')`
  const { html } = await open('/admin/quality')
  for (const check of checkNames) {
    const row = html.slice(html.indexOf(`id="check-${check}"`)).split('</tr>')[0] ?? ''
    expect([check, / failure">/.test(row)]).toEqual([check, true])
  }
  const found = {
    'house-types-without-documents': 'ZZ99',
    'house-types-without-homes': 'ZZ99',
    'developments-without-homes': 'Planted Park',
    'documents-that-cannot-be-read': 'Planted failure',
    'documents-without-a-version': 'Planted orphan',
    'documents-twice': 'Planted twin',
    'homes-twice': 'T23AC12',
    'homes-without-a-position': `finding-${home.id}`,
    'addresses-that-were-not-found': 'geocode_no_match',
    'files-of-nothing': 'reingest-document',
  }
  for (const check of checkNames) {
    const page = await open(`/admin/quality/${check}`)
    // The demonstration's types have no documents in a test, so the planted one may be on a later page.
    expect([check, page.status, missing(page.html, found[check])]).toEqual([check, 200, []])
  }
  expect((await open('/admin/quality/nonsense')).status).toBe(422)
})

test('builders are compared by what the nights counted, one builder by its developments, with the cost', async () => {
  const yesterday = new Date(Date.now() - 86_400_000)
  await look`insert into rag_log (id, tenant_id, development_id, unit_id, request_id, stage, reason, mode, model, prompt_tokens, completion_tokens, chunk_ids, stages, duration_ms, created_at)
    select gen_random_uuid(), ${home.tenant_id}, ${home.development_id}, ${home.id}, 'r' || n, 'retrieval', 'x', 'model', 'm', 1000000, 100000, '{}', '[]', 5, ${yesterday} from generate_series(1, 10) n`
  const scope = systemScope(home.tenant_id, 'test')
  const context = {
    progress: () => {},
    fenced: <T>(work: Parameters<typeof within<T>>[1]) => within(scope, work),
  }
  await rollUp(scope, {}, context)
  await rollUp(scope, {}, context)
  const { html } = await open('/admin/analytics?span=7d')
  // Ten million tokens in and one out at the prices of the settings.
  expect(missing(html, '€5.18', 'Harbour Homes', 'Today included as it is now', '11,000,000')).toEqual([])
  const one = await open(`/admin/analytics?span=7d&tenant=${home.tenant_id}`)
  expect(missing(one.html, 'Longview Park', 'Rathard Park', '€5.18', 'All builders')).toEqual([])
  expect(one.html.includes('Harbour Homes')).toBe(false)
})

test('a question of today is in the comparison at once, and once, whatever the night rolls up', async () => {
  const figures = async () => {
    const { html } = await open('/admin/analytics?span=7d')
    const row = html
      .slice(html.search(/<th[^>]*scope="row"[^>]*>(?:(?!<\/th>).)*Longview Estates/s))
      .split('</tr>')[0]
    return [...(row ?? '').matchAll(/cell-right">([^<]*)</g)].map(([, figure]) => figure)
  }
  const before = await figures()
  const { key } = app.demo.api_keys.find(({ tenant }) => tenant === 'longview-estates')!
  const asked = await app.call(
    '/api/v1/questions',
    bearer(key, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ unit_id: home.id, question: 'Where is the stopcock?' }),
    }),
  )
  expect(asked.status).toBe(200)
  const after = await figures()
  expect(Number(after[3])).toBe(Number(before[3]) + 1)
  const scope = systemScope(home.tenant_id, 'test')
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Dublin' }).format(new Date())
  await rollUp(
    scope,
    { from: today, to: today },
    { progress: () => {}, fenced: (work) => within(scope, work) },
  )
  expect(await figures()).toEqual(after)
})

test('what is asked in vain at several builders is one line, and reading it is on record', async () => {
  await look`truncate gaps`
  for (const [slug, question] of [
    ['longview-estates', 'Is there a car wash?'],
    ['harbour-homes', 'is there a CAR wash'],
  ] as const) {
    const [unit] =
      await look`select u.id, u.tenant_id, u.development_id, u.house_type_id from units u join tenants t on t.id = u.tenant_id where t.slug = ${slug} limit 1`
    const [conversation, message, gap] = [Bun.randomUUIDv7(), Bun.randomUUIDv7(), Bun.randomUUIDv7()]
    await look`insert into conversations (id, tenant_id, unit_id, origin, title) values (${conversation}, ${unit?.tenant_id}, ${unit?.id}, 'api', 'x')`
    await look`insert into messages (id, tenant_id, conversation_id, question, client_key, request_id) values (${message}, ${unit?.tenant_id}, ${conversation}, ${question}, ${message}, 'r')`
    await look`insert into gaps (id, tenant_id, development_id, unit_id, house_type_id, message_id, question, group_id)
      values (${gap}, ${unit?.tenant_id}, ${unit?.development_id}, ${unit?.id}, ${unit?.house_type_id}, ${message}, ${question}, ${gap})`
  }
  const { html } = await open('/admin/analytics')
  const row = html.slice(html.search(/car wash/i)).split('</tr>')[0] ?? ''
  expect([...row.matchAll(/cell-right">(\d)</g)].map(([, n]) => n)).toEqual(['2', '2', '2'])
  const acts = await look`select 1 from activity_log where action = 'gaps.read'`
  expect(acts.length).toBeGreaterThan(0)
})

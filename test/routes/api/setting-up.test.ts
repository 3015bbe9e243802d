// Setting up a development through the API: the site, its house types, facts with their source, households, files.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { type ApiTest, expectError, expectItem, jsonBody, makePdf, openApi, pdfBody, UUID } from './client.ts'

let api: ApiTest
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const site = (name: string, more: Record<string, unknown> = {}) =>
  api.post(
    'developments',
    jsonBody({ name, address_line: 'Mill Road', locality: 'Midleton', county: 'Cork', ...more }),
  )
const fact = (more: Record<string, unknown> = {}, key?: string) =>
  api.post(
    'facts',
    jsonBody({
      development_id: api.mine.development_id,
      topic: 'parking',
      key: 'parking.visitors',
      label: 'Visitor parking',
      value: 'Eleven spaces at the gate',
      source: 'Site plan, revision C',
      recorded_on: '2026-03-01',
      ...more,
    }),
    key,
  )

test('a development is added with a slug, and not twice', async () => {
  const added = await site('Cois Mílí Phase 2', { eircode: 'p25ac12', latitude: 51.91, longitude: -8.17 })
  expect(added.status).toBe(201)
  expect(added.body).toMatchObject({ slug: 'cois-mili-phase-2', name: 'Cois Mílí Phase 2', latitude: 51.91 })
  expect((await api.get(`developments/${added.body.id}`)).body).toEqual(added.body)
  expectError(await site('Cois Mílí phase 2'), 409, 'development_exists')
  expectError(await api.get(`developments/${added.body.id}`, api.keys.theirs), 404, 'not_found')
  const [row] = await api.look`select code_prefix from developments where id = ${added.body.id}`
  expect(row?.code_prefix).toMatch(/^[ACDEFGHJKLMNPQRTUVWXY]{2}$/)
  for (const more of [
    { latitude: 51 },
    { latitude: 91, longitude: 0 },
    { eircode: 'X' },
    { name: '!' },
    { nmae: 1 },
  ])
    expectError(await site('Another', more), 422, 'invalid')
})

test('a name that is hard to read aloud still gives letters for its codes', async () => {
  for (const name of ['B', '1 2 3', 'Ostán Bóthar', 'Szczęście']) expect((await site(name)).status).toBe(201)
})

test('a house type is added to a development of one’s own, and not twice', async () => {
  const add = (code: string, developmentId = api.mine.development_id) =>
    api.post(
      'house-types',
      jsonBody({ development_id: developmentId, code, name: 'Corner home', typical_bedrooms: 3 }),
    )
  const added = await add('ZZ9')
  expect([added.status, added.body.code, added.body.typical_bedrooms]).toEqual([201, 'ZZ9', 3])
  expectError(await add('ZZ9'), 409, 'house_type_exists')
  expectError(await add('ZZ9', api.theirs.development_id), 404, 'not_found')
})

test('a fact is recorded with its source, recorded again in its place, read, listed and removed', async () => {
  const first = await fact()
  expect([first.status, first.body.unit_id, first.body.source]).toEqual([201, null, 'Site plan, revision C'])
  expect(first.body.id).toMatch(UUID)
  const again = await fact({ value: 'Twelve spaces at the gate' })
  expect([again.status, again.body.id, again.body.value]).toEqual([
    200,
    first.body.id,
    'Twelve spaces at the gate',
  ])
  const own = await fact({ unit_id: api.mine.unit_id })
  expect([own.status, own.body.unit_id]).toEqual([201, api.mine.unit_id])
  const listed = await api.get(`facts?limit=100&unit_id=${api.mine.unit_id}`)
  expect(listed.body.data.map(({ id }: { id: string }) => id)).toContain(own.body.id)
  const theirs = await fact({ development_id: api.theirs.development_id }, api.keys.theirs)
  await expectItem(api, 'facts', first.body.id, theirs.body.id)
  const removed = await api.call(`facts/${own.body.id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${api.keys.mine}` },
  })
  expect(removed.body).toEqual({ id: own.body.id, deleted: true })
  expectError(await api.get(`facts/${own.body.id}`), 404, 'not_found')
})

test('whom the chat names in danger can be changed and not removed', async () => {
  const { body } = await fact({
    topic: 'emergency',
    key: 'emergency.gas',
    label: 'Gas',
    value: '1800 20 50 50',
  })
  const removed = await api.call(`facts/${body.id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${api.keys.mine}` },
  })
  expectError(removed, 422, 'invalid')
  expect((await api.get(`facts/${body.id}`)).body.value).toBe('1800 20 50 50')
})

test('of ten writers of one fact at once, one row is left', async () => {
  const written = await Promise.all(
    Array.from({ length: 10 }, (_, i) => fact({ key: 'parking.bicycles', value: `${i}` })),
  )
  expect(new Set(written.map(({ body }) => body.id)).size).toBe(1)
})

test('a fact of another tenant’s place, of two places at once, or without a source is refused', async () => {
  expectError(await fact({ development_id: api.theirs.development_id }), 404, 'not_found')
  expectError(await fact({ unit_id: api.theirs.unit_id }), 404, 'not_found')
  expectError(await fact({ house_type_id: api.theirs.unit_id }), 404, 'not_found')
  const [type] = (await api.get('house-types?limit=1')).body.data
  expectError(await fact({ unit_id: api.mine.unit_id, house_type_id: type.id }), 422, 'invalid')
  const refused: Record<string, unknown>[] = [{ source: ' ' }, { key: 'No Key' }, { recorded_on: '1 March' }]
  for (const more of [...refused, { length_m: -1 }, { length_m: 1e9 }, { value: 'x'.repeat(2_001) }])
    expectError(await fact(more), 422, 'invalid')
})

test('a fact that was recorded is what the home is answered from', async () => {
  await fact({ key: 'parking.visitors', unit_id: api.mine.unit_id, value: 'Thirteen spaces at the gate' })
  const asked = await api.post(
    'questions',
    jsonBody({ unit_id: api.mine.unit_id, question: 'Where is the visitor parking?' }),
  )
  expect(asked.body).toMatchObject({ stage: 'fact' })
  expect(asked.body.answer).toContain('Thirteen spaces at the gate')
})

test('who lives in a home is read with a scope of its own, and the household sees that it was', async () => {
  const path = `units/${api.mine.unit_id}/household`
  expectError(await api.get(path, await api.keyWith(['units:read'])), 403, 'scope_missing')
  const read = await api.get(path)
  const people =
    await api.look`select id, full_name, email from purchasers where unit_id = ${api.mine.unit_id} order by position`
  expect(read.body).toEqual({ unit_id: api.mine.unit_id, people: people.map((row) => ({ ...row })) })
  const [noted] = await api.look`select count(*)::int as count from data_access_log
    where unit_id = ${api.mine.unit_id} and action = 'household.read' and actor_type = 'api_client'`
  expect(noted?.count).toBe(1)
  expectError(await api.get(`units/${api.theirs.unit_id}/household`), 404, 'not_found')
})

test('the address of a file opens it without a key', async () => {
  const pdf = await makePdf()
  const { id } = (await api.post(`documents?development_id=${api.mine.development_id}`, pdfBody(pdf))).body
  const { url } = (await api.get(`documents/${id}/download`)).body
  const file = await api.app.call(new URL(url).pathname)
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(pdf))).toBe(true)
  expectError(await api.get(`documents/${id}/download`, api.keys.theirs), 404, 'not_found')
})

test('every key may read what it may do', async () => {
  const key = await api.keyWith(['jobs:read'], 33)
  const read = await api.get('api-keys/self', key)
  expect(read.body).toMatchObject({ name: 'Test', scopes: ['jobs:read'], requests_per_minute: 33 })
  expectError(await api.get('api-keys/self', api.keys.revoked), 401, 'invalid_api_key')
})

// Corrections through the API: what is named changes and nothing else, and nobody overwrites what they have not read.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { type Answered, type ApiTest, expectError, jsonBody, makePdf, openApi, pdfBody } from './client.ts'

let api: ApiTest
type Correctable = { path: string; change: object; foreign: string; method?: 'PUT' }
let paths: Record<string, Correctable>
beforeAll(async () => {
  api = await openApi()
  const first = async (list: string, key?: string) => (await api.get(`${list}?limit=1`, key)).body.data[0].id
  const hook = jsonBody({ url: 'https://hooks.example/a', events: ['gap.opened'] })
  const snag = (unit_id: string, key?: string) =>
    api.post(
      'snags',
      jsonBody({ unit_id, room: 'Hall', category: 'other', description: 'The door does not close.' }),
      key,
    )
  const version = async (development: string, key?: string) => {
    const { id } = (await api.post(`documents?development_id=${development}`, pdfBody(await makePdf()), key))
      .body
    const { data } = (await api.get(`documents/${id}/versions`, key)).body
    return `documents/${id}/versions/${data[0].id}`
  }
  const guarantee = { kind: 'warranty', title: 'Structural guarantee', months: 120 }
  const planned = async (development_id: string, key?: string) =>
    `maintenance-items/${(await api.post('maintenance-items', jsonBody({ development_id, ...guarantee }), key)).body.id}`
  const { mine, theirs } = api
  const other = api.keys.theirs
  paths = {
    development: {
      path: `developments/${mine.development_id}`,
      change: { county: 'County Cork' },
      foreign: `developments/${theirs.development_id}`,
    },
    'house type': {
      path: `house-types/${await first('house-types')}`,
      change: { name: 'Corner home' },
      foreign: `house-types/${await first('house-types', other)}`,
    },
    unit: {
      path: `units/${mine.unit_id}`,
      change: { bathrooms: 7, handed_over_on: '2026-02-03', phase: '2b' },
      foreign: `units/${theirs.unit_id}`,
    },
    webhook: {
      path: `webhooks/${(await api.post('webhooks', hook)).body.id}`,
      change: { events: ['unit.claimed'] },
      foreign: `webhooks/${(await api.post('webhooks', hook, other)).body.id}`,
    },
    version: {
      path: await version(mine.development_id),
      change: { notes: 'Says where the stopcock is.' },
      foreign: await version(theirs.development_id, other),
    },
    snag: {
      path: `snags/${(await snag(mine.unit_id)).body.id}`,
      change: { status: 'seen' },
      foreign: `snags/${(await snag(theirs.unit_id, other)).body.id}`,
    },
    'maintenance item': {
      path: await planned(mine.development_id),
      change: { ...guarantee, months: 72, note: 'Papers in the pack' },
      foreign: await planned(theirs.development_id, other),
      method: 'PUT',
    },
  }
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const patch = (
  path: string,
  change: object,
  headers: Record<string, string> = {},
  method: 'PATCH' | 'PUT' = 'PATCH',
) =>
  api.call(path, {
    ...jsonBody(change),
    method,
    headers: { authorization: `Bearer ${api.keys.mine}`, 'content-type': 'application/json', ...headers },
  })
const tagOf = ({ headers }: Answered) => headers.get('etag') ?? ''

test('every operation that corrects something is among these', async () => {
  const { paths: documented } = await (await api.app.call('/openapi.json')).json()
  const patched = Object.keys(documented).filter((path) => documented[path].patch ?? documented[path].put)
  expect(patched.length).toBe(Object.keys(paths).length)
})

test('what was read an older time is not overwritten, what is still so is', async () => {
  for (const [name, { path, change, method }] of Object.entries(paths)) {
    const write = (tag: string) => patch(path, change, { 'if-match': tag }, method)
    const before = await api.get(path)
    expectError(await write('W/"other"'), 412, 'precondition_failed')
    expect([name, (await api.get(path)).body]).toEqual([name, before.body])
    const changed = await write(tagOf(before))
    expect([name, changed.status]).toEqual([name, 200])
    expect(changed.body).toMatchObject(change)
    expectError(await write(tagOf(before)), 412, 'precondition_failed')
    const after = await api.get(path)
    expect([name, after.body]).toEqual([name, changed.body])
    expect((await write(`"x", ${tagOf(after)}`)).status).toBe(200)
  }
})

test('of ten who write over the same reading, one does', async () => {
  const { unit, 'maintenance item': item } = paths
  for (const [{ path, method }, change] of [
    [unit!, (index: number) => ({ bedrooms: 10 + index })],
    [item!, (index: number) => ({ ...item!.change, months: 10 + index })],
  ] as const) {
    const tag = tagOf(await api.get(path))
    const written = await Promise.all(
      Array.from({ length: 10 }, (_, index) => patch(path, change(index), { 'if-match': tag }, method)),
    )
    expect(written.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(412)])
  }
})

test('another tenant’s is not there, a name that is not known and a value that cannot be are refused', async () => {
  for (const { path, change, foreign, method } of Object.values(paths)) {
    expectError(await api.get(foreign), 404, 'not_found')
    expectError(await patch(foreign, change, {}, method), 404, 'not_found')
    const refused = await patch(path, { ...change, tenant_id: crypto.randomUUID() }, {}, method)
    expectError(refused, 422, 'invalid')
    expect(refused.body.error.fields).toEqual([{ path: 'tenant_id', message: 'is not known here' }])
  }
  for (const [name, change] of [
    ['unit', { eircode: 'X' }],
    ['unit', { bedrooms: -1 }],
    ['unit', { address_line: ' ' }],
    ['unit', { handed_over_on: '3 March' }],
    ['development', { latitude: 51 }],
    ['development', { eircode: 'nope' }],
    ['webhook', { url: 'ftp://x' }],
    ['webhook', { events: [] }],
  ] as const)
    expectError(await patch(paths[name]!.path, change), 422, 'invalid')
})

test('a home is sold or let by itself only where its development has both', async () => {
  const { path } = paths.unit!
  const of = api.look`id = (select development_id from units where id = ${api.mine.unit_id})`
  const refused = await patch(path, { tenure: 'rent' })
  expectError(refused, 422, 'invalid')
  expect(refused.body.error.fields[0].path).toBe('tenure')
  expect((await patch(path, { tenure: 'sale', bathrooms: 7 })).body.tenure).toBe('sale')
  await api.look`update developments set tenure = 'mixed' where ${of}`
  expect((await patch(path, { tenure: 'rent' })).body.tenure).toBe('rent')
  expect((await patch(path, { tenure: 'sale' })).body.tenure).toBe('sale')
  await api.look`update developments set tenure = 'sale' where ${of}`
})

test('a correction is noted with what was before, and one that changes nothing is not', async () => {
  const { path } = paths.unit!
  const count = async () =>
    (
      await api.look`select count(*)::int as n from activity_log where action = 'home.changed'
      and target_id = ${api.mine.unit_id}`
    )[0]?.n
  const { eircode } = (await api.get(path)).body
  await patch(path, { eircode: 't23 ac12' })
  const noted = await count()
  expect((await api.get(path)).body.eircode).toBe('T23AC12')
  await patch(path, { eircode: 'T23AC12' })
  await patch(path, {})
  expect(await count()).toBe(noted)
  await patch(path, { eircode })
  expect(await count()).toBe(noted + 1)
})

test('a notice is withdrawn once', async () => {
  const { id } = (
    await api.post(
      'notices',
      jsonBody({ development_id: api.mine.development_id, title: 'Water', text: 'Off on Monday.' }),
    )
  ).body
  const withdraw = () =>
    api.call(`notices/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${api.keys.mine}` } })
  expect((await withdraw()).body.withdrawn_at).not.toBeNull()
  expectError(await withdraw(), 409, 'conflict')
})

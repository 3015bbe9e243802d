// Developments, house types, units and jobs through the API: who may read what, shapes, pages, ids.
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
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

let api: ApiTest
beforeAll(async () => {
  api = await openApi()
})
afterAll(() => api.stop())

const first = async (path: string, key?: string) => (await api.get(`${path}?limit=1`, key)).body.data[0]

describe.each([
  ['developments', 'developments:read', 'units'],
  ['house-types', 'developments:read', 'units'],
  ['units', 'units:read', 'house-types'],
])('%s', (path, scope, otherList) => {
  test('strangers are refused, in the list and at one', async () => {
    forgetLimits()
    await expectStrangersRefused(api, path)
    await expectStrangersRefused(api, `${path}/${api.mine.unit_id}`)
  })

  test('a key without the scope is forbidden, before anything is looked up', async () => {
    const key = await api.keyWith(['jobs:read'])
    expectError(await api.get(path, key), 403, 'scope_missing')
    expectError(await api.get(`${path}/nope`, key), 403, 'scope_missing')
    const able = await api.keyWith([scope])
    expect((await api.get(path, able)).status).toBe(200)
  })

  test('pages fit together and limits and cursors are held to', () =>
    path === 'developments' ? expectTwoPages(path) : expectPaged(api, path, otherList))

  test('one is flat, its id is a UUID, and another tenant’s does not exist', async () => {
    const mine = await first(path)
    const theirs = await first(path, api.keys.theirs)
    expect(mine.id).toMatch(UUID)
    for (const value of Object.values(mine)) expect(value === null || typeof value !== 'object').toBe(true)
    await expectItem(api, path, mine.id, theirs.id)
    expect((await api.get(`${path}/${mine.id}`)).body).toEqual(mine)
  })

  test('no id of one tenant is an id of the other', async () => {
    const idsOf = async (key: string) =>
      (await api.get(`${path}?limit=100`, key)).body.data.map(({ id }: { id: string }) => id)
    const theirs = new Set(await idsOf(api.keys.theirs))
    for (const id of await idsOf(api.keys.mine)) expect(theirs.has(id)).toBe(false)
  })

  test('a plan of five requests a minute ends at the sixth, with the time to wait', async () => {
    const key = await api.keyWith([scope], 5)
    for (let count = 0; count < 5; count += 1) expect((await api.get(path, key)).status).toBe(200)
    const sixth = await api.get(path, key)
    expectError(sixth, 429, 'too_many_requests')
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await api.get(path)).status).toBe(200)
  })

  test('a method that a list does not know is refused with those that it does', async () => {
    const answered = await api.call(path, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${api.keys.mine}` },
    })
    expectError(answered, 405, 'method_not_allowed')
    expect(answered.headers.get('allow')).toContain('GET')
  })
})

/** Two developments are too few to page through by two; one at a time shows the same. */
async function expectTwoPages(path: string): Promise<void> {
  const whole = (await api.get(path)).body
  expect(whole).toMatchObject({ data: [expect.anything(), expect.anything()], next_cursor: null })
  const one = (await api.get(`${path}?limit=1`)).body
  const two = (await api.get(`${path}?limit=1&cursor=${one.next_cursor}`)).body
  expect([...one.data, ...two.data]).toEqual(whole.data)
  expect(two.next_cursor).toBeNull()
}

test('lists of one development hold only that, and of another tenant’s hold nothing', async () => {
  for (const path of ['units', 'house-types']) {
    const ours = (await api.get(`${path}?limit=100&development_id=${api.mine.development_id}`)).body.data
    expect(ours.length).toBeGreaterThan(0)
    for (const row of ours) expect(row.development_id).toBe(api.mine.development_id)
    const foreign = await api.get(`${path}?development_id=${api.theirs.development_id}`)
    expect(foreign).toMatchObject({ status: 200, body: { data: [], next_cursor: null } })
    expectError(await api.get(`${path}?development_id=nope`), 422, 'invalid')
  }
})

test('the seventy-five homes of Longview Park carry their house types', async () => {
  const units = (await api.get(`units?limit=100&development_id=${api.mine.development_id}`)).body.data
  expect(units.length).toBe(75)
  const types = (await api.get(`house-types?limit=100&development_id=${api.mine.development_id}`)).body.data
  expect(types.length).toBe(12)
  const codeOf = new Map(types.map((type: { id: string; code: string }) => [type.id, type.code]))
  for (const unit of units) expect(codeOf.get(unit.house_type_id)).toBe(unit.house_type)
})

test('a job can be watched by its own tenant and by nobody else', async () => {
  const upload = await api.post(
    `documents?development_id=${api.mine.development_id}`,
    pdfBody(await makePdf()),
  )
  const path = `jobs/${upload.body.job_id}`
  forgetLimits()
  await expectStrangersRefused(api, path)
  expectError(await api.get(path, await api.keyWith(['units:read'])), 403, 'scope_missing')
  expectError(await api.get(path, api.keys.theirs), 404, 'not_found')
  expectError(await api.get('jobs/nope'), 422, 'invalid')
  expect(await api.get(path)).toMatchObject({
    status: 200,
    body: {
      id: upload.body.job_id,
      kind: 'ingest-document',
      state: 'available',
      attempt: 0,
      max_attempts: 5,
      error_code: null,
      finalized_at: null,
    },
  })
})

test('an address that is none is not found, in the form that programs read', async () => {
  expectError(await api.get('nope'), 404, 'not_found')
  expectError(await api.get('units/a/b'), 404, 'not_found')
  expectError(await api.get('..%2f..%2fetc/passwd'), 404, 'not_found')
})

test('text that no database can hold is invalid, never an error of ours', async () => {
  for (const path of [
    'units?development_id=%00',
    'units?%00=1',
    'units?cursor=%ED%A0%80',
    'documents?status=%00',
  ])
    expectError(await api.get(path), 422, 'invalid')
  const pairs = Array.from({ length: 300 }, (_, i) => `a${i}=1`).join('&')
  expectError(await api.get(`units?${pairs}`), 422, 'invalid')
})

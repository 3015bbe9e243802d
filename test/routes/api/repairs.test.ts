// Repairs through the API: who may, what is refused, and that taking back is the same for every client.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { forgetLimits } from '#src/http/limits.ts'
import { type ApiTest, expectError, expectStrangersRefused, jsonBody, openApi, UUID } from './client.ts'

const reason = 'The contracts of two homes were mixed up.'

let api: ApiTest
let other: { id: string; number: string }
beforeAll(async () => {
  api = await openApi()
  const [row] = await api.look<{ id: string; number: string }[]>`
    select id, number from units u where development_id = ${api.mine.development_id} and id <> ${api.mine.unit_id}
      and not exists (select 1 from purchasers p where p.unit_id = u.id) order by id limit 1`
  other = row!
})
afterAll(() => api.stop())
beforeEach(forgetLimits)

const of = (unitId = api.mine.unit_id) => `units/${unitId}/repairs`
const remove = (path: string, key = api.keys.mine) =>
  api.call(path, { method: 'DELETE', headers: { authorization: `Bearer ${key}` } })
const namesIn = async (unitId: string) =>
  (await api.look`select full_name from purchasers where unit_id = ${unitId} order by position`).map(
    (row) => row.full_name,
  )

test('strangers and keys without the scope are refused', async () => {
  const body = jsonBody({ kind: 'exchange', to_number: other.number, reason })
  await expectStrangersRefused(api, of(), { method: 'POST', ...body })
  expectError(await api.post(of(), body, await api.keyWith(['units:read'])), 403, 'scope_missing')
  expectError(await api.get(of(), await api.keyWith(['units:write'])), 403, 'scope_missing')
})

test('a household is moved, listed and taken back', async () => {
  const before = await namesIn(api.mine.unit_id)
  const moved = await api.post(of(), jsonBody({ kind: 'move', to_number: other.number, reason }))
  expect(moved.status).toBe(201)
  expect(moved.body).toEqual({
    ...{ id: expect.stringMatching(UUID), unit_id: api.mine.unit_id, other_unit_id: other.id },
    ...{ kind: 'move', reason, created_at: moved.body.created_at, undone_at: null },
  })
  expect([await namesIn(api.mine.unit_id), await namesIn(other.id)]).toEqual([[], before])
  const { id } = moved.body
  // Both homes were part of it.
  for (const unit of [api.mine.unit_id, other.id])
    expect((await api.get(of(unit))).body.data.map((row: { id: string }) => row.id)).toEqual([id])
  const undone = await remove(`${of()}/${id}`)
  expect([undone.status, undone.body.undone_at !== null]).toEqual([200, true])
  expect(await namesIn(api.mine.unit_id)).toEqual(before)
  expectError(await remove(`${of()}/${id}`), 409, 'repair_not_undoable')
  expect((await api.get(of())).body.data.map((row: { kind: string }) => row.kind)).toEqual(['undo', 'move'])
})

test.each([
  [{ kind: 'move', to_number: '1', reason: 'short' }],
  [{ kind: 'move', to_number: '99999', reason }],
  [{ kind: 'house_type', house_type: 'XX', reason }],
  [{ kind: 'house_type', reason }],
  [{ kind: 'steal', reason }],
  [{ kind: 'exchange', to_number: '1', reason, tenant_id: 'x' }],
])('%o is invalid', async (sent) => {
  expectError(await api.post(of(), jsonBody(sent)), 422, 'invalid')
})

test('homes and repairs of another tenant answer like ones that do not exist', async () => {
  const body = jsonBody({ kind: 'house_type', house_type: 'BD01', reason })
  const theirs = await api.post(of(api.theirs.unit_id), body)
  const nobody = await api.post(of(crypto.randomUUID()), body)
  expectError(theirs, 404, 'not_found')
  expect(theirs.body.error.message).toBe(nobody.body.error.message)
  expectError(await api.get(of(api.theirs.unit_id)), 404, 'not_found')
  const moved = await api.post(of(), jsonBody({ kind: 'move', to_number: other.number, reason }))
  expectError(await remove(`${of()}/${moved.body.id}`, api.keys.theirs), 404, 'not_found')
  expectError(await remove(`${of(api.theirs.unit_id)}/${moved.body.id}`), 404, 'not_found')
  expect((await remove(`${of()}/${moved.body.id}`)).status).toBe(200)
})

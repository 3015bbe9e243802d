// Homes that change hands, as a program of the builder's sees them and speaks for it.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { bearer, claim, form, withCookies } from '../../support/app.ts'
import { type ApiTest, jsonBody as json, openApi } from './client.ts'

let api: ApiTest
let household: string

beforeAll(async () => {
  api = await openApi()
  household = await claim(api.app, api.mine)
})
afterAll(() => api.stop())

const start = (unit_id: string, key?: string) => api.post('transfers', json({ unit_id }), key)
const act = (id: string, what: string, key?: string) => api.post(`transfers/${id}/${what}`, {}, key)

test('it is started, read, listed as open, and withdrawn, each time with where it stands', async () => {
  const { unit_id, development_id } = api.mine
  const started = await start(unit_id)
  expect(started.status).toBe(201)
  expect(started.body).toMatchObject({
    ...{ unit_id, development_id, state: 'awaits_household', started_by: 'builder' },
    ...{ household_confirmed_at: null, ended_at: null },
  })
  const { id } = started.body
  expect((await api.get(`transfers/${id}`)).body).toEqual(started.body)
  expect((await api.get(`transfers?unit_id=${unit_id}&is_open=true`)).body.data).toEqual([started.body])
  expect((await api.get(`transfers?unit_id=${unit_id}&is_open=false`)).body.data).toEqual([])
  // Starting was the builder's word: saying it again waits for the household still.
  expect((await act(id, 'confirmation')).body).toEqual(started.body)
  const second = await start(unit_id)
  expect([second.status, second.body.error.code]).toEqual([409, 'transfer_open'])
  const withdrawn = await act(id, 'withdrawal')
  expect([withdrawn.status, withdrawn.body.state]).toEqual([200, 'withdrawn'])
  const late = await act(id, 'confirmation')
  expect([late.status, late.body.error.code]).toEqual([409, 'transfer_over'])
})

test('one that nobody confirmed in time is over in every answer', async () => {
  const { id } = (await start(api.mine.unit_id)).body
  await api.look`update home_transfers set expires_at = now() - interval '1 minute' where id = ${id}`
  expect((await api.get(`transfers/${id}`)).body.state).toBe('expired')
  const open = (await api.get('transfers?is_open=true')).body.data
  expect(open.map((each: { id: string }) => each.id)).not.toContain(id)
  const over = (await api.get('transfers?is_open=false')).body.data
  expect(over.map((each: { id: string }) => each.id)).toContain(id)
})

test('what a household starts is told, and the program’s word ends its sessions and renews link and code', async () => {
  const [before] = await api.look`select public_id from units where id = ${api.mine.unit_id}`
  await api.app.call('/moving-on', withCookies(household, form({ confirmed: 'yes' })))
  const [told] = (await api.get('events?type=home.transfer_started&limit=100')).body.data.filter(
    ({ data }: { data: { started_by: string } }) => data.started_by === 'household',
  )
  const confirmed = await act(told.data.transfer_id, 'confirmation')
  expect([confirmed.status, confirmed.body.state]).toEqual([200, 'settling'])
  expect((await api.app.call('/home', withCookies(household))).status).toBe(303)
  const [after] = await api.look`select public_id from units where id = ${api.mine.unit_id}`
  expect(after?.public_id).not.toBe(before?.public_id)
  const [row] = await api.look`
    select actor_type from activity_log where action = 'home.transfer_confirmed' and target_id = ${api.mine.unit_id}`
  expect(row?.actor_type).toBe('api_client')
})

test('another builder’s transfer is one that does not exist, and it takes the scope', async () => {
  const { id } = (await start(api.theirs.unit_id, api.keys.theirs)).body
  const nobody = Bun.randomUUIDv7()
  for (const path of [(at: string) => `transfers/${at}`]) {
    const [foreign, random] = [await api.get(path(id)), await api.get(path(nobody))]
    expect([foreign.status, random.status, foreign.body.error.code]).toEqual([
      404,
      404,
      random.body.error.code,
    ])
  }
  for (const what of ['confirmation', 'withdrawal']) expect((await act(id, what)).status).toBe(404)
  expect((await start(api.theirs.unit_id)).status).toBe(404)
  const reader = await api.keyWith(['transfers:read'])
  expect((await api.get('transfers', reader)).body.data.length).toBeGreaterThan(0)
  expect((await start(api.mine.unit_id, reader)).status).toBe(403)
  const none = await api.keyWith(['units:read'])
  expect((await api.get('transfers', none)).status).toBe(403)
  expect((await api.app.call('/api/v1/transfers', bearer(api.keys.revoked))).status).toBe(401)
})

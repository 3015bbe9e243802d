// The feed of events: everything that happened, in order, nothing missed while others are still writing.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import postgres from 'postgres'
import { type Scope, within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { announce, webhookEvents } from '#src/webhooks.ts'
import { eventsAreTold } from '../../support/told-events.ts'
import { type ApiTest, expectError, expectStrangersRefused, openApi } from './client.ts'

let api: ApiTest
let scope: Scope
beforeAll(async () => {
  api = await openApi()
  const [row] = await api.look`select tenant_id from units where id = ${api.mine.unit_id}`
  scope = systemScope(row?.tenant_id, 'test')
})
afterAll(() => api.stop())
beforeEach(async () => {
  forgetLimits()
  await api.look`truncate events`
})

type Name = Parameters<typeof announce>[2]
const announced = (document_id: string, name: Name = 'document.ready') =>
  within(scope, (db) => announce(db, scope, name, { document_id }))
async function happen(document_id: string, name?: Name): Promise<void> {
  await announced(document_id, name)
  await eventsAreTold(api.look)
}
const read = async (query = '', key?: string) => (await api.get(`events${query}`, key)).body
const idsOf = ({ data }: { data: { data: { document_id: string } }[] }) =>
  data.map(({ data: { document_id } }) => document_id)

test('strangers and keys without the scope read nothing, another tenant’s events are not there', async () => {
  await expectStrangersRefused(api, 'events')
  expectError(await api.get('events', await api.keyWith(['jobs:read'])), 403, 'scope_missing')
  await happen('a')
  expect(await read('', api.keys.theirs)).toEqual({ data: [], next_cursor: null, has_more: false })
})

test('events come oldest first, page by page, and the last cursor goes on when something has happened', async () => {
  for (const id of ['a', 'b', 'c']) await happen(id)
  const first = await read('?limit=2')
  expect([idsOf(first), first.has_more]).toEqual([['a', 'b'], true])
  expect(Object.keys(first.data[0])).toEqual(['id', 'type', 'created_at', 'data'])
  const second = await read(`?limit=2&cursor=${first.next_cursor}`)
  expect([idsOf(second), second.has_more]).toEqual([['c'], false])
  const end = await read(`?cursor=${second.next_cursor}`)
  expect(end).toEqual({ data: [], next_cursor: second.next_cursor, has_more: false })
  await happen('d')
  expect(idsOf(await read(`?cursor=${end.next_cursor}`))).toEqual(['d'])
  for (const cursor of ['abc', `${first.next_cursor}x`])
    expectError(await api.get(`events?cursor=${cursor}`), 422, 'invalid')
})

test('every event has its line in the guide, and counts travel as numbers', async () => {
  const guide = await Bun.file('docs/api.md').text()
  for (const name of webhookEvents) expect(guide).toContain(`| \`${name}\` |`)
  await within(scope, (db) => announce(db, scope, 'golden.dropped', { total: 9, passed: 7 }))
  await eventsAreTold(api.look)
  expect((await read()).data[0].data).toEqual({ total: 9, passed: 7 })
})

test('the feed is of one type when asked', async () => {
  await happen('a')
  await happen('b', 'document.failed')
  expect(idsOf(await read('?type=document.failed'))).toEqual(['b'])
  expectError(await api.get('events?type=everything'), 422, 'invalid')
})

test('what is written by a transaction that began earlier and ends later is not missed', async () => {
  const slow = postgres(api.app.database.superuserUrl, { max: 1, onnotice: () => {} })
  const { tenantId } = scope
  await happen('a')
  const { promise: written, resolve: isWritten } = Promise.withResolvers<void>()
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
  const under = slow.begin(async (sql) => {
    await sql`insert into events (id, tenant_id, name, data)
      values (${Bun.randomUUIDv7()}, ${tenantId}, 'document.ready', '{"document_id":"slow"}')`
    isWritten()
    await mayEnd
  })
  await written
  await announced('quick')
  const before = await read()
  expect(idsOf(before)).toEqual(['a'])
  end()
  await under
  await eventsAreTold(api.look)
  expect(idsOf(await read(`?cursor=${before.next_cursor}`))).toEqual(['slow', 'quick'])
  await slow.end()
})

test('an event of a transaction that is undone never happened', async () => {
  await within(scope, async (db) => {
    await announce(db, scope, 'document.ready', { document_id: 'undone' })
    throw new Error('undo')
  }).catch(() => {})
  expect((await read()).data).toEqual([])
})

test('the feed and a webhook name an event alike', async () => {
  const { body: webhook } = await api.post('webhooks', {
    body: JSON.stringify({ url: 'https://hooks.example/x', events: ['document.ready'] }),
    headers: { 'content-type': 'application/json' },
  })
  await happen('a')
  const [delivery] = (await api.get(`webhooks/${webhook.id}/deliveries`)).body.data
  expect((await read()).data[0].id).toBe(delivery.event_id)
})

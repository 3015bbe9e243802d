// The activity log's chain: sealed soon, checked nightly, and telling who was at it.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import type postgres from 'postgres'
import { insertActivity } from '#db/logs.ts'
import { type Scope, sqlState, throughDoor, throughKeeper, within } from '#db/scope.ts'
import { NO_TENANT_CHAIN, verifyChains } from '#src/audit/verification.ts'
import { sealActivity, startSealing } from '#src/audit.ts'
import { anchorKey, storage } from '#src/clients/storage.ts'
import { eventually } from './jobs/drills.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { openLongview } from './support/longview.ts'

const PERMISSION_DENIED = '42501'

let database: TestDatabase
let look: postgres.Sql
let scope: Scope

beforeAll(async () => {
  database = await createTestDatabase()
  const estate = await openLongview(database)
  look = estate.look
  scope = estate.scope
})
afterAll(async () => {
  await look.end()
  await database.drop()
})

/** As only a superuser with a purpose can: past the triggers. */
const tamper = (work: (sql: postgres.TransactionSql) => Promise<unknown>) =>
  look.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await work(sql)
  })

beforeEach(async () => {
  await tamper(
    (sql) =>
      sql`truncate activity_log, activity_payloads, activity_seals, activity_chains, activity_unsealed, chain_checks`,
  )
  for (let day = 0; day < 40; day++) await storage().remove(anchorKey(dayBefore(day)))
})

const now = new Date()
const dayBefore = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10)

const note = (action: string, more: { changes?: Record<string, unknown>; ipAddress?: string } = {}) =>
  within(scope, (db) => insertActivity(db, { ...row(action), tenantId: scope.tenantId, ...more }))
const row = (action: string) => ({
  actorType: 'staff',
  actorId: 'somebody',
  action,
  targetType: 'document',
  targetId: 'x',
  requestId: 'test',
})
const ids = async () =>
  (await look`select activity_id from activity_seals order by chain_id, sequence`).map(
    (seal) => seal.activity_id as string,
  )
const check = async (at = now) =>
  (await verifyChains({ signal: new AbortController().signal, progress: () => {}, now: at })).map(
    ({ chainId: _, ...rest }) => rest,
  )
const whole = (checked: number, erased = 0) => ({
  outcome: 'intact' as const,
  checked,
  erased,
  brokenActivityId: null,
  brokenSequence: null,
})

test('rows of two tenants and of nobody’s are sealed into three chains, in order', async () => {
  const [other] = await look`select id from tenants where slug = 'harbour-homes'`
  for (const action of ['one', 'two', 'three']) await note(action)
  await throughDoor((db) => insertActivity(db, { ...row('signed in'), tenantId: null }))
  await throughDoor((db) => insertActivity(db, { ...row('signed in'), tenantId: other?.id }))
  expect(await sealActivity()).toBe(5)
  expect(await sealActivity()).toBe(0)
  const chains = await look`select chain_id, sequence::int from activity_chains order by sequence, chain_id`
  expect(chains.map(({ sequence }) => sequence)).toEqual([1, 1, 3])
  expect(chains.map(({ chain_id }) => chain_id)).toContain(NO_TENANT_CHAIN)
  expect((await check()).map(({ outcome }) => outcome)).toEqual(['intact', 'intact', 'intact'])
  expect((await look`select outcome from chain_checks`).length).toBe(3)
})

test('a running process seals sooner than it looks by itself, and several at once make one chain', async () => {
  const sealers = [startSealing(), startSealing(), startSealing()]
  const notes = Array.from({ length: 30 }, (_, i) => note(`${i}`))
  await Promise.all(notes)
  const started = performance.now()
  for (const sealer of sealers) sealer.wake()
  await eventually('all are sealed', async () => (await ids()).length === 30)
  expect(performance.now() - started).toBeLessThan(4_000)
  await Promise.all(sealers.map((sealer) => sealer.stop()))
  expect(await check()).toEqual([whole(30)])
})

test('a transaction that is rolled back leaves nothing to seal', async () => {
  await within(scope, async (db) => {
    await insertActivity(db, { ...row('undone'), tenantId: scope.tenantId })
    throw new Error('undo')
  }).catch(() => {})
  expect(await sealActivity()).toBe(0)
})

test.each([
  [
    'action',
    (sql: postgres.TransactionSql, id: string) =>
      sql`update activity_log set action = 'nothing' where id = ${id}`,
  ],
  [
    'actor',
    (sql: postgres.TransactionSql, id: string) =>
      sql`update activity_log set actor_id = 'another' where id = ${id}`,
  ],
  [
    'time',
    (sql: postgres.TransactionSql, id: string) =>
      sql`update activity_log set created_at = now() - interval '1 day' where id = ${id}`,
  ],
  [
    'payload',
    (sql: postgres.TransactionSql, id: string) =>
      sql`update activity_payloads set payload = '{}' where activity_id = ${id}`,
  ],
  [
    'seal',
    (sql: postgres.TransactionSql, id: string) =>
      sql`update activity_seals set hash = sha256('x') where activity_id = ${id}`,
  ],
])('a superuser who changes the %s of a row is found, and the row is named', async (_, change) => {
  for (const action of ['one', 'two', 'three']) await note(action, { changes: { title: 'Deeds' } })
  await sealActivity()
  const id = (await ids())[1] as string
  await tamper((sql) => change(sql, id))
  expect(await check()).toEqual([
    { outcome: 'changed', checked: 1, erased: 0, brokenActivityId: id, brokenSequence: 2 },
  ])
  await eventually('the error log has it', async () => {
    const rows = await look`select 1 from error_log where message like '%activity log is changed at row 2%'`
    return rows.length > 0
  })
  await look`truncate error_log`
})

test('a row that is taken out of the middle, or slipped in past the log, is found', async () => {
  for (const action of ['one', 'two', 'three']) await note(action)
  await sealActivity()
  const [first, second] = await ids()
  await tamper(
    (sql) => sql`insert into activity_log select gen_random_uuid(), tenant_id, actor_type, actor_id, action,
      target_type, target_id, payload_sha256, request_id, created_at from activity_log where id = ${first as string}`,
  )
  expect(await check()).toMatchObject([{ outcome: 'changed', brokenSequence: null }])
  await tamper((sql) => sql`delete from activity_log where id = ${second as string}`)
  expect(await check()).toMatchObject([
    { outcome: 'missing', brokenSequence: 2, brokenActivityId: second as string },
  ])
})

test('a tail that is cut off is noticed by the head, and with the head rewritten by the anchor', async () => {
  for (const action of ['one', 'two', 'three']) await note(action)
  await sealActivity()
  expect(await check()).toEqual([whole(3)])
  const cut = (sql: postgres.TransactionSql) => sql`with gone as (
    delete from activity_seals where sequence = 3 returning activity_id
  ) delete from activity_log where id in (select activity_id from gone)`
  await tamper(cut)
  const found = { outcome: 'cut', checked: 2, erased: 0, brokenActivityId: null, brokenSequence: 3 }
  expect(await check()).toMatchObject([found])
  await tamper(
    (sql) => sql`update activity_chains c set sequence = 2,
    hash = (select hash from activity_seals s where s.chain_id = c.chain_id and s.sequence = 2)`,
  )
  expect(await check()).toMatchObject([found])
  // Even new rows in the place of the old ones do not fit what was anchored.
  await note('instead')
  await sealActivity()
  expect(await check()).toMatchObject([{ outcome: 'changed', brokenSequence: 3 }])
})

test('a chain that was removed as a whole is still expected', async () => {
  await note('one')
  await sealActivity()
  await check()
  await tamper((sql) => sql`truncate activity_log, activity_payloads, activity_seals, activity_chains`)
  expect(await check()).toMatchObject([{ outcome: 'cut', brokenSequence: 1 }])
})

test('an erased payload is told from a changed one', async () => {
  for (const action of ['one', 'two'])
    await note(action, { changes: { name: 'A' }, ipAddress: '203.0.113.9' })
  await sealActivity()
  await within(scope, (db) => db.execute('delete from activity_payloads'))
  expect(await check()).toEqual([whole(2, 2)])
})

test('the first anchor of a day stands, and the next day gets one of its own', async () => {
  await note('one')
  await sealActivity()
  await check()
  const first = await (await storage().open(anchorKey(dayBefore(0)))).text()
  await note('two')
  await sealActivity()
  await check()
  expect(await (await storage().open(anchorKey(dayBefore(0)))).text()).toBe(first)
  expect(JSON.parse(first).heads).toMatchObject([{ chain_id: scope.tenantId, sequence: 1 }])
  const tomorrow = new Date(now.getTime() + 86_400_000)
  await check(tomorrow)
  const next = await (await storage().open(anchorKey(tomorrow.toISOString().slice(0, 10)))).text()
  expect(JSON.parse(next).heads).toMatchObject([{ sequence: 2 }])
  await storage().remove(anchorKey(tomorrow.toISOString().slice(0, 10)))
})

test('neither the application nor the keeper can alter what is logged or sealed', async () => {
  await note('one')
  await sealActivity()
  const state = (work: Promise<unknown>) => work.then(() => 'done', sqlState)
  for (const statement of [
    `update activity_log set action = 'x'`,
    'delete from activity_log',
    `update activity_payloads set payload = '{}'`,
    'delete from activity_seals',
    'update activity_chains set sequence = 0',
  ]) {
    expect(await state(within(scope, (db) => db.execute(statement))), statement).toBe(PERMISSION_DENIED)
    if (!statement.includes('chains'))
      expect(await state(throughKeeper((db) => db.execute(statement))), statement).toBe(PERMISSION_DENIED)
  }
  // Even the superuser must first switch the triggers off.
  expect(await state(look`update activity_log set action = 'x'`)).toBe(PERMISSION_DENIED)
  expect(await state(look`truncate activity_seals`)).toBe(PERMISSION_DENIED)
})

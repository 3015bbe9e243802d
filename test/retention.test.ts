// What is kept no longer than it may be: each rule by itself, and how much of each went.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type postgres from 'postgres'
import { insertActivity } from '#db/logs.ts'
import { type Scope, throughQueue, within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { startJobs } from '#jobs/runner.ts'
import { StoredFileMissing, storage, storageKey } from '#src/clients/storage.ts'
import { config } from '#src/config.ts'
import { purgeExpired, RETENTION_DAYS, RULES } from '#src/retention.ts'
import { eventually } from './jobs/drills.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { openLongview } from './support/longview.ts'
import { prepareTestProcess } from './support/process.ts'

let database: TestDatabase
let look: postgres.Sql
let scope: Scope
let unit: { id: string; development_id: string }

beforeAll(async () => {
  database = await createTestDatabase()
  const estate = await openLongview(database)
  look = estate.look
  scope = estate.scope
  const [row] = await look`select id, development_id from units where tenant_id = ${scope.tenantId} limit 1`
  unit = row as typeof unit
})
afterAll(async () => {
  await look.end()
  await database.drop()
})

const ago = (days: number) => new Date(Date.now() - days * 86_400_000)
const id = () => Bun.randomUUIDv7()
const purge = () => purgeExpired({ signal: new AbortController().signal, progress: () => {} })

const scan = (days: number, ip: string) =>
  look`insert into qr_scans (id, tenant_id, unit_id, outcome, ip_address, request_id, created_at)
    values (${id()}, ${scope.tenantId}, ${unit.id}, 'opened', ${ip}, 'r', ${ago(days)})`

test('addresses are shortened after thirty days and not before', async () => {
  for (const [days, ip] of [
    [29, '203.0.113.77'],
    [31, '203.0.113.77'],
    [31, '2001:db8:1234:5678::1'],
    [31, 'no address'],
    [200, '198.51.100.0/24'],
  ] as const)
    await scan(days, ip)
  const counts = await purge()
  expect(counts['qr_scans addresses shortened']).toBe(3)
  const rows = await look`select ip_address from qr_scans order by ip_address collate "C"`
  expect(rows.map((row) => row.ip_address)).toEqual([
    '198.51.100.0/24',
    '2001:db8:1234::/48',
    '203.0.113.0/24',
    '203.0.113.77',
    null,
  ])
  expect((await purge())['qr_scans addresses shortened']).toBe(0)
  await look`truncate qr_scans`
})

test('the address of a logged act is shortened and its seal does not mind', async () => {
  await within(scope, (db) =>
    insertActivity(db, {
      ...{ tenantId: scope.tenantId, actorType: 'staff', actorId: 'x', action: 'y', targetType: 'z' },
      ...{ targetId: 'w', requestId: 'r', changes: { a: 1 }, ipAddress: '203.0.113.77' },
    }),
  )
  await look.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`update activity_log set created_at = ${ago(31)}`
  })
  expect((await purge())['activity addresses shortened']).toBe(1)
  const [row] =
    await look`select ip_address, payload, sha256(salt || convert_to(payload, 'UTF8')) = payload_sha256 as is_whole
    from activity_payloads join activity_log on id = activity_id`
  expect(row).toEqual({ ip_address: '203.0.113.0/24', payload: '{"a":1}', is_whole: true })
})

test('sessions go a month after they ended, live ones stay', async () => {
  const session = (expiresInDays: number, revokedDaysAgo: number | null) =>
    look`insert into sessions (id, tenant_id, unit_id, refresh_hash, expires_at, revoked_at)
      values (${id()}, ${scope.tenantId}, ${unit.id}, ${crypto.randomUUID()}, ${ago(-expiresInDays)},
        ${revokedDaysAgo === null ? null : ago(revokedDaysAgo)})`
  await session(-31, null)
  await session(10, 31)
  await session(-29, null)
  await session(10, 1)
  await session(10, null)
  expect((await purge())['ended sessions']).toBe(2)
  expect((await look`select 1 from sessions`).length).toBe(3)
  await look`truncate sessions cascade`
})

/** A row of each log, `days` old. */
const LOGS: Record<string, (days: number) => Promise<unknown>> = {
  request_log: (days) =>
    look`insert into request_log (id, request_id, route, method, status, duration_ms, actor_type, created_at) values (${id()}, 'r', '/', 'GET', 200, 1, 'x', ${ago(days)})`,
  rate_limit_log: (days) =>
    look`insert into rate_limit_log (id, policy, subject, route, request_id, created_at) values (${id()}, 'p', 's', '/', 'r', ${ago(days)})`,
  error_log: (days) =>
    look`insert into error_log (id, source, fingerprint, message, context, created_at) values (${id()}, 'http', 'f', 'm', '{}', ${ago(days)})`,
  llm_error_log: (days) =>
    look`insert into llm_error_log (id, code, model, attempt, latency_ms, message, created_at) values (${id()}, 'c', 'm', 1, 1, 'm', ${ago(days)})`,
  rag_log: (days) =>
    look`insert into rag_log (id, tenant_id, development_id, unit_id, request_id, stage, reason, mode, chunk_ids, stages, duration_ms, created_at)
      values (${id()}, ${scope.tenantId}, ${unit.development_id}, ${unit.id}, 'r', 'gap', 'x', 'extractive', '{}', '[]', 1, ${ago(days)})`,
  qr_scans: (days) => scan(days, '198.51.100.0/24'),
  data_access_log: (days) =>
    look`insert into data_access_log (id, tenant_id, unit_id, actor_type, actor_id, action, request_id, created_at)
      values (${id()}, ${scope.tenantId}, ${unit.id}, 'staff', 'x', 'unit.read', 'r', ${ago(days)})`,
}

test.each(Object.entries(LOGS))('rows of %s go when their time is over', async (name, insert) => {
  const days = RETENTION_DAYS[name as keyof typeof RETENTION_DAYS]
  await insert(days - 1)
  await insert(days + 1)
  await insert(days + 400)
  expect((await purge())[name]).toBe(2)
  expect((await look`select 1 from ${look(name)}`).length).toBe(1)
})

async function store(key: string): Promise<void> {
  const path = join(config().dataDir, 'tmp', crypto.randomUUID())
  await mkdir(dirname(path), { recursive: true })
  await Bun.write(path, 'content')
  await storage().store(key, path)
}
const isStored = (key: string) =>
  storage()
    .open(key)
    .then(
      () => true,
      (error) => !(error instanceof StoredFileMissing),
    )

test('expired copies and deleted documents go with their files', async () => {
  const copies = [id(), id(), id()] as const
  for (const [index, copy] of copies.entries()) {
    const key = storageKey(scope, copy, copy)
    await store(key)
    const expiresAt = ago(index === 0 ? 1 : -1)
    await look`insert into person_exports (id, tenant_id, unit_id, storage_key, size_bytes, ready_at, expires_at)
      values (${copy}, ${scope.tenantId}, ${unit.id}, ${key}, 7, now(), ${expiresAt})`
  }
  await look`update person_exports set storage_key = null, size_bytes = null, ready_at = null, expires_at = null,
    created_at = ${ago(8)} where id = ${copies[2]}`
  const documents = [id(), id()] as const
  for (const [index, document] of documents.entries()) {
    await store(storageKey(scope, document, document))
    await look`insert into documents (id, tenant_id, development_id, title, deleted_at)
      values (${document}, ${scope.tenantId}, ${unit.development_id}, 'x', ${ago(index === 0 ? 31 : 29)})`
    await look`insert into document_versions (id, tenant_id, development_id, document_id, number, file_name, storage_key, size_bytes, content_sha256, duplicate_key)
      values (${document}, ${scope.tenantId}, ${unit.development_id}, ${document}, 1, 'x', ${storageKey(scope, document, document)}, 7, 'x', ${document})`
  }
  const counts = await purge()
  expect([counts.exports, counts['deleted documents']]).toEqual([2, 1])
  const kept = [copies[1], documents[1]]
  for (const each of [copies[0], copies[1], ...documents])
    expect(await isStored(storageKey(scope, each, each)), each).toBe(kept.includes(each))
})

test('the nightly job writes down what every rule removed', async () => {
  await look`truncate purges`
  const jobs = await startJobs(prepareTestProcess({ DATABASE_URL: database.url, JOB_THREADS: '1' }), {
    cronTasks: [],
  })
  const jobId = await throughQueue((db) => enqueue(db, 'purge-expired', {}))
  await eventually('the job is done', async () => {
    const [row] = await look`select state from job_status where id = ${jobId}`
    return row?.state === 'completed'
  })
  await jobs.stop(1_000)
  const rows = await look`select rule from purges order by id`
  expect(rows.map((row) => row.rule)).toEqual(RULES.map((rule) => rule.name))
})

// The walls between tenants, read from the catalogue and tried out: a forgotten `where` must not leak.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import {
  acrossTenants,
  type Db,
  mintScope,
  type Scope,
  sqlState,
  throughDoor,
  throughQueue,
  within,
} from '#db/scope.ts'
import { platformScope } from '#src/access/system-scope.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'

const RLS_VIOLATION = '42501'
const FOREIGN_KEY_VIOLATION = '23503'
const PERMISSION_DENIED = '42501'
/** Tables whose rows may belong to nobody, so that their indexes serve the queue or the platform first. */
const LED_BY_OTHERS = ['job_attempts']

let database: TestDatabase
let superuser: postgres.Sql
const tenants: { id: string; slug: string }[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} })
  const rows = await acrossTenants(platformScope('test'), 'test', (db) =>
    db.execute<{ id: string; slug: string }>(sql`select id, slug from tenants order by slug`),
  )
  tenants.push(...rows)
})

afterAll(async () => {
  await superuser.end()
  await database.drop()
})

const scopeOf = (slug: string, more: Partial<Scope> = {}): Scope => {
  const tenant = tenants.find((row) => row.slug === slug)
  if (!tenant) throw new Error(`no tenant ${slug}`)
  return mintScope({
    tenantId: tenant.id,
    actor: { type: 'system', id: 'test' },
    requestId: 'test',
    developmentIds: 'all',
    readOnly: false,
    ...more,
  })
}

/** Tables with a tenant that lack row-level security, force, or a policy for the app role. */
const unprotected = () => superuser<{ name: string }[]>`
  select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not a.attisdropped
    and (not c.relrowsecurity or not c.relforcerowsecurity or not exists (
      select 1 from pg_policy p where p.polrelid = c.oid and 'openhouse_app'::regrole = any (p.polroles)))`

test('every table with a tenant has forced row-level security and a policy for the app', async () => {
  expect([...(await unprotected())]).toEqual([])
})

test('a new tenant table without a policy is found', async () => {
  await superuser`create table planted_leak (id int, tenant_id uuid)`
  expect([...(await unprotected())]).toEqual([{ name: 'planted_leak' }])
  await superuser`drop table planted_leak`
})

test('every tenant table has an index led by the tenant', async () => {
  const rows = await superuser<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      and not exists (select 1 from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum)`
  expect(rows.map((row) => row.name).filter((name) => !LED_BY_OTHERS.includes(name))).toEqual([])
})

test('an index in descending order is in the order that queries ask for', async () => {
  // `order by … desc` puts nulls first; an index with them last cannot serve it, even where no null can be.
  const rows = await superuser<{ name: string }[]>`select indexname as name from pg_indexes
    where schemaname = 'public' and indexdef like '%DESC NULLS LAST%'`
  expect(rows.map((row) => row.name)).toEqual([])
})

test('a foreign key between two tenant tables carries the tenant', async () => {
  const rows = await superuser<{ name: string }[]>`
    select k.conname as name from pg_constraint k
    join pg_attribute own on own.attrelid = k.conrelid and own.attname = 'tenant_id'
    join pg_attribute target on target.attrelid = k.confrelid and target.attname = 'tenant_id'
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace and not (own.attnum = any (k.conkey))`
  // A session of the platform's own staff has no tenant, and an attempt belongs to its job whoever owns it.
  expect(rows.map((row) => row.name).sort()).toEqual([
    'job_attempts_job_fkey',
    'sessions_staff_id_staff_id_fk',
  ])
})

test('no view bypasses the policies and no definer function can be led astray', async () => {
  const views =
    await superuser`select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace and not coalesce(reloptions::text like '%security_invoker=true%', false)`
  expect([...views]).toEqual([])
  const functions =
    await superuser`select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and not coalesce(proconfig::text like '%search_path%', false)`
  expect([...functions]).toEqual([])
})

test('the application logs in as nobody special', async () => {
  const [role] = await superuser`select rolsuper, rolbypassrls from pg_roles where rolname = 'openhouse'`
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false })
})

test('what the door, the queue and the keeper may touch is what was agreed', async () => {
  const rows = await superuser<{ line: string }[]>`
    select grantee || ' ' || privilege_type || ' ' || table_name || coalesce('(' || string_agg(column_name, ', ' order by column_name) || ')', '') as line
    from information_schema.column_privileges where grantee in ('openhouse_door', 'openhouse_queue', 'openhouse_keeper') and table_schema = 'public'
    group by grantee, privilege_type, table_name order by 1`
  const golden = `${rows.map((row) => row.line).join('\n')}\n`
  if (process.env.UPDATE_GOLDEN) writeFileSync('test/golden/door.txt', golden)
  expect(golden).toBe(readFileSync('test/golden/door.txt', 'utf8'))
})

const countUnits = async (db: Db) =>
  Number((await db.execute<{ n: string }>(sql`select count(*) as n from units`))[0]?.n)

test('a query without a condition sees the scope’s own rows, the other tenant’s, or none', async () => {
  expect(await within(scopeOf('longview-estates'), countUnits)).toBe(95)
  expect(await within(scopeOf('harbour-homes'), countUnits)).toBe(40)
  expect(await throughDoor(async (db) => (await db.execute(sql`select id from units`)).length)).toBe(135)
  const outside = postgres(database.url, { max: 1, onnotice: () => {} })
  expect([...(await outside`select count(*)::int as n from units`)]).toEqual([{ n: 0 }])
  await outside.end()
})

test('a grant to one development hides the other, and no grant hides all', async () => {
  const [rathard] = await within(scopeOf('longview-estates'), (db) =>
    db.execute<{ id: string }>(sql`select id from developments where slug = 'rathard-park'`),
  )
  expect(
    await within(scopeOf('longview-estates', { developmentIds: [rathard?.id as string] }), countUnits),
  ).toBe(20)
  expect(await within(scopeOf('longview-estates', { developmentIds: [] }), countUnits)).toBe(0)
})

test('who may see one development sees the jobs about it and its homes, and those about nothing in particular', async () => {
  const all = scopeOf('longview-estates')
  const units = await within(all, (db) =>
    db.execute<{ id: string; development_id: string }>(
      sql`select distinct on (development_id) id, development_id from units order by development_id, id`,
    ),
  )
  const [one, other] = units
  const payloads = [{ unitId: one?.id }, { developmentId: one?.development_id }, { unitId: other?.id }, {}]
  for (const payload of payloads)
    await within(all, (db) =>
      db.execute(sql`insert into job_status (id, tenant_id, kind, payload, max_attempts, timeout_ms)
        values (${Bun.randomUUIDv7()}, ${all.tenantId}, 'test', ${JSON.stringify(payload)}::jsonb, 1, 1)`),
    )
  const seenBy = (scope: Scope) =>
    within(scope, async (db) => {
      const rows = await db.execute<{ payload: object }>(sql`select payload from job_status order by id`)
      return rows.map(({ payload }) => payload)
    })
  expect(await seenBy(all)).toEqual(payloads)
  const limited = scopeOf('longview-estates', { developmentIds: [one?.development_id as string] })
  expect(await seenBy(limited)).toEqual([payloads[0], payloads[1], payloads[3]] as object[])
})

test('a row of another tenant can be neither written nor pointed at', async () => {
  const foreign = tenants.find((row) => row.slug === 'harbour-homes')?.id as string
  const [unit] = await within(scopeOf('harbour-homes'), (db) =>
    db.execute<{ id: string; development_id: string }>(sql`select id, development_id from units limit 1`),
  )
  const insert = (tenantId: string) =>
    within(scopeOf('longview-estates'), (db) =>
      db.execute(sql`insert into facts (id, tenant_id, development_id, unit_id, topic, key, label, value, source, recorded_on)
        values (${Bun.randomUUIDv7()}, ${tenantId}, ${unit?.development_id}, ${unit?.id}, 'ber', 'ber', 'BER', 'A2', 'test', '2026-01-01')`),
    ).catch(sqlState)
  expect(await insert(foreign)).toBe(RLS_VIOLATION)
  expect(await insert(scopeOf('longview-estates').tenantId)).toBe(FOREIGN_KEY_VIOLATION)
})

test('a pooled connection forgets its tenant, also after a failure in mid-transaction', async () => {
  for (let i = 0; i < 20; i++)
    await within(scopeOf('longview-estates'), (db) => db.execute(sql`select 1 / 0`)).catch(() => {})
  const seen = await Promise.all(
    Array.from({ length: 20 }, () =>
      throughQueue((db) =>
        db.execute<{ tenant: string }>(sql`select current_setting('app.tenant_id', true) as tenant`),
      ),
    ),
  )
  expect(new Set(seen.map((rows) => rows[0]?.tenant))).toEqual(new Set(['']))
})

test('a read-only scope cannot write', async () => {
  const denied = await within(scopeOf('longview-estates', { readOnly: true }), (db) =>
    db.execute(sql`update units set bedrooms = 9`),
  ).catch(sqlState)
  expect(denied).toBe('25006')
})

test.each(['facts', 'messages', 'chunks', 'document_pages', 'gaps'])(
  'neither the door nor the queue reads %s',
  async (table) => {
    const read = (db: Db) => db.execute(sql`select 1 from ${sql.identifier(table)} limit 1`)
    expect(await throughDoor(read).catch(sqlState)).toBe(PERMISSION_DENIED)
    expect(await throughQueue(read).catch(sqlState)).toBe(PERMISSION_DENIED)
  },
)

test('what happened cannot be rewritten or deleted by the application', async () => {
  const scope = scopeOf('longview-estates')
  expect(
    await within(scope, (db) => db.execute(sql`update activity_log set action = 'x'`)).catch(sqlState),
  ).toBe(PERMISSION_DENIED)
  expect(await within(scope, (db) => db.execute(sql`delete from activity_log`)).catch(sqlState)).toBe(
    PERMISSION_DENIED,
  )
})

test('a transaction that names no developments sees none', async () => {
  const seen = await within(scopeOf('longview-estates'), async (db) => {
    await db.execute(sql`select set_config('app.development_ids', '', true)`)
    return countUnits(db)
  })
  expect(seen).toBe(0)
})

test('logs are not rewritten, and only an erasure takes rows out of some', async () => {
  const rows = await superuser<{ line: string }[]>`
    select grantee || ' ' || privilege_type || ' ' || table_name as line from information_schema.table_privileges
    where grantee in ('openhouse_app', 'openhouse_platform') and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
      and (table_name like '%\\_log' or table_name = 'qr_scans') order by 1`
  expect(rows.map(({ line }) => line)).toEqual([
    'openhouse_app DELETE data_access_log',
    'openhouse_app DELETE error_log',
    'openhouse_app DELETE llm_error_log',
    'openhouse_app DELETE qr_scans',
  ])
  const rewrite = (db: Db) => db.execute(sql`update qr_scans set outcome = 'opened'`)
  expect(await within(scopeOf('longview-estates'), rewrite).catch(sqlState)).toBe(PERMISSION_DENIED)
})

test.each([
  ['staff', 'password_hash'],
  ['staff', 'totp_secret_encrypted'],
  ['sessions', 'refresh_hash'],
  ['api_keys', 'key_hash'],
])('%s.%s is not read inside a tenant', async (table, column) => {
  const read = (db: Db) =>
    db.execute(sql`select ${sql.identifier(column)} from ${sql.identifier(table)} limit 1`)
  expect(await within(scopeOf('longview-estates'), read).catch(sqlState)).toBe(PERMISSION_DENIED)
})

test('a session that was ended cannot be begun again at the door', async () => {
  const id = Bun.randomUUIDv7()
  await superuser`insert into sessions (id, tenant_id, unit_id, refresh_hash, expires_at, revoked_at)
    select ${id}, tenant_id, id, ${`hash ${id}`}, now() + interval '1 day', now() from units limit 1`
  await throughDoor((db) => db.execute(sql`update sessions set revoked_at = null where id = ${id}`))
  const [row] = await superuser`select revoked_at from sessions where id = ${id}`
  expect(row?.revoked_at).not.toBeNull()
  await superuser`update sessions set revoked_at = null where id = ${id}`
  await throughDoor((db) => db.execute(sql`update sessions set revoked_at = now() where id = ${id}`))
  const [ended] = await superuser`select revoked_at from sessions where id = ${id}`
  expect(ended?.revoked_at).not.toBeNull()
  await superuser`delete from sessions where id = ${id}`
})

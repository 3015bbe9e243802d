// Migrations: killed in the middle they leave the old state and the next start completes; rows survive each of them.
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { connect } from '#db/client.ts'
import { appliedMigrations, openInspection, tablesOpenToAll, unprotectedTables } from '#db/database-health.ts'
import { knownMigrations, migrate } from '#db/migrate.ts'
import { within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { killMigration, stopHolding } from './killed-migration.ts'

setDefaultTimeout(60_000)

let database: TestDatabase
let admin: postgres.Sql
const made: string[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  admin = postgres(database.superuserUrl, { max: 1, onnotice: () => {} })
})
afterAll(async () => {
  connect({ url: database.url, poolSize: 1 })
  for (const name of made) await admin.unsafe(`drop database if exists ${name} with (force)`)
  await admin.end()
  await database.drop()
})

async function emptyDatabase(): Promise<{ url: string; superuserUrl: string }> {
  const name = `migrated_${Bun.randomUUIDv7().replaceAll('-', '')}`
  await admin.unsafe(`create database ${name} owner openhouse`)
  made.push(name)
  const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  return { url: at(database.url), superuserUrl: at(database.superuserUrl) }
}

/** Everything a migration makes, as text to compare. */
const catalogue = async (client: postgres.Sql) => [
  ...(await client`
    select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull as says
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace
    union all select 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
    union all select 'policy ' || polrelid::regclass || ' ' || polname from pg_policy
    union all select 'function ' || oid::regprocedure from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'trigger ' || tgrelid::regclass || ' ' || tgname from pg_trigger where not tgisinternal
    order by 1`),
]

test.each([
  ['among the first tables', 'CREATE TABLE', 'public.activity_chains'],
  ['among the last keys', 'CREATE INDEX', 'public.webhook_deliveries_recent'],
  ['while walls go up', 'CREATE POLICY', 'one_tenant on public.units'],
  ['among the last grants', 'CREATE POLICY', 'backup on public.tenants'],
])('a migration that is killed %s leaves nothing, and the next one completes', async (_, tag, object) => {
  const { url, superuserUrl } = await emptyDatabase()
  const superuser = postgres(superuserUrl, { max: 1, onnotice: () => {} })
  await killMigration(superuser, { url, tag, object })
  expect(await appliedMigrations(superuser)).toEqual([])
  expect(await catalogue(superuser)).toEqual([])

  await stopHolding(superuser)
  await migrate(url)
  expect(await appliedMigrations(superuser)).toEqual(knownMigrations().map(({ hash }) => hash))
  const whole = postgres(database.superuserUrl, { max: 1, onnotice: () => {} })
  expect(await catalogue(superuser)).toEqual(await catalogue(whole))
  await whole.end()
  await superuser.end()
})

test('processes that start at once on an empty database take turns, and each finds it done', async () => {
  const { url } = await emptyDatabase()
  await Promise.all([migrate(url), migrate(url), migrate(url)])
  const inspection = openInspection(url)
  expect(await appliedMigrations(inspection)).toHaveLength(knownMigrations().length)
  await inspection.end()
})

const ID = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [TENANT, OTHER] = [ID(1), ID(2)]

/**
 * Rows as the first released schema took them. It is never changed again: a later migration has to bring these rows
 * along, as it will have to with people's.
 */
const FIRST_SCHEMA = '0001_create_tables'
const FIRST_ROWS = [TENANT, OTHER].map((tenant, i) => {
  const id = (n: number) => ID(100 * (i + 1) + n)
  return `
    insert into tenants (id, slug, name) values ('${tenant}', 'builder-${i}', 'Builder ${i}');
    insert into staff (id, tenant_id, email, name, role, password_hash)
      values ('${id(1)}', '${tenant}', 'ann${i}@builder.ie', 'Ann', 'admin', 'x');
    insert into developments (id, tenant_id, slug, name, code_prefix, address_line, locality, county)
      values ('${id(2)}', '${tenant}', 'park', 'Park', 'PK', '1 Road', 'Mallow', 'Cork');
    insert into house_types (id, tenant_id, development_id, code, name)
      values ('${id(3)}', '${tenant}', '${id(2)}', 'BD01', 'Three bedrooms');
    insert into units (id, tenant_id, development_id, house_type_id, number, address_line, public_id, access_code_encrypted)
      values ('${id(4)}', '${tenant}', '${id(2)}', '${id(3)}', '1', '1 Park', 'public-${i}-0123456789ab', 'sealed');
    insert into purchasers (id, tenant_id, unit_id, full_name, position)
      values ('${id(5)}', '${tenant}', '${id(4)}', 'Mary ${i}', 1);
    insert into documents (id, tenant_id, development_id, title) values ('${id(6)}', '${tenant}', '${id(2)}', 'Heating');`
})

test('rows of the first schema are there, whole and behind their walls, after every later migration', async () => {
  const { url, superuserUrl } = await emptyDatabase()
  const superuser = postgres(superuserUrl, { max: 1, onnotice: () => {} })
  const known = knownMigrations()
  const first = known.findIndex(({ tag }) => tag === FIRST_SCHEMA)
  expect(first).toBeGreaterThanOrEqual(0)
  for (const [i, { tag }] of known.entries()) {
    await migrate(url, { through: tag })
    expect(await appliedMigrations(superuser)).toHaveLength(i + 1)
    if (i === first) for (const rows of FIRST_ROWS) await superuser.unsafe(rows)
    if (i < first) continue
    const [counts] = await superuser`select (select count(*) from units)::int as units,
      (select count(*) from purchasers)::int as people, (select count(*) from documents)::int as documents`
    expect([tag, counts]).toEqual([tag, { units: 2, people: 2, documents: 2 }])
  }
  expect(await unprotectedTables(superuser)).toEqual([])
  connect({ url, poolSize: 1 })
  const names = await within(systemScope(TENANT as string, 'test'), (db) =>
    db.execute<{ full_name: string }>(sql`select full_name from purchasers`),
  )
  expect(names.map((row) => row.full_name)).toEqual(['Mary 0'])
  await superuser.end()
})

test('what the version before 0004 writes is taken while both versions run, and pictures of before weigh nothing yet', async () => {
  const { url, superuserUrl } = await emptyDatabase()
  const superuser = postgres(superuserUrl, { max: 1, onnotice: () => {} })
  await migrate(url, { through: '0003_phases' })
  for (const rows of FIRST_ROWS) await superuser.unsafe(rows)
  const report = (n: number) => superuser`
    insert into snags (id, tenant_id, development_id, unit_id, room, category, description, photo_id)
    select ${ID(n)}, tenant_id, development_id, id, 'Hall', 'other', 'A crack', ${ID(n)} from units where tenant_id = ${TENANT!}`
  await report(900)
  await superuser`insert into storage_use (tenant_id, used_bytes) values (${TENANT!}, 70)`
  await superuser`insert into brandings (tenant_id, logo_id) values (${TENANT!}, ${ID(901)})`
  await migrate(url)
  await report(902)
  await superuser`update storage_use set used_bytes = used_bytes + 5`
  await superuser`insert into storage_use (tenant_id, used_bytes) values (${OTHER!}, 1)`
  await superuser`update snags set photo_bytes = 9 where id = ${ID(900)}`
  await superuser`update snags set photo_id = null, description = 'Erased' where id = ${ID(900)}`
  expect([
    ...(await superuser`select used_bytes, picture_bytes, export_bytes from storage_use order by tenant_id`.values()),
    ...(await superuser`select photo_bytes from snags order by id`.values()),
    ...(await superuser`select logo_bytes from brandings`.values()),
  ]).toEqual([['75', '0', '0'], ['1', '0', '0'], ['9'], [null], [null]])
  await superuser.end()
})

test('where Supabase grants new tables to its web API, the migrations take that back, for later tables too', async () => {
  const { url, superuserUrl } = await emptyDatabase()
  const superuser = postgres(superuserUrl, { max: 1, onnotice: () => {} })
  await superuser.unsafe(`create role anon nologin;
    alter default privileges for role openhouse in schema public grant all on tables to anon`)
  try {
    await migrate(url)
    expect(await tablesOpenToAll(superuser)).toEqual([])
    const owner = postgres(url, { max: 1, onnotice: () => {} })
    await owner`create table later (id int)`
    await owner.end()
    expect(await tablesOpenToAll(superuser)).toEqual([])
  } finally {
    await superuser.unsafe('drop owned by anon; drop role anon')
    await superuser.end()
  }
})

test('every migration is later than the one before it, or a database would skip it', () => {
  // The migrator compares times only: what is older than the newest that was applied is never applied.
  const { entries } = JSON.parse(readFileSync('db/migrations/meta/_journal.json', 'utf8')) as {
    entries: { idx: number; when: number }[]
  }
  expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, i) => i))
  expect(entries.every(({ when }, i) => i === 0 || when > (entries[i - 1]?.when ?? 0))).toBe(true)
})

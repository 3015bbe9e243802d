// Migrations that are still to come: their new tables get their walls by themselves, also when they are killed on the way.
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { appliedMigrations, unprotectedTables } from '#db/database-health.ts'
import { knownMigrations, migrate } from '#db/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { killMigration, stopHolding } from './killed-migration.ts'

setDefaultTimeout(60_000)

/** What the schema of this version is, or will be, when it is released. */
const RELEASED = knownMigrations().at(-1)?.tag as string
const FIRST_TABLES = '0001_create_tables'
/** As drizzle-kit would write them: the tables, and no word of who may see them. */
const PARCELS = `CREATE TABLE parcels (
  tenant_id uuid NOT NULL, id uuid NOT NULL, development_id uuid NOT NULL, carrier text NOT NULL DEFAULT 'An Post',
  CONSTRAINT parcels_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT parcels_development_fkey FOREIGN KEY (tenant_id, development_id) REFERENCES developments (tenant_id, id));
--> statement-breakpoint
CREATE TABLE parcel_carriers (tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id));
--> statement-breakpoint
ALTER TABLE units ADD COLUMN parcel_note text;`
/** A later migration finds the walls up, also when both run in one go, and may take a right away. */
const PARCELS_ONLY_GROW = 'REVOKE UPDATE, DELETE ON parcels FROM openhouse_app;'

const folders: string[] = []
let database: TestDatabase
let admin: postgres.Sql
let count = 0

beforeAll(async () => {
  database = await createTestDatabase()
  admin = postgres(database.superuserUrl, { max: 1, onnotice: () => {} })
})
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true })
  for (let i = 1; i <= count; i++) await admin.unsafe(`drop database if exists ${nameOf(i)} with (force)`)
  await admin.end()
  await database.drop()
})

const nameOf = (i: number) => `later_${process.pid}_${i}`
const superuserOf = (name: string) => Object.assign(new URL(database.superuserUrl), { pathname: `/${name}` })

/** Copies of the test database, which is migrated to today's schema and full of two builders' rows. */
async function filledDatabase(): Promise<{ url: string; superuser: postgres.Sql }> {
  count += 1
  await admin.unsafe(`create database ${nameOf(count)} template openhouse_template owner openhouse`)
  const url = superuserOf(nameOf(count))
  const superuser = postgres(url.href, { max: 1, onnotice: () => {} })
  url.username = 'openhouse'
  return { url: url.href, superuser }
}

/** Today's migrations and these after them. */
function folderWith(...later: [tag: string, sql: string][]): string {
  const folder = mkdtempSync(join(tmpdir(), 'openhouse-later-'))
  folders.push(folder)
  cpSync('db/migrations', folder, { recursive: true })
  const path = join(folder, 'meta', '_journal.json')
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { idx: number; when: number }[] }
  const last = journal.entries.at(-1) as { idx: number; when: number }
  for (const [i, [tag, sql]] of later.entries()) {
    writeFileSync(join(folder, `${tag}.sql`), sql)
    journal.entries.push({ ...last, ...{ tag, idx: last.idx + 1 + i, when: last.when + 1 + i } })
  }
  writeFileSync(path, JSON.stringify(journal))
  return folder
}

const PARCEL_MIGRATIONS = [
  ['9001_add_parcels', PARCELS],
  ['9002_parcels_only_grow', PARCELS_ONLY_GROW],
] as [string, string][]

const rowsKept = async (sql: postgres.Sql) => [
  ...(await sql`select (select count(*) from units)::int as units, (select count(*) from purchasers)::int as people,
    (select count(*) from activity_log)::int as activities`),
]

/** Who may do what with a table, as the catalogue says it. */
const rightsOn = async (sql: postgres.Sql, table: string) =>
  (
    await sql<{ line: string }[]>`
      select grantee || ': ' || string_agg(privilege_type, ', ' order by privilege_type) as line
      from information_schema.role_table_grants
      where table_name = ${table} and grantee <> 'openhouse' group by grantee order by 1`
  ).map(({ line }) => line)

const policiesOf = async (sql: postgres.Sql, table: string) =>
  (await sql`select polname from pg_policy where polrelid = ${table}::regclass order by 1`).map(
    ({ polname }) => polname,
  )

/** What one builder's person of these sites sees of the parcels. */
const seenBy = (url: string, tenant: string, sites: string) =>
  withRole(url, async (db) => {
    await db`select set_config('role', 'openhouse_app', true), set_config('app.tenant_id', ${tenant}, true),
      set_config('app.development_ids', ${sites}, true)`
    return (await db`select development_id from parcels`).map((row) => row.development_id)
  })

async function withRole<T>(url: string, ask: (db: postgres.TransactionSql) => Promise<T>): Promise<T> {
  const client = postgres(url, { max: 1, onnotice: () => {}, prepare: false })
  try {
    return (await client.begin(ask)) as T
  } finally {
    await client.end()
  }
}

test('a table that a later migration makes is behind its walls, and everybody’s rows are still there', async () => {
  const { url, superuser } = await filledDatabase()
  const before = await rowsKept(superuser)
  const logRights = await rightsOn(superuser, 'activity_log')
  await migrate(url, { folder: folderWith(...PARCEL_MIGRATIONS) })

  expect(await rowsKept(superuser)).toEqual(before)
  expect(await appliedMigrations(superuser)).toHaveLength(knownMigrations().length + 2)
  expect(await unprotectedTables(superuser)).toEqual([])
  for (const table of ['parcels', 'parcel_carriers'])
    expect(await policiesOf(superuser, table)).toEqual(['all_tenants', 'backup', 'one_tenant'])
  expect(await rightsOn(superuser, 'parcels')).toEqual([
    'openhouse_app: INSERT, SELECT',
    'openhouse_backup: SELECT',
    'openhouse_platform: DELETE, INSERT, SELECT, UPDATE',
  ])
  expect(await rightsOn(superuser, 'parcel_carriers')).toEqual([
    'openhouse_app: DELETE, INSERT, SELECT, UPDATE',
    'openhouse_backup: SELECT',
    'openhouse_platform: DELETE, INSERT, SELECT, UPDATE',
  ])
  // What was taken away from older tables was not given back.
  expect(await rightsOn(superuser, 'activity_log')).toEqual(logRights)

  await superuser`insert into parcels (tenant_id, id, development_id) select tenant_id, id, id from developments`
  const [own, sibling] =
    await superuser`select d.tenant_id, d.id from developments d join tenants t on t.id = d.tenant_id
    where t.slug = 'longview-estates' order by d.id limit 2`
  const all = await seenBy(url, own?.tenant_id, '*')
  expect(all).toHaveLength(2)
  expect(await seenBy(url, own?.tenant_id, `{${own?.id}}`)).toEqual([own?.id])
  expect(all).toContain(sibling?.id)
  const [{ total = 0 } = {}] = await superuser`select count(*)::int as total from parcels`
  expect(total).toBeGreaterThan(2)
  await superuser.end()
})

test('the same tables come out whether the migrations run in one go or one by one', async () => {
  const folder = folderWith(...PARCEL_MIGRATIONS)
  const [once, stepwise] = [await filledDatabase(), await filledDatabase()]
  await migrate(once.url, { folder })
  for (const [tag] of PARCEL_MIGRATIONS) await migrate(stepwise.url, { folder, through: tag })
  await migrate(stepwise.url, { folder })
  for (const table of ['parcels', 'parcel_carriers', 'units'])
    expect(await rightsOn(once.superuser, table)).toEqual(await rightsOn(stepwise.superuser, table))
  await once.superuser.end()
  await stepwise.superuser.end()
})

test.each([
  ['between the table and its walls', 'CREATE POLICY', 'one_tenant on public.parcel_carriers'],
  ['among the tables', 'CREATE TABLE', 'public.parcel_carriers'],
])(
  'a later migration that is killed %s leaves the released schema, and the next completes',
  async (_, tag, object) => {
    const { url, superuser } = await filledDatabase()
    const folder = folderWith(...PARCEL_MIGRATIONS)
    const before = await rowsKept(superuser)
    await killMigration(superuser, { url, folder, tag, object })
    expect(await appliedMigrations(superuser)).toEqual(knownMigrations().map(({ hash }) => hash))
    const [{ made = null } = {}] = await superuser`select to_regclass('public.parcels') as made`
    expect(made).toBeNull()

    await stopHolding(superuser)
    await migrate(url, { folder })
    expect(await unprotectedTables(superuser)).toEqual([])
    expect(await rowsKept(superuser)).toEqual(before)
    await superuser.end()
  },
)

test('a development that comes to a table after its walls is refused, and nothing is changed', async () => {
  const { url, superuser } = await filledDatabase()
  const folder = folderWith([
    '9001_add_development_to_staff',
    'ALTER TABLE staff ADD COLUMN development_id uuid;',
  ])
  await expect(migrate(url, { folder })).rejects.toThrow('staff has a development_id that its policy')
  const added =
    await superuser`select from pg_attribute where attrelid = 'staff'::regclass and attname = 'development_id'`
  expect(added).toHaveLength(0)
  expect(await appliedMigrations(superuser)).toHaveLength(knownMigrations().length)
  await superuser.end()
})

test('the first tables alone have no walls yet, and get them from the migration after', async () => {
  count += 1
  await admin.unsafe(`create database ${nameOf(count)} owner openhouse`)
  const url = superuserOf(nameOf(count))
  const superuser = postgres(url.href, { max: 1, onnotice: () => {} })
  url.username = 'openhouse'
  await migrate(url.href, { through: FIRST_TABLES })
  expect(await unprotectedTables(superuser)).not.toEqual([])
  await migrate(url.href, { through: RELEASED })
  expect(await unprotectedTables(superuser)).toEqual([])
  await superuser.end()
})

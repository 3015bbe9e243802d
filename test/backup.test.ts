// The drill: a backup is brought into an empty place, and everything is as it was; a bad one is refused in a sentence.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { connect } from '#db/client.ts'
import { forgetAllSessions } from '#src/access/sessions.ts'
import { verifyChains } from '#src/audit/verification.ts'
import { sealActivity } from '#src/audit.ts'
import type { Manifest } from '#src/backup/manifest.ts'
import { makeBackup } from '#src/backup.ts'
import { storage, storageKey } from '#src/clients/storage.ts'
import { config } from '#src/config.ts'
import { wallFindings } from '#src/doctor/database.ts'
import { fileResponse, staffFilePath } from '#src/downloads.ts'
import { restoreBackup } from '#src/restore.ts'
import { startTestApp, type TestApp } from './support/app.ts'
import { ingested, pdfOf } from './support/ingested.ts'
import { type Longview, openLongview } from './support/longview.ts'
import { prepareTestProcess, TEST_SECRET } from './support/process.ts'

const PDF = await pdfOf(['The stopcock is under the sink.'])
const now = new Date()

let app: TestApp
let estate: Longview
let folder: string
let backup: string
let documentId: string
let sharedDataDir: string
let firstDataDir: string
const databases: string[] = []
let admin: postgres.Sql

beforeAll(async () => {
  sharedDataDir = prepareTestProcess({}).dataDir
  // Anchors of this database's chains must not be expected of another's.
  prepareTestProcess({ DATA_DIR: mkdtempSync(join(tmpdir(), 'openhouse-backup-data-')) })
  app = await startTestApp()
  estate = await openLongview(app.database)
  admin = postgres(app.database.superuserUrl, { max: 1, onnotice: () => {} })
  folder = mkdtempSync(join(tmpdir(), 'openhouse-backup-'))
  firstDataDir = config().dataDir
  const { scope, development } = estate
  documentId = (await ingested(scope, development.id, 'Water', PDF)).documentId
  await keepLogo()
  await sealActivity()
  await verifyChains({ signal: new AbortController().signal, progress: () => {}, now })
  backup = (await command('backup', folder, app.database.url, firstDataDir)).folder
})
afterAll(async () => {
  connect({ url: app.database.url, poolSize: 4 })
  await estate.look.end()
  for (const name of databases) await admin.unsafe(`drop database if exists ${name} with (force)`)
  await admin.end()
  await app.stop()
  prepareTestProcess({ DATA_DIR: sharedDataDir })
  rmSync(firstDataDir, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

/** A file that no `storage_key` names: its key is made of ids. */
async function keepLogo(): Promise<void> {
  const { scope, look } = estate
  const logoId = Bun.randomUUIDv7()
  const path = join(firstDataDir, 'logo')
  await Bun.write(path, 'a logo')
  await storage().store(storageKey(scope, scope.tenantId, logoId), path, 'image/png')
  await look`insert into brandings (tenant_id, logo_id) values (${scope.tenantId}, ${logoId})
    on conflict (tenant_id) do update set logo_id = excluded.logo_id`
}

async function command(name: 'backup' | 'restore', argument: string, url: string, dataDir: string) {
  const child = Bun.spawn([process.execPath, `src/run-${name}.ts`, argument], {
    env: {
      ...{ PATH: process.env.PATH ?? '', NODE_ENV: 'test', LOG_LEVEL: 'silent' },
      ...{ JWT_SECRET: TEST_SECRET, ENCRYPTION_KEY: TEST_SECRET, DATABASE_URL: url, DATA_DIR: dataDir },
    },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { out, err, code, folder: out.split(':')[0] ?? '' }
}

async function emptyDatabase(): Promise<string> {
  const name = `restored_${Bun.randomUUIDv7().replaceAll('-', '')}`
  await admin.unsafe(`create database ${name} owner openhouse`)
  databases.push(name)
  const url = new URL(app.database.url)
  url.pathname = `/${name}`
  return url.href
}

const manifestOf = (of: string): Manifest => JSON.parse(readFileSync(join(of, 'manifest.json'), 'utf8'))

/** Everything about tables that is not rows. */
const catalogue = (sql: postgres.Sql) => sql`
  select 'constraint' as what, conrelid::regclass::text as at, conname as name, pg_get_constraintdef(oid) as says
    from pg_constraint where connamespace = 'public'::regnamespace
  union all select 'trigger', tgrelid::regclass::text, tgname, tgenabled::text from pg_trigger where not tgisinternal
  union all select 'wall', oid::regclass::text, '', relrowsecurity::text || relforcerowsecurity::text
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
  union all select 'policy', polrelid::regclass::text, polname, pg_get_expr(polqual, polrelid) from pg_policy
  order by 1, 2, 3, 4`

test('a backup brought into an empty place is the same, row by row and file by file', async () => {
  const url = await emptyDatabase()
  const dataDir = mkdtempSync(join(folder, 'data-'))
  const restored = await command('restore', backup, url, dataDir)
  expect(restored.err).toBe('')
  expect(restored.out).toContain('The chains of the activity log are whole')
  expect(restored.code).toBe(0)

  prepareTestProcess({ DATA_DIR: dataDir })
  const [before, after] = [manifestOf(backup), manifestOf((await makeBackup(config(), url, folder)).folder)]
  // The check of the chains, at the end of the restore, leaves its own rows.
  const kept = ({ tables }: Manifest) => tables.filter(({ name }) => name !== 'chain_checks')
  expect(kept(after)).toEqual(kept(before))
  expect(after.files).toEqual(before.files)
  expect(before.tables.find(({ name }) => name === 'units')?.rows).toBe(135)
  expect(before.files.length).toBeGreaterThanOrEqual(3)

  const look = postgres(url, { max: 1, onnotice: () => {} })
  const original = postgres(app.database.url, { max: 1, onnotice: () => {} })
  expect([...(await catalogue(look))]).toEqual([...(await catalogue(original))])
  expect((await wallFindings(look)).map(({ outcome }) => outcome as string)).toEqual(['ok', 'ok'])
  await look.end()
  await original.end()
})

test('after a restore the activity log’s chain is whole and a signed download gives the very file', async () => {
  const url = await emptyDatabase()
  prepareTestProcess({ DATA_DIR: mkdtempSync(join(folder, 'data-')) })
  await restoreBackup(config(), url, backup)
  connect({ url, poolSize: 4 })
  forgetAllSessions()
  const checks = await verifyChains({ signal: new AbortController().signal, progress: () => {}, now })
  expect(checks.length).toBeGreaterThan(0)
  expect(checks.filter(({ outcome }) => outcome !== 'intact')).toEqual([])
  const path = await staffFilePath(estate.scope, documentId)
  const response = await fileResponse(path.split('/').at(-1) as string, null, async () => true)
  expect(response.status).toBe(200)
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(PDF)
})

test('every file of the store is in the backup', () => {
  const stored = readdirSync(join(firstDataDir, 'files'), { recursive: true, withFileTypes: true })
  const keys = stored
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).split('/files/')[1])
  expect(
    manifestOf(backup)
      .files.map(({ key }) => key)
      .sort(),
  ).toEqual(keys.sort() as string[])
})

/** A copy of the backup that somebody was at. */
function changed(change: (copy: string) => void): string {
  const copy = mkdtempSync(join(folder, 'changed-'))
  cpSync(backup, copy, { recursive: true })
  change(copy)
  return copy
}
const withManifest = (change: (manifest: Manifest) => void) =>
  changed((copy) => {
    const manifest = manifestOf(copy)
    change(manifest)
    const text = JSON.stringify(manifest)
    writeFileSync(join(copy, 'manifest.json'), text)
    writeFileSync(join(copy, 'manifest.sha256'), createHash('sha256').update(text).digest('hex'))
  })

test.each<[string, () => string, RegExp]>([
  [
    'a folder that is no backup',
    () => mkdtempSync(join(folder, 'nothing-')),
    /is no backup: it holds no manifest\.json/,
  ],
  [
    'a changed row',
    () => changed((copy) => writeFileSync(join(copy, 'tables/units.copy'), 'x')),
    /tables\/units\.copy is not as it was/,
  ],
  [
    'a changed file',
    () =>
      changed((copy) => writeFileSync(join(copy, 'files', manifestOf(copy).files[0]?.key as string), 'x')),
    /^files\/.* is not as it was/,
  ],
  [
    'a missing table',
    () => changed((copy) => rmSync(join(copy, 'tables/units.copy'))),
    /tables\/units\.copy is missing/,
  ],
  [
    'a changed manifest',
    () => changed((copy) => writeFileSync(join(copy, 'manifest.json'), '{}')),
    /manifest\.json is not as it was written/,
  ],
  [
    'a manifest of another kind',
    () => withManifest((manifest) => Object.assign(manifest, { format: 9 })),
    /this version cannot read/,
  ],
  [
    'a newer version',
    () => withManifest((manifest) => manifest.migrations.push({ tag: '0099_more', hash: 'x' })),
    /made by a newer version/,
  ],
  [
    'other migrations',
    () => withManifest((manifest) => Object.assign(manifest.migrations[1] as object, { hash: 'x' })),
    /other migrations/,
  ],
  [
    'another key',
    () => withManifest((manifest) => Object.assign(manifest, { encryption_key_id: 'x' })),
    /encrypted with another key/,
  ],
  [
    'tables of another shape',
    () => withManifest((manifest) => manifest.tables[0]?.columns.pop()),
    /not those of its version/,
  ],
])('%s is refused, and the database stays empty', async (_, make, says) => {
  const url = await emptyDatabase()
  const from = make()
  await expect(restoreBackup(config(), url, from)).rejects.toThrow(says)
  const superuser = new URL(app.database.superuserUrl)
  superuser.pathname = new URL(url).pathname
  const sql = postgres(superuser.href, { max: 1, onnotice: () => {} })
  const [table] = await sql`select to_regclass('public.tenants') is not null as "isThere"`
  if (table?.isThere) expect([...(await sql`select id from tenants`)]).toEqual([])
  await sql.end()
})

test('a database with rows is not written over', async () => {
  await expect(restoreBackup(config(), app.database.url, backup)).rejects.toThrow(/not empty: \w+ has rows/)
  const url = await emptyDatabase()
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  await sql`create table somebodys (id int)`
  await sql.end()
  await expect(restoreBackup(config(), url, backup)).rejects.toThrow(/holds the table somebodys/)
})

test('a restore that broke off is simply started again', async () => {
  const url = await emptyDatabase()
  prepareTestProcess({ DATA_DIR: mkdtempSync(join(folder, 'data-')) })
  // A row that the keys refuse, found only when all rows are in.
  const broken = withManifest((manifest) => {
    const units = manifest.tables.find(({ name }) => name === 'developments') as Manifest['tables'][number]
    Object.assign(units, { rows: 0, bytes: 0, sha256: createHash('sha256').digest('hex') })
  })
  writeFileSync(join(broken, 'tables/developments.copy'), '')
  await expect(restoreBackup(config(), url, broken)).rejects.toThrow(/foreign key/)
  expect((await restoreBackup(config(), url, backup)).rows).toBeGreaterThan(135)
})

test('a table whose rows would be hidden from the copy stops the backup', async () => {
  await estate.look`drop policy backup on units`
  try {
    await expect(makeBackup(config(), app.database.url, folder)).rejects.toThrow(
      /Rows of units would be left out/,
    )
  } finally {
    await estate.look.unsafe(
      `create policy backup on units for select to openhouse_backup using ((select current_user) = 'openhouse_backup')`,
    )
  }
})

test('the role that reads everything writes nothing, and cannot sign in', async () => {
  const rights = await estate.look`select distinct privilege_type from information_schema.table_privileges
    where grantee = 'openhouse_backup' and table_schema = 'public'`
  expect([...rights]).toEqual([{ privilege_type: 'SELECT' }])
  const [role] =
    await estate.look`select rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname = 'openhouse_backup'`
  expect(role).toEqual({ rolcanlogin: false, rolsuper: false, rolbypassrls: false })
})

test('the commands say how they are used, and a backup that was not finished does not look like one', async () => {
  const { code, err } = await command('backup', '--help', app.database.url, firstDataDir)
  expect([code, err]).toEqual([64, expect.stringContaining('Usage: bun run backup FOLDER')])
  const nowhere = new URL(app.database.url)
  nowhere.port = '1'
  const failed = await command('backup', join(folder, 'failed'), nowhere.href, firstDataDir)
  expect([failed.code, failed.err]).toEqual([1, expect.stringContaining('The backup failed')])
  expect(readdirSync(join(folder, 'failed')).every((name) => name.endsWith('.partial'))).toBe(true)
  expect(existsSync(join(folder, 'failed'))).toBe(true)
})

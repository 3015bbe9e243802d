// Wrong settings, one a row, and the sentence with which the doctor tells of each; a right set is left alone.
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { Config } from '#src/config.ts'
import { databaseFindings, directFindings } from '#src/doctor/database.ts'
import { exitCodeOf, type Finding } from '#src/doctor/finding.ts'
import { readSettings } from '#src/doctor/settings.ts'
import { checksOf, examine, requireWalls, tableOf } from '#src/doctor.ts'
import { ANOTHER, production, S3, SECRET, WRONG } from './doctor/wrong-settings.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { TEST_SECRET } from './support/process.ts'

setDefaultTimeout(60_000)

let dataDir: string
let database: TestDatabase

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'openhouse-doctor-'))
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

test('a right set of settings is left alone', () => {
  expect(readSettings({ ...production(dataDir), ...S3 }).findings).toEqual([
    { check: 'settings', outcome: 'ok', says: 'All settings are of their kind and fit together.' },
  ])
})

test.each(WRONG)('%s', (_, env, check, outcome, says) => {
  const { findings } = readSettings({ ...production(dataDir), ...env })
  const found = findings.filter((each) => each.check === check && each.outcome === outcome)
  expect(found.map((each) => each.says)).toEqual([expect.stringMatching(says)])
  for (const secret of [SECRET, ANOTHER, ':pw@', env.OPENAI_API_KEY, S3.STORAGE_S3_SECRET_ACCESS_KEY])
    if (secret) expect(JSON.stringify(findings)).not.toContain(secret)
})

/** Words of telling somebody what to do, or what the setting must be. */
const TO_DO =
  /\b(?:set|take|make|use|write|end|copy|run|name|encode|must (?!never)|is needed|needs|is \w+ meant\?|\d+ to \d+ )/i

test('there are at least forty of them, and each is told what to do', () => {
  expect(WRONG.length).toBeGreaterThanOrEqual(40)
  const silent = WRONG.flatMap(([, env]) => readSettings({ ...production(dataDir), ...env }).findings)
    .filter(({ outcome, says }) => outcome !== 'ok' && !TO_DO.test(says))
    .map(({ check, says }) => `${check} ${says}`)
  expect(silent).toEqual([])
})

/** The settings of a process on the test's database; its codes are encrypted with the secret of tests. */
function configFor(more: Record<string, string> = {}): Config {
  const { config } = readSettings({
    ...{ NODE_ENV: 'test', DATA_DIR: dataDir, JWT_SECRET: SECRET, ENCRYPTION_KEY: TEST_SECRET },
    ...more,
  })
  if (!config) throw new Error('the settings do not parse')
  return config
}

const look = (more: Record<string, string> = {}, url = database.url) =>
  databaseFindings(configFor(more), 'DATABASE_URL', url)
const bad = (findings: Finding[]) => findings.filter(({ outcome }) => outcome !== 'ok')
const withPart = (part: { password?: string; pathname?: string; port?: string }) =>
  Object.assign(new URL(database.url), part).href

test('a right database is found right', async () => {
  const found = await look()
  expect(bad(found)).toEqual([])
  expect(found.map(({ check }) => check)).toContain('row-level security')
  expect(found.find(({ check }) => check === 'ENCRYPTION_KEY')?.says).toMatch(/opens the printed codes/)
  expect(bad(await directFindings(database.url))).toEqual([])
})

test.each([
  ['a wrong password', { password: 'wrong' }, /does not let openhouse in/],
  ['a database that is not there', { pathname: '/nowhere' }, /CREATE DATABASE nowhere/],
  ['a port where nobody listens', { port: '1' }, /nobody answers at 127\.0\.0\.1:1/],
])('%s', async (_, change, says) => {
  const [found, ...rest] = await look({}, withPart(change))
  expect(found).toMatchObject({
    check: 'DATABASE_URL',
    outcome: 'failure',
    says: expect.stringMatching(says),
  })
  expect(rest).toEqual([])
})

test('a superuser as login role is refused in production and warned of elsewhere', async () => {
  const role = (found: Finding[]) => found.find(({ check }) => check === 'database login role')
  expect(role(await look({}, database.superuserUrl))).toMatchObject({ outcome: 'warning' })
  const config = { ...configFor(), isProduction: true }
  expect(role(await databaseFindings(config, 'DATABASE_URL', database.superuserUrl))).toMatchObject({
    outcome: 'failure',
    says: expect.stringContaining('is a superuser'),
  })
})

test('a secret that does not open the printed codes is told', async () => {
  expect(bad(await look({ ENCRYPTION_KEY: ANOTHER }))).toEqual([
    { check: 'ENCRYPTION_KEY', outcome: 'failure', says: expect.stringContaining('does not open') },
  ])
  expect(bad(await look({ ENCRYPTION_KEY: '' }))[0]?.check).toBe('JWT_SECRET')
})

/** The embedded server takes 60, those of the other lane 200. */
test('more connections than the server takes are told, once or for two processes', async () => {
  const superuser = postgres(database.superuserUrl, { max: 1 })
  const [row] = await superuser<{ takes: string }[]>`select current_setting('max_connections') as takes`
  await superuser.end()
  const [found] = bad(await look({ DATABASE_POOL_SIZE: '100' }))
  const outcome = Number(row?.takes) < 100 ? 'failure' : 'warning'
  expect(found).toMatchObject({ check: 'DATABASE_POOL_SIZE', outcome })
  expect(found?.says).toContain(`${row?.takes}`)
})

/** Changes the catalogue, looks, and puts it back. */
async function broken(change: string, back: string, then: () => Promise<void>): Promise<void> {
  const superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} })
  try {
    await superuser.unsafe(change)
    await then()
  } finally {
    await superuser.unsafe(back)
    await superuser.end()
  }
}

test.each([
  [
    'a table without its wall',
    'alter table units no force row level security',
    'alter table units force row level security',
    'row-level security',
    /^units can be read/,
  ],
  [
    'a table open to everybody',
    'grant select on sessions to public',
    'revoke select on sessions from public',
    'database privileges',
    /^sessions is open/,
  ],
  [
    'a missing migration',
    'create table kept as select * from drizzle.__drizzle_migrations; delete from drizzle.__drizzle_migrations where id = (select max(id) from kept)',
    'insert into drizzle.__drizzle_migrations select * from kept where id = (select max(id) from kept); drop table kept',
    'migrations',
    /^1 are missing/,
  ],
  [
    'vectors of another model',
    `update developments set embedding_model = 'older', embedding_dimensions = 16`,
    'update developments set embedding_model = null, embedding_dimensions = null',
    'OPENAI_EMBEDDING_DIMENSIONS',
    /hold vectors of older \(16\)/,
  ],
])('%s', async (_, change, back, check, says) => {
  await broken(change, back, async () => {
    const [found] = bad(await look({ OPENAI_API_KEY: 'sk-9f8e7d6c' }))
    expect(found).toMatchObject({ check, says: expect.stringMatching(says) })
  })
})

test('a start stops where a wall is missing, and says which', async () => {
  await requireWalls(database.url)
  await broken(
    'alter table units disable row level security',
    'alter table units enable row level security',
    async () => {
      await expect(requireWalls(database.url)).rejects.toThrow(/row-level security: units can be read past/)
    },
  )
})

test('the worst finding decides how the doctor ends, and a check that breaks is a failure', async () => {
  const of = (outcome: Finding['outcome']): Finding => ({ check: 'x', outcome, says: 'y' })
  expect(exitCodeOf([of('ok')])).toBe(0)
  expect(exitCodeOf([of('ok'), of('not_reachable')])).toBe(3)
  expect(exitCodeOf([of('not_reachable'), of('warning')])).toBe(2)
  expect(exitCodeOf([of('warning'), of('failure')])).toBe(1)
  const [found] = await examine([{ name: 'x', look: () => Promise.reject(new Error('broken')) }])
  expect(found).toMatchObject({ check: 'x', outcome: 'failure' })
  expect(tableOf([of('ok'), of('failure')]).split('\n')).toEqual([
    'FAILURE        x  y',
    'ok             x  y',
    '',
    '1 failures, 0 warnings, 0 not reachable, 1 ok',
  ])
})

test('all checks together run over a live database', async () => {
  const found = await examine(checksOf(configFor({ DATABASE_URL: database.url }), { url: database.url }))
  expect(bad(found).filter(({ check }) => check !== 'disk')).toEqual([])
  expect(found.length).toBeGreaterThan(8)
})

test.each([
  [{ JWT_SECRET: 'short' }, 1],
  [{ OPENAI_KEY: 'sk-9f8e7d6c' }, 2],
])('the command with %o ends with %i and says so in JSON as well', async (env, code) => {
  const child = Bun.spawn([process.execPath, 'src/run-doctor.ts', '--json'], {
    env: {
      ...{ PATH: process.env.PATH ?? '', NODE_ENV: 'test', DATA_DIR: dataDir },
      ...{ JWT_SECRET: SECRET, ENCRYPTION_KEY: TEST_SECRET, ...env, DATABASE_URL: database.url },
    },
    stderr: 'ignore',
  })
  const said = JSON.parse(await new Response(child.stdout).text())
  expect(await child.exited).toBe(said.exit_code)
  expect(said.exit_code).toBe(code)
  expect(said.findings.map((each: Finding) => each.check)).toContain(Object.keys(env)[0])
})

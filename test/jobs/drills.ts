// What the tests of the queue share: a database with two tenants, a running queue of drill kinds, waiting.
import postgres from 'postgres'
import { type Scope, within } from '#db/scope.ts'
import { type EnqueueOptions, enqueueOf } from '#jobs/queue.ts'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { scopeOfJob } from '#src/access/job-scope.ts'
import { parseConfig } from '#src/config.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { kinds } from './drill/kinds.ts'

export const KINDS_MODULE = new URL('./drill/kinds.ts', import.meta.url).href
const WAIT_MS = 20_000

export type Drill = {
  database: TestDatabase
  /** As the superuser, past every policy: for looking, not for doing. */
  look: postgres.Sql
  tenants: [string, string]
  start(threads?: number): Promise<Jobs>
  add(
    kind: string,
    changes?: { tenant?: 0 | 1; number?: number; file?: string },
    options?: EnqueueOptions,
  ): Promise<string>
  /** Resolves when every job is final, or every one of those named. */
  settled(ids?: string[]): Promise<void>
  close(): Promise<void>
}

export async function openDrill(): Promise<Drill> {
  const database = await createTestDatabase()
  const look = postgres(database.superuserUrl, { max: 2, onnotice: () => {} })
  const tenants: [string, string] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
  await look`insert into tenants (id, slug, name) values (${tenants[0]}, 'longview', 'Longview Estates'), (${tenants[1]}, 'harbour', 'Harbour Homes')`
  await look`create table drill_effects (tenant_id uuid not null, number int not null, job_id uuid unique not null, attempt int not null)`
  await look`grant select, insert on drill_effects to openhouse_app, openhouse_queue`
  return {
    database,
    look,
    tenants,
    start: (threads = 2) =>
      startJobs(configFor(database.url, threads), { kindsModule: KINDS_MODULE, cronTasks: [] }),
    add: (kind, { tenant = 0, number = 0, file = '' } = {}, options = {}) =>
      within(scopeOf(tenants[tenant]), (db) =>
        enqueueOf(kinds, db, kind, { tenantId: tenants[tenant], number, file }, options),
      ),
    settled: (ids) =>
      eventually('every job is final', async () => {
        const [row] = await look`select count(*)::int as count from job_status
          where finalized_at is null and ${ids ? look`id = any(${ids})` : look`true`}`
        return row?.count === 0
      }),
    close: async () => {
      await look.end()
      await database.drop()
    },
  }
}

export const scopeOf = (tenantId: string): Scope =>
  scopeOfJob({ tenantId, kind: 'drill', requestId: 'drill' })

export function configFor(url: string, threads: number) {
  const parsed = parseConfig({
    DATABASE_URL: url,
    JOB_THREADS: String(threads),
    // A thousandth of the real delays.
    JOB_BACKOFF_BASE_MS: '15',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    JWT_SECRET: 'a secret for drills that is long enough',
    NODE_ENV: 'test',
  })
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
  return parsed.config
}

/** Asks until it is so, at most `WAIT_MS`. */
export async function eventually(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + WAIT_MS
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${WAIT_MS} ms: ${what}`)
    await Bun.sleep(10)
  }
}

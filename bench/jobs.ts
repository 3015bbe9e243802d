// What the queue costs: enqueue and drain against a bare SKIP LOCKED loop, pick-up latency, idling.
// Run: bun bench/jobs.ts (embedded PostgreSQL with fsync on; nothing else should run beside it)
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { connect, disconnect } from '#db/client.ts'
import { startEmbedded } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'
import { within } from '#db/scope.ts'
import { enqueueOf } from '#jobs/queue.ts'
import { startJobs } from '#jobs/runner.ts'
import { kinds } from '../test/jobs/drill/kinds.ts'
import { configFor, KINDS_MODULE, scopeOf } from '../test/jobs/drills.ts'

const JOBS = 2_000
const ENQUEUES = 500
const LATENCY_JOBS = 100
const IDLE_MS = 15_000
/** Backends report what they did up to ten seconds later. */
const SETTLE_MS = 12_000
const THREADS = 2
/** As many as the two threads have shared slots. */
const BARE_LOOPS = 8
const ROUNDS = 3

const folder = mkdtempSync(join(tmpdir(), 'openhouse-bench-'))
const server = await startEmbedded(folder)
try {
  await migrate(server.url)
  connect({ url: server.url, poolSize: 8 })
  await measure()
  await disconnect()
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(): Promise<void> {
  const superuserUrl = new URL(server.superuserUrl)
  superuserUrl.pathname = '/openhouse'
  const look = postgres(superuserUrl.href, { max: BARE_LOOPS, onnotice: () => {} })
  const tenantId = Bun.randomUUIDv7()
  await look`insert into tenants (id, slug, name) values (${tenantId}, 'bench', 'Bench Homes')`
  await look`create table bare (id uuid primary key, payload jsonb not null, state text not null, created_at timestamptz not null default now())`
  await look`create index on bare (created_at) where state = 'available'`

  for (let round = 1; round <= ROUNDS; round++) {
    const bareAdd = await perSecond(ENQUEUES, () => addBare(look, ENQUEUES))
    const add = await perSecond(ENQUEUES, () => addJobs(tenantId, ENQUEUES))
    await look`truncate bare, job_status, job_attempts`
    await look`insert into bare select gen_random_uuid(), '{}', 'available' from generate_series(1, ${JOBS}::int)`
    const bareDrain = await perSecond(JOBS, () => drainBare(look))
    await fill(look, tenantId)
    const drain = await perSecond(JOBS, async () => {
      const jobs = await startJobs(configFor(server.url, THREADS), {
        kindsModule: KINDS_MODULE,
        cronTasks: [],
      })
      await allFinal(look)
      return () => jobs.stop(1_000)
    })
    console.log(
      `round ${round}: add ${add}/s (bare ${bareAdd}/s, ratio ${(add / bareAdd).toFixed(2)}) · drain ${drain}/s incl. start of threads (bare ${bareDrain}/s, ratio ${(drain / bareDrain).toFixed(2)})`,
    )
    await look`truncate bare, job_status, job_attempts`
  }
  await measureIdle(look, tenantId)
  await look.end()
}

async function measureIdle(look: postgres.Sql, tenantId: string): Promise<void> {
  const jobs = await startJobs(configFor(server.url, THREADS))
  const drills = await startJobs(configFor(server.url, THREADS), { kindsModule: KINDS_MODULE, cronTasks: [] })
  await jobs.stop(0)
  for (let n = 0; n < LATENCY_JOBS; n++) {
    await addJobs(tenantId, 1)
    await allFinal(look)
    await Bun.sleep(20)
  }
  const rows =
    await look`select extract(epoch from attempted_at - created_at)::float8 * 1000 as ms from job_status order by 1`
  const at = (share: number) => rows[Math.floor((rows.length - 1) * share)]?.ms.toFixed(1)
  console.log(
    `pick-up when idle: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms (${rows.length} jobs)`,
  )
  await drills.stop(0)

  // Its transactions would be counted as ours.
  await look`alter system set autovacuum = off`
  await look`select pg_reload_conf()`
  const product = await startJobs(configFor(server.url, THREADS))
  const commits = async () => {
    await look`select pg_stat_force_next_flush()`
    const [row] =
      await look`select xact_commit::int as count from pg_stat_database where datname = current_database()`
    return row?.count ?? 0
  }
  await Bun.sleep(SETTLE_MS)
  const before = await commits()
  const cpu = process.cpuUsage()
  await Bun.sleep(IDLE_MS)
  const { user, system } = process.cpuUsage(cpu)
  const statements = (await commits()) - before - 2
  const memory = Math.round(process.memoryUsage().rss / 1e6)
  console.log(
    `idle, ${THREADS} threads with cron: ${(statements / (IDLE_MS / 1_000)).toFixed(1)} statements/s, ${((user + system) / IDLE_MS / 10).toFixed(1)} % of a core, ${memory} MB RSS`,
  )
  await product.stop(0)
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  const after = await work()
  const rate = Math.round(count / ((performance.now() - start) / 1_000))
  if (typeof after === 'function') await after()
  return rate
}

async function addBare(look: postgres.Sql, count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await look`insert into bare values (${Bun.randomUUIDv7()}, '{}', 'available')`
}

async function addJobs(tenantId: string, count: number): Promise<void> {
  const scope = scopeOf(tenantId)
  for (let number = 0; number < count; number++)
    await within(scope, (db) => enqueueOf(kinds, db, 'noop', { tenantId, number }))
}

async function drainBare(look: postgres.Sql): Promise<void> {
  const loop = async () => {
    for (;;) {
      const [job] = await look`update bare set state = 'running' where id = (
        select id from bare where state = 'available' order by created_at limit 1 for update skip locked) returning id`
      if (!job) return
      await look`update bare set state = 'completed' where id = ${job.id}`
    }
  }
  await Promise.all(Array.from({ length: BARE_LOOPS }, loop))
}

async function fill(look: postgres.Sql, tenantId: string): Promise<void> {
  const payload = JSON.stringify({ tenantId })
  await look`insert into job_status (id, tenant_id, kind, payload, max_attempts, timeout_ms)
    select gen_random_uuid(), ${tenantId}, 'noop', ${payload}::text::jsonb, 3, 10000 from generate_series(1, ${JOBS}::int)`
}

async function allFinal(look: postgres.Sql): Promise<void> {
  for (;;) {
    const [row] = await look`select exists (select from job_status where finalized_at is null) as is_open`
    if (!row?.is_open) return
    await Bun.sleep(2)
  }
}

// Faults against the real server: kill -9 again and again, SIGTERM, the database stopped and frozen, two processes.
// Run: bun bench/faults.ts [--cycles 20] [--ticks 2] [--only kill,term,stop,freeze,two] (its own embedded PostgreSQL)
import { parseArgs } from 'node:util'
import { drained, settleAccounts } from './faults/ledger.ts'
import { type Load, makeLoad } from './faults/load.ts'
import { openRig, type Rig } from './faults/rig.ts'
import { twoProcesses } from './faults/two-processes.ts'

const PORT = Number(process.env.PORT ?? 3140)
const KILL_AFTER_MS_MAX = 1_600
const UPLOADS_A_CYCLE = 2
const HOMES_A_CYCLE = 2
/** A backlog that only grew would measure the backlog: now and then the queue may catch up. */
const CATCH_UP_EVERY = 10
/** A start that takes longer is shown with what the server said. */
const SLOW_START_MS = 5_000
const STOPPED_MS = 4_000
const FROZEN_MS = 25_000
const RECOVERY_MS_MAX = 60_000
const POLL_MS = 50

const { values: given } = parseArgs({
  options: {
    cycles: { type: 'string', default: '20' },
    ticks: { type: 'string', default: '2' },
    only: { type: 'string', default: 'kill,term,stop,freeze,two' },
    seed: { type: 'string', default: '1' },
  },
})
const parts = new Set(given.only.split(','))
const random = dice(Number(given.seed))
const rig = await openRig(random)
const load = makeLoad(rig)
let server = await rig.serve(PORT)
let hasFault = false
try {
  await load.upload(server)
  if (parts.has('kill')) await killAgainAndAgain(rig, load, Number(given.cycles))
  if (parts.has('term')) await terminateUnderLoad()
  if (parts.has('stop'))
    await disturbDatabase('stopped and started', rig.stopDatabase, STOPPED_MS, rig.startDatabase)
  if (parts.has('freeze'))
    await disturbDatabase('frozen', signalDatabase('SIGSTOP'), FROZEN_MS, signalDatabase('SIGCONT'))
  await account()
  if (parts.has('two')) report(await twoProcesses(rig, server, PORT + 1, Number(given.ticks)))
} finally {
  await server.kill('SIGTERM')
  await rig.close()
}
process.exit(hasFault ? 1 : 0)

async function killAgainAndAgain(rig: Rig, load: Load, cycles: number): Promise<void> {
  const kills: { atMs: number; ids: string[]; readyMs: number }[] = []
  const started = performance.now()
  for (let cycle = 1; cycle <= cycles; cycle++) {
    await addWork()
    await Bun.sleep(random() * KILL_AFTER_MS_MAX)
    // One more is on its way when the process dies: it may or may not have been accepted.
    const cut = load.upload(server).catch(() => {})
    await Bun.sleep(random() * 60)
    const atMs = Date.now()
    await server.kill('SIGKILL')
    await cut
    const running = await rig.look`select id from job_status where state = 'running'`
    server = await rig.serve(PORT)
    const readyMs = Date.now() - atMs
    kills.push({ atMs, ids: running.map(({ id }) => id), readyMs })
    if (readyMs > SLOW_START_MS) console.log(`  ${readyMs} ms to be ready: ${server.output().slice(-2_000)}`)
    await load.resend(server)
    if (cycle % CATCH_UP_EVERY === 0) {
      await drained(rig)
      console.log(`  ${cycle} kills after ${Math.round((performance.now() - started) / 1_000)} s`)
    }
  }
  await drained(rig)
  const pickUps: number[] = []
  for (const { atMs, ids } of kills) {
    const rows =
      await rig.look`select extract(epoch from min(started_at))::float8 * 1000 as at from job_attempts
      where job_id = any(${ids}) and started_at > ${new Date(atMs)} group by job_id`
    pickUps.push(...rows.map(({ at }) => at - atMs))
  }
  const inFlight = kills.reduce((sum, { ids }) => sum + ids.length, 0)
  const idle = kills.filter(({ ids }) => ids.length === 0).length
  report([
    ['kill -9', `${cycles} cycles, ${inFlight} jobs in flight (${idle} kills met none)`],
    ['ready after a kill', spread(kills.map(({ readyMs }) => readyMs))],
    ['picked up after a kill', spread(pickUps)],
  ])
}

async function addWork(): Promise<void> {
  await load.losePins(HOMES_A_CYCLE)
  for (let count = 0; count < UPLOADS_A_CYCLE; count++) await load.upload(server)
}

async function terminateUnderLoad(): Promise<void> {
  for (let count = 0; count < 5; count++) await addWork()
  const [before] = await rig.look`select count(*)::int as running from job_status where state = 'running'`
  const asked = performance.now()
  const code = await server.kill('SIGTERM')
  const stopMs = performance.now() - asked
  const [after] = await rig.look`select count(*) filter (where state = 'running')::int as running,
    count(*) filter (where state in ('available','scheduled','retryable'))::int as waiting from job_status`
  server = await rig.serve(PORT)
  const doneMs = await drained(rig)
  report([
    [
      'SIGTERM under load',
      `exit code ${code} after ${seconds(stopMs)} s; ${before?.running} ran, ${after?.running} running and ${after?.waiting} waiting afterwards; all done ${seconds(doneMs)} s after the next start`,
    ],
  ])
  if (code !== 0 || after?.running > 0 || doneMs === null) hasFault = true
}

/** The server stays up, says that it is not ready, and comes back by itself. */
async function disturbDatabase(
  what: string,
  disturb: () => Promise<void>,
  forMs: number,
  restore: () => Promise<void>,
): Promise<void> {
  for (let count = 0; count < 3; count++) await addWork()
  const { pid } = server
  await disturb()
  const statuses = new Set<number>()
  const until = performance.now() + forMs
  let slowestMs = 0
  while (performance.now() < until) {
    const asked = performance.now()
    statuses.add((await fetch(`${server.url}/readyz`)).status)
    slowestMs = Math.max(slowestMs, performance.now() - asked)
    await Bun.sleep(POLL_MS)
  }
  const restoredAt = new Date()
  await restore()
  const readyMs = await untilReady()
  const pickUpMs = await untilPickUp(restoredAt)
  await load.resend(server)
  const doneMs = await drained(rig)
  report([
    [
      `PostgreSQL ${what} for ${forMs / 1_000} s`,
      `readiness meanwhile ${[...statuses].join(', ')} (slowest answer ${Math.round(slowestMs)} ms); ready ${seconds(readyMs)} s, a job picked up ${seconds(pickUpMs)} s, all done ${seconds(doneMs)} s after`,
    ],
  ])
  if (readyMs === null || pickUpMs === null || doneMs === null || !isAlive(pid)) hasFault = true
}

function signalDatabase(signal: 'SIGSTOP' | 'SIGCONT'): () => Promise<void> {
  return async () => {
    for (const pid of rig.databasePids()) process.kill(pid, signal)
  }
}

function untilReady(): Promise<number | null> {
  return timeUntil(async () => (await fetch(`${server.url}/readyz`).catch(() => null))?.status === 200)
}

function untilPickUp(since: Date): Promise<number | null> {
  return timeUntil(async () => {
    const rows = await rig.look`select 1 from job_attempts where started_at > ${since} limit 1`
    const open = await rig.look`select 1 from job_status where finalized_at is null limit 1`
    return rows.length > 0 || open.length === 0
  })
}

async function timeUntil(isSo: () => Promise<boolean>): Promise<number | null> {
  const started = performance.now()
  while (performance.now() - started < RECOVERY_MS_MAX) {
    if (await isSo().catch(() => false)) return performance.now() - started
    await Bun.sleep(POLL_MS)
  }
  return null
}

async function account(): Promise<void> {
  rig.calmPeers()
  if ((await drained(rig)) === null) hasFault = true
  for (const { what, count, isFault } of await settleAccounts(rig, load)) {
    report([[what, String(count)]])
    if (isFault && count > 0) hasFault = true
  }
}

function report(rows: (readonly [string, string])[]): void {
  for (const [what, figure] of rows) console.log(`| ${what} | ${figure} |`)
}

function spread(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => seconds(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)
  return `p50 ${at(0.5)} s, p95 ${at(0.95)} s, worst ${at(1)} s (${sorted.length})`
}

function seconds(ms: number | null): string {
  return ms === null ? '∞' : (ms / 1_000).toFixed(1)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** mulberry32: the same faults at the same moments of every run, as far as the machine keeps time. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

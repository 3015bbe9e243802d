// Requests per CPU second of the homes page and the cached analytics, beside floors and peers on the same data.
// Run: bun bench/pages.ts (`DATA_DIR` names a finished demonstration, `PEERS_DIR` a folder to install the peers into)
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgresOf, type Server, startServer } from '../test/support/server.ts'
import { cpuSeconds, pinTo } from './pages/cpu.ts'
import { liftKeyLimits, staffCookies } from './pages/identities.ts'
import { installPeers } from './pages/peers.ts'
import { recordResult, rounded } from './results.ts'

const CONNECTIONS = 10
/** Until the code is compiled for good, however slow the machine is. */
const WARM_REQUESTS = 600
const SECONDS = Number(process.env.BENCH_SECONDS ?? 6)
const IDLE_MS = 3_000
const STAFF = 200
const SERVER_CORE = 0
const LOAD_CORE = 1
const NEXT_READY_MS_MAX = 20_000

type Figure = {
  what: string
  requests: number
  bad: number
  cpuMicros: number
  perCpuSecond: number
  p50Ms: number
  p99Ms: number
}

const figures: Figure[] = []
const children: Bun.Subprocess[] = []
const peersFolder = process.env.PEERS_DIR ?? mkdtempSync(join(tmpdir(), 'openhouse-peers-'))
const server = await startServer({
  env: { LOG_LEVEL: 'silent' },
  ...(process.env.DATA_DIR ? { dataDir: process.env.DATA_DIR } : {}),
})
let missing: string[] = []
/** Of a core: what the product takes with its job threads while nobody asks for anything. */
let idleShare = 0
try {
  const peers = await installPeers(peersFolder)
  missing = peers.missing
  pinTo(SERVER_CORE, server.pid)
  await measureProduct(server)
  for (const kind of ['serve', 'elysia', 'rows'])
    await measureChild(`floor: ${kind}`, [process.execPath, join(import.meta.dir, 'pages/floors.ts'), kind])
  if (peers.express) await measureChild('Express 5 + EJS', ['node', 'express.mjs'], peersFolder)
  if (peers.next) await measureNext()
} finally {
  for (const child of children) child.kill()
  await server.kill('SIGTERM')
  if (!process.env.PEERS_DIR) rmSync(peersFolder, { recursive: true, force: true })
}
console.table(figures)
for (const sentence of missing) console.log(sentence)
const of = (what: string) => figures.find((figure) => figure.what === what)?.perCpuSecond ?? Number.NaN
const ratios = {
  homesToFloor: rounded(of('floor: rows') / of('homes page')),
  homesToExpress: rounded(of('homes page') / of('Express 5 + EJS')),
  homesToNext: rounded(of('homes page') / of('Next.js 16')),
  analyticsToElysia: rounded(of('cached analytics') / of('floor: elysia')),
}
console.log(ratios, '(targets: CPU of the floor × ≤ 2, ≥ 1, ≥ 12, ≥ 0.5)')
const { loadBefore, loadAfter } = recordResult('pages', { figures, ratios, idleShare, missing })
console.log(`idle: ${idleShare} of a core`)
console.log(`load ${loadBefore} before, ${loadAfter} after`)

async function measureProduct(to: Server): Promise<void> {
  const before = cpuSeconds(to.pid)
  await Bun.sleep(IDLE_MS)
  idleShare = rounded((cpuSeconds(to.pid) - before) / (IDLE_MS / 1_000), 3)
  await liftKeyLimits(to)
  const cookies = await staffCookies(to, STAFF)
  const { development_id: development } = to.demo().homes[0]!
  const page = `${to.url}/developer/homes?development=${development}`
  await measure(
    'homes page',
    to.pid,
    page,
    cookies.map((cookie) => ({ cookie })),
  )
  const key = to.demo().api_keys[0]?.key ?? ''
  await measure('cached analytics', to.pid, `${to.url}/api/v1/analytics`, [
    { authorization: `Bearer ${key}` },
  ])
}

async function measureChild(what: string, command: string[], cwd = import.meta.dir): Promise<void> {
  const child = start(command, cwd)
  const { value } = await child.stdout.getReader().read()
  pinTo(SERVER_CORE, child.pid)
  await measure(what, child.pid, `http://localhost:${new TextDecoder().decode(value).trim()}/`, [{}])
  child.kill()
}

async function measureNext(): Promise<void> {
  const port = 20_000 + (process.pid % 20_000)
  const child = start(['node', 'node_modules/next/dist/bin/next', 'start', '-p', String(port)], peersFolder)
  const url = `http://localhost:${port}/`
  const deadline = performance.now() + NEXT_READY_MS_MAX
  while (!(await fetch(url).catch(() => null))?.ok) {
    if (performance.now() > deadline) {
      missing.push('Next.js did not start in time.')
      return
    }
    await Bun.sleep(200)
  }
  pinTo(SERVER_CORE, child.pid)
  await measure('Next.js 16', child.pid, url, [{}])
  child.kill()
}

function start(command: string[], cwd: string) {
  const password = readFileSync(join(server.dataDir, 'pg-password'), 'utf8').trim()
  const port = postgresOf(server.dataDir)?.port
  const child = Bun.spawn(command, {
    cwd,
    stdout: 'pipe',
    stderr: 'ignore',
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      DATABASE_URL: `postgres://postgres:${password}@127.0.0.1:${port}/openhouse`,
    },
  })
  children.push(child)
  return child
}

async function measure(
  what: string,
  pid: number,
  url: string,
  headers: Record<string, string>[],
): Promise<void> {
  await load(url, headers, { amount: WARM_REQUESTS })
  const before = cpuSeconds(pid)
  const { requests, good, p50Ms, p99Ms, errors } = await load(url, headers, { seconds: SECONDS })
  const cpuMicros = ((cpuSeconds(pid) - before) / Math.max(1, requests)) * 1e6
  figures.push({
    what,
    requests,
    bad: requests - good + errors,
    cpuMicros: rounded(cpuMicros, 0),
    perCpuSecond: rounded(1e6 / cpuMicros, 0),
    p50Ms,
    p99Ms,
  })
}

type Loaded = { requests: number; good: number; errors: number; p50Ms: number; p99Ms: number }

async function load(
  url: string,
  headers: Record<string, string>[],
  until: { seconds?: number; amount?: number },
): Promise<Loaded> {
  const job = JSON.stringify({ url, headers, connections: CONNECTIONS, ...until })
  const command = [process.execPath, join(import.meta.dir, 'pages/load.ts'), job]
  const child = Bun.spawn(['taskset', '-c', String(LOAD_CORE), ...command], { stdout: 'pipe' })
  return (await new Response(child.stdout).json()) as Loaded
}

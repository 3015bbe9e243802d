// Thirty documents of 5–25 MB uploaded at once: how long, how much memory, and what another user's pages cost meanwhile.
// Run: bun bench/batch.ts (`DATA_DIR` names a folder with a finished demonstration; without it a fresh one is made)
import { readdirSync, readFileSync } from 'node:fs'
import { lookInto, postgresOf, type Server, startServer } from '../test/support/server.ts'
import { bigPdf } from './batch/big-pdf.ts'

const DOCUMENTS = 30
const IDLE_MS = 15_000
const PAGE_EVERY_MS = 100
const SAMPLE_EVERY_MS = 200
const READY_MS_MAX = 600_000

const server = await startServer({
  env: { LOG_LEVEL: 'silent' },
  ...(process.env.DATA_DIR ? { dataDir: process.env.DATA_DIR } : {}),
})
try {
  await measure()
} finally {
  await server.kill('SIGTERM')
}

async function measure(): Promise<void> {
  const tenant = server.demo().api_keys[0]?.tenant
  const development = server.demo().homes.find((home) => home.tenant === tenant)?.development_id ?? ''
  const cookie = await signIn(
    server,
    server.demo().homes.find((home) => home.tenant !== tenant),
  )
  const files = await Promise.all(
    Array.from({ length: DOCUMENTS }, (_, number) => bigPdf(number, number / (DOCUMENTS - 1))),
  )
  const megabytes = files.reduce((sum, { byteLength }) => sum + byteLength, 0) / 1e6
  await visitPages(cookie, until(1_000))

  const idle = await visitPages(cookie, until(IDLE_MS))
  const memory = watchMemory(server.pid)
  const restBytes = memory.now()
  const started = performance.now()
  let isReady = false
  const visits = visitPages(cookie, () => isReady)
  const ids = await Promise.all(files.map((file, number) => upload(server, development, number, file)))
  const acceptedMs = performance.now() - started
  while (performance.now() - started < READY_MS_MAX && (await readyCount(ids)) < DOCUMENTS)
    await Bun.sleep(200)
  const readyMs = performance.now() - started
  isReady = true
  const busy = await visits
  const peak = memory.end()

  const [p95Idle, p95Busy] = [at(idle, 0.95), at(busy, 0.95)]
  report('documents', `${DOCUMENTS}, ${Math.round(megabytes)} MB in all, ${await readyCount(ids)} ready`)
  report(
    'all accepted',
    `${(acceptedMs / 1_000).toFixed(1)} s (${Math.round(megabytes / (acceptedMs / 1_000))} MB/s)`,
  )
  report('all ready', `${(readyMs / 1_000).toFixed(1)} s`)
  report('RSS at rest (server)', mb(restBytes.server))
  report(
    'peak RSS of the server',
    `${mb(peak.server)} (${(peak.server / restBytes.server).toFixed(2)}× rest)`,
  )
  report('peak RSS of the children that read PDFs', `${mb(peak.children)} in up to ${peak.count} at once`)
  report('peak RSS of server and children', mb(peak.sum))
  report(
    'page p50 / p95 / worst, idle',
    `${ms(at(idle, 0.5))} / ${ms(p95Idle)} / ${ms(at(idle, 1))} (${idle.length})`,
  )
  report(
    'page p50 / p95 / worst, meanwhile',
    `${ms(at(busy, 0.5))} / ${ms(p95Busy)} / ${ms(at(busy, 1))} (${busy.length})`,
  )
  report('page p95, meanwhile : idle', (p95Busy / p95Idle).toFixed(2))
}

type Home = { url: string; access_code: string }

async function signIn(to: Server, home: Home | undefined): Promise<string> {
  if (!home) throw new Error('the demonstration has no second tenant')
  const response = await fetch(to.url + new URL(home.url).pathname, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ access_code: home.access_code }),
  })
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

/** One page after the other, as a person would, until told to stop. Returns what each took. */
async function visitPages(cookie: string, isEnough: () => boolean): Promise<number[]> {
  const pages = ['/', '/documents', '/home', '/conversations']
  const took: number[] = []
  for (let turn = 0; !isEnough(); turn++) {
    const asked = performance.now()
    const response = await fetch(server.url + pages[turn % pages.length], {
      headers: { cookie },
      redirect: 'manual',
    })
    await response.text()
    if (response.status >= 400) throw new Error(`a page answered ${response.status}`)
    took.push(performance.now() - asked)
    await Bun.sleep(PAGE_EVERY_MS)
  }
  return took
}

function until(forMs: number): () => boolean {
  const end = performance.now() + forMs
  return () => performance.now() > end
}

async function upload(to: Server, development: string, number: number, body: BodyInit): Promise<string> {
  const query = new URLSearchParams({ development_id: development, kind: 'manual', title: `Batch ${number}` })
  const headers = { 'content-type': 'application/pdf' }
  const response = await to.api(`documents?${query}`, { method: 'POST', body, headers })
  if (!response.ok) throw new Error(`an upload answered ${response.status}: ${await response.text()}`)
  return ((await response.json()) as { id: string }).id
}

/** Past the API, so that asking is no load on the server. */
function readyCount(ids: string[]): Promise<number> {
  return lookInto(server.dataDir, async (sql) => {
    const rows = await sql`select 1 from documents where id = any(${ids}) and live_version_id is not null`
    return rows.length
  })
}

type Memory = { server: number; children: number; sum: number; count: number }

/** The server and everything it started but its database. */
function watchMemory(pid: number): { now(): Memory; end(): Memory } {
  const database = postgresOf(server.dataDir)?.pid
  const now = (): Memory => {
    const children = descendants(pid).filter((each) => each !== database && !isPostgres(each))
    const sizes = children.map(residentBytes)
    const own = residentBytes(pid)
    const sum = sizes.reduce((total, size) => total + size, 0)
    return { server: own, children: sum, sum: own + sum, count: sizes.filter((size) => size > 0).length }
  }
  const peak: Memory = { server: 0, children: 0, sum: 0, count: 0 }
  const timer = setInterval(() => {
    const seen = now()
    for (const key of Object.keys(peak) as (keyof Memory)[]) peak[key] = Math.max(peak[key], seen[key])
  }, SAMPLE_EVERY_MS)
  return {
    now,
    end: () => {
      clearInterval(timer)
      return peak
    },
  }
}

function descendants(pid: number): number[] {
  const direct = tasksOf(pid).flatMap((task) =>
    readOr('', `/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number),
  )
  return direct.flatMap((child) => [child, ...descendants(child)])
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readOr('', `/proc/${pid}/status`))?.[1] ?? 0) * 1_024
}

function isPostgres(pid: number): boolean {
  return readOr('', `/proc/${pid}/cmdline`).includes('postgres')
}

/** A process may end between being listed and being looked at. */
function readOr(otherwise: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}

function at(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

function report(what: string, figure: string): void {
  console.log(`| ${what} | ${figure} |`)
}

// Hostile files at the real server: time to a named state, readiness meanwhile, memory afterwards. `bun bench/hostile.ts`
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Server, startServer } from '../test/support/server.ts'
import { sharedPath } from '../test/support/shared.ts'

const ROUNDS = 3
const STATE_MS_MAX = 15_000
const READY_MS_MAX = 100
const GROWTH_BYTES_MAX = 60_000_000
/** Memory is measured so long after the last file. */
const REST_MS = 10_000
const READY_EVERY_MS = 50
const STATE_EVERY_MS = 100

type Outcome = { file: string; state: string; ms: number }

const folder = sharedPath('data/hostile')
if (!folder) process.exit(1)
const files = readdirSync(folder).sort()
// `DATA_DIR` names a folder with a finished demonstration; without it a fresh one is made.
const server = await startServer(process.env.DATA_DIR ? { dataDir: process.env.DATA_DIR } : {})
try {
  const development = server.demo().homes[0]?.development_id ?? ''
  // What is loaded once stays loaded: the first question and the first upload are not growth.
  await send(server, development, join(folder, 'js.pdf'), 'warm')
  await Bun.sleep(REST_MS)
  const growths: number[] = []
  const outcomes: Outcome[] = []
  const latencies: number[] = []
  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = residentBytes(server.pid)
    const watch = watchReadiness(server.url)
    for (const file of files) outcomes.push(await send(server, development, join(folder, file), `r${round}`))
    latencies.push(...(await watch.end()))
    await Bun.sleep(REST_MS)
    growths.push(residentBytes(server.pid) - before)
    console.log(
      `round ${round}: ${megabytes(before)} MB before, ${megabytes(growths.at(-1) ?? 0)} MB more after`,
    )
  }
  report(outcomes, latencies, growths)
} finally {
  await server.kill('SIGTERM')
}

/** The bytes differ by a comment each time, or they would be a duplicate. */
async function send(to: Server, development: string, path: string, mark: string): Promise<Outcome> {
  const file = path.split('/').at(-1) ?? ''
  const body = Buffer.concat([readFileSync(path), Buffer.from(`\n%${mark} ${Date.now()}\n%%EOF\n`)])
  const started = performance.now()
  const response = await to.api(`documents?development_id=${development}&title=${file}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/pdf' },
  })
  const answer = (await response.json()) as { id?: string; error?: { code: string } }
  const ms = () => Math.round(performance.now() - started)
  if (!answer.id) return { file, state: `${response.status} ${answer.error?.code}`, ms: ms() }
  for (;;) {
    const { status, failure_code } = (await (await to.api(`documents/${answer.id}`)).json()) as {
      status: string
      failure_code: string | null
    }
    if (status === 'ready') return { file, state: 'ready', ms: ms() }
    if (status === 'failed') return { file, state: `failed ${failure_code}`, ms: ms() }
    if (ms() > STATE_MS_MAX * 4) return { file, state: `still ${status}`, ms: ms() }
    await Bun.sleep(STATE_EVERY_MS)
  }
}

function watchReadiness(url: string): { end(): Promise<number[]> } {
  const latencies: number[] = []
  let isEnding = false
  const watching = (async () => {
    while (!isEnding) {
      const started = performance.now()
      const { status } = await fetch(`${url}/readyz`)
      latencies.push(status === 200 ? performance.now() - started : Number.POSITIVE_INFINITY)
      await Bun.sleep(READY_EVERY_MS)
    }
  })()
  return {
    end: async () => {
      isEnding = true
      await watching
      return latencies
    },
  }
}

function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1_024
}

function report(outcomes: Outcome[], latencies: number[], growths: number[]): void {
  for (const { file, state, ms } of outcomes.slice(0, files.length))
    console.log(file.padEnd(24), state.padEnd(28), ms)
  const slowest = Math.max(...outcomes.map(({ ms }) => ms))
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const growth = growths.toSorted((a, b) => a - b)[Math.floor(growths.length / 2)] ?? 0
  console.log(`slowest state ${slowest} ms of ${STATE_MS_MAX}`)
  console.log(
    `readyz p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, max ${at(1).toFixed(1)} ms of ${READY_MS_MAX}`,
  )
  console.log(
    `memory +${megabytes(growth)} MB of ${megabytes(GROWTH_BYTES_MAX)} (median of ${growths.length})`,
  )
  const isGood = slowest <= STATE_MS_MAX && at(1) < READY_MS_MAX && growth <= GROWTH_BYTES_MAX
  process.exitCode = isGood && outcomes.every(({ state }) => !state.startsWith('still')) ? 0 : 1
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1)
}

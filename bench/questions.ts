// What a question costs without a language model: processor time of one, and the first word of 200 asked at once.
// Run: bun bench/questions.ts (`DATA_DIR` names a finished demonstration, `ROUNDS` how often; `BUN_OPTIONS=--cpu-prof` profiles it)
import { cpus } from 'node:os'
import { type Server, startServer } from '../test/support/server.ts'
import { askAll, type Tally } from './golive/traffic.ts'
import { claim, type DemoHome, type Phone } from './model/first-token.ts'
import { cpuSeconds, pinTo } from './pages/cpu.ts'
import { recordResult, rounded } from './results.ts'
import { percentile } from './retrieval/measures.ts'

/** A home may ask ten at once; after that one every three seconds. */
const AT_ONCE_A_HOME = 10
const REFILL_MS = 31_000
const ROUNDS = Number(process.env.ROUNDS ?? 2)
const AT_ONCE = 200
const SERVER_CORE = 0
const LOAD_CORE = 1

const server = await startServer({
  env: { LOG_LEVEL: 'silent', BUN_OPTIONS: process.env.BUN_OPTIONS ?? '' },
  ...(process.env.DATA_DIR ? { dataDir: process.env.DATA_DIR } : {}),
})
try {
  pinTo(SERVER_CORE, server.pid)
  pinTo(LOAD_CORE, process.pid)
  const figures = await measure(server)
  console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}`)
  console.table(figures)
  const { loadBefore, loadAfter } = recordResult('questions', figures)
  console.log(`load ${loadBefore} before, ${loadAfter} after`)
  process.exitCode = figures.some(({ errors }) => errors > 0) ? 1 : 0
} finally {
  await server.kill('SIGTERM')
}

/** The first round compiles the code, so it is the last that says what a question costs. */
async function measure(to: Server) {
  const { homes } = to.demo() as unknown as { homes: DemoHome[] }
  const phones: Phone[] = []
  for (const home of homes) phones.push(await claim(to, home))
  const figures = []
  for (let round = 1; round <= ROUNDS; round += 1) {
    figures.push(await costOf(to, `ten at a time, round ${round}`, () => tenAtATime(phones, round)))
    await Bun.sleep(REFILL_MS)
  }
  const each = Math.floor(AT_ONCE / phones.length)
  figures.push(await costOf(to, 'all at once', () => askAll(phones, each, ROUNDS + 1)))
  return figures
}

async function costOf(to: Server, what: string, work: () => Promise<Tally>) {
  const before = cpuSeconds(to.pid)
  const started = performance.now()
  const { ms, firstMs, errors, timeouts } = await work()
  const seconds = cpuSeconds(to.pid) - before
  for (const error of new Set(errors)) console.log(`${what}: ${error}`)
  return {
    what,
    questions: ms.length,
    errors: errors.length + timeouts,
    cpuMs: rounded((seconds * 1_000) / ms.length),
    perSecond: rounded((ms.length * 1_000) / (performance.now() - started), 0),
    firstWordP50: rounded(percentile(firstMs, 0.5), 0),
    firstWordP95: rounded(percentile(firstMs, 0.95), 0),
  }
}

async function tenAtATime(phones: readonly Phone[], round: number): Promise<Tally> {
  const all: Tally = { ms: [], firstMs: [], errors: [], timeouts: 0 }
  for (let turn = 0; turn < phones.length; turn += AT_ONCE_A_HOME) {
    const some = phones.slice(turn, turn + AT_ONCE_A_HOME)
    for (let n = 0; n < AT_ONCE_A_HOME; n += 1) {
      const { ms, firstMs, errors, timeouts } = await askAll(some, 1, round * 100 + turn + n)
      all.ms.push(...ms)
      all.firstMs.push(...firstMs)
      all.errors.push(...errors)
      all.timeouts += timeouts
    }
  }
  return all
}

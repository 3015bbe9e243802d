// Mixed traffic for ten minutes or an hour: what grows that should not, by a line through the readings after warm-up.
// Run: bun run bench soak [--minutes 60] (its own server and demonstration, a language model beside it; Linux)
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Sql } from 'postgres'
import { lookInto, type Server, startServer } from '../test/support/server.ts'
import { operatorCookie } from './console/sign-in.ts'
import { demonstration } from './demonstration.ts'
import { pacedPeer } from './golive/paced-peer.ts'
import { claim, type DemoHome, type Phone } from './model/first-token.ts'
import { liftKeyLimits, staffCookies } from './pages/identities.ts'
import { recordResult, rounded } from './results.ts'
import { percentile } from './retrieval/measures.ts'
import { emptyDeeds, follower, homeowner, member, operator, program } from './soak/actors.ts'
import { type Reading, readServer, slopePerHour } from './soak/readings.ts'

const { values: given } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } })
const MINUTES = Number(given.minutes)
const EVERY_MS = 15_000
/** Code is compiled, caches fill, and the heap finds its size. */
const WARM_SHARE = 0.3
const HOMEOWNERS = 20
const STAFF = 6
const PROGRAMS = 2
const TOKEN = 'a token of the bench that is long enough to be one'
/** What is no growth but the noise of a short run. */
const MB_AN_HOUR_MAX = 60
const DESCRIPTORS_AN_HOUR_MAX = 20
const FIT_MIN = 0.5

const peer = pacedPeer({ firstWordMs: 200, wordMs: 10 })
const server = await startServer({
  dataDir: demonstration(),
  ...(process.env.PORT ? { port: Number(process.env.PORT) } : {}),
  env: {
    ...{ LOG_LEVEL: 'silent', METRICS_TOKEN: TOKEN, OPENAI_BASE_URL: peer.url },
    ...{ OPENAI_API_KEY: 'sk-test-of-the-bench', OPENAI_CHAT_MODEL: 'test-chat' },
    OPENAI_EMBEDDING_MODEL: 'test-embedding',
  },
})
try {
  process.exitCode = (await lookInto(server.dataDir, (look) => soak(server, look))) ? 0 : 1
} finally {
  await server.kill('SIGTERM')
  await peer.stop()
  rmSync(server.dataDir, { recursive: true, force: true })
}
process.exit()

/** True when nothing failed and nothing grew. */
async function soak(server: Server, look: Sql): Promise<boolean> {
  await liftKeyLimits(server)
  const phones = await phonesOf(server)
  const cookies = await staffCookies(server, STAFF)
  const console = await operatorCookie(server)
  const deeds = emptyDeeds()
  const end = performance.now() + MINUTES * 60_000
  const isOver = () => performance.now() > end
  const traffic = Promise.all([
    ...phones.map((phone, at) => homeowner(phone, at, deeds, isOver)),
    ...cookies.map((cookie, at) => member(server, cookie, at, deeds, isOver)),
    ...Array.from({ length: PROGRAMS }, () => program(server, deeds, isOver)),
    operator(server, console, deeds, isOver),
    follower(server, console, deeds, isOver),
  ])
  const readings: Reading[] = []
  while (!isOver()) {
    readings.push(await readServer(server, look, TOKEN))
    show(readings.at(-1)!, readings[0]!)
    await Bun.sleep(EVERY_MS)
  }
  await traffic
  return report(readings, deeds)
}

async function phonesOf(server: Server): Promise<Phone[]> {
  const { homes } = server.demo() as unknown as { homes: DemoHome[] }
  const phones: Phone[] = []
  for (const home of homes.slice(0, HOMEOWNERS)) phones.push(await claim(server, home))
  return phones
}

function show(reading: Reading, first: Reading): void {
  const { atMs, rssMb, childrenMb, descriptors, connections, cacheMb, lagP99Ms } = reading
  console.log(
    `${String(rounded((atMs - first.atMs) / 1_000, 0)).padStart(5)} s  rss ${rounded(rssMb, 0)} MB, children ${rounded(childrenMb, 0)} MB, ` +
      `${descriptors} descriptors, ${connections} connections, caches ${rounded(cacheMb, 1)} MB, lag p99 ${rounded(lagP99Ms, 0)} ms`,
  )
}

function report(readings: readonly Reading[], deeds: ReturnType<typeof emptyDeeds>): boolean {
  const warm = readings.slice(Math.floor(readings.length * WARM_SHARE))
  const [first, last] = [readings[0]!, readings.at(-1)!]
  const of = (what: keyof Reading) => {
    const values = warm.map((reading) => reading[what])
    const { perHour, fit } = slopePerHour(warm, what)
    const [least, most] = [Math.min(...values), Math.max(...values)]
    return {
      ...{ first: rounded(first[what], 1), least: rounded(least, 1), most: rounded(most, 1) },
      ...{ last: rounded(last[what], 1), perHour: rounded(perHour, 1), fit: rounded(fit) },
    }
  }
  const slopes = {
    ...{ rssMb: of('rssMb'), childrenMb: of('childrenMb'), descriptors: of('descriptors') },
    ...{ connections: of('connections'), cacheMb: of('cacheMb'), cacheEntries: of('cacheEntries') },
    lagP99Ms: of('lagP99Ms'),
  }
  const done = [...deeds.ms].map(([what, ms]) => ({
    ...{ what, count: ms.length, p50Ms: rounded(percentile(ms, 0.5), 0) },
    ...{ p95Ms: rounded(percentile(ms, 0.95), 0), p99Ms: rounded(percentile(ms, 0.99), 0) },
  }))
  console.table(done)
  console.table(slopes)
  for (const [error, count] of counted(deeds.errors)) console.log(`${count} × ${error}`)
  const seconds = (last.atMs - first.atMs) / 1_000
  const { loadBefore, loadAfter } = recordResult('soak', {
    ...{ minutes: MINUTES, cores: rounded((last.cpuS - first.cpuS) / seconds), slopes, done },
    ...{ errors: deeds.errors.length, timeouts: deeds.timeouts, kinds: counted(deeds.errors), readings },
  })
  console.log(
    `${deeds.errors.length} errors, ${deeds.timeouts} timeouts; load ${loadBefore} before, ${loadAfter} after`,
  )
  const grows = ({ perHour, fit }: { perHour: number; fit: number }, max: number) =>
    perHour > max && fit > FIT_MIN
  const isGrowing = grows(slopes.rssMb, MB_AN_HOUR_MAX) || grows(slopes.descriptors, DESCRIPTORS_AN_HOUR_MAX)
  return deeds.errors.length + deeds.timeouts === 0 && !isGrowing
}

function counted(errors: readonly string[]): [string, number][] {
  return [...Map.groupBy(errors, (error) => error)].map(([error, all]) => [error, all.length])
}

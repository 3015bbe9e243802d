// One, two and four whole processes on one PostgreSQL: what they answer a second, how soon one shows what another wrote,
// and that work is done once. Run: bun run bench processes (its own embedded PostgreSQL)
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { connect, disconnect } from '#db/client.ts'
import { startEmbedded } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'
import { demoContents } from '#src/demo/credentials.ts'
import { seedDemoEstates } from '#src/demo/seed.ts'
import { prepareTestProcess, TEST_SECRET, testSecrets } from '../test/support/process.ts'
import { freePort, type Server, startServer } from '../test/support/server.ts'
import { cpuSeconds } from './pages/cpu.ts'
import { liftKeyLimits, staffCookies } from './pages/identities.ts'
import { recordResult, rounded } from './results.ts'
import { percentile } from './retrieval/measures.ts'

const COUNTS = [1, 2, 4]
/** Four processes have to fit under the embedded server's 60 connections. */
const POOL = 3
const STAFF = 40
const AT_ONCE = 8
const PAGES = 600
const READS = 600
const QUESTIONS = 120
const ROUNDS = 10
const IMPORTS = 12
const SEEN_MS_MAX = 10_000

type Round = Record<string, number | string>

prepareTestProcess()
const folder = mkdtempSync(join(tmpdir(), 'openhouse-processes-'))
const database = await startEmbedded(folder, { durable: false })
await migrate(database.url)
connect({ url: database.url, poolSize: 2 })
await seedDemoEstates(testSecrets)
const demo = await demoContents(testSecrets)
await disconnect()
const superuser = new URL(database.superuserUrl)
superuser.pathname = '/openhouse'
const look = postgres(superuser.href, { max: 1, onnotice: () => {} })
const slug = demo.api_keys[0]?.tenant ?? ''
const key = demo.api_keys[0]?.key ?? ''
const development = demo.homes.find((home) => home.tenant === slug)?.development_id ?? ''
const units = (await look`select id from units where development_id = ${development} order by id`).map(
  ({ id }) => id as string,
)
let asked = 0
const rounds: Round[] = []
let isRight = true
try {
  for (const count of COUNTS) rounds.push(await measure(count))
} finally {
  await look.end()
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
console.table(rounds)
const { loadBefore, loadAfter } = recordResult('processes', rounds)
console.log(`${cpus().length} cores; load ${loadBefore} before, ${loadAfter} after`)
process.exit(isRight ? 0 : 1)

async function measure(count: number): Promise<Round> {
  const servers = await Promise.all(Array.from({ length: count }, start))
  try {
    await liftKeyLimits(servers[0]!)
    const cookies = await staffCookies(servers[0]!, STAFF)
    const page = (at: number) =>
      fetch(`${servers[at % count]!.url}/developer/homes?development=${development}`, {
        headers: { cookie: cookies[at % STAFF]! },
      })
    const read = (at: number) => servers[at % count]!.api('units?limit=50', {}, key)
    const question = (at: number) =>
      servers[at % count]!.api(
        'questions',
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            unit_id: units[asked++ % units.length],
            question: `Where is the stopcock, ${asked}?`,
          }),
        },
        key,
      )
    await rate(servers, PAGES / 4, page)
    await rate(servers, READS / 4, read)
    const [pages, reads, questions] = [
      await rate(servers, PAGES, page),
      await rate(servers, READS, read),
      await rate(servers, QUESTIONS, question),
    ]
    const seen = count > 1 ? await coherence(servers, cookies[0]!) : {}
    const jobs = await jobsOnce(servers)
    const [held] =
      await look`select count(*)::int as count from pg_stat_activity where backend_type = 'client backend' and usename <> current_user`
    return {
      processes: count,
      ...{ pagesPerS: pages.perS, readsPerS: reads.perS, questionsPerS: questions.perS },
      ...{ pageCpuMicros: pages.cpuMicros, readCpuMicros: reads.cpuMicros },
      ...ratios(pages.perS, reads.perS, questions.perS),
      ...{ bad: pages.bad + reads.bad + questions.bad, ...seen, ...jobs, connections: held?.count },
    }
  } finally {
    await Promise.all(servers.map((server) => server.kill('SIGTERM')))
  }
}

function ratios(pages: number, reads: number, questions: number): Round {
  const one = rounds[0]
  if (!one) return { pageRatio: 1, readRatio: 1, questionRatio: 1 }
  const to = (value: number, name: string) => rounded(value / Number(one[name]))
  return {
    pageRatio: to(pages, 'pagesPerS'),
    readRatio: to(reads, 'readsPerS'),
    questionRatio: to(questions, 'questionsPerS'),
  }
}

async function start(): Promise<Server> {
  const port = await freePort()
  const server = await startServer({
    port,
    env: {
      ...{ NODE_ENV: 'production', LOG_LEVEL: 'silent', PUBLIC_URL: `http://localhost:${port}` },
      ...{ DATABASE_URL: database.url, DATABASE_POOL_SIZE: String(POOL), JOB_THREADS: '1' },
      ...{ JWT_SECRET: TEST_SECRET, ENCRYPTION_KEY: TEST_SECRET },
    },
  })
  // Its database and demonstration are those of the bench.
  return { ...server, dataDir: folder, demo: () => demo as unknown as ReturnType<Server['demo']> }
}

/** So many requests by a few at once, spread evenly over the processes. */
async function rate(
  servers: readonly Server[],
  amount: number,
  ask: (at: number) => Promise<Response>,
): Promise<{ perS: number; cpuMicros: number; bad: number }> {
  const cpu = () => servers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0)
  const [started, before] = [performance.now(), cpu()]
  let [next, bad] = [0, 0]
  const worker = async () => {
    while (next < amount) {
      const response = await ask(next++)
      await response.arrayBuffer()
      if (response.status >= 400) bad++
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const seconds = (performance.now() - started) / 1_000
  const cpuMicros = rounded(((cpu() - before) / amount) * 1e6, 0)
  return { perS: rounded(amount / seconds, 0), cpuMicros, bad }
}

/** Milliseconds from the answer of the process that wrote until every other one shows it. */
async function coherence(servers: readonly Server[], cookie: string): Promise<Round> {
  const [writer, ...others] = servers as [Server, ...Server[]]
  const path = `/developer/notices?development=${development}`
  const [written, ended]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    const title = `Notice ${servers.length} ${round}`
    const shows = async (server: Server) =>
      (await (await fetch(server.url + path, { headers: { cookie } })).text()).includes(title)
    await Promise.all(others.map(shows))
    await post(writer, path, cookie, { title, body: 'Of the bench.', category: 'general' })
    written.push(await untilAll(others, shows))
    const [staff] = await staffCookies(writer, 1)
    const isOut = async (server: Server) =>
      (await fetch(`${server.url}/developer`, { redirect: 'manual', headers: { cookie: staff! } })).status ===
      303
    await Promise.all(others.map(isOut))
    await post(writer, '/developer/sign-out', staff!, {})
    ended.push(await untilAll(others, isOut))
  }
  if ([...written, ...ended].some((ms) => ms >= SEEN_MS_MAX)) isRight = false
  const worst = (all: number[]) => rounded(Math.max(...all), 0)
  return {
    ...{ writtenSeenMsP50: rounded(percentile(written, 0.5), 0), writtenSeenMsWorst: worst(written) },
    ...{ signedOutMsP50: rounded(percentile(ended, 0.5), 0), signedOutMsWorst: worst(ended) },
  }
}

async function untilAll(servers: readonly Server[], isSo: (server: Server) => Promise<boolean>) {
  const started = performance.now()
  for (const server of servers)
    while (!(await isSo(server)) && performance.now() - started < SEEN_MS_MAX) await Bun.sleep(2)
  return performance.now() - started
}

async function post(server: Server, path: string, cookie: string, fields: Record<string, string>) {
  const response = await fetch(server.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'sec-fetch-site': 'same-origin', origin: server.url },
    body: new URLSearchParams(fields),
  })
  if (response.status !== 303) throw new Error(`${path} answered ${response.status}`)
}

/** Lists brought to every process in turn: each is read once, by whichever process has a thread free. */
async function jobsOnce(servers: readonly Server[]): Promise<Round> {
  const since = new Date()
  for (let at = 0; at < IMPORTS; at++) {
    const query = new URLSearchParams({ development_id: development })
    const sent = await servers[at % servers.length]!.api(
      `units/import?${query}`,
      {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: `Unit,Type,Beds\n${5_000 + at},BD01,3`,
      },
      key,
    )
    if (!sent.ok) throw new Error(`an import was answered with ${sent.status}`)
  }
  const started = performance.now()
  while (performance.now() - started < SEEN_MS_MAX) {
    const [open] =
      await look`select count(*)::int as count from job_status where created_at >= ${since} and finalized_at is null`
    if (open?.count === 0) break
    await Bun.sleep(50)
  }
  const [row] =
    await look`select count(*)::int as done, count(*) filter (where times > 1)::int as twice, max(processes)::int as processes from (
      select job_id, count(*) as times, (select count(distinct split_part(worker, '.', 1)) from job_attempts where started_at >= ${since}) as processes
      from job_attempts where outcome = 'completed' and started_at >= ${since} group by job_id) j`
  if (row?.twice > 0 || row?.done < IMPORTS) isRight = false
  return { jobsDone: row?.done, jobsTwice: row?.twice, jobsByProcesses: row?.processes }
}

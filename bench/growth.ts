// What a request costs at one and at ten times the pilot (a hundred: --factors 1,10,100): homes, Today, insights, a
// question, lists, an import, the start, memory. Run: bun run bench growth [--factors 1,10] (its own servers; Linux)
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { connect, disconnect } from '#db/client.ts'
import { startEmbedded } from '#db/embedded.ts'
import { within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { rollUp } from '#src/analytics.ts'
import { prepareTestProcess } from '../test/support/process.ts'
import {
  freePort,
  lookInto,
  type Server,
  spawnServer,
  startServer,
  untilReady,
} from '../test/support/server.ts'
import { demonstration } from './demonstration.ts'
import { seedPassages } from './growth/passages.ts'
import { cpuSeconds, residentMb } from './pages/cpu.ts'
import { liftKeyLimits, staffCookies } from './pages/identities.ts'
import { recordResult, rounded } from './results.ts'
import { percentile } from './retrieval/measures.ts'
import { seedScale } from './scale/seed.ts'

const { values: given } = parseArgs({ options: { factors: { type: 'string', default: '1,10' } } })
const FACTORS = given.factors.split(',').map(Number)
const PILOT_SHARE = 0.01
const WARM = 15
const COLD = 20
const CACHED = 60
const IDLE_MS = 4_000
const STAFF = 8
const IMPORTED = 100
const IMPORT_MS_MAX = 120_000
const TOKEN = 'a token of the bench that is long enough to be one'

type Path = { what: string; coldMs: number; coldCpuMicros: number; keptMs: number; keptCpuMicros: number }
type Figures = { factor: number; homes: number; passages: number; databaseMb: number; bytesAHome: number }
type Measured = Figures & {
  startMs: number
  idleMb: number
  indexMb: number
  importMs: number
  paths: Path[]
}

prepareTestProcess()
const demo = demonstration()
if (!process.env.DATA_DIR)
  await (await startServer({ dataDir: demo, env: { LOG_LEVEL: 'silent' } })).kill('SIGTERM')
const measured: Measured[] = []
let turn = 0
try {
  for (const factor of FACTORS) measured.push(await measure(factor))
} finally {
  rmSync(demo, { recursive: true, force: true })
}
console.table(measured.map(({ paths, ...rest }) => rest))
const curves = curvesOf(measured)
console.table(curves)
const { loadBefore, loadAfter } = recordResult('growth', { measured, curves })
console.log(`load ${loadBefore} before, ${loadAfter} after`)
process.exit()

async function measure(factor: number): Promise<Measured> {
  const dataDir = demonstration(demo)
  const figures = await fill(dataDir, factor)
  console.log(`${factor}×: filled`)
  const started = performance.now()
  const port = await freePort()
  // As in production: the demonstration would read every home's code, and those of the scale are copies.
  const server = await spawnServer({
    ...{ dataDir, port },
    env: {
      ...{ NODE_ENV: 'production', EMBEDDED_DATABASE: '1', PUBLIC_URL: `http://localhost:${port}` },
      ...{ JWT_SECRET: TOKEN, ENCRYPTION_KEY: TOKEN, LOG_LEVEL: 'silent', METRICS_TOKEN: TOKEN },
    },
  })
  try {
    await untilReady(server)
    const startMs = rounded(performance.now() - started, 0)
    await Bun.sleep(IDLE_MS)
    const idleMb = rounded(residentMb(server.pid), 0)
    await liftKeyLimits(server)
    const paths = await lookInto(dataDir, (sql) => pathsOf(server, sql))
    const indexMb = rounded((await indexBytes(server)) / 1e6, 2)
    const importMs = rounded(await importHomes(server), 0)
    console.log(JSON.stringify({ ...figures, startMs, idleMb, indexMb, importMs, paths }))
    return { ...figures, startMs, idleMb, indexMb, importMs, paths }
  } finally {
    await server.kill('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Rows of the scale's share, roll-ups by the job's own rules, and passages to be found. */
async function fill(dataDir: string, factor: number): Promise<Figures> {
  const embedded = await startEmbedded(dataDir, { durable: false })
  const url = new URL(embedded.superuserUrl)
  url.pathname = '/openhouse'
  const sql = postgres(url.href, { max: 1, onnotice: () => {} })
  connect({ url: embedded.url, poolSize: 2 })
  const before = await bytesOf(sql)
  await seedScale(sql, () => {}, factor * PILOT_SHARE)
  const passages = await seedPassages(sql)
  for (const { id } of await sql`select id from tenants`) {
    const scope = systemScope(id, 'bench')
    await rollUp(scope, {}, { fenced: (work) => within(scope, work), progress: () => {} })
  }
  // A table past the tenant's walls is one that no server starts with.
  const made = await sql`select relname as name from pg_class where relkind = 'r' and relpersistence = 'u'`
  for (const { name } of made) await sql`drop table ${sql(name)}`
  await sql`vacuum analyze`
  const [row] =
    await sql`select count(*)::int as homes from units u join developments d on d.id = u.development_id where d.slug like 'scale-%'`
  const bytes = await bytesOf(sql)
  await disconnect()
  await sql.end()
  await embedded.stop()
  const homes = Number(row?.homes)
  return {
    ...{ factor, homes, passages, databaseMb: rounded(bytes / 1e6, 0) },
    bytesAHome: rounded((bytes - before) / homes, 0),
  }
}

async function pathsOf(server: Server, sql: postgres.Sql): Promise<Path[]> {
  const [place] =
    await sql`select d.id, d.tenant_id, (select u.id from units u where u.development_id = d.id and u.claimed_at is not null limit 1) as unit
    from developments d where slug = 'scale-1'`
  const { id: development, tenant_id: tenant, unit } = place as Record<string, string>
  const cookies = await staffCookies(server, STAFF)
  const key = server.demo().api_keys[0]?.key ?? ''
  /** A table that nobody thought of: everything kept of the builder is forgotten. */
  const forget = () => sql`select pg_notify('rows_changed', ${`${tenant} nothing`})`
  const staff = (path: string) => (turn: number) =>
    fetch(`${server.url}/developer${path}${path.includes('?') ? '&' : '?'}development=${development}`, {
      headers: { cookie: cookies[turn % STAFF]! },
    })
  const program = (path: string) => () =>
    fetch(`${server.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${key}` } })
  const question = (turn: number) =>
    fetch(`${server.url}/api/v1/questions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        unit_id: unit,
        question: `How often is part${turn * 13} of the heat pump serviced?`,
      }),
    })
  const asked: [string, (turn: number) => Promise<Response>][] = [
    ['homes page', staff('/homes')],
    ['Today', staff('')],
    ['insights, engagement', staff('/insights')],
    ['insights, documents', staff('/insights?view=documents')],
    ['documents list', staff('/documents')],
    ['API, units', program(`units?limit=50&development_id=${development}`)],
    ['API, documents', program(`documents?limit=50&development_id=${development}`)],
    ['API, analytics', program('analytics')],
    ['question (API, quoted)', question],
  ]
  const paths: Path[] = []
  for (const [what, ask] of asked) {
    await times(server, WARM, ask, async () => {})
    const cold = await times(server, COLD, ask, async () => {
      await forget()
      await Bun.sleep(5)
    })
    const kept = await times(server, CACHED, ask, async () => {})
    paths.push({
      ...{ what, coldMs: cold.ms, coldCpuMicros: cold.cpuMicros },
      ...{ keptMs: kept.ms, keptCpuMicros: kept.cpuMicros },
    })
  }
  return paths
}

async function times(
  server: Server,
  count: number,
  ask: (turn: number) => Promise<Response>,
  prepare: () => Promise<void>,
): Promise<{ ms: number; cpuMicros: number }> {
  const taken: number[] = []
  const before = cpuSeconds(server.pid)
  for (let at = 0; at < count; at++) {
    await prepare()
    const started = performance.now()
    const response = await ask(turn++)
    await response.arrayBuffer()
    taken.push(performance.now() - started)
    if (response.status !== 200 && response.status !== 201)
      throw new Error(`${response.url} ${response.status}`)
  }
  const cpuMicros = rounded(((cpuSeconds(server.pid) - before) / count) * 1e6, 0)
  return { ms: rounded(percentile(taken, 0.5), 1), cpuMicros }
}

async function indexBytes(server: Server): Promise<number> {
  const response = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
  const [, bytes] = /openhouse_cache_bytes\{cache="search indexes"\} (\d+)/.exec(await response.text()) ?? []
  return Number(bytes)
}

/** From the upload of a list until its report is there to be confirmed. */
async function importHomes(server: Server): Promise<number> {
  const [place] = await lookInto(
    server.dataDir,
    (sql) => sql`select id from developments where slug = 'scale-1'`,
  )
  const lines = Array.from({ length: IMPORTED }, (_, at) => `${9_000 + at},BD0${1 + (at % 9)},3`)
  const started = performance.now()
  const sent = await server.api(`units/import?development_id=${place?.id}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: ['Unit,Type,Beds', ...lines].join('\n'),
  })
  const { id } = (await sent.json()) as { id: string }
  while (performance.now() - started < IMPORT_MS_MAX) {
    const { status } = (await (await server.api(`imports/${id}`)).json()) as { status: string }
    if (status !== 'checking') return performance.now() - started
    await Bun.sleep(50)
  }
  throw new Error('the import was not read in time')
}

/** Tenfold data, how many times the cost: the exponent of ten; 0 does not grow, 1 grows with the data. */
function curvesOf(all: readonly Measured[]) {
  const [least, most] = [all[0]!, all.at(-1)!]
  const tens = Math.log10(most.factor / least.factor)
  const exponent = (from: number, to: number) => rounded(Math.log10(to / from) / tens)
  return least.paths.map((path, at) => {
    const other = most.paths[at]!
    return {
      what: path.what,
      ...Object.fromEntries(
        all.flatMap(({ factor, paths }) => [
          [`${factor}× cold ms`, paths[at]!.coldMs],
          [`${factor}× cold CPU-µs`, paths[at]!.coldCpuMicros],
          [`${factor}× kept CPU-µs`, paths[at]!.keptCpuMicros],
        ]),
      ),
      coldSlope: exponent(path.coldMs, other.coldMs),
      keptSlope: exponent(path.keptCpuMicros, other.keptCpuMicros),
    }
  })
}

async function bytesOf(sql: postgres.Sql): Promise<number> {
  const [row] = await sql`select pg_database_size(current_database())::float8 as bytes`
  return Number(row?.bytes)
}

// What the drills run on: a database that outlives the servers, peers that misbehave, and the real server as a process.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { connect, disconnect } from '#db/client.ts'
import { type EmbeddedServer, startEmbedded } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'
import { demoContents } from '#src/demo/credentials.ts'
import { seedDemoEstates } from '#src/demo/seed.ts'
import { type Behaviour, type FaultyProvider, faultyProvider } from '../../test/clients/faulty-provider.ts'
import { GOOGLE_KEY, googleDouble } from '../../test/support/doubles/google.ts'
import type { Double, Fault } from '../../test/support/doubles/peer.ts'
import { prepareTestProcess, testSecrets } from '../../test/support/process.ts'
import { postgresOf, type Server, spawnServer, untilReady } from '../../test/support/server.ts'

const DIMENSIONS = 512
/** Longer than any drill asks; the last answer of the list stays. */
const ANSWERS = 20_000
const SECRET = 'a secret for drills that is long enough to be one'

export type Rig = {
  databaseUrl: string
  look: postgres.Sql
  apiKey: string
  tenantId: string
  developmentId: string
  model: FaultyProvider
  geocoder: Double
  /** Starts a server and waits until it is ready. */
  serve(port: number): Promise<Server>
  databasePids(): number[]
  stopDatabase(): Promise<void>
  /** On the port it had. */
  startDatabase(): Promise<void>
  /** Texts that were sent to be embedded, whatever became of them. */
  textsAsked(): number
  /** From now on the peers answer well. */
  calmPeers(): void
  close(): Promise<void>
}

export async function openRig(random: () => number): Promise<Rig> {
  prepareTestProcess()
  const folder = mkdtempSync(join(tmpdir(), 'openhouse-faults-'))
  let database: EmbeddedServer = await startEmbedded(folder)
  const port = Number(new URL(database.url).port)
  await migrate(database.url)
  connect({ url: database.url, poolSize: 4 })
  await seedDemoEstates(testSecrets)
  const demo = await demoContents(testSecrets)
  const superuser = new URL(database.superuserUrl)
  superuser.pathname = '/openhouse'
  const look = postgres(superuser.href, { max: 2, onnotice: () => {} })
  const developmentId = demo.homes[0]?.development_id ?? ''
  const [development] =
    await look`select tenant_id, latitude, longitude from developments where id = ${developmentId}`
  const roof = {
    query: /./,
    lat: development?.latitude,
    lng: development?.longitude,
    locationType: 'ROOFTOP',
  }
  const geocoder = googleDouble({ roofs: [roof] })
  geocoder.fails(...Array.from({ length: ANSWERS }, () => geocoderAnswer(random(), roof)))
  const model = faultyProvider()
  model.behaves(...Array.from({ length: ANSWERS }, () => modelAnswer(random())))
  let textsBefore = 0
  const folders = new Map<number, string>()
  const serve = async (serverPort: number) => {
    const dataDir = folders.get(serverPort) ?? mkdtempSync(join(tmpdir(), 'openhouse-faults-data-'))
    folders.set(serverPort, dataDir)
    const env = settingsOf(database.url, serverPort, model.url, geocoder.origin)
    const server = await spawnServer({ dataDir, port: serverPort, env })
    await untilReady(server)
    return server
  }
  return {
    databaseUrl: database.url,
    look,
    apiKey: demo.api_keys[0]?.key ?? '',
    tenantId: development?.tenant_id,
    developmentId,
    model,
    geocoder,
    serve,
    databasePids: () => processTree(postgresOf(folder)?.pid ?? 0),
    stopDatabase: () => database.stop(),
    startDatabase: async () => {
      database = await startEmbedded(folder, { port })
    },
    textsAsked: () => textsBefore + textsIn(model),
    calmPeers: () => {
      textsBefore += textsIn(model)
      model.behaves({ kind: 'embeddings', rows: vectors })
      geocoder.forget()
    },
    close: async () => {
      await look.end()
      await disconnect()
      await model.stop()
      await geocoder.stop()
      await database.stop()
    },
  }
}

/** In production nothing is demonstrated, so that a start takes a second. */
const settingsOf = (databaseUrl: string, port: number, modelUrl: string, geocoderOrigin: string) => ({
  NODE_ENV: 'production',
  DATABASE_URL: databaseUrl,
  PUBLIC_URL: `http://localhost:${port}`,
  JWT_SECRET: SECRET,
  ENCRYPTION_KEY: SECRET,
  OPENAI_API_KEY: 'sk-invented-for-drills',
  OPENAI_BASE_URL: modelUrl,
  OPENAI_TIMEOUT_MS: '1500',
  GEOCODER: 'google',
  GOOGLE_MAPS_API_KEY: GOOGLE_KEY,
  GOOGLE_GEOCODING_URL: `${geocoderOrigin}/maps/api/geocode/json`,
  // A hundredth of the real pauses: a drill has minutes, not hours.
  JOB_BACKOFF_BASE_MS: '150',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
})

const vectors = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    object: 'embedding',
    index,
    embedding: Buffer.from(new Float32Array(DIMENSIONS).fill(1 / (index + 1)).buffer).toString('base64'),
  }))

const textsIn = (model: FaultyProvider) =>
  model.requests().reduce((sum, { body }) => sum + ((body.input as string[] | undefined)?.length ?? 0), 0)

function modelAnswer(chance: number): Behaviour {
  if (chance < 0.08) return { kind: 'silence' }
  if (chance < 0.14)
    return {
      kind: 'status',
      status: 429,
      body: { error: { message: 'slow down' } },
      headers: { 'retry-after': '1' },
    }
  if (chance < 0.2) return { kind: 'status', status: 500, body: { error: { message: 'broken' } } }
  if (chance < 0.23) return { kind: 'html', status: 502 }
  // One vector too few must never be taken for an answer.
  if (chance < 0.25) return { kind: 'embeddings', rows: (count) => vectors(count - 1) }
  return { kind: 'embeddings', rows: vectors }
}

function geocoderAnswer(chance: number, roof: { lat: number; lng: number; locationType: string }): Fault {
  if (chance < 0.08) return { kind: 'silence' }
  if (chance < 0.12) return { kind: 'cut' }
  if (chance < 0.16) return { kind: 'json', body: { results: [], status: 'UNKNOWN_ERROR' } }
  const location = { lat: roof.lat, lng: roof.lng }
  const result = { geometry: { location, location_type: roof.locationType } }
  return { kind: 'json', body: { results: [result], status: 'OK' } }
}

function processTree(pid: number): number[] {
  const listed = Bun.spawnSync(['ps', '-o', 'pid=', '--ppid', String(pid)]).stdout.toString()
  const children = listed.split('\n').map(Number).filter(Boolean)
  return [pid, ...children]
}

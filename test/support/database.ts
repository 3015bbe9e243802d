// A database of its own for each test file, cloned from a migrated and seeded template on a throw-away server.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { connect, disconnect } from '#db/client.ts'
import { type EmbeddedServer, startEmbedded } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'
import { seedDemoEstates } from '#src/demo/seed.ts'
import { prepareTestProcess, testSecrets } from './process.ts'

const TEMPLATE = 'openhouse_template'

export type TestDatabase = { url: string; superuserUrl: string; drop(): Promise<void> }

/** `test/run.ts` starts one server for the whole run and names it here; a file run by itself starts its own. */
export const SHARED_SERVER = 'TEST_SUPERUSER_URL'
/** Set by `test/real-server.ts`: the port of a transaction pooler before that server. */
export const POOLER_PORT = 'TEST_POOLER_PORT'

let own: EmbeddedServer | null = null

async function superuserUrl(): Promise<string> {
  const shared = process.env[SHARED_SERVER]
  if (shared) return shared
  own ??= await startTestServer()
  return own.superuserUrl
}

/** A server without fsync, with the template in it. */
export async function startTestServer(): Promise<EmbeddedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'openhouse-test-'))
  const server = await startEmbedded(folder, { durable: false })
  const stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  await makeTemplate(server)
  return { ...server, stop }
}

/** The database that those of the tests are copies of: migrated, both tenants and their estates, no documents. */
export async function makeTemplate(server: { url: string; superuserUrl: string }): Promise<void> {
  prepareTestProcess()
  const admin = postgres(server.superuserUrl, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${TEMPLATE} owner openhouse`)
  await admin.end()
  const url = withDatabase(server.url, TEMPLATE)
  await migrate(url)
  connect({ url, poolSize: 2 })
  await seedDemoEstates(testSecrets)
  await disconnect()
}

/** Makes a database and connects this process to it. Call in `beforeAll`, `drop` in `afterAll`. */
export async function createTestDatabase(options: { poolSize?: number } = {}): Promise<TestDatabase> {
  prepareTestProcess()
  const adminUrl = await superuserUrl()
  const name = `test_${Bun.randomUUIDv7().replaceAll('-', '')}`
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name} template ${TEMPLATE} owner openhouse`)
  const superuser = withDatabase(adminUrl, name)
  const url = asOpenhouse(superuser)
  connect({ ...throughPooler(url), poolSize: options.poolSize ?? 4 })
  return {
    url,
    superuserUrl: superuser,
    async drop() {
      await disconnect()
      await admin.unsafe(`drop database if exists ${name} with (force)`)
      await admin.end()
      await own?.stop()
      own = null
    },
  }
}

function withDatabase(url: string, name: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${name}`
  return parsed.href
}

/** The embedded server gives its superuser and the application's role the same password. */
function asOpenhouse(url: string): string {
  const parsed = new URL(url)
  parsed.username = 'openhouse'
  return parsed.href
}

function throughPooler(url: string): { url: string; directUrl?: string } {
  const port = process.env[POOLER_PORT]
  if (!port) return { url }
  const pooled = new URL(url)
  pooled.port = port
  return { url: pooled.href, directUrl: url }
}

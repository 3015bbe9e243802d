// The database of the measurement: made and filled once, kept in `SCALE_DIR` for the next run.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { connect, disconnect } from '#db/client.ts'
import { startEmbedded } from '#db/embedded.ts'
import { migrate } from '#db/migrate.ts'
import { within } from '#db/scope.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { rollUp } from '#src/analytics.ts'
import { seedDemoEstates } from '#src/demo/seed.ts'
import { testSecrets } from '../../test/support/process.ts'
import { seedScale } from './seed.ts'

const say = (sentence: string) => console.log(sentence)

export type ScaleDatabase = { look: postgres.Sql; url: string; tenants: string[]; stop(): Promise<void> }

/** Connects this process to it. The server keeps nothing safe on disk, which changes no reading time. */
export async function openScale(): Promise<ScaleDatabase> {
  const folder = process.env.SCALE_DIR ?? join(tmpdir(), 'openhouse-scale')
  const server = await startEmbedded(folder, { durable: false })
  const look = postgres(withDatabase(server.superuserUrl, 'openhouse'), { max: 1, onnotice: () => {} })
  connect({ url: server.url, poolSize: 10 })
  const [seeded] = await look`select to_regclass('scale_units') is not null as is_seeded`
  if (!seeded?.is_seeded) {
    await migrate(server.url)
    await seedDemoEstates(testSecrets)
    await seedScale(look, say)
  }
  const tenants = (await look`select id from tenants order by slug desc`).map(({ id }) => id as string)
  for (const tenantId of tenants) await rollUpAll(tenantId)
  await look`analyze daily_home_activity, daily_tallies, daily_activity`
  return {
    ...{ look, url: server.url, tenants },
    async stop() {
      await disconnect()
      await look.end()
      await server.stop()
    },
  }
}

/** By the job's own rules. */
async function rollUpAll(tenantId: string): Promise<void> {
  const scope = systemScope(tenantId, 'bench')
  const startedAt = performance.now()
  await rollUp(scope, {}, { fenced: (work) => within(scope, work), progress: () => {} })
  say(`rolled up ${tenantId}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`)
}

function withDatabase(url: string, name: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${name}`
  return parsed.href
}

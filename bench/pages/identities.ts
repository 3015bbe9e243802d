// Members of staff and their sessions for a load: as many as it takes for nobody's limit to be the bottleneck.
import { createHash, randomBytes } from 'node:crypto'
import { lookInto, type Server } from '../../test/support/server.ts'

const KEY_REQUESTS_PER_MINUTE = 100_000

/** Cookies of so many administrators of the demonstration's first tenant, each with a token of its own. */
export async function staffCookies(server: Server, count: number): Promise<string[]> {
  const slug = server.demo().api_keys[0]?.tenant ?? ''
  const refreshes = Array.from({ length: count }, () => randomBytes(32).toString('base64url'))
  await lookInto(server.dataDir, async (sql) => {
    const [tenant] = await sql`select id from tenants where slug = ${slug}`
    for (const refresh of refreshes) {
      const staffId = Bun.randomUUIDv7()
      await sql`insert into staff (id, tenant_id, email, name, role, password_hash)
        values (${staffId}, ${tenant?.id}, ${`${staffId}@bench.example`}, 'Bench', 'admin', 'none')`
      await sql`insert into sessions (id, tenant_id, staff_id, refresh_hash, expires_at)
        values (${Bun.randomUUIDv7()}, ${tenant?.id}, ${staffId}, ${createHash('sha256').update(refresh).digest('hex')}, now() + interval '1 hour')`
    }
  })
  return Promise.all(refreshes.map((refresh) => withToken(server, refresh)))
}

async function withToken(server: Server, refresh: string): Promise<string> {
  const cookie = `__Host-oh-staff-refresh=${refresh}`
  const response = await fetch(`${server.url}/developer`, { headers: { cookie }, redirect: 'manual' })
  await response.text()
  const token = response.headers.getSetCookie().find((line) => line.includes('oh-staff='))
  if (!token) throw new Error(`a session was answered with ${response.status} and no token`)
  return `${cookie}; ${token.split(';')[0]}`
}

export const liftKeyLimits = (server: Server): Promise<unknown> =>
  lookInto(server.dataDir, (sql) => sql`update api_keys set requests_per_minute = ${KEY_REQUESTS_PER_MINUTE}`)

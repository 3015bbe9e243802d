// A restart nobody notices: ready, then leaving while still answering, then gone; two instances take turns.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Server, spawnServer, startServer, untilReady } from '../support/server.ts'

const NOTICE_MS = 1_500
const CHECK_MS = 100
/** Slow enough for the limit on requests without a key. */
const ASK_MS = 100
const secret = 'a-secret-for-restarts-only-0123456789abcdef'

let database: TestDatabase
const started: Server[] = []
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  for (const server of started) await server.kill('SIGKILL')
  await database.drop()
})

const env = () => ({
  NODE_ENV: 'production',
  PUBLIC_URL: 'http://localhost',
  DATABASE_URL: database.url,
  JWT_SECRET: secret,
  ENCRYPTION_KEY: secret,
  DRAIN_NOTICE_MS: String(NOTICE_MS),
  JOB_THREADS: '1',
})
const statusOf = (server: Server, path: string) =>
  fetch(server.url + path, { redirect: 'manual', headers: { connection: 'close' } }).then(
    ({ status }) => status,
    () => 0,
  )

test('behind a proxy that asks /readyz, taking turns loses no request, and the old one ends well', async () => {
  const old = await startServer({ env: env() })
  started.push(old)
  const next = await spawnServer({ env: env() })
  started.push(next)
  await untilReady(next)

  let preferred = old
  const seen = new Set<number>()
  const checks: number[] = []
  let isDone = false
  const checking = (async () => {
    while (!isDone) {
      const status = await statusOf(old, '/readyz')
      checks.push(status)
      if (status !== 200) preferred = next
      await Bun.sleep(CHECK_MS)
    }
  })()
  const asking = (async () => {
    while (!isDone) {
      seen.add(await statusOf(preferred, '/api/v1/developments'))
      await Bun.sleep(ASK_MS)
    }
  })()

  const code = await old.kill('SIGTERM')
  isDone = true
  await Promise.all([checking, asking])
  expect(code).toBe(0)
  expect([...seen]).toEqual([401])
  // It said that it leaves before it was gone, often enough for a proxy to hear it.
  expect(checks.filter((status) => status === 503).length).toBeGreaterThan(2)
  expect(preferred).toBe(next)
  expect(await statusOf(next, '/livez')).toBe(200)
})

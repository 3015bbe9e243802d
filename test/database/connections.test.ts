// The patched driver: a connection that is cut at any moment of its opening costs its query and nothing else.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import postgres from 'postgres'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const OPENINGS = 200
const VICTIM = 'victim'

let database: TestDatabase
let admin: postgres.Sql
beforeAll(async () => {
  database = await createTestDatabase()
  admin = postgres(database.superuserUrl, { max: 4, onnotice: () => {} })
})
afterAll(async () => {
  await admin.end()
  await database.drop()
})

test('cutting connections while they open leaves no rejection that nobody waits for', async () => {
  const strays: unknown[] = []
  const note = (error: unknown) => strays.push(error)
  process.on('unhandledRejection', note)
  let isDone = false
  const cutting = (async () => {
    while (!isDone)
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${VICTIM}`
  })()
  let cut = 0
  for (let opening = 0; opening < OPENINGS; opening++) {
    const client = postgres(database.url, {
      max: 1,
      connection: { application_name: VICTIM },
      onnotice: () => {},
    })
    await client`select 1`.catch(() => cut++)
    await client.end({ timeout: 0 })
  }
  isDone = true
  await cutting
  process.off('unhandledRejection', note)
  expect(cut).toBeGreaterThan(0)
  expect(strays).toEqual([])
})

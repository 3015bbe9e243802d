// A pool whose connections are all taken: who waits too long is told so, and everything else goes on.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { connect, disconnect } from '#db/client.ts'
import { onWrites, throughDoor, throughQueue } from '#db/scope.ts'
import { poolFigures } from '#db/statement-times.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

const POOL_SIZE = 2
const WAIT_MS_MAX = 2_000
/** What a busy machine adds. */
const LATE_MS_MAX = 8_000

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  await disconnect()
  connect({ url: app.database.url, poolSize: POOL_SIZE, poolWaitMsMax: WAIT_MS_MAX })
})
afterAll(() => app.stop())

/** Takes every connection until it is told to give them back. */
async function takeAll(): Promise<{ giveBack(): Promise<void> }> {
  const { promise: until, resolve: release } = Promise.withResolvers<void>()
  const taken = Array.from({ length: POOL_SIZE }, () => {
    const begun = Promise.withResolvers<void>()
    const ended = throughDoor(async () => {
      begun.resolve()
      await until
    })
    return { begun: begun.promise, ended }
  })
  await Promise.all(taken.map(({ begun }) => begun))
  return {
    giveBack: async () => {
      release()
      await Promise.all(taken.map(({ ended }) => ended))
    },
  }
}

const link = () => new URL(app.demo.homes[0]!.url).pathname

test('with every connection taken a request waits two seconds and is told so with when to come back', async () => {
  const { giveBack } = await takeAll()
  const startedAt = performance.now()
  const answers = await Promise.all([app.call(link()), app.call('/livez'), app.call('/assets/none')])
  const ms = performance.now() - startedAt
  expect(answers.map(({ status }) => status)).toEqual([503, 200, 404])
  expect(answers[0]!.headers.get('retry-after')).toBe('5')
  expect(ms).toBeGreaterThanOrEqual(WAIT_MS_MAX)
  expect(ms).toBeLessThan(WAIT_MS_MAX + LATE_MS_MAX)
  await giveBack()
  expect((await app.call(link())).status).toBe(200)
})

test('who is served within that time notices nothing', async () => {
  const { giveBack } = await takeAll()
  const asked = app.call(link())
  await giveBack()
  expect((await asked).status).toBe(200)
})

test('work that missed its turn is not done when the turn comes after all', async () => {
  const { giveBack } = await takeAll()
  let isDone = false
  const missed = throughDoor(async () => {
    isDone = true
  })
  await expect(missed).rejects.toThrow('every connection was taken for too long')
  await giveBack()
  await throughDoor(async () => {})
  expect(isDone).toBe(false)
})

test('a transaction past its deadline counts as open until its connection is back, and what it wrote is still told', async () => {
  await disconnect()
  connect({ url: app.database.url, poolSize: 1, poolWaitMsMax: 300, deadlineMs: 400 })
  const { promise: until, resolve: release } = Promise.withResolvers<void>()
  const told = Promise.withResolvers<ReadonlySet<string>>()
  onWrites((_, tables) => told.resolve(tables))
  const late = throughQueue(async (db) => {
    await db.execute(sql`update job_status set state = state where false`)
    await until
  })
  await expect(late).rejects.toThrow('the database did not answer in time')
  expect(poolFigures()).toMatchObject({ open: 1, waiting: 0 })
  await expect(throughDoor(async () => {})).rejects.toThrow('every connection was taken for too long')
  expect(poolFigures()).toMatchObject({ open: 1, waiting: 0 })
  release()
  expect([...(await told.promise)]).toEqual(['job_status'])
  await throughDoor(async () => {})
  expect(poolFigures()).toMatchObject({ open: 0, waiting: 0 })
})

test('a turn that comes after the deadline of its caller does nothing', async () => {
  await disconnect()
  connect({ url: app.database.url, poolSize: 1, deadlineMs: 400 })
  const { promise: until, resolve: release } = Promise.withResolvers<void>()
  let isDone = false
  const late = [
    throughDoor(() => until),
    throughDoor(async () => {
      isDone = true
    }),
  ]
  for (const each of await Promise.allSettled(late)) expect(each.status).toBe('rejected')
  release()
  await throughDoor(async () => {})
  expect(isDone).toBe(false)
  expect(poolFigures()).toMatchObject({ open: 0, waiting: 0 })
})

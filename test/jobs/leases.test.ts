// Claiming, fencing and taking back, statement by statement against the real database.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { openQueue, type QueueConnection } from '#db/client.ts'
import {
  type ClaimedJob,
  claimJobs,
  recordProgress,
  renewLeases,
  type Settlement,
  settleJobs,
} from '#db/job-leases.ts'
import { reapExpired, releaseOwned, requeueOrphans } from '#db/job-recovery.ts'
import { makeContext } from '#jobs/context.ts'
import { CancelRequested, LeaseLost } from '#jobs/outcome.ts'
import { cancelJob, findJob } from '#src/jobs.ts'
import { type Drill, openDrill, scopeOf } from './drills.ts'

let drill: Drill
let queue: QueueConnection
beforeAll(async () => {
  drill = await openDrill()
  queue = openQueue({ url: drill.database.url, poolSize: 3 })
})
afterAll(async () => {
  await queue.close()
  await drill.close()
})
beforeEach(async () => {
  await drill.look`truncate job_status, job_attempts, drill_effects`
})

const claim = (owner: string, free: number, kinds = ['effect']) =>
  queue.run((db) => claimJobs(db, owner, [{ kinds, free }]))
const claimOne = async (owner: string): Promise<ClaimedJob> => {
  const [job] = await claim(owner, 1)
  if (!job) throw new Error('nothing to claim')
  return job
}
const completed: Settlement = {
  ...{ state: 'completed', outcome: 'completed', code: null, detail: null, delayMs: 0, isCounted: true },
}
const settle = async (job: ClaimedJob) =>
  (await queue.run((db) => settleJobs(db, [{ lease: job, settlement: completed, progress: null }])))
    .length === 1
const find = async (id: string) => findJob(scopeOf(drill.tenants[0]), id)
const expire = () => drill.look`update job_status set lease_expires_at = now() - interval '1 s'`
const contextOf = (job: ClaimedJob) =>
  makeContext(
    queue,
    { ...job, requestId: 'r' },
    scopeOf(drill.tenants[0]),
    new AbortController().signal,
    () => {},
  )
const writeEffect = (job: ClaimedJob) =>
  contextOf(job).fenced((db) =>
    db.execute(sql`insert into drill_effects values (${drill.tenants[0]}, 1, ${job.id}, ${job.attempt})`),
  )

test('a worker that lost its job cannot finish it, and its successor can', async () => {
  await drill.add('effect')
  const stale = await claimOne('1.0.1.1')
  await expire()
  expect(await queue.run(reapExpired)).toEqual([stale.id])
  const fresh = await claimOne('2.0.1.1')
  expect(fresh.id).toBe(stale.id)
  expect(await settle(stale)).toBe(false)
  expect(await find(stale.id)).toMatchObject({ state: 'running', attempt: 1 })
  expect(await settle(fresh)).toBe(true)
  expect(await settle(fresh)).toBe(false)
  const attempts = await drill.look`select worker, outcome from job_attempts order by started_at`
  expect([...attempts]).toEqual([
    { worker: '1.0.1.1', outcome: 'lost' },
    { worker: '2.0.1.1', outcome: 'completed' },
  ])
})

test('a worker that lost its job cannot write for it', async () => {
  await drill.add('effect')
  const stale = await claimOne('1.0.1.1')
  await expire()
  await queue.run(reapExpired)
  const fresh = await claimOne('2.0.1.1')
  expect(await contextOf(stale).leaseHeld()).toBe(false)
  expect(await writeEffect(stale).catch((error) => error)).toBeInstanceOf(LeaseLost)
  expect((await drill.look`select 1 from drill_effects`).length).toBe(0)
  await writeEffect(fresh)
  expect((await drill.look`select 1 from drill_effects`).length).toBe(1)
})

test('while a fenced write is under way its job is not taken over, and the beat does not wait for it', async () => {
  await drill.add('effect')
  const job = await claimOne('1.0.1.1')
  await expire()
  await contextOf(job).fenced(async () => {
    expect(await queue.run(reapExpired)).toEqual([])
    const held = await queue.run((db) => renewLeases(db, [job]))
    expect(held.map(({ id }) => id)).toEqual([job.id])
  })
  expect(await queue.run(reapExpired)).toEqual([job.id])
})

test('a beat renews what is held and reports what is not', async () => {
  await drill.add('effect')
  await drill.add('effect')
  const [kept, lost] = (await claim('1.0.1.1', 2)) as [ClaimedJob, ClaimedJob]
  await expire()
  await settle(lost)
  const held = await queue.run((db) => renewLeases(db, [kept, lost]))
  expect([...held]).toEqual([{ id: kept.id, owner: '1.0.1.1', isCancelRequested: false }])
  expect(await queue.run(reapExpired)).toEqual([])
})

test('a released job is as if it had not been tried', async () => {
  await drill.add('effect')
  const job = await claimOne('1.0.1.1')
  expect(await queue.run((db) => releaseOwned(db, '1.0.2.'))).toEqual([])
  expect(await queue.run((db) => releaseOwned(db, '1.0.1.'))).toEqual([job.id])
  expect(await find(job.id)).toMatchObject({ state: 'available', attempt: 0 })
})

test('orphans are those whose process holds no lock', async () => {
  await drill.add('effect')
  const job = await claimOne('77.0.1.1')
  await drill.look.begin(async (held) => {
    await held`select pg_advisory_xact_lock(28520, 77)`
    expect(await queue.run((db) => requeueOrphans(db, 0))).toEqual([])
  })
  expect(await queue.run((db) => requeueOrphans(db, 60_000))).toEqual([])
  expect(await queue.run((db) => requeueOrphans(db, 0))).toEqual([job.id])
})

test('a job that ten processes died under is discarded', async () => {
  const id = await drill.add('effect')
  for (let death = 1; death <= 10; death++) {
    await claimOne(`${death}.0.1.1`)
    await queue.run((db) => requeueOrphans(db, 0))
  }
  expect(await find(id)).toMatchObject({ state: 'discarded', errorCode: 'worker_lost' })
  expect((await drill.look`select 1 from job_attempts where outcome = 'lost'`).length).toBe(10)
})

test('a running job that was asked to stop does not run again when its worker dies', async () => {
  const id = await drill.add('effect')
  await claimOne('1.0.1.1')
  expect((await cancelJob(scopeOf(drill.tenants[0]), id)).state).toBe('running')
  await queue.run((db) => requeueOrphans(db, 0))
  expect(await find(id)).toMatchObject({ state: 'cancelled', errorCode: 'cancelled_on_request' })
})

test('a running job that was asked to stop writes nothing more', async () => {
  const id = await drill.add('effect')
  const job = await claimOne('1.0.1.1')
  await cancelJob(scopeOf(drill.tenants[0]), id)
  expect(await writeEffect(job).catch((error) => error)).toBeInstanceOf(CancelRequested)
  expect((await drill.look`select 1 from drill_effects`).length).toBe(0)
})

test('a lane takes no more than it has free, and no kinds of others', async () => {
  for (let number = 0; number < 5; number++) await drill.add('effect', { number })
  for (let number = 0; number < 5; number++) await drill.add('alone', { number })
  const lanes = [
    { kinds: ['effect', 'flaky'], free: 3 },
    { kinds: ['alone'], free: 1 },
  ]
  const jobs = await queue.run((db) => claimJobs(db, '1.0.1.1', lanes))
  expect(jobs.map(({ kind }) => kind).sort()).toEqual(['alone', 'effect', 'effect', 'effect'])
})

test('claims go by priority, then by turns between tenants, then by age', async () => {
  for (let number = 0; number < 6; number++) await drill.add('effect', { tenant: 0, number })
  await drill.add('effect', { tenant: 1, number: 100 })
  await drill.add('effect', { tenant: 1, number: 101 }, { priority: 1 })
  await drill.add('effect', { tenant: 0, number: 102 }, { priority: 4 })
  const order: number[] = []
  for (let turn = 0; turn < 9; turn++) {
    const job = await claimOne(`1.0.1.${turn}`)
    order.push((job.payload as { number: number }).number)
  }
  expect(order.slice(0, 2)).toEqual([101, 0])
  expect(order.indexOf(100)).toBeLessThan(4)
  expect(order.filter((number) => number < 100)).toEqual([0, 1, 2, 3, 4, 5])
  expect(order.at(-1)).toBe(102)
})

test('claims made at the same time never share a job', async () => {
  for (let number = 0; number < 60; number++) await drill.add('effect', { number })
  const claims = await Promise.all(Array.from({ length: 12 }, (_, n) => claim(`1.${n}.1.1`, 5)))
  // Who looks while the others take all it has seen comes away with fewer, and asks again.
  for (let batch = await claim('2.0.1.1', 5); batch.length > 0; batch = await claim('2.0.1.1', 5))
    claims.push(batch)
  const ids = claims.flat().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBe(60)
})

test('progress is only written by the run that holds the job', async () => {
  const id = await drill.add('effect')
  const job = await claimOne('1.0.1.1')
  const report = { ...job, stage: 'reading', done: 3, total: 8 }
  await queue.run((db) => recordProgress(db, [{ ...report, owner: '9.0.1.1', done: 8 }]))
  expect((await find(id))?.progressDone).toBe(0)
  await queue.run((db) => recordProgress(db, [report]))
  expect(await find(id)).toMatchObject({ stage: 'reading', progressDone: 3, progressTotal: 8 })
})

test('the queue’s role can remove finished jobs only', async () => {
  const done = await drill.add('effect')
  await settle(await claimOne('1.0.1.1'))
  const waiting = await drill.add('effect')
  await queue.run((db) => db.execute(sql`delete from job_status`))
  const left = await drill.look`select id from job_status`
  expect(left.map(({ id }) => id)).toEqual([waiting])
  expect((await drill.look`select 1 from job_attempts where job_id = ${done}`).length).toBe(0)
})

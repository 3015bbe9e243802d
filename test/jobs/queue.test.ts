// Enqueueing: with the caller's transaction, once for a dedupe key, inside one tenant.
import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { throughQueue, within } from '#db/scope.ts'
import { enqueue, enqueueOf } from '#jobs/queue.ts'
import { cancelJob, findJob, listJobs, retryJob } from '#src/jobs.ts'
import { kinds } from './drill/kinds.ts'
import { type Drill, openDrill, scopeOf } from './drills.ts'

let drill: Drill
beforeAll(async () => {
  drill = await openDrill()
})
afterAll(() => drill.close())
beforeEach(async () => {
  await drill.look`truncate job_status, job_attempts`
})

const mine = () => scopeOf(drill.tenants[0])
const theirs = () => scopeOf(drill.tenants[1])
const jobCount = async () => (await drill.look`select id from job_status`).length

test('a job enqueued in a transaction that rolls back never existed', async () => {
  const payload = { tenantId: drill.tenants[0], number: 1 }
  const failing = within(mine(), async (db) => {
    await enqueueOf(kinds, db, 'effect', payload)
    throw new Error('the document could not be saved')
  })
  expect(failing).rejects.toThrow('could not be saved')
  await failing.catch(() => {})
  expect(await jobCount()).toBe(0)
})

test('a tenant cannot enqueue for another', async () => {
  const payload = { tenantId: drill.tenants[1], number: 1 }
  const foreign = within(mine(), (db) => enqueueOf(kinds, db, 'effect', payload))
  expect(await foreign.then(() => 'let in').catch((error) => String(error.cause))).toContain(
    'row-level security',
  )
  expect(await jobCount()).toBe(0)
})

test('a payload that does not fit its kind is refused before it is stored', async () => {
  const wrong = within(mine(), (db) => enqueueOf(kinds, db, 'effect', { tenantId: 'longview' }))
  expect(await wrong.then(() => 'let in').catch((error) => error.name)).toBe('ZodError')
})

test('while a job waits, its dedupe key leads to it; when it is over, a new one is made', async () => {
  const first = await drill.add('effect', {}, { dedupeKey: 'unit 7' })
  expect(await drill.add('effect', {}, { dedupeKey: 'unit 7' })).toBe(first)
  expect(await drill.add('effect', {}, { dedupeKey: 'unit 8' })).not.toBe(first)
  await cancelJob(mine(), first)
  expect(await drill.add('effect', {}, { dedupeKey: 'unit 7' })).not.toBe(first)
})

test('one dedupe key in two tenants is two jobs', async () => {
  const first = await drill.add('effect', { tenant: 0 }, { dedupeKey: 'all' })
  const second = await drill.add('effect', { tenant: 1 }, { dedupeKey: 'all' })
  expect(second).not.toBe(first)
  await expect(findJob(theirs(), first)).rejects.toMatchObject({ code: 'not_found' })
})

test('twenty that enqueue one dedupe key at once get one job', async () => {
  const ids = await Promise.all(
    Array.from({ length: 20 }, () => drill.add('effect', {}, { dedupeKey: 'rush' })),
  )
  expect(new Set(ids).size).toBe(1)
  expect(await jobCount()).toBe(1)
})

test('a platform job is enqueued through the queue and is no tenant’s', async () => {
  const id = await throughQueue((db) => enqueue(db, 'prune-jobs', {}))
  await expect(findJob(mine(), id)).rejects.toMatchObject({ code: 'not_found' })
  const [row] = await drill.look`select tenant_id, kind, state, priority, max_attempts from job_status`
  expect(row).toEqual({
    tenant_id: null,
    kind: 'prune-jobs',
    state: 'available',
    priority: 4,
    max_attempts: 3,
  })
})

test('a delayed job is scheduled', async () => {
  const id = await drill.add('effect', {}, { delayMs: 60_000, requestId: 'request-1' })
  const job = await findJob(mine(), id)
  expect(job).toMatchObject({ state: 'scheduled', attempt: 0, requestId: 'request-1', finalizedAt: null })
  expect((job?.scheduledAt.getTime() ?? 0) - (job?.createdAt.getTime() ?? 0)).toBe(60_000)
})

test('jobs are listed newest first, page by page, each once and only the tenant’s own', async () => {
  const added: string[] = []
  for (let number = 0; number < 7; number++) added.push(await drill.add('effect', { number }))
  await drill.add('effect', { tenant: 1 })
  const seen: string[] = []
  let after: { createdAt: Date; id: string } | undefined
  for (;;) {
    const page = await listJobs(mine(), { states: ['available'], kind: 'effect' }, { limit: 3, after })
    if (page.length === 0) break
    seen.push(...page.map((job) => job.id))
    after = page.at(-1)
  }
  expect(seen).toEqual(added.toReversed())
})

test('a waiting job is cancelled at once and can be retried; a stranger can do neither', async () => {
  const id = await drill.add('effect')
  await expect(cancelJob(theirs(), id)).rejects.toMatchObject({ code: 'not_found' })
  expect((await cancelJob(mine(), id)).state).toBe('cancelled')
  await expect(cancelJob(mine(), id)).rejects.toMatchObject({ code: 'job_is_over' })
  expect(await findJob(mine(), id)).toMatchObject({ state: 'cancelled', errorCode: 'cancelled_on_request' })
  await expect(retryJob(theirs(), id)).rejects.toMatchObject({ code: 'not_found' })
  expect((await retryJob(mine(), id)).state).toBe('available')
  await expect(retryJob(mine(), id)).rejects.toMatchObject({ code: 'job_not_retryable' })
  expect(await findJob(mine(), id)).toMatchObject({ state: 'available', errorCode: null, finalizedAt: null })
})

test('a dead job is not retried beside a newer one of its dedupe key', async () => {
  const id = await drill.add('effect', {}, { dedupeKey: 'unit 7' })
  await cancelJob(mine(), id)
  await drill.add('effect', {}, { dedupeKey: 'unit 7' })
  await expect(retryJob(mine(), id)).rejects.toMatchObject({ code: 'job_already_queued' })
})

// The job that keeps the queue small, run by the real table of kinds.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { throughQueue } from '#db/scope.ts'
import { type Kinds, kinds } from '#jobs/kinds.ts'
import { enqueue } from '#jobs/queue.ts'
import { startJobs } from '#jobs/runner.ts'
import { configFor, type Drill, openDrill } from './drills.ts'

let drill: Drill
beforeAll(async () => {
  drill = await openDrill()
})
afterAll(() => drill.close())

test('finished jobs go when their time has come, failed ones last, waiting ones never', async () => {
  const ended = async (state: string, days: number) => {
    const finalizedAt = new Date(Date.now() - days * 86_400_000)
    await drill.look`insert into job_status (id, tenant_id, kind, payload, state, max_attempts, timeout_ms, finalized_at, scheduled_at)
      values (${Bun.randomUUIDv7()}, ${drill.tenants[0]}, ${`${state} ${days} days ago`}, '{}', ${state}, 1, 1000,
        ${state === 'scheduled' ? null : finalizedAt}, now() + interval '1 day')`
  }
  for (const [state, days] of [
    ['completed', 6],
    ['completed', 8],
    ['cancelled', 29],
    ['cancelled', 31],
    ['discarded', 89],
    ['discarded', 91],
    ['scheduled', 400],
  ] as const)
    await ended(state, days)
  const jobs = await startJobs(configFor(drill.database.url, 1), { cronTasks: [] })
  const id = await throughQueue((db) => enqueue(db, 'prune-jobs', {}))
  await drill.settled([id])
  await jobs.stop(1_000)
  const left = await drill.look`select kind from job_status where id <> ${id} order by kind`
  expect(left.map(({ kind }) => kind)).toEqual([
    'cancelled 29 days ago',
    'completed 6 days ago',
    'discarded 89 days ago',
    'scheduled 400 days ago',
  ])
  expect(await drill.look`select state, progress_done from job_status where id = ${id}`).toMatchObject([
    { state: 'completed', progress_done: 3 },
  ])
})

test('every kind’s permanent codes are among its codes', () => {
  for (const policy of Object.values(kinds as Kinds))
    for (const code of policy.permanent) expect(policy.codes).toContain(code)
})

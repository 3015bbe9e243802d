// Recurring tasks: their patterns in Irish time, and that each tick fires once whoever is there.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { openQueue, type QueueConnection } from '#db/client.ts'
import { throughQueue } from '#db/scope.ts'
import { fireTick, startCron } from '#jobs/cron.ts'
import { lastTickAt } from '#jobs/cron-pattern.ts'
import { type CronTask, cronTasks } from '#jobs/cron-tasks.ts'
import { enqueue } from '#jobs/queue.ts'
import { type Drill, eventually, openDrill } from './drills.ts'

describe('the last tick of a pattern', () => {
  for (const [pattern, at, tick] of [
    ['10 3 * * *', '2026-01-15T12:00:00Z', '2026-01-15T03:10:00Z'],
    ['10 3 * * *', '2026-07-15T12:00:00Z', '2026-07-15T02:10:00Z'],
    ['10 3 * * *', '2026-07-15T02:09:59Z', '2026-07-14T02:10:00Z'],
    ['10 3 * * *', '2026-07-15T02:10:00Z', '2026-07-15T02:10:00Z'],
    ['*/15 * * * *', '2026-01-15T12:44:59Z', '2026-01-15T12:30:00Z'],
    ['0 9 * * 1-5', '2026-11-22T12:00:00Z', '2026-11-20T09:00:00Z'],
    ['0 9 * * 7', '2026-11-25T12:00:00Z', '2026-11-22T09:00:00Z'],
    ['0 0 1 * *', '2026-03-15T12:00:00Z', '2026-03-01T00:00:00Z'],
    ['0 0 1,15 * 1', '2026-11-24T12:00:00Z', '2026-11-23T00:00:00Z'],
    ['0 12 29 2 *', '2026-11-24T12:00:00Z', '2024-02-29T12:00:00Z'],
    ['5,35 8-17/3 * * *', '2026-01-15T13:00:00Z', '2026-01-15T11:35:00Z'],
    // The clocks go from 01:00 to 02:00 on 29 March 2026: that day has no 01:30.
    ['30 1 * * *', '2026-03-29T12:00:00Z', '2026-03-28T01:30:00Z'],
    // And from 02:00 back to 01:00 on 25 October 2026: its first 01:30 counts.
    ['30 1 * * *', '2026-10-25T12:00:00Z', '2026-10-25T00:30:00Z'],
  ] as const) {
    test(`"${pattern}" at ${at} is ${tick}`, () => {
      expect(lastTickAt(pattern, Date.parse(at)).toISOString()).toBe(tick.replace('Z', '.000Z'))
    })
  }

  for (const pattern of [
    '* * * *',
    '60 * * * *',
    '* * * * * *',
    '5-1 * * * *',
    '*/0 * * * *',
    'a * * * *',
    '0 0 31 2 *',
  ])
    test(`"${pattern}" is refused`, () => {
      expect(() => lastTickAt(pattern, Date.parse('2026-01-15T12:00:00Z'))).toThrow()
    })
})

describe('a task', () => {
  let drill: Drill
  let queue: QueueConnection
  beforeAll(async () => {
    drill = await openDrill()
    queue = openQueue({ url: drill.database.url, poolSize: 4 })
  })
  afterAll(async () => {
    await queue.close()
    await drill.close()
  })
  beforeEach(async () => {
    await drill.look`truncate cron_ticks, job_status, job_attempts`
  })

  const task: CronTask = {
    name: 'prune',
    pattern: '* * * * *',
    enqueue: (db) => enqueue(db, 'prune-jobs', {}),
  }
  const missAnHour = () => drill.look`update cron_ticks set tick_at = tick_at - interval '1 hour'`

  test('does not fire for the time before it existed', async () => {
    expect(await fireTick(task, queue, 0)).toBeNull()
    expect(await drill.look`select job_id from cron_ticks`).toMatchObject([{ job_id: null }])
    expect((await drill.look`select 1 from job_status`).length).toBe(0)
  })

  test('fires once for all the ticks of a downtime, whoever comes first', async () => {
    await fireTick(task, queue, 0)
    await missAnHour()
    const fired = await Promise.all(Array.from({ length: 6 }, () => fireTick(task, queue, 0)))
    const ids = fired.filter((id) => id !== null)
    expect(ids.length).toBe(1)
    const ticks = await drill.look`select job_id from cron_ticks where job_id is not null`
    expect([...ticks]).toEqual([{ job_id: ids[0] }])
    expect((await drill.look`select 1 from job_status where kind = 'prune-jobs'`).length).toBe(1)
  })

  test('leaves no tick behind when its job could not be enqueued', async () => {
    await fireTick(task, queue, 0)
    await missAnHour()
    const broken = { ...task, enqueue: () => Promise.reject(new Error('no')) }
    expect(await fireTick(broken, queue, 0).catch(() => 'failed')).toBe('failed')
    expect((await drill.look`select 1 from cron_ticks`).length).toBe(1)
    expect(await fireTick(task, queue, 0)).not.toBeNull()
  })

  test('is caught up when the clock starts, by two processes at once too', async () => {
    await fireTick(task, queue, 0)
    await missAnHour()
    const crons = [await startCron([task], queue), await startCron([task], queue)]
    await eventually('it fired', async () => (await drill.look`select 1 from job_status`).length > 0)
    for (const cron of crons) await cron.stop()
    const jobs = await drill.look`select 1 from job_status`
    const ticks = await drill.look`select 1 from cron_ticks where job_id is not null`
    expect(jobs.length).toBe(ticks.length)
    // Two, when the minute turned meanwhile.
    expect(jobs.length).toBeLessThanOrEqual(2)
  })

  test('of the product has a pattern that is understood and a job that is accepted', async () => {
    for (const { pattern, enqueue: enqueueTask } of cronTasks) {
      expect(lastTickAt(pattern, Date.now()).getTime()).toBeLessThanOrEqual(Date.now())
      expect(await throughQueue(enqueueTask)).toBeString()
    }
  })
})

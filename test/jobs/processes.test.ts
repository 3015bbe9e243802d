// Whole processes on one database: killed, stopped, doubled.
import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attemptsOf, findJob } from '#src/jobs.ts'
import { type Drill, eventually, openDrill, scopeOf } from './drills.ts'

const TEST_MS = 60_000
setDefaultTimeout(TEST_MS)
const KILLS = 4
const PROGRAM = join(import.meta.dir, 'drill', 'process.ts')

let drill: Drill
let folder: string
let children: Bun.Subprocess[] = []
beforeAll(async () => {
  drill = await openDrill()
  folder = mkdtempSync(join(tmpdir(), 'openhouse-jobs-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await drill.close()
})
beforeEach(async () => {
  await drill.look`truncate job_status, job_attempts, drill_effects`
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(children.map((child) => child.exited))
  children = []
})

async function startProcess(threads = 2): Promise<Bun.Subprocess> {
  const env = {
    LOG_LEVEL: 'silent',
    ...process.env,
    DATABASE_URL: drill.database.url,
    DRILL_THREADS: String(threads),
  }
  const child = Bun.spawn([process.execPath, PROGRAM], { env, stdout: 'pipe', stderr: 'inherit' })
  children.push(child)
  const { value } = await child.stdout.getReader().read()
  if (new TextDecoder().decode(value).trim() !== 'ready') throw new Error('the process did not start')
  return child
}

async function kill(child: Bun.Subprocess): Promise<void> {
  child.kill('SIGKILL')
  await child.exited
}

const find = (id: string) => findJob(scopeOf(drill.tenants[0]), id)
const outcomes = async (id: string) =>
  (await attemptsOf(scopeOf(drill.tenants[0]), id)).map(({ outcome }) => outcome)
const count = async (what: 'running' | 'completed') =>
  (await drill.look`select 1 from job_status where state = ${what}`).length

async function expectEverythingOnce(jobCount: number): Promise<void> {
  await drill.settled()
  expect(await count('completed')).toBe(jobCount)
  expect((await drill.look`select 1 from drill_effects`).length).toBe(jobCount)
  const twice =
    await drill.look`select job_id from job_attempts where outcome = 'completed' group by 1 having count(*) > 1`
  expect(twice.length).toBe(0)
  expect((await drill.look`select 1 from job_attempts where finished_at is null`).length).toBe(0)
}

test('processes killed again and again with jobs in flight lose nothing and do nothing twice', async () => {
  let added = 0
  for (let cycle = 0; cycle < KILLS; cycle++) {
    const child = await startProcess()
    for (let number = 0; number < 60; number++, added++) await drill.add('effect', { number: 100 + added })
    await eventually('some are done and some are running', async () => (await count('running')) > 0)
    await kill(child)
  }
  expect(await count('running')).toBeGreaterThan(0)
  await startProcess()
  await expectEverythingOnce(added)
  const lost = await drill.look`select 1 from job_attempts where outcome = 'lost'`
  expect(lost.length).toBeGreaterThan(0)
})

test('two processes share the work and never run a job twice', async () => {
  await Promise.all([startProcess(), startProcess()])
  for (let number = 0; number < 200; number++) await drill.add('effect', { number })
  await expectEverythingOnce(200)
  const rows = await drill.look`select split_part(worker, '.', 1) as process, count(*)::int as tries
      from job_attempts group by 1`
  expect(rows.length).toBe(2)
  expect(rows.reduce((sum, { tries }) => sum + tries, 0)).toBe(200)
})

test('a living process takes over from a dead one as soon as a beat is missed', async () => {
  const dead = await startProcess(1)
  const file = join(folder, 'taken over')
  const id = await drill.add('waits', { file })
  await eventually('it runs', async () => (await find(id))?.state === 'running')
  await startProcess(1)
  await kill(dead)
  writeFileSync(file, '')
  // Stands for the twenty seconds in which no beat came.
  await drill.look`update job_status set heartbeat_at = now() - interval '21 seconds'`
  await drill.settled()
  expect(await outcomes(id)).toEqual(['lost', 'completed'])
  expect(await find(id)).toMatchObject({ state: 'completed', attempt: 1 })
})

test('a process that was frozen past its lease wakes up to find its job done by another', async () => {
  const frozen = await startProcess(1)
  const file = join(folder, 'frozen')
  const id = await drill.add('stale', { file })
  await eventually('it is past its start', async () => existsSync(`${file}.started`))
  frozen.kill('SIGSTOP')
  await startProcess(1)
  await drill.look`update job_status set lease_expires_at = now() - interval '1 second'`
  await drill.settled()
  frozen.kill('SIGCONT')
  await eventually('it noticed', async () => existsSync(file))
  expect(await Bun.file(file).text()).toBe('fenced off')
  expect(await find(id)).toMatchObject({ state: 'completed', attempt: 1 })
  expect((await drill.look`select 1 from drill_effects`).length).toBe(0)
})

test('SIGTERM lets short jobs finish and puts long ones back as if they had not been tried', async () => {
  const child = await startProcess()
  const long = await drill.add('waits', { file: join(folder, 'never') })
  await eventually('it runs', async () => (await find(long))?.state === 'running')
  for (let number = 0; number < 20; number++) await drill.add('effect', { number })
  child.kill('SIGTERM')
  expect(await child.exited).toBe(0)
  expect(await find(long)).toMatchObject({ state: 'available', attempt: 0 })
  expect(await outcomes(long)).toEqual(['released'])
  expect(await count('running')).toBe(0)
})

test('only the job that broke its thread pays for it', async () => {
  await startProcess(1)
  const file = join(folder, 'innocent')
  const innocent = await drill.add('waits', { file })
  await eventually('it runs', async () => (await find(innocent))?.state === 'running')
  const guilty = await drill.add('throws-outside')
  await eventually('the guilty one is discarded', async () => (await find(guilty))?.state === 'discarded')
  writeFileSync(file, '')
  await drill.settled()
  expect(await find(innocent)).toMatchObject({ state: 'completed', attempt: 1 })
  expect(await outcomes(innocent)).toEqual(['released', 'released', 'released', 'completed'])
})

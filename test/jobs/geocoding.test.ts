// The search for positions in real worker threads: its pace over the whole application, and what follows from it.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import type postgres from 'postgres'
import { type Scope, within } from '#db/scope.ts'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import type { Config } from '#src/config.ts'
import { geocodeDevelopmentLater, geocodeUnitsLater } from '#src/geocoding.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { nominatimDouble } from '../support/doubles/nominatim.ts'
import { limitedFor } from '../support/doubles/peer.ts'
import { openLongview } from '../support/longview.ts'
import { prepareTestProcess } from '../support/process.ts'
import { eventually } from './drills.ts'

setDefaultTimeout(60_000)

/** Timers and the network may make two arrivals a little closer than two departures. */
const SECOND_MS = 1_000

const nominatim = nominatimDouble([{ query: /./, lat: 51.9281, lon: -8.4541, rank: 30, name: '18' }])
let database: TestDatabase
let config: Config
let look: postgres.Sql
let scope: Scope
let developmentId: string
let running: Jobs[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  config = prepareTestProcess({
    ...{ GEOCODER: 'nominatim', NOMINATIM_URL: nominatim.origin, NOMINATIM_CONTACT: 'maps@homes.example' },
    ...{ DATABASE_URL: database.url, JOB_BACKOFF_BASE_MS: '15', JOB_THREADS: '1' },
  })
  const estate = await openLongview(database)
  look = estate.look
  scope = estate.scope
  developmentId = estate.development.id
})
afterAll(async () => {
  prepareTestProcess({ GEOCODER: 'none' })
  await look.end()
  await database.drop()
  await nominatim.stop()
})
beforeEach(async () => {
  nominatim.forget()
  await look`truncate job_status, job_attempts, outbound_slots`
  await look`update units set latitude = null, longitude = null where id in (
    select id from units where development_id = ${developmentId} order by id limit 3)`
  await look`update units set latitude = 51.93, longitude = -8.45
    where development_id = ${developmentId} and id not in (
      select id from units where development_id = ${developmentId} order by id limit 3)`
})

const start = async (processes: number) => {
  running = await Promise.all(Array.from({ length: processes }, () => startJobs(config, { cronTasks: [] })))
}
const stop = () => Promise.all(running.splice(0).map((jobs) => jobs.stop(1_500)))
const finished = () =>
  eventually('every job is final', async () => {
    const [row] = await look`select count(*)::int as count from job_status where finalized_at is null`
    return row?.count === 0
  })
const jobs = async () => [
  ...(await look`select kind, state, attempt, error_code from job_status order by kind, id`),
]

test('two whole processes ask the provider at most once a second between them', async () => {
  expect(await within(scope, (db) => geocodeUnitsLater(db, scope, { developmentId }))).toBe(3)
  await start(2)
  await finished()
  await stop()
  const done = { kind: 'geocode-unit', state: 'completed', attempt: 1, error_code: null }
  expect(await jobs()).toEqual([done, done, done])
  const workers = await look`select distinct split_part(worker, '.', 1) from job_attempts`
  expect(workers.length).toBe(2)
  const times = nominatim.requests().map(({ atMs }) => atMs)
  expect(times.length).toBe(3)
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(SECOND_MS)
})

test('one answer of "too many" makes every process wait, and costs no attempt', async () => {
  nominatim.fails(limitedFor(4))
  await within(scope, (db) => geocodeUnitsLater(db, scope, { developmentId }))
  await start(2)
  await finished()
  await stop()
  const times = nominatim.requests().map(({ atMs }) => atMs)
  expect(times.length).toBe(4)
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(4 * SECOND_MS - 50)
  const done = { kind: 'geocode-unit', state: 'completed', attempt: 1, error_code: null }
  expect(await jobs()).toEqual([done, done, done])
  expect((await look`select 1 from job_attempts where outcome = 'snoozed'`).length).toBeGreaterThan(0)
})

test('a development is found first, then its homes', async () => {
  await look`update developments set latitude = null, longitude = null where id = ${developmentId}`
  await look`update units set eircode = null where development_id = ${developmentId} and latitude is null`
  await within(scope, (db) => geocodeDevelopmentLater(db, scope, developmentId))
  await start(1)
  await finished()
  await stop()
  expect((await jobs()).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'geocode-development completed',
    ...Array.from({ length: 3 }, () => 'geocode-unit completed'),
  ])
  const [row] =
    await look`select latitude, location_source, geocode_quality from developments where id = ${developmentId}`
  expect(row).toEqual({ latitude: 51.9281, location_source: 'geocoded', geocode_quality: 'exact' })
})

test('jobs that a removed setting left behind end as such', async () => {
  await within(scope, (db) => geocodeUnitsLater(db, scope, { developmentId }))
  running = [await startJobs({ ...config, GEOCODER: 'none' }, { cronTasks: [] })]
  await finished()
  await stop()
  const ended = { kind: 'geocode-unit', state: 'cancelled', attempt: 1, error_code: 'geocode_not_set_up' }
  expect(await jobs()).toEqual([ended, ended, ended])
  expect(nominatim.requests().length).toBe(0)
})

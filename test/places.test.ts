// Places near a development: what is chosen, replaced, kept, purged and told, over a real database.
import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import type postgres from 'postgres'
import { type Db, mintHomeScope, type Scope, throughQueue, within } from '#db/scope.ts'
import { kinds } from '#jobs/kinds.ts'
import { startJobs } from '#jobs/runner.ts'
import { overpassPlaces } from '#src/clients/overpass.ts'
import { type PlacesSource, placesCodes } from '#src/clients/places.ts'
import type { Config } from '#src/config.ts'
import { placesNearHome, type Refresh, refreshPlaces, sweepPlaces } from '#src/places.ts'
import { eventually } from './jobs/drills.ts'
import { bearer, startTestApp, type TestApp } from './support/app.ts'
import { type OsmElement, overpassDouble, TIMED_OUT_REMARK } from './support/doubles/overpass.ts'
import { limitedFor } from './support/doubles/peer.ts'
import { openLongview } from './support/longview.ts'
import { prepareTestProcess } from './support/process.ts'

setDefaultTimeout(30_000)

let elements: OsmElement[] = []
const overpass = overpassDouble(() => elements)
const signal = new AbortController().signal

let app: TestApp
let config: Config
let look: postgres.Sql
let scope: Scope
let other: { developmentId: string; placeId: string }
let development: { id: string; latitude: number; longitude: number }

beforeAll(async () => {
  app = await startTestApp()
  config = prepareTestProcess({
    ...{ PLACES_PROVIDER: 'overpass', OVERPASS_URL: `${overpass.origin}/api/interpreter` },
    ...{ DATABASE_URL: app.database.url, JOB_BACKOFF_BASE_MS: '15', JOB_THREADS: '1' },
  })
  const estate = await openLongview(app.database)
  look = estate.look
  scope = estate.scope
  development = estate.development
  const [foreign] =
    await look`select id, development_id from places where tenant_id <> ${scope.tenantId} limit 1`
  other = { developmentId: foreign?.development_id, placeId: foreign?.id }
})
afterAll(async () => {
  prepareTestProcess({ PLACES_PROVIDER: 'none' })
  await look.end()
  await app.stop()
  await overpass.stop()
})
beforeEach(async () => {
  overpass.forget()
  elements = []
  await look`truncate job_status, job_attempts, outbound_slots`
  await look`delete from places where provider is not null`
  await look`update developments set places_refreshed_at = null, places_failure_code = null`
})

const osm = (id: number, metresNorth: number, tags: Record<string, string>): OsmElement => ({
  ...{ type: 'node', id, lon: development.longitude, tags },
  lat: development.latitude + metresNorth / 111_195,
})
const shop = (id: number, metresNorth: number, name: string) =>
  osm(id, metresNorth, { shop: 'supermarket', name })

const open = (): PlacesSource =>
  overpassPlaces({
    url: `${overpass.origin}/api/interpreter`,
    userAgent: 'OpenHouse/1',
    pace: { turn: () => Promise.resolve(0), putOff: () => Promise.resolve() },
  })

const refresh = (isAsked = true, source: PlacesSource | null = open()): Promise<Refresh> =>
  refreshPlaces(
    scope,
    { developmentId: development.id, isAsked },
    { signal, source, progress: () => {}, fenced: (work) => within(scope, work) },
  )

const fetched = async () =>
  look`select id, category, name, source, fetched_at from places where provider is not null order by name`
const names = async () => (await fetched()).map(({ name }) => name)
const failureCode = async () =>
  (await look`select places_failure_code as code from developments where id = ${development.id}`)[0]?.code
const manualCount = async () => (await look`select 1 from places where provider is null`).length

describe('a refresh', () => {
  test('replaces what was fetched, keeps the ids of what is still there, and leaves what people recorded', async () => {
    const manual = await manualCount()
    elements = [shop(1, 300, 'Invented Foods'), shop(2, 400, 'Closing Foods')]
    expect(await refresh()).toEqual({ outcome: 'done' })
    const before = await fetched()
    elements = [shop(1, 300, 'Invented Foods & Sons'), shop(3, 500, 'Opening Foods')]
    await refresh()
    const after = await fetched()
    expect(after.map(({ name }) => name)).toEqual(['Invented Foods & Sons', 'Opening Foods'])
    expect(after[0]?.id).toBe(before.find(({ name }) => name === 'Invented Foods')?.id)
    expect(after[0]).toMatchObject({ category: 'supermarket', source: 'OpenStreetMap' })
    expect(await manualCount()).toBe(manual)
  })

  test('keeps ten of a group, the nearest two of every category before further ones of another', async () => {
    const stops = Array.from({ length: 30 }, (_, i) =>
      osm(100 + i, 100 + i * 10, { highway: 'bus_stop', name: `Stop ${i}` }),
    )
    elements = [
      ...stops,
      osm(1, 7_000, { railway: 'station', name: 'Inventedtown' }),
      shop(2, 2_900, 'Far Foods'),
    ]
    await refresh()
    const kept = await names()
    expect(kept.filter((name) => name.startsWith('Stop')).length).toBe(9)
    expect(kept).toContain('Inventedtown')
    expect(kept).toContain('Far Foods')
    expect(kept).toContain('Stop 0')
    expect(kept).not.toContain('Stop 20')
  })

  test('takes the nearest of twins, and none that people recorded with a position', async () => {
    elements = [
      ...[osm(1, 500, { highway: 'bus_stop', name: 'Invented Road' })],
      ...[osm(2, 480, { highway: 'bus_stop', name: 'INVENTED ROAD' })],
      { ...osm(3, 0, { amenity: 'school', name: 'Scoil Oilibheir' }), lat: 51.9216, lon: -8.4597 },
    ]
    await refresh()
    expect(await names()).toEqual(['INVENTED ROAD'])
  })

  test('makes names of strangers one harmless line', async () => {
    elements = [
      shop(1, 300, '  Foods\u0000\n\u202Eevil  '),
      shop(2, 310, '\u200B \u0007'),
      shop(3, 320, 'x'.repeat(9_000)),
    ]
    await refresh()
    expect((await names()).map((name) => name.slice(0, 20))).toEqual(['Foods evil', 'x'.repeat(20)])
    expect((await names())[1]?.length).toBe(150)
  })

  test.each([
    ['gives up half-way with 200', TIMED_OUT_REMARK, { outcome: 'failed', code: 'places_unavailable' }],
    ['says that it is too much', limitedFor(30), { outcome: 'later', delayMs: 30_000 }],
    ['knows nothing at all', { kind: 'json', body: { elements: [] } }, { outcome: 'done' }],
  ] as const)('keeps the old places and their date when the source %s', async (_, fault, expected) => {
    elements = [shop(1, 300, 'Invented Foods')]
    await refresh()
    const before = await fetched()
    overpass.fails(fault)
    expect(await refresh()).toMatchObject(expected)
    expect([...(await fetched())]).toEqual([...before])
    expect(await failureCode()).toMatch(/^places_(unavailable|limited|none_found)$/)
    expect(await refresh()).toEqual({ outcome: 'done' })
    expect(await failureCode()).toBeNull()
  })

  test('by the clock asks nobody while the places are fresh', async () => {
    elements = [shop(1, 300, 'Invented Foods')]
    await refresh(false)
    await refresh(false)
    expect(overpass.requests().length).toBe(1)
    await refresh(true)
    expect(overpass.requests().length).toBe(2)
  })

  test('says when there is nobody to ask, or nowhere to ask about', async () => {
    expect(await refresh(true, null)).toEqual({ outcome: 'pointless', code: 'places_not_set_up' })
    await look`update developments set latitude = null, longitude = null where id = ${development.id}`
    expect(await refresh()).toEqual({ outcome: 'pointless', code: 'places_no_position' })
    const { latitude, longitude } = development
    await look`update developments set latitude = ${latitude}, longitude = ${longitude} where id = ${development.id}`
  })
})

describe('the sweep', () => {
  const sweep = () =>
    sweepPlaces({
      ...{ signal, requestId: 'sweep', progress: () => {} },
      fenced: <T>(work: (db: Db) => Promise<T>) => throughQueue(work),
    })

  test('enqueues one refresh for every development of every tenant, and no second while it waits', async () => {
    await sweep()
    await sweep()
    const developments = await look`select id, tenant_id from developments order by id`
    const jobs = await look`select payload ->> 'developmentId' as id, tenant_id from job_status order by 1`
    expect([...jobs]).toEqual([...developments])
  })

  test('removes what was fetched more than 30 days ago, and nothing that people recorded', async () => {
    elements = [shop(1, 300, 'Invented Foods'), shop(2, 400, 'Other Foods')]
    await refresh()
    const manual = await manualCount()
    await look`update places set expires_at = now() - interval '1 s' where name = 'Other Foods'`
    const [row] =
      await look`select extract(day from expires_at - fetched_at)::int as days from places where name = 'Invented Foods'`
    expect(row?.days).toBe(30)
    await sweep()
    expect(await names()).toEqual(['Invented Foods'])
    expect(await manualCount()).toBe(manual)
  })

  test('cannot reach a place that may still be kept', async () => {
    elements = [shop(1, 300, 'Invented Foods')]
    await refresh()
    await throughQueue((db) => db.execute(sql`delete from places where id is not null`))
    expect(await names()).toEqual(['Invented Foods'])
  })
})

test('a home is told of fetched places while they are kept, and of a place known by name where it was found', async () => {
  elements = [
    shop(1, 300, 'Invented Foods'),
    osm(2, 900, { amenity: 'school', name: "St Aidan's Community College" }),
  ]
  await refresh()
  const [unit] =
    await look`select id, house_type_id from units where development_id = ${development.id} limit 1`
  const home = mintHomeScope(scope, {
    developmentId: development.id,
    unitId: unit?.id,
    houseTypeId: unit?.house_type_id,
  })
  const told = async () => (await placesNearHome(home)).map(({ name, category }) => `${name}: ${category}`)
  const first = await told()
  expect(first).toContain('Invented Foods: supermarket')
  expect(first.filter((line) => line.includes('Aidan'))).toEqual([
    "St Aidan's Community College: secondary_school",
  ])
  await look`update places set expires_at = now() - interval '1 s' where provider is not null`
  expect((await told()).filter((line) => line.includes('Aidan'))).toEqual([
    'St Aidan’s Community College: school',
  ])
})

describe('the API', () => {
  const key = () => app.demo.api_keys.find(({ tenant }) => tenant === 'longview-estates')?.key ?? ''
  const get = async (path: string) => {
    const response = await app.call(`/api/v1${path}`, bearer(key()))
    return { status: response.status, body: await response.json() }
  }

  test('lists places with distance, source and dates, and reads one', async () => {
    elements = [shop(1, 300, 'Invented Foods')]
    await refresh()
    const { status, body } = await get(`/places?development_id=${development.id}&limit=100`)
    expect(status).toBe(200)
    const place = body.data.find(({ name }: { name: string }) => name === 'Invented Foods')
    expect(place).toMatchObject({ category: 'supermarket', distance_m: 300, source: 'OpenStreetMap' })
    expect(place.fetched_at).toBeString()
    const named = body.data.find(({ name }: { name: string }) => name === 'Bus 207')
    expect(named).toMatchObject({ latitude: null, distance_m: null, fetched_at: null })
    expect(await get(`/places/${place.id}`)).toEqual({ status: 200, body: place })
    const { body: page } = await get(`/places?development_id=${development.id}&limit=2`)
    expect(page.data.length).toBe(2)
    expect(page.next_cursor).toBeString()
  })

  test('shows no place of another tenant, and refreshes none of its developments', async () => {
    expect((await get(`/places?development_id=${other.developmentId}`)).body.data).toEqual([])
    expect((await get(`/places/${other.placeId}`)).status).toBe(404)
    const path = `/api/v1/developments/${other.developmentId}/places-refresh`
    expect((await app.call(path, bearer(key(), { method: 'POST' }))).status).toBe(404)
    expect((await look`select 1 from job_status`).length).toBe(0)
  })

  const ask = () =>
    app.call(`/api/v1/developments/${development.id}/places-refresh`, bearer(key(), { method: 'POST' }))

  test('enqueues a refresh, which a worker thread carries out', async () => {
    elements = [shop(1, 300, 'Invented Foods')]
    const response = await ask()
    expect(response.status).toBe(202)
    const { job_id: jobId } = (await response.json()) as { job_id: string }
    expect((await ask().then((again) => again.json())) as unknown).toEqual({ job_id: jobId })
    const jobs = await startJobs(config, { cronTasks: [] })
    await eventually('the job is over', async () => (await get(`/jobs/${jobId}`)).body.finalized_at !== null)
    await jobs.stop(1_500)
    expect((await get(`/jobs/${jobId}`)).body).toMatchObject({ kind: 'refresh-places', state: 'completed' })
    expect(await names()).toEqual(['Invented Foods'])
    const { body } = await get(`/developments/${development.id}`)
    expect(body).toMatchObject({ places_failure_code: null, places_refreshed_at: expect.any(String) })
  })

  test('says that no source is set up', async () => {
    prepareTestProcess({ ...process.env, PLACES_PROVIDER: 'none' } as Record<string, string>)
    const response = await ask()
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ error: { code: 'places_not_set_up' } })
  })
})

test('the kind of job knows every way to fail', () => {
  const codes: readonly string[] = kinds['refresh-places'].codes
  // Finding nothing is a result; the code stands on the development only.
  expect(codes).toEqual([...placesCodes.filter((code) => code !== 'places_none_found'), 'deleted'])
})

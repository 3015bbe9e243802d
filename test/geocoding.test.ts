// Where homes are: the search for their positions, over a real database, with doubles of the provider.
import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from 'bun:test'
import type postgres from 'postgres'
import { type Db, type Scope, within } from '#db/scope.ts'
import { kinds } from '#jobs/kinds.ts'
import { systemScope } from '#src/access/system-scope.ts'
import { type Geocoder, geocodeCodes } from '#src/clients/geocoder.ts'
import { nominatimGeocoder } from '#src/clients/nominatim.ts'
import { parseConfig } from '#src/config.ts'
import { addressOf, type Geocoding, geocode, geocodeUnitsLater, positionOf } from '#src/geocoding.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { type KnownAddress, nominatimDouble } from './support/doubles/nominatim.ts'
import type { Fault } from './support/doubles/peer.ts'
import { openLongview } from './support/longview.ts'
import { prepareTestProcess } from './support/process.ts'

setDefaultTimeout(30_000)

const HOME = { lat: 51.9281, lon: -8.4541, name: '18' }
const known: KnownAddress[] = []
const nominatim = nominatimDouble(known)
const signal = new AbortController().signal

let database: TestDatabase
let look: postgres.Sql
let scope: Scope
let unit: { id: string; addressLine: string; developmentId: string }

beforeAll(async () => {
  database = await createTestDatabase()
  prepareTestProcess({
    GEOCODER: 'nominatim',
    NOMINATIM_URL: nominatim.origin,
    NOMINATIM_CONTACT: 'maps@x.example',
  })
  const estate = await openLongview(database)
  look = estate.look
  scope = estate.scope
  const [row] = await look`select id, address_line, development_id from units
    where development_id = ${estate.development.id} and latitude is null order by id limit 1`
  unit = { id: row?.id, addressLine: row?.address_line, developmentId: row?.development_id }
})
afterAll(async () => {
  prepareTestProcess({ GEOCODER: 'none' })
  await look.end()
  await database.drop()
  await nominatim.stop()
})
beforeEach(async () => {
  known.length = 0
  nominatim.forget()
  await look`update units set latitude = null, longitude = null, location_source = null, geocode_form = null,
    geocode_attempts = 0, geocode_failure_code = null, address_line = ${unit.addressLine}, eircode = 'T23X4Y5'
    where id = ${unit.id}`
})

/** A geocoder without a pace, as a thread would open it anew. */
const open = (): Geocoder =>
  nominatimGeocoder({
    url: nominatim.origin,
    userAgent: 'OpenHouse/1',
    pace: { turn: () => Promise.resolve(0), putOff: () => Promise.resolve() },
  })

const search = (geocoder: Geocoder | null = open()): Promise<Geocoding> =>
  geocode(
    { type: 'unit', id: unit.id },
    { signal, geocoder, progress: () => {}, fenced: (work) => within(scope, work) },
  )

const stored = async () => {
  const [row] = await look`select latitude, location_source as source, geocode_quality as quality,
    geocode_form as form, geocode_attempts as attempts, geocode_failure_code as code from units where id = ${unit.id}`
  return row
}
const asked = () => nominatim.requests().map(({ url }) => url.searchParams.get('q') ?? '')

describe('a home without a pin', () => {
  test('is found by its full address', async () => {
    known.push({ query: /T23 X4Y5$/, ...HOME, rank: 30 })
    expect(await search()).toEqual({ outcome: 'placed' })
    expect(await stored()).toEqual({
      ...{ latitude: HOME.lat, source: 'geocoded', quality: 'exact' },
      ...{ form: null, attempts: 0, code: null },
    })
    expect(asked()).toEqual([`${unit.addressLine}, Ballyvolane, Cork, Ireland, T23 X4Y5`])
  })

  test('is looked up without the Eircode and then by its locality, a whole town not being an address', async () => {
    known.push({ query: /Ballyvolane/, lat: 51.925, lon: -8.45, name: 'Ballyvolane', rank: 20 })
    expect(await search()).toEqual({ outcome: 'placed' })
    expect(asked()).toEqual([
      `${unit.addressLine}, Ballyvolane, Cork, Ireland, T23 X4Y5`,
      `${unit.addressLine}, Ballyvolane, Cork, Ireland`,
      'Ballyvolane, Cork, Ireland',
    ])
    expect(await stored()).toMatchObject({ source: 'geocoded', quality: 'area', code: null })
  })

  test('is not asked for twice the same when it has no Eircode', async () => {
    await look`update units set eircode = null where id = ${unit.id}`
    await search()
    expect(asked().length).toBe(2)
  })

  test('stands at its development, marked so, when nothing is found', async () => {
    expect(await search()).toEqual({ outcome: 'failed', code: 'geocode_no_match' })
    expect(await stored()).toMatchObject({ latitude: null, source: 'development', code: 'geocode_no_match' })
  })

  test.each([
    ['a namesake in another county', 53.27, -9.06],
    ['a namesake abroad', 40.7, -74],
  ])('is not %s', async (_, lat, lon) => {
    known.push({ query: /./, lat, lon, name: 'Namesake', rank: 30 })
    expect(await search()).toMatchObject({ code: 'geocode_no_match' })
    expect(await stored()).toMatchObject({ latitude: null, source: 'development' })
  })

  test('is tried three times in each form while the provider is down, by whichever run', async () => {
    const faults: Fault[] = Array.from({ length: 30 }, () => ({ kind: 'status', status: 500 }))
    nominatim.fails(...faults)
    const endings: Geocoding[] = []
    do endings.push(await search())
    while (endings.at(-1)?.outcome === 'failed' && (await stored())?.form !== null)
    expect(endings.length).toBe(9)
    expect(endings[0]).toMatchObject({ outcome: 'failed', code: 'geocode_unavailable' })
    expect(endings.at(-1)).toMatchObject({ outcome: 'failed', code: 'geocode_given_up' })
    const counts = new Map<string, number>()
    for (const address of asked()) counts.set(address, (counts.get(address) ?? 0) + 1)
    expect([...counts.values()]).toEqual([3, 3, 3])
    expect(await stored()).toMatchObject({ source: 'development', code: 'geocode_unavailable' })
  })

  test('goes on with the form at which an earlier run stopped', async () => {
    nominatim.fails({ kind: 'json', body: [] }, { kind: 'status', status: 503 })
    expect(await search()).toMatchObject({ code: 'geocode_unavailable' })
    expect(await stored()).toMatchObject({
      form: 'without_eircode',
      attempts: 1,
      code: 'geocode_unavailable',
    })
    await search()
    expect(asked().filter((address) => address.endsWith('T23 X4Y5')).length).toBe(1)
  })

  test('is given up at once when the provider refuses us', async () => {
    nominatim.fails({ kind: 'status', status: 403 })
    expect(await search()).toEqual({ outcome: 'failed', code: 'geocode_denied' })
    expect(asked().length).toBe(1)
    expect(await stored()).toMatchObject({ source: 'development', code: 'geocode_denied' })
  })

  test('waits, without a try being counted, when the provider says that it is too much', async () => {
    nominatim.fails({ kind: 'status', status: 429, headers: { 'retry-after': '90' } })
    expect(await search()).toEqual({ outcome: 'later', delayMs: 90_000 })
    expect(await stored()).toMatchObject({ form: 'full', attempts: 0, code: 'geocode_limited' })
  })

  test('stays as it is when no geocoder is set up', async () => {
    expect(await search(null)).toEqual({ outcome: 'failed', code: 'geocode_not_set_up' })
    expect(await stored()).toMatchObject({ source: null, code: null })
    prepareTestProcess({ GEOCODER: 'none' })
    expect(await within(scope, (db) => geocodeUnitsLater(db, scope, { unitIds: [unit.id] }))).toBe(0)
    prepareTestProcess({ GEOCODER: 'nominatim', NOMINATIM_CONTACT: 'maps@x.example' })
  })

  test('that was deleted is not looked for', async () => {
    const gone = { type: 'unit', id: Bun.randomUUIDv7() } as const
    const fenced = <T>(work: (db: Db) => Promise<T>) => within(scope, work)
    const context = { signal, geocoder: open(), progress: () => {}, fenced }
    expect(await geocode(gone, context)).toEqual({ outcome: 'gone' })
    expect(asked().length).toBe(0)
  })
})

describe('a pin that somebody entered', () => {
  const enter = () => look`update units set latitude = 51.93, longitude = -8.45 where id = ${unit.id}`

  test('is noted as such by the database, and is never looked up', async () => {
    await enter()
    expect(await stored()).toMatchObject({ source: 'entered' })
    known.push({ query: /./, ...HOME, rank: 30 })
    expect(await search()).toEqual({ outcome: 'placed' })
    expect(asked().length).toBe(0)
    expect(await within(scope, (db) => geocodeUnitsLater(db, scope, { unitIds: [unit.id] }))).toBe(0)
  })

  test('wins over an answer that is on its way', async () => {
    known.push({ query: /./, ...HOME, rank: 30 })
    expect(await search(meanwhile(enter))).toEqual({ outcome: 'placed' })
    expect(await stored()).toMatchObject({ latitude: 51.93, source: 'entered' })
  })

  test('outlives a change of the address, which voids one that was found', async () => {
    await enter()
    await look`update units set address_line = '1 Elsewhere' where id = ${unit.id}`
    expect(await stored()).toMatchObject({ latitude: 51.93, source: 'entered' })
    await look`update units set latitude = null, longitude = null where id = ${unit.id}`
    known.push({ query: /./, ...HOME, rank: 30 })
    await search()
    expect(await stored()).toMatchObject({ source: 'geocoded' })
    await look`update units set address_line = '2 Elsewhere' where id = ${unit.id}`
    expect(await stored()).toMatchObject({ latitude: null, source: null, quality: null })
  })
})

test('an address that changes while it is asked for is asked for again', async () => {
  known.push(
    { query: /^7 New Lane/, ...HOME, rank: 30 },
    { query: /./, lat: 51.94, lon: -8.46, name: 'Old', rank: 30 },
  )
  const move = () =>
    look`update units set address_line = '7 New Lane' where id = ${unit.id} and latitude is null`
  expect(await search(meanwhile(move))).toEqual({ outcome: 'placed' })
  expect(asked().length).toBe(2)
  expect(await stored()).toMatchObject({ latitude: HOME.lat })
})

/** Something happens to the row between the provider's answer and our writing it down. */
function meanwhile(happens: () => PromiseLike<unknown>): Geocoder {
  const geocoder = open()
  return {
    ...geocoder,
    find: async (address, stopping) => {
      const match = await geocoder.find(address, stopping)
      await happens()
      return match
    },
  }
}

test('homes are enqueued once, those of another tenant never', async () => {
  const enqueue = (as: Scope) =>
    within(as, (db) => geocodeUnitsLater(db, as, { unitIds: [unit.id, unit.id] }))
  const [other] = await look`select id from tenants where id <> ${scope.tenantId} limit 1`
  expect(await enqueue(systemScope(other?.id, 'test'))).toBe(0)
  expect(await enqueue(scope)).toBe(1)
  expect(await enqueue(scope)).toBe(0)
  await look`update units set address_line = '9 Changed Lane' where id = ${unit.id}`
  expect(await enqueue(scope)).toBe(1)
})

test.each([
  ['18 Larch Row, Ballyvolane, Cork', 'full', '18 Larch Row, Ballyvolane, Cork, Ireland, T23 X4Y5'],
  ['18 Larch Row, BALLYVOLANE', 'without_eircode', '18 Larch Row, BALLYVOLANE, Cork, Ireland'],
  ['18 Corkscrew Hill', 'without_eircode', '18 Corkscrew Hill, Ballyvolane, Cork, Ireland'],
  ['18 Larch Row', 'locality', 'Ballyvolane, Cork, Ireland'],
] as const)('"%s" in its %s form is "%s"', (addressLine, form, expected) => {
  const row = { addressLine, locality: 'Ballyvolane', county: 'Cork', eircode: 'T23X4Y5' }
  expect(addressOf(row, form)).toBe(expected)
})

test.each([
  ['an entered pin', 51.1, null, 51.9, 51.1, false],
  ['a pin found to the street', 51.1, 'street', 51.9, 51.1, false],
  ['the development, when only an area was found', 51.1, 'area', 51.9, 51.9, true],
  ['the area, when the development has no pin either', 51.1, 'area', null, 51.1, true],
  ['the development, when there is no pin', null, null, 51.9, 51.9, true],
  ['nowhere, when nothing is known', null, null, null, null, true],
] as const)(
  'distances are measured from %s',
  (_, latitude, geocodeQuality, developmentLatitude, expected, locationIsApproximate) => {
    const row = { latitude, longitude: latitude, geocodeQuality, developmentLatitude }
    const from = positionOf({ ...row, developmentLongitude: developmentLatitude })
    expect(from).toMatchObject({ latitude: expected, locationIsApproximate })
  },
)

test('the kinds of jobs know every way to fail', () => {
  for (const kind of ['geocode-unit', 'geocode-development'] as const)
    expect(kinds[kind].codes).toEqual([...geocodeCodes, 'deleted'])
})

test.each([
  [{ GEOCODER: 'nominatim' }, 'NOMINATIM_CONTACT'],
  [{ GEOCODER: 'google' }, 'GOOGLE_MAPS_API_KEY'],
  [{ PLACES_PROVIDER: 'google' }, 'GOOGLE_MAPS_API_KEY'],
  [{ GEOCODER: 'nominatim', NOMINATIM_CONTACT: 'a\r\nb' }, 'NOMINATIM_CONTACT'],
  [{ GEOCODER: 'bing' }, 'GEOCODER'],
])('%j is refused at the start', (settings, setting) => {
  const parsed = parseConfig({ NODE_ENV: 'test', ...settings })
  expect('faults' in parsed ? parsed.faults.map((fault) => fault.setting) : []).toEqual([setting])
})

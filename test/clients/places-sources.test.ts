// The two sources of nearby places against doubles that answer well, partly, wrongly, too much or not at all.
import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { googlePlaces } from '#src/clients/google-places.ts'
import type { Pace } from '#src/clients/outbound-pace.ts'
import { overpassPlaces } from '#src/clients/overpass.ts'
import { PeerFailure } from '#src/clients/peer.ts'
import type { PlacesSource } from '#src/clients/places.ts'
import { placeGroups } from '#src/places/categories.ts'
import { GOOGLE_KEY, googleDouble, placesError } from '../support/doubles/google.ts'
import { type OsmElement, overpassDouble, TIMED_OUT_REMARK } from '../support/doubles/overpass.ts'
import { type Fault, HTML_502, limitedFor } from '../support/doubles/peer.ts'

const DEADLINE_MS = 1_000
const HERE = { latitude: 51.9265, longitude: -8.4532 }
const signal = new AbortController().signal

let putOffMs: number[] = []
const freePace: Pace = {
  turn: () => Promise.resolve(0),
  putOff: async (delayMs) => {
    putOffMs.push(delayMs)
  },
}
beforeEach(() => {
  putOffMs = []
})

const near = (source: PlacesSource) => source.near(HERE, signal, () => {})

const failureOf = async (source: PlacesSource): Promise<PeerFailure> => {
  const error = await near(source).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof PeerFailure) return error
  throw new Error(`not a failure of the peer: ${String(error)}`)
}

describe('Overpass', () => {
  const osm = (id: number, tags: Record<string, string>, type: OsmElement['type'] = 'node'): OsmElement => ({
    type,
    id,
    lat: 51.9275,
    lon: HERE.longitude,
    tags,
  })
  let elements: OsmElement[] = []
  const double = overpassDouble(() => elements)
  const open = () =>
    overpassPlaces({
      url: `${double.origin}/api/interpreter`,
      userAgent: 'OpenHouse/1 (+https://homes.example)',
      pace: freePace,
      deadlineMs: DEADLINE_MS,
    })
  beforeEach(() => double.forget())
  afterAll(() => double.stop())

  test.each([
    [{ shop: 'supermarket', name: 'Invented Foods' }, 'supermarket'],
    [{ shop: 'doityourself', name: 'Invented Timber' }, 'diy_store'],
    [{ shop: 'supermarket', amenity: 'post_office', name: 'Invented Foods' }, 'supermarket'],
    [{ amenity: 'school', name: 'Scoil Samplach' }, 'school'],
    [{ amenity: 'school', name: 'Scoil Samplach', 'isced:level': '1' }, 'primary_school'],
    [{ amenity: 'school', name: 'Invented National School' }, 'primary_school'],
    [{ amenity: 'school', name: 'Invented Community College' }, 'secondary_school'],
    [{ amenity: 'kindergarten', name: 'Invented Naíonra' }, 'creche'],
    [{ amenity: 'doctors', name: 'Invented Surgery' }, 'doctor'],
    [{ amenity: 'charging_station' }, 'charging_point'],
    [{ amenity: 'fuel', brand: 'Invented Oil' }, 'petrol_station'],
    [{ leisure: 'playground' }, 'playground'],
    [{ leisure: 'fitness_centre', name: 'Invented Gym' }, 'gym'],
    [{ highway: 'bus_stop', name: 'Invented Road' }, 'bus_stop'],
    [{ railway: 'station', name: 'Inventedtown' }, 'train_station'],
  ] as [Record<string, string>, string][])('%j is a %s', async (tags, category) => {
    elements = [osm(7, tags, 'way')]
    expect(await near(open())).toMatchObject([{ externalId: 'way/7', category, latitude: 51.9275 }])
  })

  test.each([
    ['a private playground', { leisure: 'playground', access: 'private' }],
    ['a shop without a name', { shop: 'supermarket' }],
    ['what is called like a property of every object', { shop: 'constructor', name: 'Trap' }],
  ] as [string, Record<string, string>][])('%s is passed over', async (_, tags) => {
    elements = [osm(7, tags)]
    expect(await near(open())).toEqual([])
  })

  test.each([
    ['a remark with 200, half the elements beside it', TIMED_OUT_REMARK, 'unavailable', null],
    ['429 with a time', limitedFor(9), 'limited', 9_000],
    ['429 without a time', { kind: 'status', status: 429, body: '<html>' }, 'limited', 60_000],
    ['504 of a busy server', { kind: 'status', status: 504, body: '<html>' }, 'unavailable', null],
    ['502 with a page', HTML_502, 'unavailable', null],
    ['400 for a query that it cannot read', { kind: 'status', status: 400 }, 'denied', null],
    ['silence', { kind: 'silence' }, 'unavailable', null],
    ['an answer that is cut', { kind: 'cut' }, 'unavailable', null],
    ['an answer too large', { kind: 'huge', bytes: 9_000_000 }, 'bad_response', null],
    ['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:9/' }, 'bad_response', null],
    ['elements that are none', { kind: 'json', body: { elements: [{ id: 'x' }] } }, 'bad_response', null],
  ] as [string, Fault, string, number | null][])(
    '%s is read as it is meant',
    async (_, fault, trouble, putOff) => {
      double.fails(fault)
      expect((await failureOf(open())).trouble).toBe(trouble as PeerFailure['trouble'])
      expect(putOffMs).toEqual(putOff === null ? [] : [putOff])
    },
  )
})

describe('Google', () => {
  const at = (metresNorth: number) => ({ ...HERE, latitude: HERE.latitude + metresNorth / 111_195 })
  const double = googleDouble({
    places: [
      { id: 'g1', name: 'Invented Foods', types: ['supermarket', 'food'], ...at(500) },
      { id: 'g2', name: 'Invented Oil', types: ['gas_station', 'convenience_store'], ...at(600) },
      { id: 'g3', name: 'Far Foods', types: ['supermarket'], ...at(4_000) },
      { id: 'g4', name: 'Invented Hardware', types: ['hardware_store'], ...at(4_000) },
    ],
  })
  const open = (apiKey = GOOGLE_KEY) =>
    googlePlaces({
      url: `${double.origin}/v1/places:searchNearby`,
      apiKey,
      pace: freePace,
      deadlineMs: DEADLINE_MS,
    })
  beforeEach(() => double.forget())
  afterAll(() => double.stop())

  test('is asked once for each group, as far as the group reaches; a place belongs to its primary group', async () => {
    const found = await near(open())
    expect(double.requests().length).toBe(Object.keys(placeGroups).length)
    expect(double.requests()[0]?.headers.get('x-goog-fieldmask')?.split(',').length).toBe(5)
    expect(found.map(({ externalId, category }) => [externalId, category])).toEqual([
      ['g1', 'supermarket'],
      ['g2', 'petrol_station'],
      ['g4', 'diy_store'],
    ])
  })

  test.each([
    ['RESOURCE_EXHAUSTED', placesError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded'), 'limited'],
    ['PERMISSION_DENIED', placesError(403, 'PERMISSION_DENIED', 'API disabled'), 'denied'],
    ['INVALID_ARGUMENT', placesError(400, 'INVALID_ARGUMENT', 'FieldMask is required'), 'denied'],
    ['UNAVAILABLE', placesError(503, 'UNAVAILABLE', 'Try again'), 'unavailable'],
    ['an error with 200', placesError(200, 'INTERNAL', 'Oops'), 'unavailable'],
    ['502 with a page', HTML_502, 'unavailable'],
    ['something else', { kind: 'json', body: { items: [] } }, 'bad_response'],
    ['silence', { kind: 'silence' }, 'unavailable'],
  ] as [string, Fault, string][])('%s is read as it is meant', async (_, fault, trouble) => {
    double.fails(fault)
    expect((await failureOf(open())).trouble).toBe(trouble as PeerFailure['trouble'])
    expect(putOffMs.length).toBe(trouble === 'limited' ? 1 : 0)
  })

  test('no failure tells the key', async () => {
    const failure = await failureOf(open('AIza-wrong'))
    expect(failure.trouble).toBe('denied')
    expect(failure.message).toContain('[key]')
    expect(Bun.inspect(failure, { depth: 5 })).not.toContain('AIza-wrong')
  })
})

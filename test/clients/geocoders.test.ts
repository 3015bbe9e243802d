// The two geocoders against doubles that answer well, wrongly, slowly, half, too much or not at all.
import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { googleGeocoder } from '#src/clients/google-geocoding.ts'
import { nominatimGeocoder } from '#src/clients/nominatim.ts'
import type { Pace } from '#src/clients/outbound-pace.ts'
import { PeerFailure } from '#src/clients/peer.ts'
import { GOOGLE_KEY, geocodeStatus, googleDouble } from '../support/doubles/google.ts'
import { nominatimDouble } from '../support/doubles/nominatim.ts'
import { type Fault, HTML_502, limitedFor } from '../support/doubles/peer.ts'

const DEADLINE_MS = 200
const BYTES_TOO_MANY = 2_000_000
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

const elsewhere = nominatimDouble([{ query: /./, lat: 1, lon: 1, rank: 30, name: 'Elsewhere' }])
const nominatim = nominatimDouble([
  { query: /^1 Larch Row/, lat: 51.91, lon: -8.41, rank: 30, name: '1' },
  { query: /^Larch Row/, lat: 51.92, lon: -8.42, rank: 26, name: 'Larch Row' },
  { query: /^Ballyvolane/, lat: 51.93, lon: -8.43, rank: 20, name: 'Ballyvolane' },
])
const google = googleDouble({
  roofs: [
    { query: /^1 Larch Row/, lat: 51.91, lng: -8.41, locationType: 'ROOFTOP' },
    { query: /^2 Larch Row/, lat: 51.91, lng: -8.41, locationType: 'RANGE_INTERPOLATED' },
    { query: /^3 Larch Row/, lat: 51.91, lng: -8.41, locationType: 'ROOFTOP', isPartial: true },
  ],
})
afterAll(() => Promise.all([elsewhere.stop(), nominatim.stop(), google.stop()]))

const openNominatim = (url = nominatim.origin) =>
  nominatimGeocoder({
    url,
    userAgent: 'OpenHouse/1 (+https://homes.example; maps@homes.example)',
    pace: freePace,
    deadlineMs: DEADLINE_MS,
  })
const openGoogle = (apiKey = GOOGLE_KEY) =>
  googleGeocoder({
    url: `${google.origin}/maps/api/geocode/json`,
    apiKey,
    pace: freePace,
    deadlineMs: DEADLINE_MS,
  })

const failureOf = async (asking: Promise<unknown>): Promise<PeerFailure> => {
  const error = await asking.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof PeerFailure) return error
  throw new Error(`not a failure of the peer: ${String(error)}`)
}

describe('Nominatim', () => {
  beforeEach(() => nominatim.forget())

  test.each([
    ['1 Larch Row, Cork', 'exact', 51.91],
    ['Larch Row, Cork', 'street', 51.92],
    ['Ballyvolane, Cork', 'area', 51.93],
  ] as const)('finds "%s" as %s', async (address, quality, latitude) => {
    expect(await openNominatim().find(address, signal)).toMatchObject({ quality, latitude })
  })

  test('knows no such address, and that is no failure', async () => {
    expect(await openNominatim().find('Nowhere', signal)).toBeNull()
  })

  test('is told who calls and how to reach them', async () => {
    await openNominatim().find('1 Larch Row', signal)
    expect(nominatim.requests()[0]?.headers.get('user-agent')).toContain('maps@homes.example')
    expect(nominatim.requests()[0]?.url.searchParams.get('countrycodes')).toBe('ie')
  })

  test.each([
    ['429 with a time', limitedFor(7), 'limited', 7_000],
    ['429 without a time', { kind: 'status', status: 429 }, 'limited', 60_000],
    ['500', { kind: 'status', status: 500 }, 'unavailable', null],
    ['500 with an error in JSON', { kind: 'json', status: 500, body: { error: 'x' } }, 'unavailable', null],
    ['502 with a page', HTML_502, 'unavailable', null],
    ['403 as for a blocked caller', { kind: 'status', status: 403 }, 'denied', null],
    ['silence', { kind: 'silence' }, 'unavailable', null],
    ['an answer that is cut', { kind: 'cut' }, 'unavailable', null],
    ['an answer too large', { kind: 'huge', bytes: BYTES_TOO_MANY }, 'bad_response', null],
    ['a page with 200', { kind: 'status', status: 200, body: '<html>' }, 'bad_response', null],
    ['an error with 200', { kind: 'json', body: { error: 'x' } }, 'bad_response', null],
    [
      'a position off the earth',
      { kind: 'json', body: [{ lat: '91', lon: '0', place_rank: 30 }] },
      'bad_response',
      null,
    ],
  ] as [string, Fault, string, number | null][])(
    '%s is read as it is meant',
    async (_, fault, trouble, putOff) => {
      nominatim.fails(fault)
      const failure = await failureOf(openNominatim().find('1 Larch Row', signal))
      expect(failure.trouble).toBe(trouble as PeerFailure['trouble'])
      expect(putOffMs).toEqual(putOff === null ? [] : [putOff])
    },
  )

  test('is not listened to without end', async () => {
    nominatim.fails({ kind: 'huge', bytes: BYTES_TOO_MANY })
    expect((await failureOf(openNominatim().find('1 Larch Row', signal))).message).toContain('200000 bytes')
  })

  test('does not follow to where it is sent', async () => {
    nominatim.fails({ kind: 'redirect', to: `${elsewhere.origin}/search?q=x&format=jsonv2` })
    expect((await failureOf(openNominatim().find('1 Larch Row', signal))).trouble).toBe('bad_response')
    expect(elsewhere.requests().length).toBe(0)
  })

  test('that cannot be reached is unavailable, and is left alone after five times', async () => {
    const geocoder = openNominatim('http://127.0.0.1:9')
    for (let time = 0; time < 5; time++) {
      expect(await geocoder.turn(signal)).toBe(0)
      expect((await failureOf(geocoder.find('1 Larch Row', signal))).trouble).toBe('unavailable')
    }
    expect(await geocoder.turn(signal)).toBe(30_000)
    expect((await failureOf(geocoder.find('1 Larch Row', signal))).retryAfterMs).toBe(30_000)
  })

  test('too many requests do not open the circuit', async () => {
    const geocoder = openNominatim()
    nominatim.fails(...Array.from({ length: 6 }, () => limitedFor(1)))
    for (let time = 0; time < 6; time++) await failureOf(geocoder.find('1 Larch Row', signal))
    expect(await geocoder.find('1 Larch Row', signal)).not.toBeNull()
  })

  test('stops asking when the job is told to stop, with the reason of that', async () => {
    nominatim.fails({ kind: 'silence' })
    const stopping = new AbortController()
    const asking = openNominatim().find('1 Larch Row', stopping.signal)
    stopping.abort('stopping')
    expect(await asking.catch((reason) => reason)).toBe('stopping')
  })
})

describe('Google', () => {
  beforeEach(() => google.forget())

  test.each([
    ['1 Larch Row', 'exact'],
    ['2 Larch Row', 'interpolated'],
    ['3 Larch Row', 'area'],
  ] as const)('finds "%s" as %s', async (address, quality) => {
    expect(await openGoogle().find(address, signal)).toMatchObject({ quality })
  })

  test.each([
    ['ZERO_RESULTS', null],
    ['OVER_QUERY_LIMIT', 'limited'],
    ['OVER_DAILY_LIMIT', 'denied'],
    ['REQUEST_DENIED', 'denied'],
    ['INVALID_REQUEST', 'denied'],
    ['UNKNOWN_ERROR', 'unavailable'],
    ['SOMETHING_NEW', 'unavailable'],
  ] as const)('%s with 200 is read as it is meant', async (status, trouble) => {
    google.fails(geocodeStatus(status))
    if (trouble === null) expect(await openGoogle().find('1 Larch Row', signal)).toBeNull()
    else expect((await failureOf(openGoogle().find('1 Larch Row', signal))).trouble).toBe(trouble)
    expect(putOffMs).toEqual(trouble === 'limited' ? [60_000] : [])
  })

  test.each([
    ['502 with a page', HTML_502, 'unavailable'],
    ['silence', { kind: 'silence' }, 'unavailable'],
    ['an answer that is cut', { kind: 'cut' }, 'unavailable'],
    ['an answer too large', { kind: 'huge', bytes: BYTES_TOO_MANY }, 'bad_response'],
    ['a result without a position', { kind: 'json', body: { status: 'OK', results: [{}] } }, 'bad_response'],
  ] as [string, Fault, string][])('%s is read as it is meant', async (_, fault, trouble) => {
    google.fails(fault)
    const failure = await failureOf(openGoogle().find('1 Larch Row', signal))
    expect(failure.trouble).toBe(trouble as PeerFailure['trouble'])
  })

  test('no failure tells the key', async () => {
    const failures = [
      await failureOf(openGoogle('AIza-wrong').find('1 Larch Row', signal)),
      await failureOf(
        googleGeocoder({ url: 'http://127.0.0.1:9/', apiKey: 'AIza-wrong', pace: freePace }).find(
          'x',
          signal,
        ),
      ),
    ]
    expect(failures.map(({ trouble }) => trouble)).toEqual(['denied', 'unavailable'])
    for (const failure of failures)
      expect(Bun.inspect(failure, { depth: 5 }) + String(failure.stack)).not.toContain('AIza-wrong')
    expect(failures[0]?.message).toContain('[key]')
  })
})

// Geocoding by Nominatim, OpenStreetMap's own search: https://nominatim.org/release-docs/latest/api/Search/
import { z } from 'zod'
import type { Geocoded, GeocodeQuality, Geocoder } from './geocoder.ts'
import type { Pace } from './outbound-pace.ts'
import { openPeer } from './peer.ts'

const DEADLINE_MS = 10_000
const ANSWER_BYTES_MAX = 200_000
/** Address ranks: 30 is a house or a place in it, 28 and 29 what lies between streets and houses, 26 and 27 streets. */
const RANK = { exact: 30, interpolated: 28, street: 26 } as const

const answer = z.array(
  z.object({
    lat: z.coerce.number().min(-90).max(90),
    lon: z.coerce.number().min(-180).max(180),
    place_rank: z.number().int(),
  }),
)

export function nominatimGeocoder(settings: {
  url: string
  userAgent: string
  pace: Pace
  deadlineMs?: number
}): Geocoder {
  const peer = openPeer({
    name: 'Nominatim',
    deadlineMs: settings.deadlineMs ?? DEADLINE_MS,
    answerBytesMax: ANSWER_BYTES_MAX,
    pace: settings.pace,
    secrets: [],
  })
  const headers = { 'user-agent': settings.userAgent, accept: 'application/json', 'accept-language': 'en-IE' }
  return {
    provider: 'nominatim',
    turn: peer.turn,
    find: (address, signal) => peer.ask({ url: searchUrl(settings.url, address), headers }, read, signal),
  }
}

function searchUrl(base: string, address: string): URL {
  const url = new URL(`${base.replace(/\/+$/, '')}/search`)
  const query = { q: address, format: 'jsonv2', countrycodes: 'ie', limit: '1', addressdetails: '0' }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

function read(json: unknown): Geocoded | null | undefined {
  const parsed = answer.safeParse(json)
  // An error comes as an object where the list should be; its kind is told by the status.
  if (!parsed.success) return undefined
  const [best] = parsed.data
  return best ? { latitude: best.lat, longitude: best.lon, quality: qualityOf(best.place_rank) } : null
}

function qualityOf(rank: number): GeocodeQuality {
  if (rank >= RANK.exact) return 'exact'
  if (rank >= RANK.interpolated) return 'interpolated'
  return rank >= RANK.street ? 'street' : 'area'
}

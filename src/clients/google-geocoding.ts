// Geocoding by Google (v3): https://developers.google.com/maps/documentation/geocoding/requests-geocoding
import { z } from 'zod'
import type { Geocoded, GeocodeQuality, Geocoder } from './geocoder.ts'
import type { Pace } from './outbound-pace.ts'
import { openPeer, PeerFailure, type Trouble } from './peer.ts'

const DEADLINE_MS = 10_000
const ANSWER_BYTES_MAX = 500_000

const answer = z.object({
  status: z.string(),
  error_message: z.string().optional(),
  results: z
    .array(
      z.object({
        partial_match: z.boolean().optional(),
        geometry: z.object({
          location: z.object({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180) }),
          location_type: z.enum(['ROOFTOP', 'RANGE_INTERPOLATED', 'GEOMETRIC_CENTER', 'APPROXIMATE']),
        }),
      }),
    )
    .default([]),
})

/** Google answers 200 to all of these: the body alone says what to do. */
const TROUBLES: Record<string, Trouble> = {
  OVER_QUERY_LIMIT: 'limited',
  // The key, the billing account or a cap of one's own: waiting does not cure it.
  OVER_DAILY_LIMIT: 'denied',
  REQUEST_DENIED: 'denied',
  INVALID_REQUEST: 'denied',
  UNKNOWN_ERROR: 'unavailable',
}

const QUALITY = {
  ROOFTOP: 'exact',
  RANGE_INTERPOLATED: 'interpolated',
  GEOMETRIC_CENTER: 'street',
  APPROXIMATE: 'area',
} as const satisfies Record<string, GeocodeQuality>

export function googleGeocoder(settings: {
  url: string
  apiKey: string
  pace: Pace
  deadlineMs?: number
}): Geocoder {
  const peer = openPeer({
    name: 'Google Geocoding',
    deadlineMs: settings.deadlineMs ?? DEADLINE_MS,
    answerBytesMax: ANSWER_BYTES_MAX,
    pace: settings.pace,
    secrets: [settings.apiKey, encodeURIComponent(settings.apiKey)],
  })
  return {
    provider: 'google',
    turn: peer.turn,
    find: (address, signal) =>
      peer.ask({ url: geocodeUrl(settings, address), headers: { accept: 'application/json' } }, read, signal),
  }
}

function geocodeUrl(settings: { url: string; apiKey: string }, address: string): URL {
  const url = new URL(settings.url)
  const query = { address, components: 'country:IE', region: 'ie', language: 'en', key: settings.apiKey }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

function read(json: unknown): Geocoded | null | undefined {
  const parsed = answer.safeParse(json)
  if (!parsed.success) return undefined
  const { status, error_message: message, results } = parsed.data
  if (status === 'ZERO_RESULTS') return null
  if (status !== 'OK')
    throw new PeerFailure(TROUBLES[status] ?? 'unavailable', `Google answered ${status}: ${message ?? ''}`)
  const [best] = results
  if (!best) return null
  const { lat, lng } = best.geometry.location
  // Half an address matched: the roof may be somebody else's.
  const quality = best.partial_match ? 'area' : QUALITY[best.geometry.location_type]
  return { latitude: lat, longitude: lng, quality }
}

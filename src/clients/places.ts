// Which source of nearby places this process has, and what any of them does: a position in, places of known categories out.
import { config } from '../config.ts'
import type { PlaceCategory } from '../places/categories.ts'
import { googlePlaces } from './google-places.ts'
import { outboundPace } from './outbound-pace.ts'
import { overpassPlaces } from './overpass.ts'
import { type PeerFailure, userAgentOf } from './peer.ts'

export type Position = { latitude: number; longitude: number }
export type FoundPlace = Position & { externalId: string; name: string; category: PlaceCategory }

export interface PlacesSource {
  provider: 'overpass' | 'google'
  /** Who people are told it comes from. */
  credit: string
  /** Waits for the application's turn and returns 0, or says in how many milliseconds to come back. */
  turn(signal: AbortSignal): Promise<number>
  /** Whatever lies around, unsorted. `onProgress` counts the calls it takes. @throws PeerFailure */
  near(
    position: Position,
    signal: AbortSignal,
    onProgress: (done: number, total: number) => void,
  ): Promise<FoundPlace[]>
}

export const placesCodes = [
  'places_not_set_up',
  'places_no_position',
  'places_none_found',
  'places_limited',
  'places_denied',
  'places_unavailable',
  'places_bad_response',
] as const
export type PlacesCode = (typeof placesCodes)[number]

export const placesCodeOf = (failure: PeerFailure): PlacesCode => `places_${failure.trouble}`

/** The public Overpass server gives two slots an address, and its queries are long. */
const OVERPASS_INTERVAL_MS = 2_000
const GOOGLE_INTERVAL_MS = 100

let opened: PlacesSource | null = null

/** Null when none is set up. */
export function placesSource(): PlacesSource | null {
  opened ??= open()
  return opened
}

function open(): PlacesSource | null {
  const {
    PLACES_PROVIDER,
    OVERPASS_URL,
    GOOGLE_PLACES_URL,
    GOOGLE_MAPS_API_KEY,
    NOMINATIM_CONTACT,
    publicUrl,
  } = config()
  if (PLACES_PROVIDER === 'google')
    return googlePlaces({
      url: GOOGLE_PLACES_URL,
      apiKey: GOOGLE_MAPS_API_KEY ?? '',
      pace: outboundPace('google-places', GOOGLE_INTERVAL_MS),
    })
  if (PLACES_PROVIDER === 'overpass')
    return overpassPlaces({
      url: OVERPASS_URL,
      userAgent: userAgentOf(publicUrl, NOMINATIM_CONTACT),
      pace: outboundPace('overpass', OVERPASS_INTERVAL_MS),
    })
  return null
}

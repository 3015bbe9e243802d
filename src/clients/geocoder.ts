// Which geocoder this process has, and what any of them does: an address in, a position with its quality out.
import { config } from '../config.ts'
import { googleGeocoder } from './google-geocoding.ts'
import { nominatimGeocoder } from './nominatim.ts'
import { outboundPace } from './outbound-pace.ts'
import { type PeerFailure, userAgentOf } from './peer.ts'

/** What was found, from the very house to some part of the town. */
export type GeocodeQuality = 'exact' | 'interpolated' | 'street' | 'area'
export type Geocoded = { latitude: number; longitude: number; quality: GeocodeQuality }

export interface Geocoder {
  provider: 'nominatim' | 'google'
  /** Waits for the application's turn and returns 0, or says in how many milliseconds to come back. */
  turn(signal: AbortSignal): Promise<number>
  /** Null when the provider knows no such address. @throws PeerFailure */
  find(address: string, signal: AbortSignal): Promise<Geocoded | null>
}

export const geocodeCodes = [
  'geocode_not_set_up',
  'geocode_no_match',
  'geocode_limited',
  'geocode_denied',
  'geocode_unavailable',
  'geocode_bad_response',
  /** Of a job whose search ended for one of the passing reasons above, which stands on the row. */
  'geocode_given_up',
] as const
export type GeocodeCode = (typeof geocodeCodes)[number]

export const geocodeCodeOf = (failure: PeerFailure): GeocodeCode => `geocode_${failure.trouble}`

/** One request a second over the whole application is the policy of OpenStreetMap's server; a little is for the way there. */
const NOMINATIM_INTERVAL_MS = 1_100
/** The quota is 3,000 a minute. */
const GOOGLE_INTERVAL_MS = 50

let opened: Geocoder | null = null

/** Null when none is set up. */
export function geocoder(): Geocoder | null {
  opened ??= open()
  return opened
}

function open(): Geocoder | null {
  const { GEOCODER, GOOGLE_GEOCODING_URL, GOOGLE_MAPS_API_KEY, NOMINATIM_CONTACT, NOMINATIM_URL, publicUrl } =
    config()
  if (GEOCODER === 'google')
    return googleGeocoder({
      url: GOOGLE_GEOCODING_URL,
      apiKey: GOOGLE_MAPS_API_KEY ?? '',
      pace: outboundPace('google-geocoding', GOOGLE_INTERVAL_MS),
    })
  if (GEOCODER === 'nominatim')
    return nominatimGeocoder({
      url: NOMINATIM_URL,
      userAgent: userAgentOf(publicUrl, NOMINATIM_CONTACT),
      pace: outboundPace('nominatim', NOMINATIM_INTERVAL_MS),
    })
  return null
}

// A double of Google's Geocoding (v3) and Places (New): the real envelope, and errors where Google puts them.
import { haversineM } from '#src/distance.ts'
import { type Double, type Fault, type Received, startDouble } from './peer.ts'

export const GOOGLE_KEY = 'AIza-invented-for-tests'

export type KnownRoof = { query: RegExp; lat: number; lng: number; locationType: string; isPartial?: boolean }
export type KnownPlace = { id: string; name: string; types: string[]; latitude: number; longitude: number }

/** Status 200, whatever is wrong. */
export const geocodeStatus = (status: string, message?: string): Fault => ({
  kind: 'json',
  body: { results: [], status, ...(message ? { error_message: message } : {}) },
})

export const placesError = (code: number, status: string, message: string): Fault => ({
  kind: 'json',
  status: code,
  body: { error: { code, message, status } },
})

export function googleDouble(known: { roofs?: KnownRoof[]; places?: KnownPlace[] }): Double {
  return startDouble((received) => {
    if (received.url.pathname === '/maps/api/geocode/json') return geocode(received, known.roofs ?? [])
    if (received.url.pathname === '/v1/places:searchNearby') return searchNearby(received, known.places ?? [])
    return new Response('<html>404. That’s an error.</html>', { status: 404 })
  })
}

function geocode({ url }: Received, roofs: KnownRoof[]): Response {
  if (url.searchParams.get('key') !== GOOGLE_KEY) {
    const message = `The provided API key is invalid: ${url.searchParams.get('key')}`
    return Response.json({ error_message: message, results: [], status: 'REQUEST_DENIED' })
  }
  const address = url.searchParams.get('address')
  if (!address) return Response.json({ results: [], status: 'INVALID_REQUEST' })
  const hit = roofs.find((roof) => roof.query.test(address))
  if (!hit) return Response.json({ results: [], status: 'ZERO_RESULTS' })
  const result = {
    address_components: [],
    formatted_address: address,
    geometry: {
      location: { lat: hit.lat, lng: hit.lng },
      location_type: hit.locationType,
      viewport: {
        northeast: { lat: hit.lat + 0.001, lng: hit.lng + 0.001 },
        southwest: { lat: hit.lat - 0.001, lng: hit.lng - 0.001 },
      },
    },
    place_id: 'ChIJ-invented',
    types: ['street_address'],
    ...(hit.isPartial ? { partial_match: true } : {}),
  }
  return Response.json({ results: [result], status: 'OK' })
}

type NearbyBody = {
  includedTypes: string[]
  maxResultCount: number
  locationRestriction: { circle: { center: { latitude: number; longitude: number }; radius: number } }
}

function searchNearby({ headers, body }: Received, places: KnownPlace[]): Response {
  const refused = (code: number, status: string, message: string) =>
    Response.json({ error: { code, message, status } }, { status: code })
  if (headers.get('x-goog-api-key') !== GOOGLE_KEY)
    return refused(403, 'PERMISSION_DENIED', `API key not valid: ${headers.get('x-goog-api-key')}`)
  const mask = headers.get('x-goog-fieldmask')
  if (!mask) return refused(400, 'INVALID_ARGUMENT', 'FieldMask is a required parameter.')
  const asked = JSON.parse(body) as NearbyBody
  const { center, radius } = asked.locationRestriction.circle
  if (asked.maxResultCount > 20 || radius > 50_000) return refused(400, 'INVALID_ARGUMENT', 'Out of range.')
  const away = (place: KnownPlace) =>
    haversineM(center.latitude, center.longitude, place.latitude, place.longitude)
  const found = places
    .filter(
      (place) => place.types.some((type) => asked.includedTypes.includes(type)) && away(place) <= radius,
    )
    .sort((a, b) => away(a) - away(b))
    .slice(0, asked.maxResultCount)
  // Nothing found is an empty object, without a list.
  return Response.json(found.length === 0 ? {} : { places: found.map((place) => masked(place, mask)) })
}

function masked({ id, name, types, latitude, longitude }: KnownPlace, mask: string) {
  const all = {
    id,
    displayName: { text: name, languageCode: 'en' },
    location: { latitude, longitude },
    types,
    primaryType: types[0],
  }
  const wanted = mask.split(',').map((field) => field.replace('places.', ''))
  return Object.fromEntries(Object.entries(all).filter(([field]) => wanted.includes(field)))
}

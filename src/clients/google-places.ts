// Places by Google (Places API, New): https://developers.google.com/maps/documentation/places/web-service/nearby-search
import { z } from 'zod'
import { categoryOfTypes, type GoogleSearch, googleSearches } from '../places/google-types.ts'
import type { Pace } from './outbound-pace.ts'
import { openPeer, type Peer, PeerFailure, type Trouble } from './peer.ts'
import type { FoundPlace, PlacesSource, Position } from './places.ts'

const DEADLINE_MS = 10_000
const ANSWER_BYTES_MAX = 500_000
/** Of the same group by distance; the most that one search gives. */
const RESULTS_MAX = 20
/** The mask is compulsory, and what it names sets the price. */
const FIELD_MASK = 'places.id,places.displayName,places.location,places.types,places.primaryType'

const answer = z.strictObject({
  places: z
    .array(
      z.object({
        id: z.string().regex(/^[\x21-\x7e]{1,500}$/),
        displayName: z.object({ text: z.string().min(1) }),
        location: z.object({
          latitude: z.number().min(-90).max(90),
          longitude: z.number().min(-180).max(180),
        }),
        types: z.array(z.string()).default([]),
        primaryType: z.string().optional(),
      }),
    )
    .default([]),
})
type GooglePlace = z.infer<typeof answer>['places'][number]

const failed = z.object({ error: z.object({ status: z.string(), message: z.string().default('') }) })

/** https://cloud.google.com/apis/design/errors; the HTTP status says less. */
const TROUBLES: Record<string, Trouble> = {
  RESOURCE_EXHAUSTED: 'limited',
  PERMISSION_DENIED: 'denied',
  UNAUTHENTICATED: 'denied',
  INVALID_ARGUMENT: 'denied',
  FAILED_PRECONDITION: 'denied',
  NOT_FOUND: 'denied',
}

export function googlePlaces(settings: {
  url: string
  apiKey: string
  pace: Pace
  deadlineMs?: number
}): PlacesSource {
  const peer = openPeer({
    name: 'Google Places',
    deadlineMs: settings.deadlineMs ?? DEADLINE_MS,
    answerBytesMax: ANSWER_BYTES_MAX,
    pace: settings.pace,
    secrets: [settings.apiKey],
  })
  return {
    provider: 'google',
    credit: 'Google Maps',
    turn: peer.turn,
    async near(position, signal, onProgress) {
      const searches = googleSearches()
      const found: FoundPlace[] = []
      for (const [index, search] of searches.entries()) {
        onProgress(index, searches.length)
        // The caller has waited for the first turn.
        if (index > 0) await laterTurn(peer, signal)
        found.push(...(await searchGroup(peer, settings, search, position, signal)))
      }
      onProgress(searches.length, searches.length)
      return found
    },
  }
}

async function laterTurn(peer: Peer, signal: AbortSignal): Promise<void> {
  const comeBackMs = await peer.turn(signal)
  if (comeBackMs > 0)
    throw new PeerFailure('limited', 'Google Places is not to be called yet', { retryAfterMs: comeBackMs })
}

function searchGroup(
  peer: Peer,
  settings: { url: string; apiKey: string },
  search: GoogleSearch,
  center: Position,
  signal: AbortSignal,
): Promise<FoundPlace[]> {
  const headers = {
    'content-type': 'application/json',
    'x-goog-api-key': settings.apiKey,
    'x-goog-fieldmask': FIELD_MASK,
  }
  const body = JSON.stringify({
    includedTypes: search.includedTypes,
    maxResultCount: RESULTS_MAX,
    rankPreference: 'DISTANCE',
    languageCode: 'en',
    regionCode: 'IE',
    locationRestriction: { circle: { center, radius: search.radiusM } },
  })
  const read = (json: unknown) => readPlaces(json, search)
  return peer.ask({ url: new URL(settings.url), method: 'POST', headers, body }, read, signal)
}

function readPlaces(json: unknown, search: GoogleSearch): FoundPlace[] | undefined {
  const failure = failed.safeParse(json)
  if (failure.success) {
    const { status, message } = failure.data.error
    throw new PeerFailure(TROUBLES[status] ?? 'unavailable', `Google Places answered ${status}: ${message}`)
  }
  const parsed = answer.safeParse(json)
  if (!parsed.success) return undefined
  return parsed.data.places.map((place) => placeOf(place, search)).filter((place) => place !== null)
}

function placeOf(place: GooglePlace, { group }: GoogleSearch): FoundPlace | null {
  const category = categoryOfTypes(group, place)
  return category && { externalId: place.id, name: place.displayName.text, category, ...place.location }
}

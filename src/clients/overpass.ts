// Places from OpenStreetMap through the Overpass API: https://wiki.openstreetmap.org/wiki/Overpass_API
import { z } from 'zod'
import { categoryOfTags, nameOfTags, overpassQuery } from '../places/osm-tags.ts'
import type { Pace } from './outbound-pace.ts'
import { openPeer, PeerFailure } from './peer.ts'
import type { FoundPlace, PlacesSource } from './places.ts'

/** Given to the server; ours is longer, so that it is the server that gives up and says so. */
const SERVER_TIMEOUT_S = 25
const DEADLINE_MS = 40_000
const ELEMENTS_MAX = 3_000
const ANSWER_BYTES_MAX = 8_000_000

const latitude = z.number().min(-90).max(90)
const longitude = z.number().min(-180).max(180)

const answer = z.object({
  /** Says, with status 200, that the query ran out of time or memory and the elements are some of them. */
  remark: z.string().optional(),
  elements: z.array(
    z.object({
      type: z.enum(['node', 'way', 'relation']),
      id: z.number().int(),
      lat: latitude.optional(),
      lon: longitude.optional(),
      center: z.object({ lat: latitude, lon: longitude }).optional(),
      tags: z.record(z.string(), z.string()).default({}),
    }),
  ),
})
type Element = z.infer<typeof answer>['elements'][number]

export function overpassPlaces(settings: {
  url: string
  userAgent: string
  pace: Pace
  deadlineMs?: number
}): PlacesSource {
  const peer = openPeer({
    name: 'Overpass',
    deadlineMs: settings.deadlineMs ?? DEADLINE_MS,
    answerBytesMax: ANSWER_BYTES_MAX,
    pace: settings.pace,
    secrets: [],
  })
  const headers = {
    'user-agent': settings.userAgent,
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  }
  return {
    provider: 'overpass',
    credit: 'OpenStreetMap',
    turn: peer.turn,
    async near(position, signal, onProgress) {
      const query = overpassQuery(position, { timeoutS: SERVER_TIMEOUT_S, elementsMax: ELEMENTS_MAX })
      const body = new URLSearchParams({ data: query }).toString()
      onProgress(0, 1)
      const places = await peer.ask(
        { url: new URL(settings.url), method: 'POST', headers, body },
        read,
        signal,
      )
      onProgress(1, 1)
      return places
    },
  }
}

function read(json: unknown): FoundPlace[] | undefined {
  const parsed = answer.safeParse(json)
  if (!parsed.success) return undefined
  const { remark, elements } = parsed.data
  if (remark && /error|timed out|out of memory/i.test(remark))
    throw new PeerFailure('unavailable', `Overpass gave up: ${remark}`)
  return elements.map(placeOf).filter((place) => place !== null)
}

function placeOf(element: Element): FoundPlace | null {
  const category = categoryOfTags(element.tags)
  const name = category && nameOfTags(element.tags, category)
  const at = element.center ?? { lat: element.lat, lon: element.lon }
  if (!category || !name || at.lat === undefined || at.lon === undefined) return null
  const externalId = `${element.type}/${element.id}`
  return { externalId, name, category, latitude: at.lat, longitude: at.lon }
}

// A double of the Overpass API: reads the query, and answers with those of its elements that it asks for.
import { haversineM } from '#src/distance.ts'
import { type Double, type Fault, startDouble } from './peer.ts'

export type OsmElement = {
  type: 'node' | 'way' | 'relation'
  id: number
  lat: number
  lon: number
  tags: Record<string, string>
}

/** The server gave up half-way, and says so with status 200. */
export const TIMED_OUT_REMARK: Fault = {
  kind: 'json',
  body: {
    version: 0.6,
    generator: 'Overpass API 0.7.62',
    elements: [{ type: 'node', id: 1, lat: 51.92, lon: -8.45, tags: { shop: 'supermarket', name: 'Half' } }],
    remark: 'runtime error: Query timed out in "query" at line 1 after 26 seconds.',
  },
}

export function overpassDouble(elements: () => readonly OsmElement[]): Double {
  return startDouble(({ body }) => {
    const query = new URLSearchParams(body).get('data') ?? ''
    if (!query.startsWith('[out:json]') || !query.includes('out center'))
      return new Response('<html>Error: line 1: parse error</html>', { status: 400 })
    return Response.json({
      version: 0.6,
      generator: 'Overpass API 0.7.62',
      osm3s: { timestamp_osm_base: '2026-11-20T00:00:00Z', copyright: 'The data included is from OSM.' },
      elements: elements()
        .filter((element) => isAskedFor(element, query))
        .map(rendered),
    })
  })
}

const STATEMENT = /nwr\["(\w+)"~"\^\(([\w|]+)\)\$"\]\(around:(\d+),(-?[\d.]+),(-?[\d.]+)\);/g

const isAskedFor = ({ tags, lat, lon }: OsmElement, query: string): boolean =>
  [...query.matchAll(STATEMENT)].some(
    ([, key = '', values = '', reach, latitude, longitude]) =>
      values.split('|').includes(tags[key] ?? '') &&
      haversineM(lat, lon, Number(latitude), Number(longitude)) <= Number(reach),
  )

/** Ways and relations have a centre, nodes a position of their own. */
const rendered = ({ type, id, lat, lon, tags }: OsmElement) =>
  type === 'node' ? { type, id, lat, lon, tags } : { type, id, center: { lat, lon }, nodes: [1, 2, 1], tags }

// The map of what is near the home.
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { HomeRow, PlaceRow } from '#db/units.ts'
import { paths } from '#views/paths.ts'
import {
  categoryLabel,
  type PlaceGroupKey,
  placeGroupKeys,
  placeGroupLabel,
  placeGroupOf,
} from '#views/place-groups.ts'
import { MapPage, type MapProps, type PlaceView } from '#views/purchaser/map.tsx'
import { access } from '../../access/access.ts'
import { config } from '../../config.ts'
import { haversineM } from '../../distance.ts'
import { contentSecurityPolicy } from '../../http/security-headers.ts'
import { mapOfHome } from '../../places.ts'
import { shellOf } from './present.ts'

const query = z.object({ place: z.uuid().optional(), category: z.enum(placeGroupKeys).optional() })

export const map = new Elysia({ name: 'purchaser/map' }).use(access).get(
  '/map',
  async ({ purchaser, query, set }) => {
    const found = await mapOfHome(purchaser.scope, query.category)
    const { MAP_TILES_URL: url, MAP_TILES_CREDIT: credit } = config()
    if (url) set.headers['content-security-policy'] = contentSecurityPolicy([new URL(url).origin])
    return MapPage({
      shell: shellOf(found.home),
      pin: pinOf(found.home),
      tiles: url ? { url, credit } : null,
      ...listOf(found.home, found.places, query),
      updatedAt: found.freshness.refreshedAt,
      isStale: found.freshness.failureCode !== null && found.freshness.refreshedAt !== null,
    })
  },
  { forPurchaser: true, query, detail: { hide: true } },
)

function pinOf(home: HomeRow): MapProps['pin'] {
  if (home.latitude !== null && home.longitude !== null)
    return { latitude: home.latitude, longitude: home.longitude, isApproximate: false }
  const { developmentLatitude: latitude, developmentLongitude: longitude } = home
  return latitude === null || longitude === null ? null : { latitude, longitude, isApproximate: true }
}

/** The nearest first; a place that is asked for by its address is shown whatever kind is chosen. */
function listOf(
  home: HomeRow,
  rows: PlaceRow[],
  { place, category }: z.infer<typeof query>,
): Pick<MapProps, 'filters' | 'groups'> {
  const groups = Map.groupBy(rows, (row) => placeGroupOf(row.category))
  const present = placeGroupKeys.filter((key) => groups.has(key))
  const isShown = (key: PlaceGroupKey) =>
    category === undefined || key === category || groups.get(key)?.some((row) => row.id === place)
  return {
    filters: [
      { label: 'All', url: paths.map(), isCurrent: category === undefined },
      ...present.map((key) => ({
        label: placeGroupLabel(key),
        url: paths.map({ category: key }),
        isCurrent: key === category,
      })),
    ],
    groups: present.filter(isShown).map((key) => ({
      key,
      label: placeGroupLabel(key),
      places: (groups.get(key) ?? [])
        .map((row) => placeView(row, pinOf(home), place))
        .sort((a, b) => (a.distanceM ?? Number.MAX_VALUE) - (b.distanceM ?? Number.MAX_VALUE)),
    })),
  }
}

function placeView(row: PlaceRow, pin: MapProps['pin'], open: string | undefined): PlaceView {
  const { latitude, longitude } = row
  const position = latitude === null || longitude === null ? null : { latitude, longitude }
  return {
    id: row.id,
    name: row.name,
    categoryLabel: categoryLabel(row.category),
    position,
    distanceM:
      pin && position ? haversineM(pin.latitude, pin.longitude, position.latitude, position.longitude) : null,
    source: row.source,
    recordedOn: row.fetchedAt ?? new Date(`${row.recordedOn}T12:00:00Z`),
    directionsUrl:
      pin && position
        ? `https://www.openstreetmap.org/directions?from=${pin.latitude},${pin.longitude}&to=${position.latitude},${position.longitude}`
        : null,
    isOpen: row.id === open,
  }
}

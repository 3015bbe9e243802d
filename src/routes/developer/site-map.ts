// The builder's site map: homes and their positions, on a map and in a table, and putting a pin right.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { type PinFormView, type SiteHomeView, SiteMapPage } from '#views/developer/site-map.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths, type SiteMapQuery } from '#views/paths.ts'
import { tenureWords } from '#views/tenure-words.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { config } from '../../config.ts'
import { failure } from '../../failure.ts'
import { countHomes, type HomeFilter, homesPage, type ListedHome, pinsOf } from '../../home-list.ts'
import { hasGeocoder, lookUpAgain, pinHome } from '../../home-pins.ts'
import { findUnit } from '../../homes.ts'
import { seeOther } from '../../http/redirect.ts'
import { contentSecurityPolicy } from '../../http/security-headers.ts'
import { portalPlace } from '../../portal.ts'
import { chosen } from './homes-query.ts'
import { shellOf } from './present.ts'
import { type Problems, problemsOf, sayingOf } from './settings/refused.ts'

const ROWS_A_PAGE = 50
const COUNTED_MAX = 100_000
const DONE = { pinned: 'Saved. Distances in the app are measured from there now.' } as const

const mapQuery = z.object({
  development: z.uuid().optional(),
  status: chosen(['claimed', 'unclaimed', 'handed_over', 'not_handed_over']),
  position: chosen(['missing', 'problem']),
  home: z.uuid().optional(),
  cursor: z.string().max(500).optional(),
  done: z
    .string()
    .regex(/^(?:pinned|\d{1,5})$/)
    .optional(),
})
type MapQuery = z.infer<typeof mapQuery>

const typed = z.string().max(100).default('')
const pinBody = z.object({ latitude: typed, longitude: typed })

export const siteMap = new Elysia({ name: 'developer/site-map' })
  .use(access)
  .get('/developer/site-map', ({ staff, query, set }) => page(staff, query, set, {}), {
    forStaff: 'developer',
    query: mapQuery,
    detail: { hide: true },
  })
  .get(
    '/developer/site-map/pins.json',
    async ({ staff, query }) => {
      const place = await portalPlace(staff.scope, staff.staffId, query.development)
      if (!place.chosen) throw failure('not_found')
      const pins = await pinsOf(staff.scope, filterOf(query, place.chosen.id))
      return Response.json(
        {
          pins: pins.map((pin) => [
            pin.id,
            pin.number,
            pin.latitude,
            pin.longitude,
            pin.isExact,
            pin.isClaimed,
          ]),
        },
        { headers: { 'cache-control': 'private, no-store' } },
      )
    },
    { forStaff: 'developer', query: mapQuery, detail: { hide: true } },
  )
  .post(
    '/developer/site-map/geocoding',
    async ({ staff, query: { development }, request }) => {
      const found = await lookUpAgain(staff.scope, development)
      return seeOther(request, paths.developer.siteMap({ development, done: String(found) }))
    },
    { forStaff: 'developer', query: z.object({ development: z.uuid() }), detail: { hide: true } },
  )
  .post(
    '/developer/homes/:id/pin',
    async ({ staff, params, body, request, set }) => {
      try {
        const { developmentId: development } = await pinHome(staff.scope, params.id, body)
        return seeOther(request, paths.developer.siteMap({ development, done: 'pinned' }))
      } catch (error) {
        const problems = problemsOf(error)
        set.status = 422
        const { developmentId: development } = await findUnit(staff.scope, params.id)
        return page(staff, { development, home: params.id, status: undefined, position: undefined }, set, {
          typed: body,
          problems,
        })
      }
    },
    { forStaff: 'developer', params: z.object({ id: z.uuid() }), body: pinBody, detail: { hide: true } },
  )

const filterOf = ({ status, position }: MapQuery, developmentId: string): HomeFilter => ({
  developmentId,
  isClaimed: status === 'claimed' ? true : status === 'unclaimed' ? false : undefined,
  isHandedOver: status === 'handed_over' ? true : status === 'not_handed_over' ? false : undefined,
  isMissing: position === 'missing' ? 'position' : position === 'problem' ? 'exact_position' : undefined,
})

type Said = { typed?: { latitude: string; longitude: string }; problems?: Problems }

async function page(
  staff: StaffCaller,
  query: MapQuery,
  set: { headers: Record<string, string | number> },
  said: Said,
) {
  const place = await portalPlace(staff.scope, staff.staffId, query.development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const { id: development, name, latitude, longitude, tenure } = place.chosen
  const order = { sort: 'number' as const, isDescending: false }
  const [{ rows, nextCursor }, withoutPosition, form] = await Promise.all([
    homesPage(staff.scope, filterOf(query, development), order, { cursor: query.cursor, limit: ROWS_A_PAGE }),
    countHomes(staff.scope, { developmentId: development, isMissing: 'position' }, COUNTED_MAX),
    query.home ? formOf(staff, query.home, said) : null,
  ])
  const { MAP_TILES_URL: url, MAP_TILES_CREDIT: credit } = config()
  if (url) set.headers['content-security-policy'] = contentSecurityPolicy([new URL(url).origin])
  const list: SiteMapQuery = { development, status: query.status, position: query.position }
  const center =
    latitude !== null && longitude !== null ? { latitude, longitude } : (firstPosition(rows) ?? null)
  return SiteMapPage({
    shell: shellOf(place),
    developmentId: development,
    developmentName: name,
    words: tenureWords(tenure),
    center,
    list,
    form,
    tiles: url ? { url, credit } : null,
    pinsUrl: paths.developer.siteMapPins(list),
    homes: rows.map(viewOf),
    isFiltered: Boolean(query.status || query.position),
    withoutPosition,
    canLookUp: hasGeocoder(),
    message: messageOf(query.done),
    nextUrl: nextCursor ? paths.developer.siteMap({ ...list, cursor: nextCursor }) : undefined,
    firstUrl: query.cursor ? paths.developer.siteMap(list) : undefined,
  })
}

const messageOf = (done: string | undefined): string | undefined =>
  done === undefined
    ? undefined
    : done === 'pinned'
      ? DONE.pinned
      : done === '0'
        ? 'Nothing to look up: every home without a position is being looked up already, or none is.'
        : `${done} homes are being looked up, one after the other. Activity shows how far it is.`

async function formOf(staff: StaffCaller, id: string, { typed, problems }: Said): Promise<PinFormView> {
  const unit = await findUnit(staff.scope, id)
  const text = (value: number | null) => (value === null ? '' : String(value))
  return {
    home: viewOf({ ...unit, claimedAt: unit.claimedAt?.toISOString() ?? null }),
    values: typed ?? { latitude: text(unit.latitude), longitude: text(unit.longitude) },
    problem: sayingOf(problems),
  }
}

function firstPosition(rows: readonly ListedHome[]) {
  const [found] = rows.flatMap(({ latitude, longitude }) =>
    latitude === null || longitude === null ? [] : [{ latitude, longitude }],
  )
  return found
}

const viewOf = (
  home: Omit<ListedHome, 'sortKey' | 'bedrooms' | 'bathrooms' | 'floorAreaM2' | 'eircode'>,
): SiteHomeView => {
  const { latitude, longitude } = home
  return {
    id: home.id,
    number: home.number,
    address: home.addressLine,
    houseType: home.houseTypeCode,
    position: latitude === null || longitude === null ? null : { latitude, longitude },
    source: home.locationSource,
    quality: home.geocodeQuality,
    failureCode: home.geocodeFailureCode,
    isHandedOver: home.handedOverOn !== null,
    isClaimed: home.claimedAt !== null,
  }
}

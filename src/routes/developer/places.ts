// The builder's places: the table, adding and correcting by hand, kinds that are shown, and fetching again.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { type PlaceFormView, StaffPlacesPage, type StaffPlaceView } from '#views/developer/places.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { seeOther } from '../../http/redirect.ts'
import { findPlace, hasPlacesSource, type Place, requestPlacesRefresh } from '../../places.ts'
import { portalPlace } from '../../portal.ts'
import {
  addPlace,
  correctPlace,
  hideCategories,
  placeCategories,
  readPlaces,
  removePlace,
  type TypedPlace,
} from '../../recorded-places.ts'
import { shellOf } from './present.ts'
import { many, type Problems, problemsOf, sayingOf } from './settings/refused.ts'

const DONE = {
  recorded: 'Recorded. Homes see it at once.',
  removed: 'Removed.',
  kinds: 'Saved. Homes see the kinds that are ticked.',
} as const
const BLANK: TypedPlace = { name: '', category: '', latitude: '', longitude: '', source: 'Recorded by staff' }
const KINDS_MAX = 100

const listQuery = z.object({
  development: z.uuid().optional(),
  category: z
    .string()
    .max(60)
    .optional()
    .transform((value) => value || undefined),
  edit: z.uuid().optional(),
  done: z.enum(['recorded', 'removed', 'kinds']).optional(),
})
const typed = z.string().max(1_000).default('')
const placeBody = z.object({
  name: typed,
  category: typed,
  latitude: typed,
  longitude: typed,
  source: typed,
})
const itemParams = z.object({ id: z.uuid() })
const developmentQuery = z.object({ development: z.uuid() })

export const places = new Elysia({ name: 'developer/places' })
  .use(access)
  .get('/developer/places', ({ staff, query }) => page(staff, query, {}), {
    forStaff: 'developer',
    query: listQuery,
    detail: { hide: true },
  })
  .post(
    '/developer/places',
    async ({ staff, query, body, request, set }) => {
      try {
        await addPlace(staff.scope, query.development, body)
      } catch (error) {
        const problems = problemsOf(error)
        set.status = 422
        return page(staff, query, { typed: body, problems })
      }
      return seeOther(request, paths.developer.places({ development: query.development, done: 'recorded' }))
    },
    { forStaff: 'developer', query: developmentQuery, body: placeBody, detail: { hide: true } },
  )
  .post(
    '/developer/places/kinds',
    async ({ staff, query: { development }, body, request }) => {
      const { places: known } = await readPlaces(staff.scope, development)
      const hidden = categoriesOf(known).filter((category) => !body.shown.includes(category))
      await hideCategories(staff.scope, development, hidden)
      return seeOther(request, paths.developer.places({ development, done: 'kinds' }))
    },
    {
      forStaff: 'developer',
      query: developmentQuery,
      body: z.object({ shown: many(z.string().max(60), KINDS_MAX) }),
      detail: { hide: true },
    },
  )
  .post(
    '/developer/places/refresh',
    async ({ staff, query, request }) => {
      const { jobId } = await requestPlacesRefresh(staff.scope, query.development)
      return seeOther(request, paths.developer.job(jobId))
    },
    { forStaff: 'developer', query: developmentQuery, detail: { hide: true } },
  )
  .post(
    '/developer/places/:id',
    async ({ staff, params, body, request, set }) => {
      try {
        const { developmentId } = await correctPlace(staff.scope, params.id, body)
        return seeOther(request, paths.developer.places({ development: developmentId, done: 'recorded' }))
      } catch (error) {
        const problems = problemsOf(error)
        set.status = 422
        return page(staff, { edit: params.id }, { typed: body, problems })
      }
    },
    { forStaff: 'developer', params: itemParams, body: placeBody, detail: { hide: true } },
  )
  .post(
    '/developer/places/:id/removal',
    async ({ staff, params, request }) => {
      const { developmentId } = await removePlace(staff.scope, params.id)
      return seeOther(request, paths.developer.places({ development: developmentId, done: 'removed' }))
    },
    { forStaff: 'developer', params: itemParams, detail: { hide: true } },
  )

async function page(
  staff: StaffCaller,
  query: Partial<z.infer<typeof listQuery>>,
  said: { typed?: TypedPlace; problems?: Problems },
) {
  const development = query.edit ? await developmentOf(staff, query.edit) : query.development
  const place = await portalPlace(staff.scope, staff.staffId, development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const { id: developmentId, name: developmentName } = place.chosen
  const found = await readPlaces(staff.scope, developmentId)
  const edited = found.places.find(({ id }) => id === query.edit)
  return StaffPlacesPage({
    shell: shellOf(place),
    developmentId,
    developmentName,
    places: found.places.map(viewOf),
    categories: categoriesOf(found.places),
    hidden: found.hidden,
    category: query.category,
    form: formOf(edited, said),
    updatedAt: found.freshness.refreshedAt,
    failureCode: found.freshness.failureCode,
    canRefresh: hasPlacesSource(),
    message: query.done && DONE[query.done],
  })
}

/** The page of a place is that of its development. */
const developmentOf = async (staff: StaffCaller, id: string) =>
  (await findPlace(staff.scope, id)).developmentId

const categoriesOf = (rows: readonly Place[]) => [
  ...new Set([...placeCategories, ...rows.map(({ category }) => category)]),
]

function formOf(
  edited: Place | undefined,
  { typed, problems }: { typed?: TypedPlace; problems?: Problems },
): PlaceFormView {
  const saved = edited && {
    name: edited.name,
    category: edited.category,
    source: sourceOf(edited),
    latitude: edited.latitude === null ? '' : String(edited.latitude),
    longitude: edited.longitude === null ? '' : String(edited.longitude),
  }
  return {
    id: edited?.id ?? null,
    isFetched: edited !== undefined && !edited.isRecorded,
    values: typed ?? saved ?? BLANK,
    problem: sayingOf(problems),
  }
}

const sourceOf = (place: Place) => (place.isRecorded ? place.source : BLANK.source)

const viewOf = (row: Place): StaffPlaceView => {
  const { latitude, longitude } = row
  return {
    id: row.id,
    name: row.name,
    category: row.category,
    distanceM: row.distanceM,
    source: row.source,
    position: latitude === null || longitude === null ? null : { latitude, longitude },
    at: row.fetchedAt ?? new Date(`${row.recordedOn}T12:00:00Z`),
    isShown: row.isShown,
    isRecorded: row.isRecorded,
  }
}

// The builder's homes: the list, and the list as a file.
import { Elysia } from 'elysia'
import type { Scope } from '#db/scope.ts'
import { type HomesListing, HomesPage } from '#views/developer/homes.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { onceWhileSame } from '#views/once.ts'
import { paths } from '#views/paths.ts'
import { type TenureKey, tenureWords } from '#views/tenure-words.ts'
import { access } from '../../access/access.ts'
import { houseTypeOptions, openTransfersOf, phasesOf } from '../../estate-summary.ts'
import { failure } from '../../failure.ts'
import { type HomeSort, homesPage, type ListedHome } from '../../home-list.ts'
import { seeOther } from '../../http/redirect.ts'
import { isLargeList } from '../../list-exports.ts'
import { portalPlace } from '../../portal.ts'
import { csvResponse } from './csv-response.ts'
import { filterOf, homesQuery, listOf, orderOf, type ReadHomesQuery } from './homes-query.ts'
import { shellOf } from './present.ts'

const ROWS_A_PAGE = 50

export const homes = new Elysia({ name: 'developer/homes' })
  .use(access)
  .get(
    '/developer/homes',
    async ({ staff, query }) => {
      const place = await portalPlace(staff.scope, staff.staffId, query.development)
      if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
      return HomesPage({
        shell: shellOf(place),
        listing: await listingOf(staff.scope, place.chosen, query),
      })
    },
    { forStaff: 'developer', query: homesQuery, detail: { hide: true } },
  )
  .get(
    '/developer/homes.csv',
    async ({ staff, query, request }) => {
      const { chosen } = await portalPlace(staff.scope, staff.staffId, query.development)
      if (!chosen) throw failure('not_found')
      const filter = filterOf(query, chosen.id)
      const list = { list: 'homes' as const, filter, order: orderOf(query) }
      if (await isLargeList(staff.scope, list))
        return seeOther(request, paths.developer.newListExport('homes', listOf(query, chosen.id)))
      return csvResponse(staff.scope, list, `Homes of ${chosen.name}.csv`)
    },
    { forStaff: 'developer', query: homesQuery, detail: { hide: true } },
  )

/** The same object until something in it is another: the rows are a kept read's, and what is beside them is few. */
const listings = onceWhileSame<ListedHome[], HomesListing>()

async function listingOf(
  scope: Scope,
  { id, name, tenure }: { id: string; name: string; tenure: TenureKey },
  query: ReadHomesQuery,
): Promise<HomesListing> {
  const [page, houseTypes, phases, transfers] = await Promise.all([
    homesPage(scope, filterOf(query, id), orderOf(query), { cursor: query.cursor, limit: ROWS_A_PAGE }),
    houseTypeOptions(scope, id),
    phasesOf(scope, id),
    openTransfersOf(scope, id),
  ])
  const beside = [name, tenure, JSON.stringify([query, houseTypes, phases, transfers])]
  return listings(page.rows, beside, () => ({
    developmentId: id,
    developmentName: name,
    words: tenureWords(tenure),
    importUrl: paths.developer.homesImport({ development: id }),
    homes: page.rows.map(rowOf),
    transfers,
    phases,
    houseTypes: houseTypes.map((type) => ({ value: type.code, label: `${type.code}: ${type.name}` })),
    ...linksOf(query, id, page.nextCursor),
  }))
}

function linksOf(query: ReadHomesQuery, developmentId: string, nextCursor: string | null) {
  const list = listOf(query, developmentId)
  const url = (more: { cursor?: string; sort?: string } = {}) => paths.developer.homes({ ...list, ...more })
  const { sort, isDescending } = orderOf(query)
  const isFiltered = Object.entries(list).some(
    ([name, value]) => value && !['development', 'sort'].includes(name),
  )
  return {
    list,
    isFiltered,
    allUrl: paths.developer.homes({ development: developmentId }),
    csvUrl: paths.developer.homesCsv(list),
    sorted: { by: sort, isDescending },
    sortUrl: (by: HomeSort) => url({ sort: by === sort && !isDescending ? `-${by}` : by }),
    nextUrl: nextCursor ? url({ cursor: nextCursor }) : undefined,
    firstUrl: query.cursor ? url() : undefined,
  }
}

const rowOf = (home: ListedHome): HomesListing['homes'][number] => ({
  id: home.id,
  number: home.number,
  address: home.addressLine,
  houseType: home.houseTypeCode,
  bedrooms: home.bedrooms,
  floorAreaM2: home.floorAreaM2,
  hasPosition: home.latitude !== null,
  handedOverOn: home.handedOverOn ? new Date(`${home.handedOverOn}T12:00:00Z`) : null,
  claimedAt: home.claimedAt ? new Date(home.claimedAt) : null,
})

// The people in the builder's homes: the list, and the list as a file.
import { Elysia } from 'elysia'
import { HomeownersPage, type HomeownersProps } from '#views/developer/homeowners.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { tenureWords } from '#views/tenure-words.ts'
import { access } from '../../access/access.ts'
import { houseTypeOptions } from '../../estate-summary.ts'
import { failure } from '../../failure.ts'
import { type HomeownerSort, homeownersPage, type ListedHomeowner } from '../../homeowner-list.ts'
import { seeOther } from '../../http/redirect.ts'
import { isLargeList } from '../../list-exports.ts'
import { portalPlace } from '../../portal.ts'
import { csvResponse } from './csv-response.ts'
import { filterOf, homeownersQuery, listOf, orderOf, type ReadHomeownersQuery } from './homeowners-query.ts'
import { shellOf } from './present.ts'

const ROWS_A_PAGE = 50

export const homeowners = new Elysia({ name: 'developer/homeowners' })
  .use(access)
  .get(
    '/developer/homeowners',
    async ({ staff, query }) => {
      const place = await portalPlace(staff.scope, staff.staffId, query.development)
      if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
      const { id, name, tenure } = place.chosen
      const [page, houseTypes] = await Promise.all([
        homeownersPage(staff.scope, filterOf(query, id), orderOf(query), {
          cursor: query.cursor,
          limit: ROWS_A_PAGE,
        }),
        houseTypeOptions(staff.scope, id),
      ])
      return HomeownersPage({
        shell: shellOf(place),
        developmentId: id,
        developmentName: name,
        words: tenureWords(tenure),
        importUrl: paths.developer.homesImport({ development: id }),
        people: page.rows.map(rowOf),
        houseTypes: houseTypes.map((type) => ({ value: type.code, label: `${type.code}: ${type.name}` })),
        ...linksOf(query, id, page.nextCursor),
      })
    },
    { forStaff: 'developer', query: homeownersQuery, detail: { hide: true } },
  )
  .get(
    '/developer/homeowners.csv',
    async ({ staff, query, request }) => {
      const { chosen } = await portalPlace(staff.scope, staff.staffId, query.development)
      if (!chosen) throw failure('not_found')
      const filter = filterOf(query, chosen.id)
      const list = { list: 'homeowners' as const, filter, order: orderOf(query) }
      if (await isLargeList(staff.scope, list))
        return seeOther(request, paths.developer.newListExport('homeowners', listOf(query, chosen.id)))
      return csvResponse(staff.scope, list, `${tenureWords(chosen.tenure).people} of ${chosen.name}.csv`)
    },
    { forStaff: 'developer', query: homeownersQuery, detail: { hide: true } },
  )

function linksOf(query: ReadHomeownersQuery, developmentId: string, nextCursor: string | null) {
  const list = listOf(query, developmentId)
  const url = (more: { cursor?: string; sort?: string } = {}) =>
    paths.developer.homeowners({ ...list, ...more })
  const { sort, isDescending } = orderOf(query)
  return {
    list,
    isFiltered: Object.entries(list).some(
      ([name, value]) => value && !['development', 'sort'].includes(name),
    ),
    allUrl: paths.developer.homeowners({ development: developmentId }),
    csvUrl: paths.developer.homeownersCsv(list),
    sorted: { by: sort, isDescending },
    sortUrl: (by: HomeownerSort) => url({ sort: by === sort && !isDescending ? `-${by}` : by }),
    nextUrl: nextCursor ? url({ cursor: nextCursor }) : undefined,
    firstUrl: query.cursor ? url() : undefined,
  }
}

const dateOf = (at: string | null) => (at ? new Date(at) : null)

const rowOf = (person: ListedHomeowner): HomeownersProps['people'][number] => ({
  id: person.id,
  name: person.fullName,
  email: person.email,
  unitId: person.unitId,
  address: person.addressLine,
  houseType: person.houseTypeCode,
  handedOverOn: dateOf(person.handedOverOn && `${person.handedOverOn}T12:00:00Z`),
  joinedAt: dateOf(person.joinedAt),
  lastActiveAt: dateOf(person.lastActiveAt),
})

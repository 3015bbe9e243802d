// Long lists as files: asking for one, watching it come, taking it.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { ListExportPage, ListExportState, NewListExportPage } from '#views/developer/list-export.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { listFilePath } from '../../downloads.ts'
import { failure } from '../../failure.ts'
import { seeOther } from '../../http/redirect.ts'
import { findListExport, type ListRequest, ROWS_AT_ONCE_MAX, requestListExport } from '../../list-exports.ts'
import { portalPlace } from '../../portal.ts'
import * as people from './homeowners-query.ts'
import * as houses from './homes-query.ts'
import { shellOf } from './present.ts'

const listQuery = z.discriminatedUnion('list', [
  houses.homesQuery.extend({ list: z.literal('homes') }),
  people.homeownersQuery.extend({ list: z.literal('homeowners') }),
])
type ListQuery = z.infer<typeof listQuery>

const itemParams = z.object({ id: z.uuid() })
const ofItem = { forStaff: 'developer', params: itemParams, detail: { hide: true } } as const

export const listExports = new Elysia({ name: 'developer/list-exports' })
  .use(access)
  .get(
    '/developer/list-exports/new',
    async ({ staff, query }) => {
      const place = await portalPlace(staff.scope, staff.staffId, query.development)
      if (!place.chosen) throw failure('not_found')
      const list = queryOf(query, place.chosen.id)
      return NewListExportPage({
        shell: shellOf(place),
        developmentName: place.chosen.name,
        backUrl: listUrl(query.list, list),
        rowsAtOnce: ROWS_AT_ONCE_MAX,
        fields: { list: query.list, ...chosenOf(list) },
      })
    },
    { forStaff: 'developer', query: listQuery, detail: { hide: true } },
  )
  .post(
    '/developer/list-exports',
    async ({ staff, body, request }) => {
      const { chosen } = await portalPlace(staff.scope, staff.staffId, body.development)
      if (!chosen) throw failure('not_found')
      const id = await requestListExport(staff.scope, staff.staffId, requestOf(body, chosen.id))
      return seeOther(request, paths.developer.listExport(id))
    },
    { forStaff: 'developer', body: listQuery, detail: { hide: true } },
  )
  .get(
    '/developer/list-exports/:id',
    async ({ staff, params, request }) => {
      const exported = await findListExport(staff.scope, staff.staffId, params.id)
      if (request.headers.get('hx-request-type') === 'partial') return ListExportState({ exported })
      const place = await portalPlace(staff.scope, staff.staffId, exported.developmentId)
      return ListExportPage({
        shell: shellOf(place),
        developmentName: place.chosen?.name ?? '',
        backUrl: listUrl(exported.list, { development: exported.developmentId }),
        exported,
      })
    },
    ofItem,
  )
  .get(
    '/developer/list-exports/:id/file',
    async ({ staff, params, request }) =>
      seeOther(request, await listFilePath(staff.scope, staff.staffId, params.id)),
    ofItem,
  )

const queryOf = (query: ListQuery, developmentId: string): Record<string, string | undefined> =>
  query.list === 'homes' ? houses.listOf(query, developmentId) : people.listOf(query, developmentId)

const requestOf = (query: ListQuery, developmentId: string): ListRequest =>
  query.list === 'homes'
    ? { list: 'homes', filter: houses.filterOf(query, developmentId), order: houses.orderOf(query) }
    : { list: 'homeowners', filter: people.filterOf(query, developmentId), order: people.orderOf(query) }

const listUrl = (list: ListQuery['list'], query: Record<string, string | undefined>) =>
  list === 'homes' ? paths.developer.homes(query) : paths.developer.homeowners(query)

const chosenOf = (query: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])))

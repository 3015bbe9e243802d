// The builder's snags: the board, one of them, and moving it along.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { SnagBoardPage } from '#views/developer/snag-board.tsx'
import { StaffSnagPage, type StaffSnagProps } from '#views/developer/snags.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { SNAG_STATUSES } from '#views/snag-words.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { contractorLinksOf } from '../../contractor-links.ts'
import { contentDisposition } from '../../documents/file-names.ts'
import { failure } from '../../failure.ts'
import { photoResponse } from '../../http/photos.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import { snagsCsv } from '../../snags/csv.ts'
import {
  frameOfBoard,
  moveSnag,
  openSnag,
  SNAG_NOTE_CHARS_MAX,
  type SnagFilter,
  type SnagRow,
  snagCategories,
  snagPhoto,
  snagStatuses,
  snagsPage,
} from '../../snags.ts'
import { snagView } from '../snag-view.ts'
import { EMPTY_CONTRACTOR_FORM, linkView } from './contractor-links.ts'
import { shellOf } from './present.ts'

const ROWS_A_PAGE = 50
const itemParams = z.object({ id: z.uuid() })
const boardQuery = z.object({
  development: z.uuid().optional(),
  status: z.enum(['open', ...snagStatuses, 'all']).default('open'),
  category: z.enum(snagCategories).or(z.literal('')).default(''),
  house_type: z.string().max(40).default(''),
  done: z.literal('said').optional(),
  cursor: z.string().max(500).optional(),
})

export const snags = new Elysia({ name: 'developer/snags' })
  .use(access)
  .get('/developer/snags', ({ staff, query }) => board(staff, query), {
    forStaff: 'developer',
    query: boardQuery,
    detail: { hide: true },
  })
  .get(
    '/developer/snags.csv',
    async ({ staff, query }) => {
      const { chosen } = await portalPlace(staff.scope, staff.staffId, query.development)
      if (!chosen) throw failure('not_found')
      return new Response(await snagsCsv(staff.scope, filterOf(query, chosen.id)), {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': contentDisposition('attachment', `Snags of ${chosen.name}.csv`),
          'cache-control': 'private, no-store',
          'x-content-type-options': 'nosniff',
        },
      })
    },
    { forStaff: 'developer', query: boardQuery, detail: { hide: true } },
  )
  .get(
    '/developer/snags/:id',
    async ({ staff, params, query }) => {
      const opened = await openSnag(staff.scope, params.id)
      const form = { status: opened.snag.status, note: '' }
      return page(staff, opened, { form, isMoved: query.done === 'moved' })
    },
    {
      forStaff: 'developer',
      params: itemParams,
      query: z.object({ done: z.literal('moved').optional() }),
      detail: { hide: true },
    },
  )
  .post(
    '/developer/snags/:id',
    async ({ staff, params, body, request, set }) => {
      const { status } = body
      const note = body.note.trim()
      if (note.length <= SNAG_NOTE_CHARS_MAX) {
        await moveSnag(staff.scope, params.id, { status, note: note || null })
        return seeOther(request, paths.developer.snag(params.id, { done: 'moved' }))
      }
      set.status = 422
      const error = `Use at most ${SNAG_NOTE_CHARS_MAX} characters.`
      return page(staff, await openSnag(staff.scope, params.id), {
        form: { status, note: body.note, error },
        isMoved: false,
      })
    },
    {
      forStaff: 'developer',
      params: itemParams,
      body: z.object({ status: z.enum(snagStatuses), note: z.string().max(10_000).default('') }),
      detail: { hide: true },
    },
  )
  .get(
    '/developer/snags/:id/photo',
    async ({ staff, params }) => {
      const { snag } = await openSnag(staff.scope, params.id)
      return photoResponse(await snagPhoto(staff.scope, snag))
    },
    { forStaff: 'developer', params: itemParams, detail: { hide: true } },
  )

type BoardQuery = z.infer<typeof boardQuery>

const filterOf = (
  { status, category, house_type: houseTypeCode, done }: BoardQuery,
  developmentId: string,
): SnagFilter & { developmentId: string } => ({
  developmentId,
  isOpen: status === 'open' ? true : undefined,
  statuses: status === 'all' || status === 'open' ? undefined : [status],
  category: category || undefined,
  houseTypeCode: houseTypeCode || undefined,
  isSaidDone: done ? true : undefined,
})

async function board(staff: StaffCaller, query: BoardQuery) {
  const place = await portalPlace(staff.scope, staff.staffId, query.development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const { id: developmentId, name: developmentName } = place.chosen
  const { status, category, house_type: houseType, done } = query
  const [{ rows, nextCursor }, { clusters, houseTypeCodes }] = await Promise.all([
    snagsPage(staff.scope, { ...filterOf(query, developmentId), cursor: query.cursor, limit: ROWS_A_PAGE }),
    frameOfBoard(staff.scope, developmentId),
  ])
  const list = { development: developmentId, status, category, house_type: houseType, done }
  const url = (more: { status?: string; cursor?: string; done?: undefined }) =>
    paths.developer.snags({ ...list, ...more })
  const filter = (key: typeof status, label: string) => ({
    label,
    url: url({ status: key, done: undefined }),
    isCurrent: key === status && !done,
  })
  return SnagBoardPage({
    shell: shellOf(place),
    developmentId,
    developmentName,
    category,
    status,
    houseType,
    filters: [
      filter('open', 'Open'),
      {
        label: 'Contractor says done',
        url: paths.developer.snags({ ...list, status: 'open', done: 'said' }),
        isCurrent: done !== undefined,
      },
      ...snagStatuses.map((key) => filter(key, SNAG_STATUSES[key].label)),
      filter('all', 'All'),
    ],
    houseTypes: houseTypeCodes,
    clusters: clusters.map((cluster) => ({
      houseType: cluster.houseTypeCode,
      category: cluster.category,
      homes: cluster.homes,
      url: paths.developer.snags({
        development: developmentId,
        category: cluster.category,
        house_type: cluster.houseTypeCode,
      }),
    })),
    csvUrl: paths.developer.snagsCsv(list),
    contractor: EMPTY_CONTRACTOR_FORM,
    snags: rows.map(viewOf),
    now: new Date(),
    nextUrl: nextCursor ? url({ cursor: nextCursor }) : undefined,
    firstUrl: query.cursor ? url({}) : undefined,
  })
}

async function page(
  staff: StaffCaller,
  { snag, changes }: Awaited<ReturnType<typeof openSnag>>,
  state: Pick<StaffSnagProps, 'form' | 'isMoved'>,
) {
  const [place, links] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, snag.developmentId),
    contractorLinksOf(staff.scope, snag.id),
  ])
  return StaffSnagPage({
    shell: shellOf(place),
    developmentId: snag.developmentId,
    developmentName: place.chosen?.name ?? '',
    snag: viewOf(snag),
    steps: changes,
    contractor: EMPTY_CONTRACTOR_FORM,
    links: links.map(linkView),
    ...state,
  })
}

const viewOf = (snag: SnagRow) => ({
  ...snagView(snag),
  address: snag.unitAddress,
  houseType: snag.houseTypeCode,
  isSaidDone: snag.isSaidDone,
  photoUrl: snag.photoId ? paths.developer.snagPhoto(snag.id) : null,
})

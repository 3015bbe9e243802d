// The builder's snags: the board, one of them, and moving it along.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { SnagBoardPage, StaffSnagPage, type StaffSnagProps } from '#views/developer/snags.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { SNAG_STATUSES } from '#views/snag-words.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { photoResponse } from '../../http/photos.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import {
  moveSnag,
  openSnag,
  openSnagStatuses,
  SNAG_NOTE_CHARS_MAX,
  type SnagRow,
  snagCategories,
  snagPhoto,
  snagStatuses,
  snagsPage,
} from '../../snags.ts'
import { shellOf } from './present.ts'

const ROWS_A_PAGE = 50
const itemParams = z.object({ id: z.uuid() })
const boardQuery = z.object({
  development: z.uuid().optional(),
  status: z.enum(['open', ...snagStatuses, 'all']).default('open'),
  category: z.enum(snagCategories).or(z.literal('')).default(''),
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

async function board(staff: StaffCaller, query: z.infer<typeof boardQuery>) {
  const place = await portalPlace(staff.scope, staff.staffId, query.development)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const { id: developmentId, name: developmentName } = place.chosen
  const { status, category } = query
  const { rows, nextCursor } = await snagsPage(staff.scope, {
    developmentId,
    statuses: status === 'all' ? undefined : status === 'open' ? openSnagStatuses : [status],
    category: category || undefined,
    cursor: query.cursor,
    limit: ROWS_A_PAGE,
  })
  const url = (more: { status?: string; cursor?: string }) =>
    paths.developer.snags({ development: developmentId, status, category, ...more })
  const filter = (key: typeof status, label: string) => ({
    label,
    url: url({ status: key }),
    isCurrent: key === status,
  })
  return SnagBoardPage({
    shell: shellOf(place),
    ...{ developmentId, developmentName, category, status },
    filters: [
      filter('open', 'Open'),
      ...snagStatuses.map((key) => filter(key, SNAG_STATUSES[key].label)),
      filter('all', 'All'),
    ],
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
  const place = await portalPlace(staff.scope, staff.staffId, snag.developmentId)
  return StaffSnagPage({
    shell: shellOf(place),
    developmentId: snag.developmentId,
    developmentName: place.chosen?.name ?? '',
    snag: viewOf(snag),
    steps: changes,
    ...state,
  })
}

const viewOf = (snag: SnagRow) => ({
  ...{ id: snag.id, room: snag.room, category: snag.category, description: snag.description },
  ...{ status: snag.status, reportedAt: snag.createdAt, closedAt: snag.closedAt },
  address: snag.unitAddress,
  photoUrl: snag.photoId ? paths.developer.snagPhoto(snag.id) : null,
})

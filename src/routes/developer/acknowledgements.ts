// Which homes have read what they must, and marking a document so.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { AcknowledgementsPage } from '#views/developer/acknowledgements.tsx'
import { NoDevelopmentPage } from '#views/developer/today.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import type { StaffCaller } from '../../access/caller.ts'
import { type HomeReading, markMustRead, readingPage, unmarkMustRead } from '../../acknowledgements.ts'
import { findDocument } from '../../documents.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import { shellOf } from './present.ts'

const ROWS_A_PAGE = 50
const listQuery = z.object({
  development: z.uuid().optional(),
  document: z.uuid().optional(),
  show: z.enum(['all', 'missing', 'done']).default('all'),
  cursor: z.string().max(500).optional(),
})

export const acknowledgements = new Elysia({ name: 'developer/acknowledgements' })
  .use(access)
  .get('/developer/acknowledgements', ({ staff, query }) => page(staff, query), {
    forStaff: 'developer',
    query: listQuery,
    detail: { hide: true },
  })
  .post(
    '/developer/documents/:id/must-read',
    async ({ staff, params, body, request }) => {
      if (body.change === 'end') await unmarkMustRead(staff.scope, params.id)
      else await markMustRead(staff.scope, params.id, body.change === 'again')
      return seeOther(request, paths.developer.document(params.id, { done: `must_read_${body.change}` }))
    },
    {
      forStaff: 'developer',
      params: z.object({ id: z.uuid() }),
      body: z.object({ change: z.enum(['begin', 'again', 'end']) }),
      detail: { hide: true },
    },
  )

async function page(staff: StaffCaller, query: z.infer<typeof listQuery>) {
  const document = query.document ? await findDocument(staff.scope, query.document) : null
  const asked = document?.developmentId ?? query.development
  const place = await portalPlace(staff.scope, staff.staffId, asked)
  if (!place.chosen) return NoDevelopmentPage({ shell: shellOf(place) })
  const { id: developmentId, name: developmentName } = place.chosen
  const isMissing = query.show === 'all' ? undefined : query.show === 'missing'
  const { rows, nextCursor, counts } = await readingPage(
    staff.scope,
    { developmentId, documentId: document?.id, isMissing },
    { cursor: query.cursor, limit: ROWS_A_PAGE },
  )
  const url = (more: { show?: string; cursor?: string }) =>
    paths.developer.acknowledgements({
      ...(document ? { document: document.id } : { development: developmentId }),
      show: query.show,
      ...more,
    })
  const filter = (show: typeof query.show, label: string) => ({
    label,
    url: url({ show }),
    isCurrent: show === query.show,
  })
  return AcknowledgementsPage({
    shell: shellOf(place),
    developmentId,
    developmentName,
    counts,
    document: document && { id: document.id, title: document.title },
    filters: [filter('all', 'All'), filter('missing', 'Not all read'), filter('done', 'All read')],
    homes: rows.map(viewOf),
    nextUrl: nextCursor ? url({ cursor: nextCursor }) : undefined,
    firstUrl: query.cursor ? url({}) : undefined,
  })
}

const viewOf = ({ id, number, addressLine, people }: HomeReading) => ({
  id,
  number,
  address: addressLine,
  people: people.map(({ name, documents }) => ({
    name,
    documents: documents.map(({ title, at }) => ({ title, at: at === null ? null : new Date(at) })),
  })),
})

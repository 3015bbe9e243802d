// A home's documents: the list, a page as text with the quoted words marked, and the file.
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { HomeDocument } from '#db/documents.ts'
import { groupByKind, kindLabel } from '#views/document-kinds.ts'
import { paths } from '#views/paths.ts'
import { DocumentPage } from '#views/purchaser/document.tsx'
import { DocumentsPage } from '#views/purchaser/documents.tsx'
import { pageBlocks } from '#views/purchaser/page-blocks.ts'
import { access } from '../../access/access.ts'
import { citedQuote } from '../../chat/cited-quote.ts'
import { visitDocuments } from '../../documents/visits.ts'
import { listHomeDocuments, openHomeDocument } from '../../documents.ts'
import { homeFilePath } from '../../downloads.ts'
import { homeOf } from '../../homes.ts'
import { limitOrThrow } from '../../http/limiting.ts'
import { policies } from '../../http/limits.ts'
import { seeOther } from '../../http/redirect.ts'
import { shellOf } from './present.ts'

const PAGE_MAX = 10_000
const SEARCH_CHARS_MAX = 100
const page = z
  .string()
  .regex(/^[0-9]{1,5}$/)
  .transform(Number)
  .pipe(z.number().int().min(1).max(PAGE_MAX))
/** `{message}.{number}` */
const quote = z
  .string()
  .regex(/^[^.]{36}\.[1-9]$/)
  .refine((reference) => z.uuid().safeParse(reference.slice(0, -2)).success)

export const documents = new Elysia({ name: 'purchaser/documents' })
  .use(access)
  .get(
    '/documents',
    async ({ purchaser, query, request }) => {
      const { scope, purchaserId } = purchaser
      const isPrefetch = request.headers.get('sec-purpose')?.startsWith('prefetch')
      const [home, rows, newSince] = await Promise.all([
        homeOf(scope),
        listHomeDocuments(scope),
        isPrefetch ? null : visitDocuments(scope, purchaserId),
      ])
      const isNew = ({ readyAt }: HomeDocument) => newSince !== null && readyAt > newSince
      const words = query.q.toLowerCase()
      const shown = rows.filter(
        (row) => row.title.toLowerCase().includes(words) && (query.show === undefined || isNew(row)),
      )
      return DocumentsPage({
        shell: shellOf(home),
        groups: groupsOf(shown, isNew),
        total: rows.length,
        newCount: rows.filter(isNew).length,
        newSince,
        search: query.q,
        isNewOnly: query.show === 'new',
      })
    },
    {
      forPurchaser: true,
      query: z.object({
        q: z.string().trim().max(SEARCH_CHARS_MAX).default(''),
        show: z.literal('new').optional(),
      }),
      detail: { hide: true },
    },
  )
  .get(
    '/documents/:id',
    async ({ purchaser, params, query }) => {
      const { scope, purchaserId } = purchaser
      const [home, opened, quoted] = await Promise.all([
        homeOf(scope),
        openHomeDocument(scope, params.id, query.page),
        query.quote ? citedQuote(scope, { purchaserId, origin: 'app' }, query.quote, params.id) : null,
      ])
      return DocumentPage({ shell: shellOf(home), ...viewOf(opened, query.page, quoted) })
    },
    {
      forPurchaser: 'before_reading',
      params: z.object({ id: z.uuid() }),
      query: z.object({ page: page.default(1), quote: quote.optional() }),
      detail: { hide: true },
    },
  )
  .get(
    '/documents/:id/file',
    async ({ purchaser, params, query, request, set }) => {
      limitOrThrow({ request, set }, policies.downloads, purchaser.scope.actor.id)
      return seeOther(request, await homeFilePath(purchaser.scope, params.id, query.page ?? null))
    },
    {
      forPurchaser: 'before_reading',
      params: z.object({ id: z.uuid() }),
      query: z.object({ page: page.optional() }),
      detail: { hide: true },
    },
  )

type IsNew = (row: HomeDocument) => boolean

const groupsOf = (rows: HomeDocument[], isNew: IsNew) =>
  groupByKind(rows).map((group) => ({
    ...group,
    documents: group.documents.map((row) => ({ ...itemOf(row), isNew: isNew(row) })),
  }))

const itemOf = (row: HomeDocument) => ({
  id: row.id,
  title: row.title,
  pages: row.pageCount,
  sizeBytes: row.sizeBytes,
  addedAt: row.readyAt,
  scopeLabel: row.forThisHome
    ? 'Your home only'
    : row.houseTypeCodes.length > 0
      ? `House type ${row.houseTypeCodes.join(', ')}`
      : null,
  viewUrl: paths.document(row.id),
  fileUrl: paths.documentFile(row.id),
})

function viewOf(
  { document, text }: Awaited<ReturnType<typeof openHomeDocument>>,
  page: number,
  quoted: string | null,
) {
  return {
    title: document.title,
    kindLabel: kindLabel(document.kind),
    page,
    printedPage: text?.printedPage ?? null,
    pages: document.pageCount,
    blocks: text ? pageBlocks(text, quoted) : [],
    fileUrl: paths.documentFile(document.id, { page }),
    previousUrl: page > 1 ? paths.document(document.id, { page: page - 1 }) : null,
    nextUrl: page < document.pageCount ? paths.document(document.id, { page: page + 1 }) : null,
  }
}

// What must be read before the app opens, and saying that one has.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { kindLabel } from '#views/document-kinds.ts'
import { paths } from '#views/paths.ts'
import { MustReadPage } from '#views/purchaser/must-read.tsx'
import { access } from '../../access/access.ts'
import type { PurchaserCaller } from '../../access/caller.ts'
import { acknowledge, unreadDocuments } from '../../acknowledgements.ts'
import { failures, isFailure } from '../../failure.ts'
import { homeOf, needsIntro } from '../../homes.ts'
import { seeOther } from '../../http/redirect.ts'
import { visitorOf } from '../../http/visitor.ts'
import { shellOf } from './present.ts'

const NOT_TICKED = 'Tick the box to say that you have read it.'
const REPLACED = 'A newer version has taken its place meanwhile. Please read that one.'

export const mustRead = new Elysia({ name: 'purchaser/must-read' })
  .use(access)
  .get(
    '/must-read',
    async ({ purchaser, request }) => {
      if (await needsIntro(purchaser.scope, purchaser.purchaserId)) return seeOther(request, paths.intro())
      return page(purchaser)
    },
    { forPurchaser: 'before_reading', detail: { hide: true } },
  )
  .post(
    '/must-read/:id',
    async ({ purchaser, params, body, request, set }) => {
      const { scope, purchaserId } = purchaser
      if (body.read !== 'yes') {
        set.status = failures.invalid[0]
        return page(purchaser, NOT_TICKED)
      }
      const asked = { documentId: params.id, versionId: body.version }
      try {
        await acknowledge(scope, purchaserId, asked, visitorOf(request).address)
      } catch (error) {
        if (!isFailure(error, 'conflict')) throw error
        set.status = failures.conflict[0]
        return page(purchaser, REPLACED)
      }
      const left = await unreadDocuments(scope, purchaserId)
      return seeOther(request, left.length > 0 ? paths.mustRead() : paths.home())
    },
    {
      forPurchaser: 'before_reading',
      params: z.object({ id: z.uuid() }),
      body: z.object({ read: z.string().max(10).optional(), version: z.uuid() }),
      detail: { hide: true },
    },
  )

async function page({ scope, purchaserId }: PurchaserCaller, error?: string) {
  const [home, unread] = await Promise.all([homeOf(scope), unreadDocuments(scope, purchaserId)])
  const documents = unread.map(({ kind, pageCount, ...document }) => ({
    ...document,
    kindLabel: kindLabel(kind),
    pages: pageCount,
  }))
  return MustReadPage({ shell: shellOf(home), documents, error })
}

// Notices of the builder to this home.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { paths } from '#views/paths.ts'
import { NoticesPage } from '#views/purchaser/notices.tsx'
import { access } from '../../access/access.ts'
import { homeOf } from '../../homes.ts'
import { seeOther } from '../../http/redirect.ts'
import { noticesFor, readNotice } from '../../notices.ts'
import { shellOf } from './present.ts'

export const notices = new Elysia({ name: 'purchaser/notices' })
  .use(access)
  .get(
    '/notices',
    async ({ purchaser }) => {
      const { scope, purchaserId } = purchaser
      const [home, rows] = await Promise.all([homeOf(scope), noticesFor(scope, purchaserId)])
      return NoticesPage({ shell: shellOf(home), notices: rows })
    },
    { forPurchaser: 'before_reading', detail: { hide: true } },
  )
  .post(
    '/notices/:id/read',
    async ({ purchaser, params, request }) => {
      await readNotice(purchaser.scope, purchaser.purchaserId, params.id)
      return seeOther(request, paths.notices())
    },
    { forPurchaser: 'before_reading', params: z.object({ id: z.uuid() }), detail: { hide: true } },
  )

// The logo of the builder whose home it is.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../../access/access.ts'
import { logoPicture } from '../../branding.ts'
import { logoResponse } from '../../http/photos.ts'

export const logo = new Elysia({ name: 'purchaser/logo' })
  .use(access)
  .get(
    '/logo/:id',
    async ({ purchaser, params }) => logoResponse(await logoPicture(purchaser.scope, params.id)),
    { forPurchaser: true, params: z.object({ id: z.uuid() }), detail: { hide: true } },
  )

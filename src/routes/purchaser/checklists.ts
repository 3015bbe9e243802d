// Checklists of the home: the lists, and ticking.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { paths } from '#views/paths.ts'
import { ChecklistsPage } from '#views/purchaser/checklists.tsx'
import { access } from '../../access/access.ts'
import { checklistsOf, tick } from '../../checklists.ts'
import { homeOf } from '../../homes.ts'
import { seeOther } from '../../http/redirect.ts'
import { shellOf } from './present.ts'

export const checklists = new Elysia({ name: 'purchaser/checklists' })
  .use(access)
  .get(
    '/checklists',
    async ({ purchaser }) => {
      const [home, items] = await Promise.all([homeOf(purchaser.scope), checklistsOf(purchaser.scope)])
      return ChecklistsPage({ shell: shellOf(home), items })
    },
    { forPurchaser: true, detail: { hide: true } },
  )
  .post(
    '/checklists/:id',
    async ({ purchaser, params, body, request }) => {
      const { scope, purchaserId } = purchaser
      const { checklist } = await tick(scope, purchaserId, params.id, body.done === 'yes')
      return seeOther(request, `${paths.checklists()}#${checklist}`)
    },
    {
      forPurchaser: true,
      params: z.object({ id: z.uuid() }),
      body: z.object({ done: z.enum(['yes', 'no']) }),
      detail: { hide: true },
    },
  )

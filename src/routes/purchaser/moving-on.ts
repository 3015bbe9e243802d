// Moving on, from the household's side.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { paths } from '#views/paths.ts'
import { MovedOnPage, MovingOnPage } from '#views/purchaser/moving-on.tsx'
import { access } from '../../access/access.ts'
import type { PurchaserCaller } from '../../access/caller.ts'
import { clearedCookies } from '../../access/sessions.ts'
import { failure } from '../../failure.ts'
import { homeOf } from '../../homes.ts'
import { seeOther } from '../../http/redirect.ts'
import { visitorOf } from '../../http/visitor.ts'
import {
  confirmTransfer,
  mayHandOver,
  type Party,
  startTransfer,
  transferOf,
  withdrawTransfer,
} from '../../transfers.ts'
import { shellOf } from './present.ts'

const UNCONFIRMED = 'Tick the box to say that you are sure.'
const ofItem = { forPurchaser: true, params: z.object({ id: z.uuid() }), detail: { hide: true } } as const
const confirmation = z.object({ confirmed: z.string().max(10).optional() })

export const movingOn = new Elysia({ name: 'purchaser/moving-on' })
  .use(access)
  .get('/moving-on', ({ purchaser }) => page(purchaser), { forPurchaser: true, detail: { hide: true } })
  .post(
    '/moving-on',
    async ({ purchaser, body, request, set }) => {
      if (body.confirmed !== 'yes') {
        set.status = 422
        return page(purchaser, UNCONFIRMED)
      }
      await refuseRented(purchaser)
      await startTransfer(purchaser.scope, partyOf(purchaser), purchaser.scope.unitId)
      return seeOther(request, paths.movingOn())
    },
    { forPurchaser: true, body: confirmation, detail: { hide: true } },
  )
  .post(
    '/moving-on/:id/confirmation',
    async ({ purchaser, params, body, request, set }) => {
      if (body.confirmed !== 'yes') {
        set.status = 422
        return page(purchaser, UNCONFIRMED)
      }
      const { scope } = purchaser
      const outcome = await confirmTransfer(scope, partyOf(purchaser), scope.unitId, params.id)
      if (outcome === 'waiting') return seeOther(request, paths.movingOn())
      return seeOther(request, paths.movedOn(), clearedCookies('purchaser', visitorOf(request).policy))
    },
    { ...ofItem, body: confirmation },
  )
  .post(
    '/moving-on/:id/withdrawal',
    async ({ purchaser, params, request }) => {
      await withdrawTransfer(purchaser.scope, partyOf(purchaser), purchaser.scope.unitId, params.id)
      return seeOther(request, paths.movingOn())
    },
    ofItem,
  )
  .get('/moved-on', () => MovedOnPage(), {
    forAnyone: 'who has moved on has no session any more; the page names nobody',
    detail: { hide: true },
  })

const partyOf = ({ purchaserId }: PurchaserCaller): Party => ({ side: 'household', purchaserId })

/** Who rents a home does not own its record, so there is nothing to hand on. @throws Failure `not_found` */
async function refuseRented({ scope }: PurchaserCaller): Promise<void> {
  if ((await homeOf(scope)).tenure === 'rent') throw failure('not_found')
}

async function page(purchaser: PurchaserCaller, error?: string) {
  const { scope, purchaserId } = purchaser
  const [home, transfer, mayConfirm] = await Promise.all([
    homeOf(scope),
    transferOf(scope, scope.unitId),
    mayHandOver(scope, purchaserId),
  ])
  if (home.tenure === 'rent') throw failure('not_found')
  return MovingOnPage({ shell: shellOf(home), transfer, mayConfirm, ...(error ? { error } : {}) })
}

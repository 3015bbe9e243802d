// Moving on, from the builder's side: on the page of the home.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { seeOther } from '../../http/redirect.ts'
import { confirmTransfer, startTransfer, withdrawTransfer } from '../../transfers.ts'
import { homePage } from './home-page.ts'

const UNCONFIRMED = 'Tick the box to say that it is so.'
const confirmation = z.object({ confirmed: z.string().max(10).optional() })
const ofHome = { forStaff: 'developer', params: z.object({ id: z.uuid() }), detail: { hide: true } } as const
const ofTransfer = { ...ofHome, params: z.object({ id: z.uuid(), transferId: z.uuid() }) } as const
const party = { side: 'builder' } as const

export const homeTransfers = new Elysia({ name: 'developer/home-transfers' })
  .use(access)
  .post(
    '/developer/homes/:id/transfers',
    async ({ staff, params, body, request, set }) => {
      if (body.confirmed !== 'yes') {
        set.status = 422
        return homePage(staff, params.id, { transferError: UNCONFIRMED })
      }
      await startTransfer(staff.scope, party, params.id)
      return seeOther(request, `${paths.developer.homeDetails(params.id)}?done=moving_on`)
    },
    { ...ofHome, body: confirmation },
  )
  .post(
    '/developer/homes/:id/transfers/:transferId/confirmation',
    async ({ staff, params, body, request, set }) => {
      if (body.confirmed !== 'yes') {
        set.status = 422
        return homePage(staff, params.id, { transferError: UNCONFIRMED })
      }
      const outcome = await confirmTransfer(staff.scope, party, params.id, params.transferId)
      const done = outcome === 'settled' ? 'moved_on' : 'moving_on'
      return seeOther(request, `${paths.developer.homeDetails(params.id)}?done=${done}`)
    },
    { ...ofTransfer, body: confirmation },
  )
  .post(
    '/developer/homes/:id/transfers/:transferId/withdrawal',
    async ({ staff, params, request }) => {
      await withdrawTransfer(staff.scope, party, params.id, params.transferId)
      return seeOther(request, `${paths.developer.homeDetails(params.id)}?done=not_moving_on`)
    },
    ofTransfer,
  )

// The cards of homes: printed, their codes shown, and links and codes made anew.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { CardsPage } from '#views/developer/home-cards.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { failure } from '../../failure.ts'
import {
  CARDS_A_PRINT_MAX,
  printCard,
  printCards,
  rotateAccessCode,
  rotateLink,
  showAccessCode,
} from '../../home-cards.ts'
import { seeOther } from '../../http/redirect.ts'
import { portalPlace } from '../../portal.ts'
import { homePage } from './home-page.ts'
import { filterOf, homesQuery, listOf } from './homes-query.ts'

const itemParams = z.object({ id: z.uuid() })
const ofItem = { forStaff: 'developer', params: itemParams, detail: { hide: true } } as const

/** Codes are shown in answers to forms only: never from the browser's history, and each time is noted. */
export const homeCards = new Elysia({ name: 'developer/home-cards' })
  .use(access)
  .post(
    '/developer/print-pack',
    async ({ staff, body }) => {
      const { chosen } = await portalPlace(staff.scope, staff.staffId, body.development)
      if (!chosen) throw failure('not_found')
      const { cards, isWhole } = await printCards(staff.scope, filterOf(body, chosen.id))
      const backUrl = paths.developer.homes(listOf(body, chosen.id))
      return CardsPage({ cards, backUrl, cardsMax: isWhole ? null : CARDS_A_PRINT_MAX })
    },
    { forStaff: 'developer', body: homesQuery, detail: { hide: true } },
  )
  .post(
    '/developer/homes/:id/card',
    async ({ staff, params }) => {
      const card = await printCard(staff.scope, params.id)
      return CardsPage({ cards: [card], backUrl: paths.developer.homeDetails(params.id), cardsMax: null })
    },
    ofItem,
  )
  .post(
    '/developer/homes/:id/access-code',
    async ({ staff, params }) =>
      homePage(staff, params.id, { accessCode: await showAccessCode(staff.scope, params.id) }),
    ofItem,
  )
  .post(
    '/developer/homes/:id/access-code/rotation',
    async ({ staff, params }) =>
      homePage(staff, params.id, { accessCode: await rotateAccessCode(staff.scope, params.id) }),
    ofItem,
  )
  .post(
    '/developer/homes/:id/link/rotation',
    async ({ staff, params, request }) => {
      await rotateLink(staff.scope, params.id)
      return seeOther(request, `${paths.developer.homeDetails(params.id)}?done=link`)
    },
    ofItem,
  )

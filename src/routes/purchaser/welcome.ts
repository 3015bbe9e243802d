// Getting in and out: a printed link, the access code, the intro, signing out.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { acceptedLanguage } from '#views/languages/languages.ts'
import type { Brand } from '#views/parts/icon.tsx'
import { paths } from '#views/paths.ts'
import { ClaimPage, NoHomePage, UnknownLinkPage } from '#views/purchaser/claim.tsx'
import { IntroPage } from '#views/purchaser/intro.tsx'
import { PrivacyPage } from '#views/purchaser/privacy.tsx'
import { access } from '../../access/access.ts'
import { makeChallenge, sameChallenge } from '../../access/challenge.ts'
import {
  brandOfLink,
  builderOfLink,
  type Claim,
  claimHome,
  logoOfLink,
  openLink,
  type Visitor,
} from '../../access/claim.ts'
import { cookieLine, HOME_LINK_COOKIE, readCookie } from '../../access/cookies.ts'
import { safeNextPath } from '../../access/next-path.ts'
import { clearedCookies } from '../../access/sessions.ts'
import { endSession } from '../../access/staff-sign-in.ts'
import { finishIntro, homeOf, needsIntro } from '../../homes.ts'
import { limitOrThrow } from '../../http/limiting.ts'
import { policies } from '../../http/limits.ts'
import { logoResponse } from '../../http/photos.ts'
import { seeOther } from '../../http/redirect.ts'
import { visitorOf } from '../../http/visitor.ts'

const HOME_LINK_MAX_AGE_S = 180 * 24 * 3_600
const CLAIM_STATUS = { wait: 429, challenge: 429, wrong_code: 401, preparing: 503 } as const
/** A home between two households is ready within minutes. */
const PREPARED_AFTER_S = 120
const nextQuery = z.object({ next: z.string().max(500).optional() })
const linkParams = z.object({ publicId: z.string().max(64) })
const claimBody = z.object({
  access_code: z.string().max(100),
  next: z.string().max(500).optional(),
  website: z.string().max(500).optional(),
  challenge: z.string().max(2_000).optional(),
  solution: z.string().max(20).optional(),
})
const isOpen = 'the printed link names the development only; the access code is the second factor'

export const welcome = new Elysia({ name: 'purchaser/welcome' })
  .use(access)
  .get(
    '/h/:publicId',
    async ({ params, query, request, set }) => {
      const visitor = visitorOf(request)
      const link = await openLink(params.publicId, visitor, admission({ request, set }, visitor))
      if (!link) {
        set.status = 404
        return UnknownLinkPage()
      }
      set.headers['set-cookie'] = [
        cookieLine(HOME_LINK_COOKIE, params.publicId, HOME_LINK_MAX_AGE_S, visitor.policy),
      ]
      return ClaimPage({
        publicId: params.publicId,
        developmentName: link.developmentName,
        brand: await brandOf(params.publicId, visitor),
        next: query.next,
        challenge: link.mustBeChallenged ? await makeChallenge() : undefined,
        ...waiting(link.waitMs),
      })
    },
    { forAnyone: isOpen, params: linkParams, query: nextQuery, detail: { hide: true } },
  )
  .post(
    '/h/:publicId',
    async ({ params, body, request, set }) => {
      const language = acceptedLanguage(request.headers.get('accept-language'))
      const visitor = { ...visitorOf(request), language }
      const admit = admission({ request, set }, visitor)
      const claim = await claimHome(params.publicId, typedOf(body), visitor, admit).catch((error) => {
        if (error?.code !== 'not_found') throw error
        return null
      })
      if (!claim) {
        set.status = 404
        return UnknownLinkPage()
      }
      if (claim.outcome === 'claimed')
        return seeOther(request, safeNextPath(body.next, paths.home()), claim.setCookies)
      set.status = CLAIM_STATUS[claim.outcome]
      const page = {
        publicId: params.publicId,
        developmentName: claim.developmentName,
        brand: await brandOf(params.publicId, visitor),
        accessCode: body.access_code,
        next: body.next,
        challenge: await challengeFor(claim, body),
      }
      if (claim.outcome === 'wrong_code') return ClaimPage({ ...page, failure: { kind: 'wrong_code' } })
      if (claim.outcome === 'preparing') {
        set.headers['retry-after'] = String(PREPARED_AFTER_S)
        return ClaimPage({ ...page, failure: { kind: 'preparing' } })
      }
      set.headers['retry-after'] = String(Math.ceil(claim.waitMs / 1_000))
      return ClaimPage({ ...page, ...waiting(claim.waitMs) })
    },
    {
      forAnyone: isOpen,
      params: linkParams,
      body: claimBody,
      detail: { hide: true },
    },
  )
  .get(
    '/h/:publicId/logo/:logoId',
    async ({ params, request }) =>
      logoResponse(await logoOfLink(params.publicId, params.logoId, visitorOf(request).requestId)),
    {
      forAnyone: 'the claim page shows whose home it is, to whoever holds its link',
      params: linkParams.extend({ logoId: z.uuid() }),
      detail: { hide: true },
    },
  )
  .get(
    '/welcome',
    ({ query, request }) => {
      const link = readCookie(request, HOME_LINK_COOKIE)
      return link && /^[A-Za-z0-9_-]{22}$/.test(link)
        ? seeOther(request, paths.claim(link, query.next ? { next: query.next } : {}))
        : NoHomePage({})
    },
    {
      forAnyone: 'people without a session must be told how to begin',
      query: nextQuery,
      detail: { hide: true },
    },
  )
  .post(
    '/welcome',
    ({ body, request, set }) => {
      const link = /(?:^|\/h\/)([A-Za-z0-9_-]{22})(?:[?#].*)?$/.exec(body.access_code.trim())?.[1]
      if (link) return seeOther(request, paths.claim(link))
      set.status = 422
      return NoHomePage({ typed: body.access_code })
    },
    {
      forAnyone: 'people without a session must be told how to begin',
      body: z.object({ access_code: z.string().max(300) }),
      detail: { hide: true },
    },
  )
  .get(
    '/privacy',
    async ({ request }) => {
      const link = readCookie(request, HOME_LINK_COOKIE)
      return PrivacyPage({ controllerName: link ? await builderOfLink(link) : null, contactEmail: null })
    },
    { forAnyone: 'the notice comes before anyone signs in', detail: { hide: true } },
  )
  .get(
    '/intro',
    async ({ purchaser, request }) => {
      if (!(await needsIntro(purchaser.scope, purchaser.purchaserId))) return seeOther(request, paths.home())
      const home = await homeOf(purchaser.scope)
      return IntroPage({ developmentName: home.developmentName, purchaserNames: home.purchaserNames })
    },
    { forPurchaser: 'before_reading', detail: { hide: true } },
  )
  .post(
    '/intro',
    async ({ purchaser, request }) => {
      await finishIntro(purchaser.scope, purchaser.purchaserId)
      return seeOther(request, paths.home())
    },
    { forPurchaser: 'before_reading', detail: { hide: true } },
  )
  .post(
    '/sign-out',
    async ({ purchaser, request }) => {
      await endSession(purchaser.sessionId)
      return seeOther(request, paths.welcome(), clearedCookies('purchaser', visitorOf(request).policy))
    },
    { forPurchaser: 'before_reading', detail: { hide: true } },
  )

const admission = (limited: Parameters<typeof limitOrThrow>[0], visitor: Visitor) => (isKnown: boolean) =>
  limitOrThrow(limited, isKnown ? policies.link_known : policies.link_unknown, visitor.addressGroup)

async function brandOf(publicId: string, { requestId }: Visitor): Promise<Brand | undefined> {
  const branding = await brandOfLink(publicId, requestId)
  if (!branding) return undefined
  return { accent: branding.accent, logoUrl: branding.logoId && paths.claimLogo(publicId, branding.logoId) }
}

/** A field that people do not see was filled in: no code is right for such a visitor. */
const typedOf = (body: z.infer<typeof claimBody>) => ({
  challenge: body.challenge,
  solution: body.solution,
  accessCode: body.website ? '' : body.access_code,
})

/** A form that came too early gets its own challenge back, so that waiting counts. */
async function challengeFor(claim: Claim, body: z.infer<typeof claimBody>) {
  if (claim.outcome === 'wrong_code') return claim.mustBeChallenged ? makeChallenge() : undefined
  if (claim.outcome === 'preparing') return undefined
  return (claim.outcome === 'challenge' ? await sameChallenge(body) : null) ?? makeChallenge()
}

const waiting = (waitMs: number) =>
  waitMs > 0 ? { failure: { kind: 'too_many_tries', waitSeconds: Math.ceil(waitMs / 1_000) } as const } : {}

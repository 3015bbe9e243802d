// Signing staff in and out: the same form and rules for the builder's portal and the operator's console.
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Html } from '#views/jsx-runtime.ts'
import type { SignInProps } from '#views/parts/sign-in.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../access/access.ts'
import { makeChallenge, sameChallenge } from '../access/challenge.ts'
import type { Visitor } from '../access/claim.ts'
import { cookiePolicy } from '../access/cookies.ts'
import { safeNextPath } from '../access/next-path.ts'
import { clearedCookies, liveSession } from '../access/sessions.ts'
import { endSession, mustAnswerChallenge, type SignIn, signInStaff } from '../access/staff-sign-in.ts'
import { config } from '../config.ts'
import { Failure } from '../failure.ts'
import { limitOrThrow } from '../http/limiting.ts'
import { policies } from '../http/limits.ts'
import { seeOther } from '../http/redirect.ts'
import { visitorOf } from '../http/visitor.ts'

const signInBody = z.object({
  email: z.string().max(300),
  password: z.string().max(200),
  website: z.string().max(500).optional(),
  challenge: z.string().max(2_000).optional(),
  solution: z.string().max(20).optional(),
  next: z.string().max(500).optional(),
})

/** With a second factor the session waits for the code. */
function nextStep({ outcome, role }: SignIn, asked: string | undefined): string {
  const portal = role === 'super_admin' ? 'admin' : 'developer'
  const home = portal === 'admin' ? paths.admin.overview() : paths.developer.today()
  const safe = safeNextPath(asked, home)
  const next = safe.startsWith(home) ? safe : home
  if (outcome !== 'signed_in') return paths[portal].signInStep(outcome, { next })
  return next
}

/** After repeated failures the form holds one; a form that came too early gets its own back, so that waiting counts. */
async function challengeFor(error: Failure, body: z.infer<typeof signInBody>, visitor: Visitor) {
  if (!mustAnswerChallenge(body.email, visitor)) return undefined
  const same = error.code === 'challenge_needed' ? await sameChallenge(body) : null
  return same ?? makeChallenge()
}

type Portal = { prefix: '/developer' | '/admin'; page: (props: SignInProps) => Html }

export const staffSession = ({ prefix, page }: Portal) =>
  new Elysia({ name: `staff-session${prefix}`, prefix })
    .use(access)
    .get('/sign-in', ({ query }) => page(query.next ? { next: query.next } : {}), {
      forAnyone: 'people without a session sign in here',
      query: z.object({ next: z.string().max(500).optional() }),
      detail: { hide: true },
    })
    .post(
      '/sign-in',
      async ({ body, request, set }) => {
        const visitor = visitorOf(request)
        const again = { email: body.email, ...(body.next ? { next: body.next } : {}) }
        try {
          limitOrThrow({ request, set }, policies.sign_in, visitor.addressGroup)
          const signIn = await signInStaff({ ...body, trap: body.website }, visitor)
          return seeOther(request, nextStep(signIn, body.next), signIn.setCookies)
        } catch (error) {
          if (!(error instanceof Failure)) throw error
          set.status = error.status
          const challenge = await challengeFor(error, body, visitor)
          if (error.code === 'wrong_credentials')
            return page({ ...again, challenge, failure: { kind: 'wrong' } })
          set.headers['retry-after'] = String(error.details.retryAfterS ?? 1)
          if (error.code === 'challenge_needed')
            return page({ ...again, challenge, failure: { kind: 'challenge' } })
          return page({
            ...again,
            challenge,
            failure: { kind: 'too_many_tries', waitSeconds: error.details.retryAfterS ?? 1 },
          })
        }
      },
      { forAnyone: 'people without a session sign in here', body: signInBody, detail: { hide: true } },
    )
    .post(
      '/sign-out',
      async ({ request }) => {
        const policy = cookiePolicy(request, config().publicUrl)
        const session = await liveSession(request, 'staff', policy)
        if (session) await endSession(session.row.id)
        return seeOther(request, `${prefix}/sign-in`, clearedCookies('staff', policy))
      },
      { forAnyone: 'ending no session is harmless', detail: { hide: true } },
    )

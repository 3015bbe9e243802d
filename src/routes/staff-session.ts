// Signing staff in and out: the same form and rules for the builder's portal and the operator's console.
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Html } from '#views/jsx-runtime.ts'
import type { SignInProps } from '#views/parts/sign-in.tsx'
import { access } from '../access/access.ts'
import { cookiePolicy } from '../access/cookies.ts'
import { safeNextPath } from '../access/next-path.ts'
import { clearedCookies, liveSession } from '../access/sessions.ts'
import { endSession, signInStaff } from '../access/staff-sign-in.ts'
import { config } from '../config.ts'
import { Failure } from '../failure.ts'
import { limitOrThrow } from '../http/limiting.ts'
import { policies } from '../http/limits.ts'
import { seeOther } from '../http/redirect.ts'
import { visitorOf } from '../http/visitor.ts'

const signInBody = z.object({
  email: z.string().max(300),
  password: z.string().max(200),
  next: z.string().max(500).optional(),
})

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
          const { setCookies, role } = await signInStaff(body.email, body.password, visitor)
          const home = role === 'super_admin' ? '/admin' : '/developer'
          const next = safeNextPath(body.next, home)
          return seeOther(request, next.startsWith(home) ? next : home, setCookies)
        } catch (error) {
          if (!(error instanceof Failure)) throw error
          set.status = error.status
          if (error.code === 'wrong_credentials') return page({ ...again, failure: { kind: 'wrong' } })
          set.headers['retry-after'] = String(error.details.retryAfterS ?? 1)
          return page({
            ...again,
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

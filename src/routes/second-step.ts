// The second step of signing in: a code of the app, or setting it up first where it is required.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { CodePage, EnrolmentPage, RecoveryCodesPage } from '#views/parts/second-step.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../access/access.ts'
import { safeNextPath } from '../access/next-path.ts'
import { beginEnrolment, enrol, sameEnrolment } from '../access/second-factor.ts'
import {
  completeAfterEnrolment,
  completeWithCode,
  type HalfSignedIn,
  halfSignedIn,
} from '../access/staff-sign-in.ts'
import { Failure } from '../failure.ts'
import { limitOrThrow } from '../http/limiting.ts'
import { policies } from '../http/limits.ts'
import { seeOther } from '../http/redirect.ts'
import { visitorOf } from '../http/visitor.ts'
import { qrSvg } from '../qr-code.ts'

const WHY = 'who gave the right password has no session yet'
const nextQuery = z.object({ next: z.string().max(500).optional() })
const codeText = z.string().max(100)
const nextText = z.string().max(500).optional()
/** What a code can be refused for; anything else is not the form's to say. */
const REFUSALS = ['wrong_second_factor', 'too_many_attempts', 'too_many_requests']

export const secondStep = (portal: 'developer' | 'admin') =>
  new Elysia({ name: `second-step/${portal}`, prefix: `/${portal}` })
    .use(access)
    .get(
      '/sign-in/code',
      async ({ request, query: { next } }) => {
        const half = await halfSignedIn(request, visitorOf(request))
        return half?.wants === 'code' ? CodePage({ portal, next }) : seeOther(request, paths[portal].signIn())
      },
      { forAnyone: WHY, query: nextQuery, detail: { hide: true } },
    )
    .post(
      '/sign-in/code',
      async ({ request, body: { code, next }, set }) => {
        const visitor = visitorOf(request)
        const half = await halfSignedIn(request, visitor)
        if (half?.wants !== 'code') return seeOther(request, paths[portal].signIn())
        try {
          limitOrThrow({ request, set }, policies.sign_in, visitor.addressGroup)
          const { setCookies } = await completeWithCode(half, code, visitor)
          return seeOther(request, afterwards(half, next), setCookies)
        } catch (error) {
          return CodePage({ portal, next, problem: refusalOf(error, set) })
        }
      },
      { forAnyone: WHY, body: z.object({ code: codeText, next: nextText }), detail: { hide: true } },
    )
    .get(
      '/sign-in/enrolment',
      async ({ request, query: { next } }) => {
        const half = await halfSignedIn(request, visitorOf(request))
        if (half?.wants !== 'enrolment') return seeOther(request, paths[portal].signIn())
        const enrolment = await beginEnrolment(half.login.id, half.login.email)
        return EnrolmentPage({ portal, next, ...enrolment, qrSvg: await qrSvg(enrolment.uri) })
      },
      { forAnyone: WHY, query: nextQuery, detail: { hide: true } },
    )
    .post(
      '/sign-in/enrolment',
      async ({ request, body, set }) => {
        const visitor = visitorOf(request)
        const half = await halfSignedIn(request, visitor)
        if (half?.wants !== 'enrolment') return seeOther(request, paths[portal].signIn())
        const { id, email } = half.login
        try {
          limitOrThrow({ request, set }, policies.sign_in, visitor.addressGroup)
          const codes = await enrol(id, { token: body.enrolment, code: body.code }, visitor)
          const { setCookies } = await completeAfterEnrolment(half, visitor)
          set.headers['set-cookie'] = setCookies as unknown as string
          return RecoveryCodesPage({ codes, nextUrl: afterwards(half, body.next) })
        } catch (error) {
          const problem = refusalOf(error, set)
          const again = (await sameEnrolment(id, email, body.enrolment)) ?? (await beginEnrolment(id, email))
          return EnrolmentPage({ portal, next: body.next, ...again, qrSvg: await qrSvg(again.uri), problem })
        }
      },
      {
        forAnyone: WHY,
        body: z.object({ code: codeText, enrolment: z.string().max(2_000), next: nextText }),
        detail: { hide: true },
      },
    )

function afterwards({ login }: HalfSignedIn, next: string | undefined): string {
  const home = login.role === 'super_admin' ? paths.admin.overview() : paths.developer.today()
  const path = safeNextPath(next, home)
  return path.startsWith(home) ? path : home
}

/** @throws the error itself unless it is the code's */
export function refusalOf(
  error: unknown,
  set: { status?: number | string; headers: Record<string, unknown> },
): string {
  if (!(error instanceof Failure) || !REFUSALS.includes(error.code)) throw error
  set.status = error.status
  const { retryAfterS } = error.details
  if (retryAfterS) set.headers['retry-after'] = String(retryAfterS)
  return error.sentence
}

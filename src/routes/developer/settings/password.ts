// The one-time link of an invitation or a forgotten password.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { PasswordPage } from '#views/developer/settings/password.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../../access/access.ts'
import { PASSWORD_CHARS_MIN } from '../../../access/passwords.ts'
import { findStaffLink, usePasswordLink } from '../../../access/staff-links.ts'
import { limitOrThrow } from '../../../http/limiting.ts'
import { policies } from '../../../http/limits.ts'
import { seeOther } from '../../../http/redirect.ts'
import { visitorOf } from '../../../http/visitor.ts'
import { problemsOf } from './refused.ts'

const linkParams = z.object({ token: z.string().max(100) })
const WHY = 'the link is the proof, and works once'

export const staffPassword = new Elysia({ name: 'developer/password' })
  .use(access)
  .get(
    '/developer/password/:token',
    async ({ params: { token }, request, set }) => {
      limitOrThrow({ request, set }, policies.public, visitorOf(request).addressGroup)
      const { purpose } = await findStaffLink(token)
      // The address is a secret: no page that is opened from here learns it.
      set.headers['referrer-policy'] = 'no-referrer'
      return PasswordPage({ token, purpose, charsMin: PASSWORD_CHARS_MIN })
    },
    { forAnyone: WHY, params: linkParams, detail: { hide: true } },
  )
  .post(
    '/developer/password/:token',
    async ({ params: { token }, body, request, set }) => {
      limitOrThrow({ request, set }, policies.public, visitorOf(request).addressGroup)
      try {
        await usePasswordLink(token, body.password, visitorOf(request))
      } catch (error) {
        const [problem] = problemsOf(error)
        set.status = 422
        const { purpose } = await findStaffLink(token)
        return PasswordPage({ token, purpose, charsMin: PASSWORD_CHARS_MIN, problem: problem?.message })
      }
      return seeOther(request, paths.developer.signIn())
    },
    {
      forAnyone: WHY,
      params: linkParams,
      body: z.object({ password: z.string().max(200) }),
      detail: { hide: true },
    },
  )

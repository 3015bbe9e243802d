// Where a new member of staff chooses a password, with a link that is good once.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { InvitationPage } from '#views/developer/invitation.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { PASSWORD_CHARS_MAX } from '../../access/passwords.ts'
import { failure } from '../../failure.ts'
import { addressGroup } from '../../http/client-address.ts'
import { limitOrThrow } from '../../http/limiting.ts'
import { policies } from '../../http/limits.ts'
import { seeOther } from '../../http/redirect.ts'
import { requestContext } from '../../http/request-context.ts'
import { acceptInvitation, invitationOf, PASSWORD_CHARS_MIN } from '../../tenants.ts'

const params = z.object({ token: z.string().max(100) })
const because = 'the secret in the link is the permission'

export const invitation = new Elysia({ name: 'developer/invitation', prefix: '/developer/invitation' })
  .use(access)
  .get(
    '/:token',
    async ({ params: { token }, request, set }) => {
      limitOrThrow({ request, set }, policies.public, addressGroup(requestContext(request).clientAddress))
      const found = await invitationOf(token)
      if (!found) throw failure('not_found')
      return InvitationPage({
        token,
        name: found.name,
        organisation: found.tenantName,
        charsMin: PASSWORD_CHARS_MIN,
      })
    },
    { forAnyone: because, params, detail: { hide: true } },
  )
  .post(
    '/:token',
    async ({ params: { token }, body: { password }, request, set }) => {
      limitOrThrow({ request, set }, policies.public, addressGroup(requestContext(request).clientAddress))
      await acceptInvitation(token, password, requestContext(request).requestId)
      return seeOther(request, paths.developer.signIn())
    },
    {
      ...{ forAnyone: because, params, detail: { hide: true } },
      body: z.object({
        password: z
          .string()
          .min(PASSWORD_CHARS_MIN, `Choose at least ${PASSWORD_CHARS_MIN} characters.`)
          .max(PASSWORD_CHARS_MAX),
      }),
    },
  )

// The file behind a signed address: the signature is the permission, in the hands of whom it was made for.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../access/access.ts'
import { cookiePolicy } from '../access/cookies.ts'
import { isSessionOf } from '../access/sessions.ts'
import { config } from '../config.ts'
import { fileResponse } from '../downloads.ts'

export const files = new Elysia({ name: 'files' }).use(access).get(
  '/files/:token',
  ({ params, request }) => {
    const policy = cookiePolicy(request, config().publicUrl)
    return fileResponse(params.token, request.headers.get('range'), (holder) =>
      isSessionOf(request, holder, policy),
    )
  },
  {
    forAnyone: 'the address is signed for one document and one holder, and expires',
    params: z.object({ token: z.string().max(2_048) }),
    detail: { hide: true },
  },
)

// The file behind a signed address: the signature is the permission.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../access/access.ts'
import { fileResponse } from '../downloads.ts'

export const files = new Elysia({ name: 'files' })
  .use(access)
  .get('/files/:token', ({ params, request }) => fileResponse(params.token, request.headers.get('range')), {
    forAnyone: 'the address is signed for one document and expires',
    params: z.object({ token: z.string().max(2_048) }),
    detail: { hide: true },
  })

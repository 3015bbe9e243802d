// Where the scripts of our pages report what broke in a browser: small, limited, and answered with nothing.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { access } from '../access/access.ts'
import { cookiePolicy } from '../access/cookies.ts'
import { tenantOfVisitor } from '../access/identify.ts'
import { recordClientError } from '../client-errors.ts'
import { config } from '../config.ts'
import { addressGroup } from '../http/client-address.ts'
import { limitOrThrow } from '../http/limiting.ts'
import { policies } from '../http/limits.ts'
import { requestContext } from '../http/request-context.ts'

const report = z.object({
  message: z.string().min(1).max(1_000),
  stack: z.string().max(6_000).nullish(),
  page: z.string().max(500),
})

export const clientErrors = new Elysia({ name: 'client-errors' }).use(access).post(
  '/api/public/client-errors',
  async ({ body, request, set }) => {
    const { requestId, clientAddress } = requestContext(request)
    limitOrThrow({ request, set }, policies.client_errors, addressGroup(clientAddress))
    const tenantId = await tenantOfVisitor(request, cookiePolicy(request, config().publicUrl))
    recordClientError({ ...body, stack: body.stack ?? null }, { requestId, tenantId })
    return new Response(null, { status: 204 })
  },
  { forAnyone: 'a page may break before anybody has signed in', body: report, detail: { hide: true } },
)

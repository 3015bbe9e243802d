// Settings: the API keys of a builder's other programs.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { ApiKeysPage } from '#views/developer/settings/api-keys.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../../access/access.ts'
import { apiScopes } from '../../../access/api-scopes.ts'
import type { StaffCaller } from '../../../access/caller.ts'
import { apiKeysOf, createApiKey, revokeApiKey } from '../../../api-keys.ts'
import { seeOther } from '../../../http/redirect.ts'
import { portalPlace } from '../../../portal.ts'
import { shellOf } from '../present.ts'
import { many, type Problems, problemsOf, sayingOf } from './refused.ts'

const keyBody = z.object({
  name: z.string().max(1_000),
  scopes: many(z.string().max(60), apiScopes.length),
  origins: z.string().max(10_000).default(''),
})

export const apiKeySettings = new Elysia({ name: 'developer/settings/api-keys' })
  .use(access)
  .get('/developer/settings/api-keys', ({ staff, query }) => page(staff, { isRevoked: query.done }), {
    forStaff: 'admin',
    query: z.object({ done: z.literal('revoked').optional() }),
    detail: { hide: true },
  })
  .post(
    '/developer/settings/api-keys',
    async ({ staff, body, set }) => {
      try {
        return await page(staff, { newKey: await createApiKey(staff.scope, body) })
      } catch (error) {
        const problems = problemsOf(error)
        set.status = 422
        return page(staff, { typed: body, problems })
      }
    },
    { forStaff: 'admin', body: keyBody, detail: { hide: true } },
  )
  .post(
    '/developer/settings/api-keys/:id/revocation',
    async ({ staff, params, request }) => {
      await revokeApiKey(staff.scope, params.id)
      return seeOther(request, paths.developer.apiKeys({ done: 'revoked' }))
    },
    { forStaff: 'admin', params: z.object({ id: z.uuid() }), detail: { hide: true } },
  )

type Said = {
  newKey?: string
  typed?: { name: string; scopes: string[]; origins: string }
  problems?: Problems
  isRevoked?: 'revoked' | undefined
}

async function page(staff: StaffCaller, said: Said) {
  const [place, keys] = await Promise.all([
    portalPlace(staff.scope, staff.staffId, undefined),
    apiKeysOf(staff.scope),
  ])
  return ApiKeysPage({
    shell: shellOf(place),
    keys,
    allScopes: apiScopes,
    newKey: said.newKey ?? null,
    form: { ...(said.typed ?? { name: '', scopes: [], origins: '' }), problem: sayingOf(said.problems) },
    message: said.isRevoked && 'Revoked. The program gets no answers any more.',
  })
}

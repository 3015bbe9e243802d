// The operator's rate limits.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { Delays, Denials, LimitsPage, PolicyTable } from '#views/admin/limits.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { forgetDelay, forgetDelaysOf } from '../../access/attempts.ts'
import { readDelays, readDenials, releaseDelay, releaseKey } from '../../denials.ts'
import { forgetLimit, limitFigures } from '../../http/limits.ts'
import { seeOther } from '../../http/redirect.ts'
import { panel } from './panel.ts'
import { hidden, shellFor } from './present.ts'

const KEY_CHARS_MAX = 300
const MESSAGE = 'It begins anew, in every process.'

const figures = (request: Request) =>
  panel(request, 'Policies', async () => PolicyTable({ policies: limitFigures() }))

export const limits = new Elysia({ name: 'admin/limits', prefix: '/admin/limits' })
  .use(access)
  .get(
    '',
    async ({ superAdmin, request, query }) => {
      const [shell, table, delays, denials] = await Promise.all([
        shellFor(superAdmin),
        figures(request),
        panel(request, 'Delays', async () => Delays({ delays: await readDelays(superAdmin.scope) })),
        panel(request, 'Denials', async () => Denials(await readDenials(superAdmin.scope))),
      ])
      return LimitsPage({ shell, figures: table, delays, denials, message: query.done && MESSAGE })
    },
    { ...hidden, query: z.object({ done: z.literal('released').optional() }) },
  )
  .get('/figures', ({ request }) => figures(request), hidden)
  .post(
    '/release',
    async ({ superAdmin, body: { policy, key }, request }) => {
      await releaseKey(superAdmin.scope, policy, key)
      forgetLimit(policy, key)
      forgetDelaysOf(key)
      return seeOther(request, paths.admin.limits({ done: 'released' }))
    },
    {
      ...hidden,
      body: z.object({
        policy: z.string().regex(/^\w{1,40}$/),
        key: z.string().min(1).max(KEY_CHARS_MAX),
      }),
    },
  )
  .post(
    '/delays/release',
    async ({ superAdmin, body: { delay }, request }) => {
      await releaseDelay(superAdmin.scope, delay)
      forgetDelay(delay)
      return seeOther(request, paths.admin.limits({ done: 'released' }))
    },
    { ...hidden, body: z.object({ delay: z.string().regex(/^[0-9a-f]{32}$/) }) },
  )

// The operator's feature flags.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { SwitchesPage } from '#views/admin/switches.tsx'
import { paths } from '#views/paths.ts'
import { access } from '../../access/access.ts'
import { flagNames, readFlags, switchFlag } from '../../flags.ts'
import { seeOther } from '../../http/redirect.ts'
import { emptyIsNone, hidden, shellFor } from './present.ts'

const MESSAGE = 'Switched. Every process follows within ten seconds.'

export const switches = new Elysia({ name: 'admin/switches', prefix: '/admin/switches' })
  .use(access)
  .get(
    '',
    async ({ superAdmin, query }) => {
      const [shell, found] = await Promise.all([shellFor(superAdmin), readFlags(superAdmin.scope)])
      return SwitchesPage({ shell, ...found, message: query.done && MESSAGE })
    },
    { ...hidden, query: z.object({ done: z.literal('switched').optional() }) },
  )
  .post(
    '/:name',
    async ({ superAdmin, params: { name }, body: { tenant = null, setting }, request }) => {
      await switchFlag(superAdmin.scope, { name, tenantId: tenant, setting })
      return seeOther(request, paths.admin.switches({ done: 'switched' }))
    },
    {
      ...hidden,
      params: z.object({ name: z.enum(flagNames) }),
      body: z.object({
        tenant: z.preprocess(emptyIsNone, z.uuid().optional()),
        setting: z.enum(['on', 'off', 'default']),
      }),
    },
  )

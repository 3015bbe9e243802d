// How long requests take, by route.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { LatencyPage, RouteTable } from '#views/admin/latency.tsx'
import { access } from '../../access/access.ts'
import { droppedRequests, readLatency } from '../../request-log.ts'
import { panel } from './panel.ts'
import { emptyIsNone, hidden, shellFor } from './present.ts'

const MINUTES = { '15m': 15, '1h': 60, '24h': 1_440 } as const
const query = z.object({
  span: z.preprocess(emptyIsNone, z.enum(['15m', '1h', '24h']).default('1h')),
  tenant: z.preprocess(emptyIsNone, z.uuid().optional()),
})

export const latency = new Elysia({ name: 'admin/latency' }).use(access).get(
  '/admin/latency',
  async ({ superAdmin, query: { span, tenant }, request }) => {
    const asked = { minutes: MINUTES[span], tenantId: tenant }
    const [shell, routes] = await Promise.all([
      shellFor(superAdmin),
      panel(request, 'Routes', async () =>
        RouteTable({ routes: await readLatency(superAdmin.scope, asked) }),
      ),
    ])
    return LatencyPage({ shell, routes, span, tenant, droppedCount: droppedRequests() })
  },
  { ...hidden, query },
)

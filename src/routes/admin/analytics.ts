// Analytics over all builders.
import { Elysia } from 'elysia'
import { z } from 'zod'
import { AnalyticsPage, Comparison, TopGaps } from '#views/admin/analytics.tsx'
import { access } from '../../access/access.ts'
import { readComparison, readTopGaps } from '../../operator-analytics.ts'
import { panel } from './panel.ts'
import { emptyIsNone, hidden, shellFor } from './present.ts'

const query = z.object({
  span: z.preprocess(emptyIsNone, z.enum(['7d', '30d', '90d']).default('30d')),
  tenant: z.preprocess(emptyIsNone, z.uuid().optional()),
})

export const analytics = new Elysia({ name: 'admin/analytics' }).use(access).get(
  '/admin/analytics',
  async ({ superAdmin, request, query: { span, tenant } }) => {
    const of = { span, tenantId: tenant }
    const [shell, comparison, gaps] = await Promise.all([
      shellFor(superAdmin),
      panel(request, 'Comparison', async () =>
        Comparison({ ...(await readComparison(superAdmin.scope, of)), span, tenant }),
      ),
      panel(request, 'Gaps', async () => TopGaps({ gaps: await readTopGaps(superAdmin.scope, of) })),
    ])
    return AnalyticsPage({ shell, span, tenant, comparison, gaps })
  },
  { ...hidden, query },
)

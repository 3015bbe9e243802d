// The operator's first page: what is wrong, what the queue does, and every builder.
import { Elysia } from 'elysia'
import { JobStates, OverviewPage, TenantTable } from '#views/admin/overview.tsx'
import { access } from '../../access/access.ts'
import { jobStates } from '../../jobs.ts'
import { operatorJobStates, operatorTenants } from '../../portal.ts'
import { alertsPanel } from './incidents.ts'
import { panel } from './panel.ts'
import { hidden, shellFor } from './present.ts'

export const overview = new Elysia({ name: 'admin/overview' }).use(access).get(
  '/admin',
  async ({ superAdmin, request }) => {
    const { scope } = superAdmin
    const [shell, alerts, jobs, tenants] = await Promise.all([
      shellFor(superAdmin),
      alertsPanel(superAdmin, request),
      panel(request, 'Jobs', async () => JobStates({ jobs: inOrder(await operatorJobStates(scope)) })),
      panel(request, 'Builders', async () => TenantTable({ tenants: await operatorTenants(scope) })),
    ])
    return OverviewPage({ shell, alerts, jobs, tenants })
  },
  hidden,
)

const inOrder = (counts: { state: string; count: number }[]) =>
  jobStates.map((state) => ({ state, count: counts.find((row) => row.state === state)?.count ?? 0 }))

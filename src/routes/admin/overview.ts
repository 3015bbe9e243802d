// The operator's first page.
import { Elysia } from 'elysia'
import { type JobState, OverviewPage } from '#views/admin/overview.tsx'
import { access } from '../../access/access.ts'
import { operatorOverview } from '../../portal.ts'

const STATES: JobState[] = [
  'available',
  'scheduled',
  'running',
  'retryable',
  'completed',
  'cancelled',
  'discarded',
]

export const overview = new Elysia({ name: 'admin/overview' }).use(access).get(
  '/admin',
  async ({ superAdmin }) => {
    const { person, tenants, jobStates } = await operatorOverview(superAdmin.scope, superAdmin.staffId)
    return OverviewPage({
      shell: { portal: 'admin', person, developments: [] },
      tenants,
      jobs: STATES.map((state) => ({
        state,
        count: jobStates.find((row) => row.state === state)?.count ?? 0,
      })),
    })
  },
  { forSuperAdmin: true, detail: { hide: true } },
)

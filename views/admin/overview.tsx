// The operator's first page: every builder with its real counts, and the state of the job queue.
import { AdminPage } from '#views/admin/page.tsx'
import { formatDate, formatNumber } from '#views/format.ts'
import type { Html } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Card, EmptyState } from '#views/parts/card.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type TenantRow = {
  id: string
  name: string
  slug: string
  developments: number
  homes: number
  claimedHomes: number
  documents: number
  questions: number
  createdAt: Date
}

export type JobState =
  | 'available'
  | 'scheduled'
  | 'running'
  | 'retryable'
  | 'completed'
  | 'cancelled'
  | 'discarded'

/** Each part is drawn by itself, so that one that breaks takes none of the others along. */
export type OverviewProps = { shell: StaffShell; alerts: Html; jobs: Html; tenants: Html }

const COLUMNS: Column[] = [
  { label: 'Builder' },
  { label: 'Developments', align: 'right' },
  { label: 'Homes', align: 'right' },
  { label: 'Claimed', align: 'right' },
  { label: 'Documents', align: 'right' },
  { label: 'Questions', align: 'right' },
  { label: 'Since' },
]

export const OverviewPage = ({ shell, alerts, jobs, tenants }: OverviewProps) => (
  <AdminPage title="Overview" shell={shell} active="overview">
    {alerts}
    {jobs}
    <h2 class="section-heading">Builders</h2>
    {tenants}
  </AdminPage>
)

export const JobStates = ({ jobs }: { jobs: { state: JobState; count: number }[] }) => (
  <Card title="Jobs" actions={<a href={paths.admin.jobs()}>All jobs</a>}>
    <dl class="job-states">
      {jobs.map((job) => (
        <div class={job.state === 'discarded' && job.count > 0 ? 'job-state job-state-alert' : 'job-state'}>
          <dt>{capitalised(job.state)}</dt>
          <dd>{formatNumber(job.count)}</dd>
        </div>
      ))}
    </dl>
  </Card>
)

export const TenantTable = ({ tenants }: { tenants: TenantRow[] }) =>
  tenants.length === 0 ? (
    <EmptyState icon="building" title="No builders yet">
      The first builder appears here as soon as it is created.
    </EmptyState>
  ) : (
    <Table caption="Builders" columns={COLUMNS}>
      {tenants.map((tenant) => (
        <Row tenant={tenant} />
      ))}
    </Table>
  )

const Row = ({ tenant }: { tenant: TenantRow }) => (
  <tr>
    <th scope="row" class="cell-title">
      <a href={paths.admin.tenant(tenant.id)}>{tenant.name}</a>
      <small>{tenant.slug}</small>
    </th>
    <td class="cell-right">{formatNumber(tenant.developments)}</td>
    <td class="cell-right">{formatNumber(tenant.homes)}</td>
    <td class="cell-right">{formatNumber(tenant.claimedHomes)}</td>
    <td class="cell-right">{formatNumber(tenant.documents)}</td>
    <td class="cell-right">{formatNumber(tenant.questions)}</td>
    <td class="cell-date">{formatDate(tenant.createdAt)}</td>
  </tr>
)

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

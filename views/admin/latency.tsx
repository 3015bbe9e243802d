// How long requests take: rate, failures and percentiles of every route, the slowest first.
import { formatNumber } from '#views/format.ts'
import type { Html } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type RouteRow = {
  route: string
  method: string
  requestCount: number
  refusedCount: number
  failedCount: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  slowestRequestId: string
}

export type LatencyProps = {
  shell: StaffShell
  routes: Html
  span: string
  tenant: string | undefined
  /** Requests this process could not write down. */
  droppedCount: number
}

const SPANS = [
  { value: '15m', label: 'Last 15 minutes' },
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
]

const COLUMNS: Column[] = [
  { label: 'Route' },
  { label: 'Requests', align: 'right' },
  { label: 'Refused', align: 'right' },
  { label: 'Failed', align: 'right' },
  { label: 'p50', align: 'right' },
  { label: 'p95', align: 'right' },
  { label: 'p99', align: 'right' },
  { label: 'Slowest' },
]

export const LatencyPage = ({ shell, routes, span, tenant, droppedCount }: LatencyProps) => (
  <StaffPage title="Latency" shell={shell} active="latency">
    <header class="staff-header">
      <p class="eyebrow">Operator</p>
      <h1>Latency</h1>
    </header>
    <FilterBar
      action={paths.admin.latency()}
      kept={{ tenant }}
      more={tenant && <a href={paths.admin.latency({ span })}>All builders</a>}
    >
      <Select label="Time" name="span" options={SPANS} value={span} />
    </FilterBar>
    {droppedCount > 0 && (
      <Notice tone="warning">
        {formatNumber(droppedCount)} requests were counted but not written down, because the database did not
        keep up.
      </Notice>
    )}
    {routes}
  </StaffPage>
)

export const RouteTable = ({ routes }: { routes: RouteRow[] }) =>
  routes.length === 0 ? (
    <EmptyState icon="clock" title="No requests yet">
      Every answered request appears here within a second or two.
    </EmptyState>
  ) : (
    <Table caption="Routes" columns={COLUMNS}>
      {routes.map((row) => (
        <Route row={row} />
      ))}
    </Table>
  )

const Route = ({ row }: { row: RouteRow }) => (
  <tr>
    <th scope="row" class="cell-title cell-message">
      {row.route}
      <small>{row.method}</small>
    </th>
    <td class="cell-right">{formatNumber(row.requestCount)}</td>
    <td class="cell-right">{formatNumber(row.refusedCount)}</td>
    <td class={row.failedCount > 0 ? 'cell-right failure' : 'cell-right'}>{formatNumber(row.failedCount)}</td>
    <td class="cell-right">{milliseconds(row.p50Ms)}</td>
    <td class="cell-right">{milliseconds(row.p95Ms)}</td>
    <td class="cell-right">{milliseconds(row.p99Ms)}</td>
    <td>
      <a class="code-link" href={paths.admin.request(row.slowestRequestId)}>
        {row.slowestRequestId}
      </a>
    </td>
  </tr>
)

const milliseconds = (ms: number) => `${formatNumber(Math.round(ms * 10) / 10)}\u00a0ms`

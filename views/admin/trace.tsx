// What every log holds of one request, in order of time.
import { LOGS } from '#views/admin/log-columns.ts'
import { type LogRowView, textOf } from '#views/admin/logs.tsx'
import { formatDateTime } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type TraceProps = { shell: StaffShell; requestId: string; rows: (LogRowView & { log: string })[] }

export const TracePage = ({ shell, requestId, rows }: TraceProps) => (
  <StaffPage title="Request" shell={shell} active="logs">
    <header class="staff-header">
      <p class="eyebrow">Request</p>
      <h1 class="cell-message">{requestId}</h1>
    </header>
    {rows.length === 0 ? (
      <EmptyState icon="document" title="Nothing on record">
        No log holds anything of this request. It may be too old, or too new by a second.
      </EmptyState>
    ) : (
      <Table
        caption="What the logs hold of it"
        columns={[{ label: 'When' }, { label: 'Log' }, { label: 'Builder' }, { label: 'What' }]}
      >
        {rows.map((row) => (
          <tr>
            <th scope="row" class="cell-date">
              {formatDateTime(row.at)}
            </th>
            <td>
              <a
                href={
                  row.log === 'rag'
                    ? paths.admin.ragRun(row.id)
                    : paths.admin.logs(row.log, { request: requestId })
                }
              >
                {LOGS[row.log]?.title ?? row.log}
              </a>
            </td>
            <td>{row.tenantName ?? '–'}</td>
            <td class="cell-text">
              {Object.entries(row.fields)
                .filter(([, value]) => value !== null)
                .map(([name, value]) => `${name}: ${textOf(value)}`)
                .join(' · ')}
            </td>
          </tr>
        ))}
      </Table>
    )}
  </StaffPage>
)

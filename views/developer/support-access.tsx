// When the platform's operator looked at the builder's pages or homes as somebody else, and why.
import { formatDateTime } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Table } from '#views/parts/table.tsx'

export type SupportAccessProps = {
  shell: StaffShell
  rows: {
    id: string
    at: Date
    operatorName: string
    as: string
    reason: string
    expiresAt: Date
    endedAt: Date | null
  }[]
}

export const SupportAccessPage = ({ shell, rows }: SupportAccessProps) => (
  <StaffPage title="Support access" shell={shell} active="support">
    <header class="staff-header">
      <h1>Support access</h1>
      <p>
        Each time somebody at OpenHouse looked as one of you or as a home. They can look, never change
        anything.
      </p>
    </header>
    {rows.length === 0 ? (
      <EmptyState icon="key" title="Nobody has looked">
        When somebody at OpenHouse looks at your pages or homes, it is listed here.
      </EmptyState>
    ) : (
      <Table
        caption="Support access"
        columns={[
          { label: 'When' },
          { label: 'Operator' },
          { label: 'As' },
          { label: 'Reason' },
          { label: 'Until' },
        ]}
      >
        {rows.map((row) => (
          <tr id={`access-${row.id}`}>
            <th scope="row" class="cell-date">
              {formatDateTime(row.at)}
            </th>
            <td>{row.operatorName}</td>
            <td>{row.as}</td>
            <td class="cell-text">{row.reason}</td>
            <td class="cell-date">{formatDateTime(row.endedAt ?? row.expiresAt)}</td>
          </tr>
        ))}
      </Table>
    )}
  </StaffPage>
)

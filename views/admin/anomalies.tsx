// What stands out of the last day, kind by kind.
import { formatDateTime, formatNumber } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Card } from '#views/parts/card.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

type AnomalyKind =
  | 'address_at_many_homes'
  | 'home_from_many_addresses'
  | 'address_failing_to_sign_in'
  | 'account_under_attack'
  | 'questions_without_answers'
  | 'home_asks_much'

export type AnomaliesProps = {
  shell: StaffShell
  groups: {
    kind: AnomalyKind
    anomalies: { subject: string; tenant: string | null; count: number; lastAt: Date }[]
  }[]
}

const WORDS: Record<AnomalyKind, { title: string; means: string; subject: string; count: string }> = {
  address_at_many_homes: {
    title: 'One address, many homes',
    means: 'Wrong codes at many homes, or many links that are nobody’s: somebody may be guessing.',
    subject: 'Address',
    count: 'Homes and links',
  },
  home_from_many_addresses: {
    title: 'One home, many addresses',
    means:
      'A printed link that is opened from many places may have been published. The builder can replace it.',
    subject: 'Home',
    count: 'Addresses',
  },
  address_failing_to_sign_in: {
    title: 'Failed sign-ins of an address',
    means: 'Many wrong passwords or codes from one place.',
    subject: 'Address',
    count: 'Failures',
  },
  account_under_attack: {
    title: 'Failed sign-ins to an account',
    means: 'Somebody forgot a password, or tries to find it out. A second factor keeps them out.',
    subject: 'Account',
    count: 'Failures',
  },
  questions_without_answers: {
    title: 'Sudden questions without an answer',
    means: 'Three times as many as usual: an index may be broken, or documents are missing.',
    subject: 'Development',
    count: 'Questions',
  },
  home_asks_much: {
    title: 'Odd amount of chat',
    means: 'More questions in a day than a household asks.',
    subject: 'Home',
    count: 'Questions',
  },
}

const columnsOf = (kind: AnomalyKind): Column[] => [
  { label: WORDS[kind].subject },
  { label: 'Builder' },
  { label: WORDS[kind].count, align: 'right' },
  { label: 'Last' },
]

export const AnomaliesPage = ({ shell, groups }: AnomaliesProps) => (
  <StaffPage title="Anomalies" shell={shell} active="anomalies">
    <header class="staff-header">
      <p class="eyebrow">Operator</p>
      <h1>Anomalies</h1>
      <p>
        What stands out in the rows of the last 24 hours. Who was told to slow down is in the{' '}
        <a href={paths.admin.logs('rate-limits')}>log of denials</a>.
      </p>
    </header>
    {groups.map(({ kind, anomalies }) => (
      <Card title={WORDS[kind].title} id={kind} className="stack">
        {anomalies.length === 0 ? (
          <p class="hint">Nothing stands out.</p>
        ) : (
          <Fragment>
            <p>{WORDS[kind].means}</p>
            <Table caption={WORDS[kind].title} columns={columnsOf(kind)}>
              {anomalies.map(({ subject, tenant, count, lastAt }) => (
                <tr>
                  <th scope="row" class="cell-title">
                    {subject}
                  </th>
                  <td>{tenant ?? '–'}</td>
                  <td class="cell-right">{formatNumber(count)}</td>
                  <td class="cell-date">{formatDateTime(lastAt)}</td>
                </tr>
              ))}
            </Table>
          </Fragment>
        )}
      </Card>
    ))}
  </StaffPage>
)

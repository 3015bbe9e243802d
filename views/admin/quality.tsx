// The quality of builders' data: what each check found, and its rows.
import { AdminPage } from '#views/admin/page.tsx'
import { count, formatNumber } from '#views/format.ts'
import type { Html } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

const CHECKS: Record<string, { title: string; meaning: string }> = {
  'house-types-without-documents': {
    title: 'House types without documents',
    meaning: 'Their homes are answered from what counts for the whole development alone.',
  },
  'house-types-without-homes': {
    title: 'House types without homes',
    meaning: 'Nobody sees what is filed under them.',
  },
  'developments-without-homes': {
    title: 'Developments without homes',
    meaning: 'Begun, and never imported into.',
  },
  'documents-that-cannot-be-read': {
    title: 'Documents that cannot be read',
    meaning: 'Their newest version failed; an older one may still be shown.',
  },
  'documents-without-a-version': {
    title: 'Documents without a file',
    meaning: 'Orphans: there is a title and nothing behind it.',
  },
  'documents-twice': {
    title: 'Documents that are there twice',
    meaning: 'The same bytes as another document of the development.',
  },
  'homes-twice': {
    title: 'Homes that are there twice',
    meaning: 'The same Eircode, or the same address in one development.',
  },
  'homes-without-a-position': {
    title: 'Homes without a position',
    meaning: 'The development’s own pin stands for them on the map.',
  },
  'addresses-that-were-not-found': {
    title: 'Addresses that were not found',
    meaning: 'The geocoder gave up on them.',
  },
  'files-of-nothing': {
    title: 'Work on documents that are gone',
    meaning: 'Orphans: jobs that wait for a document which does not exist.',
  },
}

const checkTitle = (check: string): string => CHECKS[check]?.title ?? check

export const QualityPage = ({ shell, findings }: { shell: StaffShell; findings: Html }) => (
  <AdminPage title="Data quality" shell={shell} active="quality">
    {findings}
  </AdminPage>
)

export const Findings = ({
  findings,
  countedMax,
}: {
  findings: { check: string; count: number }[]
  countedMax: number
}) => (
  <Table caption="Checks" columns={[{ label: 'Check' }, { label: 'Found', align: 'right' }]}>
    {findings.map(({ check, count: found }) => (
      <tr id={`check-${check}`}>
        <th scope="row" class="cell-title">
          <a href={paths.admin.qualityCheck(check)}>{checkTitle(check)}</a>
          <small>{CHECKS[check]?.meaning}</small>
        </th>
        <td class={found > 0 ? 'cell-right failure' : 'cell-right'}>
          {formatNumber(found)}
          {found >= countedMax ? ' or more' : ''}
        </td>
      </tr>
    ))}
  </Table>
)

export type FindingView = {
  id: string
  tenantId: string
  tenantName: string
  developmentName: string | null
  what: string
  detail: string | null
}

export type CheckProps = {
  shell: StaffShell
  check: string
  rows: FindingView[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

export const CheckPage = ({ shell, check, rows, nextUrl, firstUrl }: CheckProps) => (
  <AdminPage
    title={checkTitle(check)}
    shell={shell}
    active="quality"
    back={{ label: 'Data quality', href: paths.admin.quality() }}
  >
    <p>{CHECKS[check]?.meaning}</p>
    {rows.length === 0 ? (
      <EmptyState icon="check" title="Nothing found">
        This check has nothing to say about any builder.
      </EmptyState>
    ) : (
      <div class="stack">
        <Table
          caption={checkTitle(check)}
          columns={[{ label: 'What' }, { label: 'Detail' }, { label: 'Development' }, { label: 'Builder' }]}
        >
          {rows.map((row) => (
            <tr id={`finding-${row.id}`}>
              <th scope="row" class="cell-title">
                {row.what}
                <small>{row.id}</small>
              </th>
              <td class="cell-text">{row.detail ?? '–'}</td>
              <td>{row.developmentName ?? '–'}</td>
              <td>
                <a href={paths.admin.tenant(row.tenantId)}>{row.tenantName}</a>
              </td>
            </tr>
          ))}
        </Table>
        <Pagination
          label="Pages of findings"
          shown={count(rows.length, 'row')}
          nextUrl={nextUrl}
          firstUrl={firstUrl}
        />
      </div>
    )}
  </AdminPage>
)

// The operator's errors: groups with how often and since when, and one group with its occurrences.
import { count, formatDateTime, formatNumber } from '#views/format.ts'
import { Fragment, type Html } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState } from '#views/parts/card.tsx'
import { Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Fact } from '#views/parts/job.tsx'
import { type Column, Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type ErrorGroupView = {
  fingerprint: string
  source: string
  title: string
  message: string | null
  occurrenceCount: number
  firstRelease: string
  lastRelease: string
  firstSeenAt: Date
  lastSeenAt: Date
  resolvedAt: Date | null
  reopenedAt: Date | null
}

export type OccurrenceView = {
  id: string
  at: Date
  tenantId: string | null
  tenantName: string | null
  message: string
  stack: string | null
  context: Record<string, unknown>
  release: string
  requestId: string | null
}

type PageLinks = { nextUrl?: string | undefined; firstUrl?: string | undefined }

export type ErrorGroupsProps = {
  shell: StaffShell
  groups: Html
  filter: { source?: string | undefined; status: string }
}

const SOURCES: Record<string, string> = {
  http: 'Request',
  job: 'Job',
  worker: 'Worker',
  stream: 'Stream',
  browser: 'Browser',
}
const SOURCE_OPTIONS = [
  { value: '', label: 'All' },
  ...Object.entries(SOURCES).map(([value, label]) => ({ value, label })),
]
const STATUS_OPTIONS = [
  { value: 'open', label: 'Open' },
  { value: 'resolved', label: 'Resolved' },
  { value: 'all', label: 'All' },
]

const COLUMNS: Column[] = [
  { label: 'Error' },
  { label: 'Where' },
  { label: 'Status' },
  { label: 'Times', align: 'right' },
  { label: 'Last seen' },
  { label: 'First seen' },
]

export const ErrorGroupsPage = ({ shell, groups, filter }: ErrorGroupsProps) => (
  <StaffPage title="Errors" shell={shell} active="errors">
    <header class="staff-header">
      <p class="eyebrow">Operator</p>
      <h1>Errors</h1>
    </header>
    <FilterBar action={paths.admin.errors()}>
      <Select label="Where" name="source" options={SOURCE_OPTIONS} value={filter.source ?? ''} />
      <Select label="Status" name="status" options={STATUS_OPTIONS} value={filter.status} />
    </FilterBar>
    {groups}
  </StaffPage>
)

export const ErrorGroupTable = ({ groups, nextUrl, firstUrl }: PageLinks & { groups: ErrorGroupView[] }) =>
  groups.length === 0 ? (
    <EmptyState icon="check" title="No errors here">
      Whatever fails unforeseen in a request, a job, a worker, a stream or a browser appears here at once.
    </EmptyState>
  ) : (
    <div class="stack">
      <Table caption="Errors" columns={COLUMNS}>
        {groups.map((group) => (
          <Row group={group} />
        ))}
      </Table>
      <Pagination
        label="Pages of errors"
        shown={count(groups.length, 'error')}
        firstUrl={firstUrl}
        nextUrl={nextUrl}
      />
    </div>
  )

const Row = ({ group }: { group: ErrorGroupView }) => (
  <tr id={`error-${group.fingerprint}`}>
    <th scope="row" class="cell-title cell-message">
      <a href={paths.admin.error(group.fingerprint)}>{headOf(group)}</a>
      <small>{group.title}</small>
    </th>
    <td>{SOURCES[group.source] ?? group.source}</td>
    <td>
      <Status group={group} />
    </td>
    <td class="cell-right">{formatNumber(group.occurrenceCount)}</td>
    <td class="cell-date">
      {formatDateTime(group.lastSeenAt)}
      <br />
      <span class="stage">{group.lastRelease}</span>
    </td>
    <td class="cell-date">
      {formatDateTime(group.firstSeenAt)}
      <br />
      <span class="stage">{group.firstRelease}</span>
    </td>
  </tr>
)

const Status = ({ group }: { group: ErrorGroupView }) => {
  if (group.resolvedAt) return <Badge tone="success">Resolved</Badge>
  return group.reopenedAt ? <Badge tone="error">Came back</Badge> : <Badge tone="warning">Open</Badge>
}

const HEAD_CHARS_MAX = 140
const headOf = ({ message, title }: ErrorGroupView) => {
  const [line = ''] = (message ?? title).split('\n')
  return line.length > HEAD_CHARS_MAX ? `${line.slice(0, HEAD_CHARS_MAX)}…` : line
}

export type ErrorGroupProps = { shell: StaffShell; group: ErrorGroupView; occurrences: Html }

export const ErrorGroupPage = ({ shell, group, occurrences }: ErrorGroupProps) => (
  <StaffPage title={headOf(group)} shell={shell} active="errors">
    <header class="staff-header">
      <a class="back-link" href={paths.admin.errors()}>
        <Icon name="chevronLeft" /> Errors
      </a>
      <h1 class="cell-message">{headOf(group)}</h1>
    </header>
    <Card>
      <dl class="job-facts">
        <Fact term="Status">
          <Status group={group} />
        </Fact>
        <Fact term="Where">{SOURCES[group.source] ?? group.source}</Fact>
        <Fact term="Times">{formatNumber(group.occurrenceCount)}</Fact>
        <Fact term="First seen">
          {formatDateTime(group.firstSeenAt)} in {group.firstRelease}
        </Fact>
        <Fact term="Last seen">
          {formatDateTime(group.lastSeenAt)} in {group.lastRelease}
        </Fact>
        <Fact term="Fingerprint">{group.fingerprint}</Fact>
        {group.reopenedAt && <Fact term="Came back">{formatDateTime(group.reopenedAt)}</Fact>}
        {group.resolvedAt && <Fact term="Resolved">{formatDateTime(group.resolvedAt)}</Fact>}
      </dl>
    </Card>
    {!group.resolvedAt && (
      <form class="row-actions" method="post" action={paths.admin.errorResolution(group.fingerprint)}>
        <Button>Mark as resolved</Button>
        <p class="stage">It opens again by itself when it comes back.</p>
      </form>
    )}
    <h2 class="section-heading">Occurrences</h2>
    {occurrences}
  </StaffPage>
)

export const Occurrences = ({
  occurrences,
  nextUrl,
  firstUrl,
}: PageLinks & { occurrences: OccurrenceView[] }) => (
  <Fragment>
    {occurrences.map((each) => (
      <Occurrence occurrence={each} />
    ))}
    <Pagination
      label="Pages of occurrences"
      shown={count(occurrences.length, 'occurrence')}
      firstUrl={firstUrl}
      nextUrl={nextUrl}
    />
  </Fragment>
)

const Occurrence = ({ occurrence }: { occurrence: OccurrenceView }) => (
  <Card title={formatDateTime(occurrence.at)} id={`occurrence-${occurrence.id}`}>
    <dl class="job-facts">
      <Fact term="Builder">{occurrence.tenantName ?? 'Nobody signed in'}</Fact>
      <Fact term="Release">{occurrence.release}</Fact>
      {occurrence.requestId && (
        <Fact term="Request">
          <a href={paths.admin.request(occurrence.requestId)}>{occurrence.requestId}</a>
        </Fact>
      )}
      {Object.entries(occurrence.context).map(([name, value]) => (
        <Fact term={name}>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</Fact>
      ))}
    </dl>
    <details>
      <summary>Message and stack</summary>
      <pre class="stack-trace">{occurrence.stack ?? occurrence.message}</pre>
    </details>
  </Card>
)

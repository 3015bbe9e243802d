// The builder's board of snags, and one of them with its history and the form that moves it.
import { count, formatDate } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState } from '#views/parts/card.tsx'
import { Select, TextArea } from '#views/parts/field.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'
import { SnagBody, SnagHistory, type SnagStep, type SnagView, StatusBadge } from '#views/purchaser/snags.tsx'
import { SNAG_CATEGORIES, SNAG_STATUSES, type SnagStatusKey, snagAge } from '#views/snag-words.ts'

export type StaffSnagView = SnagView & { address: string }

export type SnagBoardProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  filters: { label: string; url: string; isCurrent: boolean }[]
  /** The kinds to choose among; the chosen one is in force. */
  category: string
  status: string
  snags: StaffSnagView[]
  now: Date
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

const COLUMNS: Column[] = [
  { label: 'Snag' },
  { label: 'Home' },
  { label: 'Status' },
  { label: 'Age' },
  { label: 'Reported' },
]

export const SnagBoardPage = (props: SnagBoardProps) => (
  <StaffPage title="Snags" shell={props.shell} active="snags" switchAction={paths.developer.snags()}>
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Snags</h1>
    </header>
    <nav class="filters" aria-label="Filter snags by status">
      {props.filters.map((filter) => (
        <a href={filter.url} aria-current={filter.isCurrent ? 'page' : undefined}>
          {filter.label}
        </a>
      ))}
    </nav>
    <form class="snag-filter" method="get" action={paths.developer.snags()} data-submit-on-change>
      <input type="hidden" name="development" value={props.developmentId} />
      <input type="hidden" name="status" value={props.status} />
      <Select
        label="Kind"
        name="category"
        options={[
          { value: '', label: 'All kinds' },
          ...Object.entries(SNAG_CATEGORIES).map(([value, label]) => ({ value, label })),
        ]}
        value={props.category}
      />
      <Button tone="quiet" small>
        Show
      </Button>
    </form>
    {props.snags.length === 0 ? (
      <EmptyState icon="check" title="No snags here">
        No home of {props.developmentName} has a snag like this.
      </EmptyState>
    ) : (
      <Fragment>
        <Table caption={`Snags of ${props.developmentName}, the oldest first`} columns={COLUMNS}>
          {props.snags.map((snag) => (
            <Row snag={snag} now={props.now} />
          ))}
        </Table>
        {(props.nextUrl || props.firstUrl) && (
          <Pagination
            label="Pages of snags"
            shown={count(props.snags.length, 'snag')}
            firstUrl={props.firstUrl}
            nextUrl={props.nextUrl}
          />
        )}
      </Fragment>
    )}
  </StaffPage>
)

const Row = ({ snag, now }: { snag: StaffSnagView; now: Date }) => {
  const age = snagAge(snag.reportedAt, snag.closedAt ?? now)
  return (
    <tr>
      <th scope="row" class="cell-title">
        <a href={paths.developer.snag(snag.id)}>
          {snag.room}: {SNAG_CATEGORIES[snag.category]}
        </a>
        <small class="snag-excerpt">{snag.description}</small>
      </th>
      <td>{snag.address}</td>
      <td>
        <StatusBadge status={snag.status} />
      </td>
      <td class="cell-date">
        <Badge tone={snag.closedAt ? 'plain' : age.tone}>{age.label}</Badge>
      </td>
      <td class="cell-date">{formatDate(snag.reportedAt)}</td>
    </tr>
  )
}

export type StaffSnagProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  snag: StaffSnagView
  steps: SnagStep[]
  form: { status: SnagStatusKey; note: string; error?: string | undefined }
  isMoved: boolean
}

export const StaffSnagPage = ({ snag, form, ...props }: StaffSnagProps) => (
  <StaffPage title="Snag" shell={props.shell} active="snags" switchAction={paths.developer.snags()}>
    <a class="back-link" href={paths.developer.snags({ development: props.developmentId })}>
      <Icon name="chevronLeft" /> Snags
    </a>
    <header class="staff-header">
      <p class="eyebrow">
        {snag.address} · {SNAG_CATEGORIES[snag.category]}
      </p>
      <h1>{snag.room}</h1>
      <StatusBadge status={snag.status} />
    </header>
    {props.isMoved && <Notice tone="success">Saved. The household sees it in their app.</Notice>}
    <div class="snag-columns">
      <SnagBody snag={snag} />
      <form class="card stack" method="post" action={paths.developer.snag(snag.id)}>
        <Select
          label="Status"
          name="status"
          options={Object.entries(SNAG_STATUSES).map(([value, { label }]) => ({ value, label }))}
          value={form.status}
        />
        <TextArea
          label="Note to the household"
          name="note"
          hint="They read it as it stands here."
          value={form.note}
          error={form.error}
          maxlength={1000}
        />
        <Button>Save</Button>
      </form>
    </div>
    <Card title="History">
      <SnagHistory steps={props.steps} reportedAt={snag.reportedAt} />
    </Card>
  </StaffPage>
)

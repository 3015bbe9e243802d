// A log: its filters, its rows, and the way to the rows of the same request in the others.
import { LOGS, type LogColumn } from '#views/admin/log-columns.ts'
import { count, formatDateTime, formatNumber } from '#views/format.ts'
import { Fragment, type Html } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type LogRowView = {
  id: string
  at: Date
  tenantId: string | null
  tenantName: string | null
  requestId: string | null
  fields: Record<string, unknown>
}

type Filter = { tenant?: string | undefined; request?: string | undefined; kind?: string | undefined }

export type LogProps = {
  shell: StaffShell
  name: string
  filters: Html
  /** Only for the rate limits. */
  mostDenied: Html | null
  rows: Html
}

export type LogRowsProps = {
  name: string
  rows: LogRowView[]
  filter: Filter
  csvRowsMax: number
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

export const LogPage = (props: LogProps) => {
  const words = LOGS[props.name]
  if (!words) return <Fragment />
  return (
    <StaffPage title={words.title} shell={props.shell} active="logs">
      <header class="staff-header">
        <p class="eyebrow">Logs</p>
        <h1>{words.title}</h1>
      </header>
      <nav class="log-tabs" aria-label="Logs">
        {Object.entries(LOGS).map(([name, { title }]) => (
          <a href={paths.admin.logs(name)} aria-current={name === props.name ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      {props.filters}
      {props.name === 'activity' && (
        <form class="row-actions" method="post" action={paths.admin.chainVerification()}>
          <Button tone="quiet" small>
            Check the chains now
          </Button>
          <a href={paths.admin.logs('chain-checks')}>What earlier checks found</a>
        </form>
      )}
      {props.mostDenied}
      {props.rows}
    </StaffPage>
  )
}

export const LogRows = (props: LogRowsProps) => {
  const words = LOGS[props.name]
  if (!words) return <Fragment />
  if (props.rows.length === 0)
    return (
      <EmptyState icon="document" title="Nothing here">
        {words.empty}
      </EmptyState>
    )
  const { tenant, kind } = props.filter
  return (
    <div class="stack">
      <Rows {...props} columns={words.columns} caption={words.title} />
      <p>
        <a href={paths.admin.logsCsv(props.name, props.filter)} download>
          Export as CSV
        </a>
        , at most the newest {formatNumber(props.csvRowsMax)} rows.{' '}
        <a href={paths.admin.tail({ log: props.name, tenant, kind })}>Watch it live</a>
      </p>
      <Pagination
        label={`Pages of ${words.title}`}
        shown={count(props.rows.length, 'row')}
        firstUrl={props.firstUrl}
        nextUrl={props.nextUrl}
      />
    </div>
  )
}

type FiltersProps = { name: string; filter: Filter; tenants: { id: string; name: string }[] }

export const LogFilters = ({ name, filter, tenants }: FiltersProps) => (
  <FilterBar action={paths.admin.logs(name)} waitsForButton>
    <Select
      label="Builder"
      name="tenant"
      options={[
        { value: '', label: 'All' },
        ...tenants.map(({ id, name: text }) => ({ value: id, label: text })),
      ]}
      value={filter.tenant ?? ''}
    />
    <Field label={LOGS[name]?.filter ?? 'Kind'} name="kind" value={filter.kind} maxlength={200} />
    <Field label="Request" name="request" value={filter.request} maxlength={200} />
  </FilterBar>
)

const Rows = ({ name, rows, columns, caption }: LogRowsProps & { columns: LogColumn[]; caption: string }) => (
  <Table
    caption={caption}
    columns={[{ label: 'When' }, { label: 'Builder' }, ...columns, { label: 'Request' }]}
  >
    {rows.map((row) => (
      <LogTableRow name={name} row={row} columns={columns} />
    ))}
  </Table>
)

export const LogTableRow = ({
  name,
  row,
  columns,
}: {
  name: string
  row: LogRowView
  columns: LogColumn[]
}) => (
  <tr id={`row-${row.id}`}>
    <th scope="row" class="cell-date">
      {name === 'rag' ? (
        <a href={paths.admin.ragRun(row.id)}>{formatDateTime(row.at)}</a>
      ) : (
        formatDateTime(row.at)
      )}
    </th>
    <td>
      {row.tenantId && row.tenantName ? (
        <a href={paths.admin.logs(name, { tenant: row.tenantId })}>{row.tenantName}</a>
      ) : (
        '–'
      )}
    </td>
    {columns.map((column) => (
      <Cell column={column} value={row.fields[column.field]} />
    ))}
    <td>
      {row.requestId ? (
        <a class="code-link" href={paths.admin.request(row.requestId)}>
          {row.requestId.slice(-8)}
        </a>
      ) : (
        '–'
      )}
    </td>
  </tr>
)

const TEXT_CHARS_MAX = 300

const Cell = ({ column, value }: { column: LogColumn; value: unknown }) => {
  if (value === null || value === undefined) return <td class={column.align && 'cell-right'}>–</td>
  if (column.as === 'job')
    return (
      <td>
        <a href={paths.admin.job(String(value))}>Job</a>
      </td>
    )
  if (column.as === 'time') return <td class="cell-date">{formatDateTime(new Date(String(value)))}</td>
  if (column.as === 'ms') return <td class="cell-right">{formatNumber(Number(value))}&nbsp;ms</td>
  const text = textOf(value)
  if (column.as === 'long') return <td class="cell-text">{text}</td>
  return (
    <td class={`${column.align ? 'cell-right' : ''}${column.as === 'error' ? ' failure' : ''}`}>{text}</td>
  )
}

export const textOf = (value: unknown): string => {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > TEXT_CHARS_MAX ? `${text.slice(0, TEXT_CHARS_MAX)}…` : text
}

type DeniedView = { policy: string; subject: string; times: number; lastAt: Date }

export const MostDenied = ({ rows }: { rows: DeniedView[] }) =>
  rows.length > 0 ? (
    <div class="stack">
      <h2 class="section-heading">Most often in the last day</h2>
      <Table
        caption="Keys denied most often"
        columns={[
          { label: 'Policy' },
          { label: 'Key' },
          { label: 'Times', align: 'right' },
          { label: 'Last' },
        ]}
      >
        {rows.map((row) => (
          <tr>
            <td>{row.policy}</td>
            <td class="cell-text">{row.subject}</td>
            <td class="cell-right">{formatNumber(row.times)}</td>
            <td class="cell-date">{formatDateTime(row.lastAt)}</td>
          </tr>
        ))}
      </Table>
    </div>
  ) : (
    <Fragment />
  )

// The report of an import: what becomes of each row of the list, and why.
import { count, formatNumber } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { Badge, type BadgeTone } from '#views/parts/card.tsx'
import { FilterLinks } from '#views/parts/filters.tsx'
import { type Column, Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type RowAction = 'create' | 'update' | 'unchanged' | 'error'

export type ReportRowView = {
  rowNumber: number
  action: RowAction
  unitNumber: string | null
  messages: string[]
  changes: Record<string, { before: unknown; after: unknown }>
}

export type ReportProps = {
  /** Of the import. */
  id: string
  counts: Record<RowAction, number>
  /** The filter in force. */
  action: RowAction | null
  rows: ReportRowView[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

const ACTION: Record<RowAction, { label: string; tone: BadgeTone }> = {
  create: { label: 'New', tone: 'success' },
  update: { label: 'Changed', tone: 'gold' },
  unchanged: { label: 'As it is', tone: 'plain' },
  error: { label: 'Wrong', tone: 'error' },
}

const COLUMNS: Column[] = [
  { label: 'Row', align: 'right' },
  { label: 'Home' },
  { label: 'What happens' },
  { label: 'Details' },
]

export const Report = (props: ReportProps) => {
  const { id, counts } = props
  const filters = [null, 'error', 'create', 'update', 'unchanged'] as const
  if (Object.values(counts).every((value) => value === 0)) return <Fragment />
  return (
    <Fragment>
      <FilterLinks
        label="Filter rows"
        links={filters.map((action) => ({
          url: paths.developer.import(id, action ? { action } : {}),
          label: action ? `${ACTION[action].label} (${formatNumber(counts[action])})` : 'All rows',
          isCurrent: action === props.action,
        }))}
      />
      <Table caption="The list, row by row" columns={COLUMNS}>
        {props.rows.map((row) => (
          <ReportRow row={row} />
        ))}
      </Table>
      <Pagination
        label="Pages of rows"
        shown={count(props.rows.length, 'row')}
        firstUrl={props.firstUrl}
        nextUrl={props.nextUrl}
        isForMoreOnly
      />
    </Fragment>
  )
}

const ReportRow = ({ row }: { row: ReportRowView }) => (
  <tr>
    <td class="cell-right">{formatNumber(row.rowNumber)}</td>
    <th scope="row">{row.unitNumber ?? '–'}</th>
    <td>
      <Badge tone={ACTION[row.action].tone}>{ACTION[row.action].label}</Badge>
    </td>
    <td>
      {row.messages.map((message) => (
        <p>{message}</p>
      ))}
      {Object.keys(row.changes).length > 0 && (
        <ul>
          {Object.entries(row.changes).map(([field, change]) => (
            <li>
              {FIELD[field] ?? field}: {row.action === 'update' && `${shown(change.before)} → `}
              {shown(change.after)}
            </li>
          ))}
        </ul>
      )}
    </td>
  </tr>
)

const FIELD: Record<string, string> = {
  houseType: 'House type',
  addressLine: 'Address',
  eircode: 'Eircode',
  bedrooms: 'Bedrooms',
  bathrooms: 'Bathrooms',
  floorAreaM2: 'Area (m²)',
  handedOverOn: 'Handed over',
  tenure: 'Sold or let',
  purchasers: 'Purchasers',
}

const shown = (value: unknown): string =>
  Array.isArray(value) ? value.join('; ') || 'nobody' : value === null ? 'nothing' : String(value)

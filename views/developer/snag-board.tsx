// The builder's board of snags: filtered, clustered by house type, and chosen for a contractor.
import { ContractorForm, type ContractorFormProps } from '#views/developer/contractor-links.tsx'
import { count, formatDate } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState } from '#views/parts/card.tsx'
import { Select } from '#views/parts/field.tsx'
import { FilterBar, FilterLinks } from '#views/parts/filters.tsx'
import { type Column, Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'
import { type SnagView, StatusBadge } from '#views/purchaser/snags.tsx'
import { SNAG_CATEGORIES, type SnagCategoryKey, snagAge } from '#views/snag-words.ts'

export type StaffSnagView = SnagView & { address: string; houseType: string; isSaidDone: boolean }

export type SnagBoardProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  filters: { label: string; url: string; isCurrent: boolean }[]
  /** The kinds and house types to choose among; the chosen ones are in force. */
  category: string
  houseType: string
  houseTypes: string[]
  status: string
  /** The same kind of open fault in several homes of a type. */
  clusters: { houseType: string; category: SnagCategoryKey; homes: number; url: string }[]
  csvUrl: string
  contractor: ContractorFormProps
  snags: StaffSnagView[]
  now: Date
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

const COLUMNS: Column[] = [
  { label: 'Choose', hiddenLabel: true },
  { label: 'Snag' },
  { label: 'Home' },
  { label: 'House type' },
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
    <Clusters {...props} />
    <FilterLinks label="Filter snags by status" links={props.filters} />
    <Filter {...props} />
    {props.snags.length === 0 ? (
      <EmptyState icon="check" title="No snags here">
        No home of {props.developmentName} has a snag like this.
      </EmptyState>
    ) : (
      <form
        class="stack"
        method="post"
        action={paths.developer.contractorLinks({ development: props.developmentId })}
      >
        <Table caption={`Snags of ${props.developmentName}, the oldest first`} columns={COLUMNS}>
          {props.snags.map((snag) => (
            <Row snag={snag} now={props.now} />
          ))}
        </Table>
        <Pagination
          label="Pages of snags"
          shown={count(props.snags.length, 'snag')}
          firstUrl={props.firstUrl}
          nextUrl={props.nextUrl}
          isForMoreOnly
        />
        <ContractorForm {...props.contractor} />
      </form>
    )}
  </StaffPage>
)

const Clusters = ({ clusters }: SnagBoardProps) => {
  if (clusters.length === 0) return null
  return (
    <Card title="The same in several homes" id="clusters">
      <ul class="cluster-list">
        {clusters.map(({ houseType, category, homes, url }) => (
          <li>
            <a href={url}>
              {count(homes, `${houseType} home`)}: {SNAG_CATEGORIES[category]}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const Filter = (props: SnagBoardProps) => (
  <FilterBar
    action={paths.developer.snags()}
    kept={{ development: props.developmentId, status: props.status }}
    more={
      <ButtonLink href={props.csvUrl} tone="quiet" icon="download">
        Export as CSV
      </ButtonLink>
    }
  >
    <Select
      label="Kind"
      name="category"
      options={[
        { value: '', label: 'All kinds' },
        ...Object.entries(SNAG_CATEGORIES).map(([value, label]) => ({ value, label })),
      ]}
      value={props.category}
    />
    <Select
      label="House type"
      name="house_type"
      options={[
        { value: '', label: 'All house types' },
        ...props.houseTypes.map((code) => ({ value: code, label: code })),
      ]}
      value={props.houseType}
    />
  </FilterBar>
)

const Row = ({ snag, now }: { snag: StaffSnagView; now: Date }) => {
  const age = snagAge(snag.reportedAt, snag.closedAt ?? now)
  const name = `${snag.room}: ${SNAG_CATEGORIES[snag.category]}`
  return (
    <tr>
      <td class="cell-check">
        {!snag.closedAt && (
          <input type="checkbox" name="snags" value={snag.id} aria-label={`${name}, ${snag.address}`} />
        )}
      </td>
      <th scope="row" class="cell-title">
        <a href={paths.developer.snag(snag.id)}>{name}</a>
        <small class="snag-excerpt">{snag.description}</small>
      </th>
      <td>{snag.address}</td>
      <td>{snag.houseType}</td>
      <td>
        <StatusBadge status={snag.status} />
        {snag.isSaidDone && <Badge tone="gold">Contractor says done</Badge>}
      </td>
      <td class="cell-date">
        <Badge tone={snag.closedAt ? 'plain' : age.tone}>{age.label}</Badge>
      </td>
      <td class="cell-date">{formatDate(snag.reportedAt)}</td>
    </tr>
  )
}

// The builder's homes: who has moved in and who has opened the app.
import { count, formatArea, formatDate } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { Badge, EmptyState } from '#views/parts/card.tsx'
import { type Column, Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type HomeRowView = {
  id: string
  number: string
  address: string
  houseType: string
  bedrooms: number | null
  floorAreaM2: number | null
  handedOverOn: Date | null
  claimedAt: Date | null
}

export type HomesProps = {
  shell: StaffShell
  developmentName: string
  homes: HomeRowView[]
  importUrl: string
  /** The filter in force. */
  status: 'claimed' | 'unclaimed' | null
  filters: { label: string; url: string; isCurrent: boolean }[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

const COLUMNS: Column[] = [
  { label: 'Home' },
  { label: 'Type' },
  { label: 'Bedrooms', align: 'right' },
  { label: 'Area', align: 'right' },
  { label: 'Handed over' },
  { label: 'App opened' },
]

export const HomesPage = (props: HomesProps) => (
  <StaffPage title="Homes" shell={props.shell} active="homes" switchAction={paths.developer.homes()}>
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Homes</h1>
      <ButtonLink href={props.importUrl} tone="quiet" icon="upload" small>
        Import a list
      </ButtonLink>
    </header>
    <nav class="filters" aria-label="Filter homes">
      {props.filters.map((filter) => (
        <a href={filter.url} aria-current={filter.isCurrent ? 'page' : undefined}>
          {filter.label}
        </a>
      ))}
    </nav>
    {props.homes.length === 0 ? (
      <EmptyState icon="home" title="No homes here">
        {props.status === 'claimed'
          ? 'Nobody has opened the app for a home of this development yet.'
          : 'No home of this development matches.'}
      </EmptyState>
    ) : (
      <Fragment>
        <Table caption={`Homes of ${props.developmentName}`} columns={COLUMNS}>
          {props.homes.map((home) => (
            <HomeRow home={home} />
          ))}
        </Table>
        {(props.nextUrl || props.firstUrl) && (
          <Pagination
            label="Pages of homes"
            shown={count(props.homes.length, 'home')}
            firstUrl={props.firstUrl}
            nextUrl={props.nextUrl}
          />
        )}
      </Fragment>
    )}
  </StaffPage>
)

const HomeRow = ({ home }: { home: HomeRowView }) => (
  <tr>
    <th scope="row" class="cell-title">
      <a href={paths.developer.homeDetails(home.id)}>{home.address}</a>
      <small>No. {home.number}</small>
    </th>
    <td>{home.houseType}</td>
    <td class="cell-right">{home.bedrooms ?? '–'}</td>
    <td class="cell-right">{home.floorAreaM2 === null ? '–' : formatArea(home.floorAreaM2)}</td>
    <td class="cell-date">{home.handedOverOn ? formatDate(home.handedOverOn) : 'Not yet'}</td>
    <td class="cell-date">
      {home.claimedAt ? <Badge tone="success">{formatDate(home.claimedAt)}</Badge> : <Badge>Not yet</Badge>}
    </td>
  </tr>
)

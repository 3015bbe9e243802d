// The builder's homes: who has moved in and who has opened the app, searched, filtered, sorted.

import { any, HomePages, HouseTypeFilter, MovedInFilter } from '#views/developer/home-lists.tsx'
import { HomesTabs } from '#views/developer/homes-tabs.tsx'
import { count, formatArea, formatDate } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { joined, onceFor } from '#views/once.ts'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { Badge, EmptyState } from '#views/parts/card.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { type HomesQuery, paths } from '#views/paths.ts'
import type { TenureWords } from '#views/tenure-words.ts'

export type HomeRowView = {
  id: string
  number: string
  address: string
  houseType: string
  bedrooms: number | null
  floorAreaM2: number | null
  hasPosition: boolean
  handedOverOn: Date | null
  claimedAt: Date | null
}

export type HomesSort = 'number' | 'address' | 'house_type' | 'bedrooms' | 'area' | 'handed_over' | 'claimed'

/** All of the page that is the same for whoever of the builder's staff opens it. */
export type HomesListing = {
  developmentId: string
  developmentName: string
  words: TenureWords
  homes: HomeRowView[]
  houseTypes: { value: string; label: string }[]
  /** Of the homes; the filter is left out where none says one. */
  phases: string[]
  importUrl: string
  /** Filters and order in force, as they stand in the address. */
  list: HomesQuery
  isFiltered: boolean
  allUrl: string
  csvUrl: string
  sorted: { by: HomesSort; isDescending: boolean }
  sortUrl(by: HomesSort): string
  /** Homes being handed to their next owner. */
  transfers: { unitId: string; address: string; awaits: 'household' | 'builder' | null }[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

const COLUMNS: { label: string; sort: HomesSort; align?: 'right' }[] = [
  { label: 'Home', sort: 'number' },
  { label: 'Type', sort: 'house_type' },
  { label: 'Bedrooms', sort: 'bedrooms', align: 'right' },
  { label: 'Area', sort: 'area', align: 'right' },
  { label: 'Handed over', sort: 'handed_over' },
  { label: 'App opened', sort: 'claimed' },
]

const columnsOf = ({ sorted, sortUrl, words }: HomesListing): Column[] =>
  COLUMNS.map(({ sort, ...column }) => ({
    ...column,
    label: sort === 'handed_over' ? words.movedIn : column.label,
    href: sortUrl(sort),
    sorted: sorted.by === sort ? (sorted.isDescending ? 'descending' : 'ascending') : undefined,
  }))

export const HomesPage = ({ shell, listing }: { shell: StaffShell; listing: HomesListing }) => (
  <StaffPage title="Homes" shell={shell} active="homes" switchAction={paths.developer.homes()}>
    {listed(listing)}
  </StaffPage>
)

/** Drawn once for each listing, because a colleague who opens the same list sees the same. */
const listed = onceFor((listing: HomesListing) => joined(<Listing {...listing} />))

const Listing = (props: HomesListing) => (
  <Fragment>
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Homes</h1>
      <div class="header-actions">
        <ButtonLink href={props.importUrl} tone="quiet" icon="upload" small>
          Import a list
        </ButtonLink>
        <ButtonLink href={props.csvUrl} tone="quiet" icon="download" small>
          Export as CSV
        </ButtonLink>
        {props.homes.length > 0 && <PrintForm list={props.list} />}
      </div>
    </header>
    <HomesTabs developmentId={props.developmentId} current="homes" people={props.words.people} />
    {props.transfers.length > 0 && <MovingOn transfers={props.transfers} />}
    <Filters {...props} />
    {props.homes.length === 0 ? (
      <NoHomes {...props} />
    ) : (
      <Fragment>
        <Table caption={`Homes of ${props.developmentName}`} columns={columnsOf(props)} isTall>
          {props.homes.map((home) => (
            <HomeRow home={home} />
          ))}
        </Table>
        <HomePages {...props} />
      </Fragment>
    )}
  </Fragment>
)

const AWAITS = {
  household: 'waits for the household',
  builder: 'waits for your confirmation',
  null: 'is being made ready for its next owner',
} as const

const MovingOn = ({ transfers }: Pick<HomesListing, 'transfers'>) => (
  <Notice title={`Moving on: ${count(transfers.length, 'home')}`}>
    <ul>
      {transfers.map(({ unitId, address, awaits }) => (
        <li>
          <a href={`${paths.developer.homeDetails(unitId)}#moving-on`}>{address}</a>{' '}
          {AWAITS[awaits ?? 'null']}
        </li>
      ))}
    </ul>
  </Notice>
)

/** Makes the cards of all homes that the filters leave, with their codes: so it is a form, and noted. */
const PrintForm = ({ list }: { list: HomesQuery }) => (
  <form method="post" action={paths.developer.printPack()}>
    {Object.entries(list).map(([name, value]) =>
      value ? <input type="hidden" name={name} value={value} /> : null,
    )}
    <Button tone="quiet" icon="document" small>
      Print cards
    </Button>
  </form>
)

const Filters = ({ list, houseTypes, phases, isFiltered, allUrl, words }: HomesListing) => (
  <FilterBar
    action={paths.developer.homes()}
    kept={{ development: list.development, sort: list.sort, active: list.active }}
    more={isFiltered && <a href={allUrl}>Show all homes</a>}
  >
    <Field label="Search" name="q" type="search" value={list.q} maxlength={100} autocomplete="off" />
    <HouseTypeFilter houseTypes={houseTypes} value={list.house_type} />
    {phases.length > 0 && (
      <Select
        label="Phase"
        name="phase"
        value={list.phase}
        options={[any('Every phase'), ...phases.map((phase) => ({ value: phase, label: phase }))]}
      />
    )}
    <Select
      label="App"
      name="status"
      value={list.status}
      options={[any('All'), { value: 'claimed', label: 'Opened' }, { value: 'unclaimed', label: 'Not yet' }]}
    />
    <MovedInFilter label={words.movedIn} value={list.handed_over} />
    <Select
      label="Missing"
      name="missing"
      value={list.missing}
      options={[
        any('All'),
        { value: 'position', label: 'Position on the map' },
        { value: 'documents', label: 'Documents' },
        { value: 'reading', label: 'Must-read documents read' },
      ]}
    />
  </FilterBar>
)

const NoHomes = ({ isFiltered, allUrl, importUrl }: HomesListing) =>
  isFiltered ? (
    <EmptyState icon="home" title="No home matches" action={<a href={allUrl}>Show all homes</a>}>
      No home of this development is what you are looking for.
    </EmptyState>
  ) : (
    <EmptyState
      icon="home"
      title="No homes yet"
      action={
        <ButtonLink href={importUrl} icon="upload">
          Import a list
        </ButtonLink>
      }
    >
      Drop the spreadsheet you have: the columns are recognised, and nothing is saved before you confirm.
    </EmptyState>
  )

/** Said where the address does not begin with it. */
const HomeNumber = ({ home: { number, address, hasPosition } }: { home: HomeRowView }) => {
  const said = [
    address.startsWith(`${number} `) ? [] : `No. ${number}`,
    hasPosition ? [] : 'No position on the map',
  ].flat()
  return said.length > 0 ? <small>{said.join(' · ')}</small> : <Fragment />
}

const HomeRow = ({ home }: { home: HomeRowView }) => (
  <tr>
    <th scope="row" class="cell-title">
      <a href={paths.developer.homeDetails(home.id)}>{home.address}</a>
      <HomeNumber home={home} />
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

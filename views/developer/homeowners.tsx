// The people in the builder's homes: who joined, who has the app open, searched, filtered, sorted.

import { any, HouseTypeFilter, MovedInFilter } from '#views/developer/home-lists.tsx'
import { HomesTabs } from '#views/developer/homes-tabs.tsx'
import { count, formatDate } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { Badge, EmptyState } from '#views/parts/card.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { type Column, Pagination, Table } from '#views/parts/table.tsx'
import { type HomeownersQuery, paths } from '#views/paths.ts'
import type { TenureWords } from '#views/tenure-words.ts'

export type HomeownerRowView = {
  id: string
  name: string
  email: string | null
  unitId: string
  address: string
  houseType: string
  handedOverOn: Date | null
  joinedAt: Date | null
  lastActiveAt: Date | null
}

export type HomeownersSort = 'name' | 'home' | 'house_type' | 'handed_over' | 'joined' | 'last_active'

export type HomeownersProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  words: TenureWords
  people: HomeownerRowView[]
  houseTypes: { value: string; label: string }[]
  importUrl: string
  /** Filters and order in force, as they stand in the address. */
  list: HomeownersQuery
  isFiltered: boolean
  allUrl: string
  csvUrl: string
  sorted: { by: HomeownersSort; isDescending: boolean }
  sortUrl(by: HomeownersSort): string
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

const columnsOf = ({ sorted, sortUrl, words }: HomeownersProps): Column[] =>
  (
    [
      ['Name', 'name'],
      ['Home', 'home'],
      ['Type', 'house_type'],
      [words.movedIn, 'handed_over'],
      ['Joined', 'joined'],
      ['Last active', 'last_active'],
    ] as const
  ).map(([label, sort]) => ({
    label,
    href: sortUrl(sort),
    sorted: sorted.by === sort ? (sorted.isDescending ? 'descending' : 'ascending') : undefined,
  }))

export const HomeownersPage = (props: HomeownersProps) => (
  <StaffPage
    title={props.words.people}
    shell={props.shell}
    active="homes"
    switchAction={paths.developer.homeowners()}
  >
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>{props.words.people}</h1>
      <div class="header-actions">
        <ButtonLink href={props.csvUrl} tone="quiet" icon="download" small>
          Export as CSV
        </ButtonLink>
      </div>
    </header>
    <HomesTabs developmentId={props.developmentId} current="homeowners" people={props.words.people} />
    <Filters {...props} />
    {props.people.length === 0 ? (
      <Nobody {...props} />
    ) : (
      <Fragment>
        <Table
          caption={`${props.words.people} of ${props.developmentName}`}
          columns={columnsOf(props)}
          isTall
        >
          {props.people.map((person) => (
            <PersonRow person={person} />
          ))}
        </Table>
        <Pagination
          label={`Pages of ${props.words.people.toLowerCase()}`}
          shown={count(props.people.length, props.words.person)}
          firstUrl={props.firstUrl}
          nextUrl={props.nextUrl}
          isForMoreOnly
        />
      </Fragment>
    )}
  </StaffPage>
)

const Filters = ({ list, houseTypes, isFiltered, allUrl, words }: HomeownersProps) => (
  <FilterBar
    action={paths.developer.homeowners()}
    kept={{ development: list.development, sort: list.sort }}
    more={isFiltered && <a href={allUrl}>Show everybody</a>}
  >
    <Field label="Search" name="q" type="search" value={list.q} maxlength={100} autocomplete="off" />
    <HouseTypeFilter houseTypes={houseTypes} value={list.house_type} />
    <MovedInFilter label={words.movedIn} value={list.handed_over} />
    <Select
      label="App"
      name="joined"
      value={list.joined}
      options={[any('All'), { value: 'yes', label: 'Joined' }, { value: 'no', label: 'Not yet' }]}
    />
    <Select
      label="Last active"
      name="active"
      value={list.active}
      options={[
        any('Whenever'),
        { value: 'week', label: 'In the last 7 days' },
        { value: 'month', label: 'In the last 30 days' },
        { value: 'older', label: 'Longer ago' },
        { value: 'never', label: 'Not in this app' },
      ]}
    />
  </FilterBar>
)

const Nobody = ({ isFiltered, allUrl, importUrl, words }: HomeownersProps) =>
  isFiltered ? (
    <EmptyState icon="user" title="Nobody matches" action={<a href={allUrl}>Show everybody</a>}>
      No {words.person} of this development is what you are looking for.
    </EmptyState>
  ) : (
    <EmptyState
      icon="user"
      title="No names yet"
      action={
        <ButtonLink href={importUrl} icon="upload">
          Import a list
        </ButtonLink>
      }
    >
      Names come with the list of homes: add a column for each person on the contract. A home without names
      works all the same.
    </EmptyState>
  )

const PersonRow = ({ person }: { person: HomeownerRowView }) => (
  <tr>
    <th scope="row" class="cell-title">
      <a href={paths.developer.homeDetails(person.unitId)}>{person.name}</a>
      {person.email && <small>{person.email}</small>}
    </th>
    <td>{person.address}</td>
    <td>{person.houseType}</td>
    <td class="cell-date">{person.handedOverOn ? formatDate(person.handedOverOn) : 'Not yet'}</td>
    <td class="cell-date">
      {person.joinedAt ? <Badge tone="success">{formatDate(person.joinedAt)}</Badge> : <Badge>Not yet</Badge>}
    </td>
    <td class="cell-date">{person.lastActiveAt ? formatDate(person.lastActiveAt) : '–'}</td>
  </tr>
)

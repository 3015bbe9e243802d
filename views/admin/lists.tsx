// Developments and people of all builders.
import { AdminPage } from '#views/admin/page.tsx'
import { count, formatDateTime, formatNumber } from '#views/format.ts'
import type { Html } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Badge, EmptyState } from '#views/parts/card.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

type Paged = { nextUrl?: string | undefined; firstUrl?: string | undefined }
type Choice = { tenant: string | undefined; tenants: { id: string; name: string }[] }

export const TenantSelect = ({ tenant, tenants }: Choice) => (
  <Select
    label="Builder"
    name="tenant"
    options={[{ value: '', label: 'All' }, ...tenants.map(({ id, name }) => ({ value: id, label: name }))]}
    value={tenant ?? ''}
  />
)

export type DevelopmentsProps = { shell: StaffShell; choice: Html; developments: Html }

export type DevelopmentListProps = Paged & {
  developments: {
    id: string
    name: string
    tenantId: string
    tenantName: string
    locality: string
    homes: number
    claimed: number
    documents: number
    openGaps: number
  }[]
}

export const DevelopmentsPage = (props: DevelopmentsProps) => (
  <AdminPage title="Developments" shell={props.shell} active="developments">
    <FilterBar action={paths.admin.developments()}>{props.choice}</FilterBar>
    {props.developments}
  </AdminPage>
)

export const DevelopmentList = (props: DevelopmentListProps) =>
  props.developments.length === 0 ? (
    <EmptyState icon="building" title="No developments">
      A development appears here as soon as a builder has one.
    </EmptyState>
  ) : (
    <div class="stack">
      <Table
        caption="Developments"
        columns={[
          { label: 'Development' },
          { label: 'Builder' },
          { label: 'Homes', align: 'right' },
          { label: 'Moved in', align: 'right' },
          { label: 'Documents', align: 'right' },
          { label: 'Open questions', align: 'right' },
          { label: 'Homes and cards', hiddenLabel: true },
        ]}
      >
        {props.developments.map((row) => (
          <tr id={`development-${row.id}`}>
            <th scope="row" class="cell-title">
              {row.name}
              <small>{row.locality}</small>
            </th>
            <td>
              <a href={paths.admin.tenant(row.tenantId)}>{row.tenantName}</a>
            </td>
            <td class="cell-right">{formatNumber(row.homes)}</td>
            <td class="cell-right">{formatNumber(row.claimed)}</td>
            <td class="cell-right">{formatNumber(row.documents)}</td>
            <td class="cell-right">{formatNumber(row.openGaps)}</td>
            <td>
              <a href={paths.admin.provisioned(row.tenantId, row.id)}>Set up</a>
            </td>
          </tr>
        ))}
      </Table>
      <Pagination
        label="Pages of developments"
        shown={count(props.developments.length, 'development')}
        nextUrl={props.nextUrl}
        firstUrl={props.firstUrl}
      />
    </div>
  )

export type PeopleProps = { shell: StaffShell; choice: Html; words: string | undefined; people: Html }

export type PersonListProps = Paged & {
  people: {
    id: string
    name: string
    email: string
    role: string
    tenantId: string | null
    tenantName: string | null
    disabledAt: string | null
    lastSeenAt: string | null
  }[]
}

export const PeoplePage = (props: PeopleProps) => (
  <AdminPage title="People" shell={props.shell} active="people">
    <FilterBar action={paths.admin.people()} waitsForButton>
      {props.choice}
      <Field label="Name or address" name="q" type="search" value={props.words} maxlength={100} />
    </FilterBar>
    <p class="field-hint">Staff of builders, and operators. Who lives in a home is its builder’s to know.</p>
    {props.people}
  </AdminPage>
)

export const PersonList = (props: PersonListProps) =>
  props.people.length === 0 ? (
    <EmptyState icon="user" title="Nobody found">
      No name or address is like that.
    </EmptyState>
  ) : (
    <div class="stack">
      <Table
        caption="People"
        columns={[
          { label: 'Person' },
          { label: 'Role' },
          { label: 'Builder' },
          { label: 'Status' },
          { label: 'Last seen' },
        ]}
      >
        {props.people.map((person) => (
          <tr id={`person-${person.id}`}>
            <th scope="row" class="cell-title">
              {person.name}
              <small>{person.email}</small>
            </th>
            <td>{person.role.replace('_', ' ')}</td>
            <td>
              {person.tenantId ? (
                <a href={paths.admin.tenant(person.tenantId)}>{person.tenantName}</a>
              ) : (
                'OpenHouse'
              )}
            </td>
            <td>
              {person.disabledAt ? (
                <Badge tone="error">Disabled</Badge>
              ) : (
                <Badge tone="success">Active</Badge>
              )}
            </td>
            <td class="cell-date">
              {person.lastSeenAt ? formatDateTime(new Date(person.lastSeenAt)) : 'Not lately'}
            </td>
          </tr>
        ))}
      </Table>
      <Pagination
        label="Pages of people"
        shown={count(props.people.length, 'person', 'people')}
        nextUrl={props.nextUrl}
        firstUrl={props.firstUrl}
      />
    </div>
  )

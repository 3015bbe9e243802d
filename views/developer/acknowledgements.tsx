// Must-read documents: which homes have read them, and who of each has not yet.

import { HomePages } from '#views/developer/home-lists.tsx'
import { count, formatDateTime, formatNumber } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { ButtonLink } from '#views/parts/button.tsx'
import { Badge, EmptyState } from '#views/parts/card.tsx'
import { FilterLinks } from '#views/parts/filters.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type ReaderView = {
  /** Null where no names are recorded: then the home itself confirms. */
  name: string | null
  documents: { title: string; at: Date | null }[]
}

export type HomeReadingView = { id: string; number: string; address: string; people: ReaderView[] }

export type AcknowledgementsProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  /** The one document it is about, if it is about one. */
  document: { id: string; title: string } | null
  counts: { required: number; acknowledged: number }
  filters: { label: string; url: string; isCurrent: boolean }[]
  homes: HomeReadingView[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

const COLUMNS: Column[] = [{ label: 'Home' }, { label: 'Who has read what' }, { label: 'Stands' }]

export const AcknowledgementsPage = (props: AcknowledgementsProps) => (
  <StaffPage
    title="Must-read documents"
    shell={props.shell}
    active="documents"
    switchAction={paths.developer.acknowledgements()}
  >
    <header class="staff-header">
      <a
        class="back-link"
        href={
          props.document
            ? paths.developer.document(props.document.id)
            : paths.developer.documents({ development: props.developmentId })
        }
      >
        <Icon name="chevronLeft" /> {props.document ? props.document.title : 'Documents'}
      </a>
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Must-read documents</h1>
      {props.counts.required > 0 && (
        <p>
          {formatNumber(props.counts.acknowledged)} of {count(props.counts.required, 'home')} have read all
          that they must. A home counts once everybody on its contract has confirmed for themselves.
        </p>
      )}
    </header>
    <FilterLinks label="Which homes" links={props.filters} />
    {props.homes.length === 0 ? (
      <EmptyState
        icon="document"
        title={props.counts.required === 0 ? 'Nothing must be read' : 'No homes here'}
        action={
          props.counts.required === 0 ? (
            <ButtonLink tone="quiet" href={paths.developer.documents({ development: props.developmentId })}>
              Documents
            </ButtonLink>
          ) : undefined
        }
      >
        {props.counts.required === 0
          ? 'Open a document and mark it as must-read: households meet it before they use the app.'
          : 'Choose another filter.'}
      </EmptyState>
    ) : (
      <Table caption={`Homes of ${props.developmentName} and what they have read`} columns={COLUMNS}>
        {props.homes.map((home) => (
          <Row home={home} />
        ))}
      </Table>
    )}
    <HomePages {...props} />
  </StaffPage>
)

const Row = ({ home }: { home: HomeReadingView }) => {
  const all = home.people.flatMap(({ documents }) => documents)
  const read = all.filter(({ at }) => at !== null).length
  return (
    <tr>
      <th scope="row">
        <a href={paths.developer.homeDetails(home.id)}>{home.address}</a>
      </th>
      <td>
        <ul class="record-list">
          {home.people.map((person) => (
            <li>
              <strong>{person.name ?? 'The household'}</strong>
              {person.documents.map((document) => (
                <p>
                  {document.title}: {document.at ? `read ${formatDateTime(document.at)}` : 'not yet'}
                </p>
              ))}
            </li>
          ))}
        </ul>
      </td>
      <td>
        <Badge tone={read === all.length ? 'success' : read > 0 ? 'gold' : 'warning'}>
          {read === all.length ? 'Read' : read > 0 ? `${read} of ${all.length}` : 'Not yet'}
        </Badge>
      </td>
    </tr>
  )
}

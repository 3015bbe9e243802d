// Places near a development as staff keep them: what is known, from whom and since when, and which kinds are shown.
import { count, formatDate, formatDateTime, formatDistance } from '#views/format.ts'
import { failureSentence } from '#views/job-words.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState } from '#views/parts/card.tsx'
import { Checkboxes, Field, Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'
import { categoryLabel } from '#views/place-groups.ts'

export type StaffPlaceView = {
  id: string
  name: string
  category: string
  position: { latitude: number; longitude: number } | null
  distanceM: number | null
  source: string
  at: Date
  isShown: boolean
  isRecorded: boolean
}

export type PlaceFormView = {
  /** The place that is corrected; null for a new one. */
  id: string | null
  isFetched: boolean
  values: { name: string; category: string; latitude: string; longitude: string; source: string }
  problem(field: string): string | undefined
}

export type StaffPlacesProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  places: StaffPlaceView[]
  /** Every kind on record or that is fetched. */
  categories: string[]
  hidden: string[]
  category: string | undefined
  form: PlaceFormView
  updatedAt: Date | null
  failureCode: string | null
  canRefresh: boolean
  message?: string | undefined
}

const COLUMNS: Column[] = [
  { label: 'Place' },
  { label: 'Kind' },
  { label: 'Distance', align: 'right' },
  { label: 'Source' },
  { label: 'Date' },
  { label: 'Correct', hiddenLabel: true },
]

export const StaffPlacesPage = (props: StaffPlacesProps) => (
  <StaffPage title="Places" shell={props.shell} active="places" switchAction={paths.developer.places()}>
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Places</h1>
      <p>{freshnessOf(props)}</p>
      <div class="header-actions">
        <form method="post" action={paths.developer.placesRefresh({ development: props.developmentId })}>
          <Button
            tone="quiet"
            icon="refresh"
            small
            disabledReason={props.canRefresh ? undefined : 'No source of places is set up on this server'}
          >
            Fetch again
          </Button>
        </form>
      </div>
    </header>
    {props.message && <Notice tone="success">{props.message}</Notice>}
    {props.failureCode && (
      <Notice tone="warning" title="The newest look for places did not succeed">
        <p>{failureSentence(props.failureCode)} What was fetched before stays until it is 30 days old.</p>
      </Notice>
    )}
    {props.places.length > 0 && <Kind {...props} />}
    <Rows {...props} />
    <PlaceForm {...props} />
    <Kinds {...props} />
  </StaffPage>
)

const freshnessOf = ({ updatedAt, places }: StaffPlacesProps) =>
  `${count(places.length, 'place')}. ${updatedAt ? `Last fetched ${formatDateTime(updatedAt)}.` : 'Never fetched so far.'}`

const Kind = ({ developmentId, categories, category, places }: StaffPlacesProps) => (
  <FilterBar action={paths.developer.places()} kept={{ development: developmentId }}>
    <Select
      label="Kind"
      name="category"
      id="kind-shown"
      value={category}
      options={[
        { value: '', label: 'Every kind' },
        ...categories
          .filter((each) => places.some((place) => place.category === each))
          .map((each) => ({ value: each, label: categoryLabel(each) })),
      ]}
    />
  </FilterBar>
)

const Rows = (props: StaffPlacesProps) => {
  const shown = props.places.filter(({ category }) => !props.category || category === props.category)
  if (shown.length === 0)
    return (
      <EmptyState icon="map" title="No places on record yet">
        {props.canRefresh
          ? 'Fetch them from the map, or record the first one by hand below.'
          : 'Record the first one by hand below: a shop, a school, a stop.'}
      </EmptyState>
    )
  return (
    <Table caption={`Places near ${props.developmentName}`} columns={COLUMNS} isTall>
      {shown.map((place) => (
        <PlaceRow place={place} developmentId={props.developmentId} />
      ))}
    </Table>
  )
}

const PlaceRow = ({ place, developmentId }: { place: StaffPlaceView; developmentId: string }) => (
  <tr id={`place-${place.id}`}>
    <th scope="row" class="cell-title">
      {place.name}
      {!place.isShown && <small>Not shown: its kind is switched off</small>}
      {place.position === null && <small>Known by name only, so not on the map</small>}
    </th>
    <td>{categoryLabel(place.category)}</td>
    <td class="cell-right">{place.distanceM === null ? '–' : formatDistance(place.distanceM)}</td>
    <td>
      {place.source} {place.isRecorded && <Badge tone="gold">By hand</Badge>}
    </td>
    <td class="cell-date">{formatDate(place.at)}</td>
    <td>
      <a href={`${paths.developer.places({ development: developmentId, edit: place.id })}#place-form`}>
        Correct<span class="visually-hidden"> {place.name}</span>
      </a>
    </td>
  </tr>
)

const PlaceForm = ({ form, developmentId, categories }: StaffPlacesProps) => (
  <Card title={form.id ? 'Correct a place' : 'Record a place'} id="place-form">
    {form.isFetched && (
      <p class="hint">
        This place was fetched. What you save stands as recorded by you, and no refresh replaces it.
      </p>
    )}
    <form
      class="form-grid"
      method="post"
      action={
        form.id ? paths.developer.place(form.id) : paths.developer.places({ development: developmentId })
      }
    >
      <Field label="Name" name="name" value={form.values.name} maxlength={150} error={form.problem('name')} />
      <Select
        label="Kind"
        name="category"
        value={form.values.category}
        options={categories.map((each) => ({ value: each, label: categoryLabel(each) }))}
        error={form.problem('category')}
      />
      <Field
        label="Latitude"
        name="latitude"
        value={form.values.latitude}
        inputmode="decimal"
        hint="Such as 51.92158; leave both empty when only the name is known"
        error={form.problem('latitude')}
      />
      <Field
        label="Longitude"
        name="longitude"
        value={form.values.longitude}
        inputmode="text"
        hint="Such as -8.45968"
        error={form.problem('longitude')}
      />
      <Field
        label="Source"
        name="source"
        value={form.values.source}
        maxlength={200}
        hint="Shown to homes with today’s date"
        error={form.problem('source')}
      />
      <div class="row-actions">
        <Button>{form.id ? 'Save' : 'Record'}</Button>
        {form.id && <a href={paths.developer.places({ development: developmentId })}>Cancel</a>}
      </div>
    </form>
    {form.id && !form.isFetched && (
      <form method="post" action={paths.developer.placeRemoval(form.id)}>
        <Button tone="danger" small>
          Remove this place
        </Button>
      </form>
    )}
  </Card>
)

const Kinds = ({ developmentId, categories, hidden }: StaffPlacesProps) => (
  <Card title="Kinds that homes see" id="kinds">
    <form class="stack" method="post" action={paths.developer.placeKinds({ development: developmentId })}>
      <Checkboxes
        legend="Shown on the map and in answers"
        name="shown"
        options={categories.map((each) => ({ value: each, label: categoryLabel(each) }))}
        checked={categories.filter((each) => !hidden.includes(each))}
        hint="What is switched off stays on record and comes back when it is switched on."
      />
      <Button tone="quiet">Save the kinds</Button>
    </form>
  </Card>
)

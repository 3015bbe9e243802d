// All homes of a site on a map and in a table that is its equal: where each stands, and which have no certain place.

import { HomePages } from '#views/developer/home-lists.tsx'
import { HomesTabs } from '#views/developer/homes-tabs.tsx'
import { count } from '#views/format.ts'
import { failureSentence } from '#views/job-words.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState } from '#views/parts/card.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths, type SiteMapQuery } from '#views/paths.ts'
import type { TenureWords } from '#views/tenure-words.ts'

export type SiteHomeView = {
  id: string
  number: string
  address: string
  houseType: string
  position: { latitude: number; longitude: number } | null
  /** How the position became known. */
  source: 'entered' | 'geocoded' | 'development' | null
  quality: 'exact' | 'interpolated' | 'street' | 'area' | null
  failureCode: string | null
  isHandedOver: boolean
  isClaimed: boolean
}

export type PinFormView = {
  home: SiteHomeView
  values: { latitude: string; longitude: string }
  problem(field: string): string | undefined
}

export type SiteMapProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  words: TenureWords
  center: { latitude: number; longitude: number } | null
  tiles: { url: string; credit: string } | null
  pinsUrl: string
  homes: SiteHomeView[]
  list: SiteMapQuery
  isFiltered: boolean
  withoutPosition: number
  canLookUp: boolean
  form: PinFormView | null
  message?: string | undefined
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

const COLUMNS: Column[] = [
  { label: 'Home' },
  { label: 'Type' },
  { label: 'App' },
  { label: 'Position' },
  { label: 'Fix', hiddenLabel: true },
]

export const SiteMapPage = (props: SiteMapProps) => (
  <StaffPage
    title="Site map"
    shell={props.shell}
    active="homes"
    switchAction={paths.developer.siteMap()}
    scripts={props.center ? ['site-map.js'] : []}
    styles={['map.css']}
  >
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Site map</h1>
    </header>
    <HomesTabs developmentId={props.developmentId} current="site-map" people={props.words.people} />
    {props.message && <Notice tone="success">{props.message}</Notice>}
    {props.withoutPosition > 0 && <WithoutPosition {...props} />}
    <Filters {...props} />
    {props.form && <PinForm {...props} form={props.form} />}
    {props.center ? (
      <Canvas {...props} center={props.center} />
    ) : (
      <Notice>
        <p>The development has no position yet, so there is no map. Positions of homes can be typed below.</p>
      </Notice>
    )}
    <Homes {...props} />
  </StaffPage>
)

const WithoutPosition = ({ developmentId, withoutPosition, canLookUp, list }: SiteMapProps) => (
  <Notice tone="warning" title={`${count(withoutPosition, 'home')} without a position`}>
    <p>In the app they stand where the development does, and distances are approximate.</p>
    <div class="row-actions">
      {list.position !== 'missing' && (
        <a href={paths.developer.siteMap({ development: developmentId, position: 'missing' })}>Show them</a>
      )}
      {canLookUp && (
        <form method="post" action={paths.developer.geocoding({ development: developmentId })}>
          <Button tone="quiet" icon="refresh" small>
            Look them up again
          </Button>
        </form>
      )}
    </div>
  </Notice>
)

const Filters = ({ list, words, isFiltered, developmentId }: SiteMapProps) => (
  <FilterBar
    action={paths.developer.siteMap()}
    kept={{ development: developmentId }}
    more={isFiltered && <a href={paths.developer.siteMap({ development: developmentId })}>Show all homes</a>}
  >
    <Select
      label="Status"
      name="status"
      value={list.status}
      options={[
        { value: '', label: 'All' },
        { value: 'claimed', label: 'App opened' },
        { value: 'unclaimed', label: 'App not opened' },
        { value: 'handed_over', label: words.movedIn },
        { value: 'not_handed_over', label: `Not ${words.movedInLower}` },
      ]}
    />
    <Select
      label="Position"
      name="position"
      value={list.position}
      options={[
        { value: '', label: 'All' },
        { value: 'missing', label: 'Missing' },
        { value: 'problem', label: 'Missing or uncertain' },
      ]}
    />
  </FilterBar>
)

/** Filled by its island from the pins behind the address; without scripts it is not shown, and the table says all. */
const Canvas = ({
  center,
  tiles,
  pinsUrl,
  developmentName,
  form,
  list,
}: SiteMapProps & { center: NonNullable<SiteMapProps['center']> }) => (
  <section
    class="map-canvas site-map-canvas"
    aria-label="Map of the homes"
    data-site-map
    data-latitude={center.latitude}
    data-longitude={center.longitude}
    data-name={developmentName}
    data-pins={pinsUrl}
    data-fix={paths.developer.siteMap({ ...list, home: 'HOME' })}
    data-chosen={form?.home.id}
    data-tiles={tiles?.url}
    data-credit={tiles?.credit}
  />
)

const PinForm = ({ form: { home, values, problem }, list }: SiteMapProps & { form: PinFormView }) => (
  <Card title={`Position of ${home.address}`} id="pin" className="stack">
    <p class="hint" id="pin-hint">
      {reasonOf(home)} Drag the pin on the map, or type where it is. Empty fields take the pin away.
    </p>
    <form
      class="form-grid"
      method="post"
      action={paths.developer.homePin(home.id)}
      aria-describedby="pin-hint"
    >
      <Field
        label="Latitude"
        name="latitude"
        value={values.latitude}
        inputmode="decimal"
        error={problem('latitude')}
      />
      <Field
        label="Longitude"
        name="longitude"
        value={values.longitude}
        inputmode="text"
        error={problem('longitude')}
      />
      <div class="row-actions">
        <Button>Save the position</Button>
        <a href={paths.developer.siteMap({ ...list, home: undefined })}>Cancel</a>
      </div>
    </form>
  </Card>
)

const Homes = (props: SiteMapProps) =>
  props.homes.length === 0 ? (
    <EmptyState icon="map" title={props.isFiltered ? 'No home matches' : 'No homes yet'}>
      {props.isFiltered
        ? 'No home of this development is what you are looking for.'
        : 'Once homes are imported, each is looked up by its address and stands here.'}
    </EmptyState>
  ) : (
    <Fragment>
      <Table caption={`Homes of ${props.developmentName} and their positions`} columns={COLUMNS} isTall>
        {props.homes.map((home) => (
          <HomeRow home={home} list={props.list} />
        ))}
      </Table>
      <HomePages {...props} />
    </Fragment>
  )

const HomeRow = ({ home, list }: { home: SiteHomeView; list: SiteMapQuery }) => (
  <tr class={home.position ? undefined : 'row-attention'}>
    <th scope="row" class="cell-title">
      <a href={paths.developer.homeDetails(home.id)}>{home.address}</a>
      {!home.address.startsWith(`${home.number} `) && <small>No. {home.number}</small>}
    </th>
    <td>{home.houseType}</td>
    <td>{home.isClaimed ? <Badge tone="success">Opened</Badge> : <Badge>Not yet</Badge>}</td>
    <td>
      <Position home={home} />
    </td>
    <td>
      <a href={`${paths.developer.siteMap({ ...list, home: home.id })}#pin`}>
        Fix pin<span class="visually-hidden"> of {home.address}</span>
      </a>
    </td>
  </tr>
)

const Position = ({ home }: { home: SiteHomeView }) => (
  <Fragment>
    {home.position === null ? (
      <Badge tone="error">Missing</Badge>
    ) : isUncertain(home) ? (
      <Badge tone="warning">Uncertain</Badge>
    ) : (
      <Badge tone="success">{home.source === 'entered' ? 'Set by staff' : 'From the address'}</Badge>
    )}
    {home.position && (
      <p class="stage">{`${home.position.latitude.toFixed(5)}, ${home.position.longitude.toFixed(5)}`}</p>
    )}
    {(home.failureCode || isUncertain(home)) && <p class="stage">{reasonOf(home)}</p>}
  </Fragment>
)

const isUncertain = ({ position, source, quality }: SiteHomeView) =>
  position !== null && source === 'geocoded' && (quality === 'street' || quality === 'area')

function reasonOf(home: SiteHomeView): string {
  if (home.failureCode) return failureSentence(home.failureCode)
  if (home.position === null) return 'It has not been looked up yet.'
  if (home.source === 'entered') return 'It was set by staff.'
  if (home.quality === 'street') return 'Only the street was found.'
  return home.quality === 'area' ? 'Only the area was found.' : 'It was found by its address.'
}

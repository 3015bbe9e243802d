// The map of what is near the home. The list is the map's data and its equal: it works alone, without scripts or tiles.
import { formatDate, formatDistance } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { FilterLinks } from '#views/parts/filters.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'
import type { PlaceGroupKey } from '#views/place-groups.ts'
import { tenureWords } from '#views/tenure-words.ts'

export type Position = { latitude: number; longitude: number }

export type PlaceView = {
  id: string
  name: string
  categoryLabel: string
  /** Null when only the name is on record. */
  position: Position | null
  distanceM: number | null
  source: string
  recordedOn: Date
  directionsUrl: string | null
  isOpen: boolean
}

export type PlaceGroupView = { key: PlaceGroupKey; label: string; places: PlaceView[] }

export type MapProps = {
  shell: PurchaserShell
  /** Where the home's pin stands; null when not even the development has a position. */
  pin: (Position & { isApproximate: boolean }) | null
  tiles: { url: string; credit: string } | null
  filters: { label: string; url: string; isCurrent: boolean }[]
  groups: PlaceGroupView[]
  updatedAt: Date | null
  /** The newest refresh failed, so what is shown is older than it should be. */
  isStale: boolean
}

export const MapPage = (props: MapProps) => (
  <PurchaserPage title="Map" shell={props.shell} tab="map" scripts={['map.js']} styles={['map.css']}>
    <div class="map-page">
      <header class="map-header">
        <h1>Around your home</h1>
        <p class="hint">{whereOf(props)}</p>
      </header>
      {props.pin && <Canvas pin={props.pin} tiles={props.tiles} address={props.shell.address} />}
      <div class="map-list">
        {props.isStale && (
          <Notice tone="warning">
            <p>The newest look for places nearby did not succeed, so this list may be out of date.</p>
          </Notice>
        )}
        {props.filters.length > 2 && <FilterLinks label="Kinds of places" links={props.filters} />}
        {props.groups.length === 0 ? (
          <EmptyState icon="map" title="No places on record yet">
            Nobody has recorded what is near {props.shell.developmentName} so far. Shops, schools and stops
            appear here as soon as they are.
          </EmptyState>
        ) : (
          <Fragment>
            {props.groups.map((group) => (
              <Group group={group} />
            ))}
            <p class="hint">
              {props.updatedAt
                ? `Last updated on ${formatDate(props.updatedAt)}.`
                : `Recorded by ${tenureWords(props.shell.tenure).yours}.`}{' '}
              Distances are straight lines, not walking routes.
            </p>
          </Fragment>
        )}
      </div>
    </div>
  </PurchaserPage>
)

function whereOf({ pin, shell }: MapProps): string {
  if (!pin) return `The position of ${shell.developmentName} is not recorded yet, so there is no map.`
  if (!pin.isApproximate) return `Distances are measured from ${shell.address}.`
  return `The exact position of your home is not recorded yet: the pin is approximate and stands at ${shell.developmentName}.`
}

/** Filled by its island from this element and the list; without scripts it is not shown. */
const Canvas = ({
  pin,
  tiles,
  address,
}: { address: string } & Pick<MapProps, 'tiles'> & {
    pin: NonNullable<MapProps['pin']>
  }) => (
  <section
    class="map-canvas"
    aria-label="Map"
    data-map
    data-latitude={pin.latitude}
    data-longitude={pin.longitude}
    data-name={pin.isApproximate ? `${address} (approximate)` : address}
    data-approximate={pin.isApproximate}
    data-tiles={tiles?.url}
    data-credit={tiles?.credit}
  />
)

const Group = ({ group }: { group: PlaceGroupView }) => (
  <section class="document-group" aria-labelledby={`group-${group.key}`}>
    <h2 id={`group-${group.key}`}>{group.label}</h2>
    <ul class="document-list">
      {group.places.map((place) => (
        <Place place={place} />
      ))}
    </ul>
  </section>
)

/** One name for all of them, so that opening one closes the other. */
const Place = ({ place }: { place: PlaceView }) => (
  <li class="place">
    <details
      name="place"
      id={`place-${place.id}`}
      open={place.isOpen}
      data-place
      data-url={paths.map({ place: place.id })}
      data-name={place.name}
      data-latitude={place.position?.latitude}
      data-longitude={place.position?.longitude}
    >
      <summary>
        <span class="document-icon">
          <Icon name="map" />
        </span>
        <span class="place-name">
          <strong>{place.name}</strong>
          <span class="document-meta">{place.categoryLabel}</span>
        </span>
        <span class="place-distance">
          {place.distanceM === null ? 'Not on the map' : formatDistance(place.distanceM)}
        </span>
      </summary>
      <div class="place-details">
        {place.position === null && (
          <p>Only the name is on record, so there is no pin and no distance yet.</p>
        )}
        <p class="document-meta">
          {place.source} · recorded {formatDate(place.recordedOn)}
        </p>
        {place.directionsUrl && (
          <a class="download-link" href={place.directionsUrl} target="_blank" rel="noopener noreferrer">
            <Icon name="external" /> Directions on OpenStreetMap
            <span class="visually-hidden">to {place.name}, in a new tab</span>
          </a>
        )}
      </div>
    </details>
  </li>
)

// The map: pins for what the list holds, kept in step with it in both directions. The list is its only data.
import { circle, divIcon, latLng, type Marker, map, marker, tileLayer } from 'leaflet'

const canvas = document.querySelector<HTMLElement>('[data-map]')
const RINGS_M = [500, 1_000, 2_000]
/** What is further away is reached by the list; else one distant town would shrink all that is near. */
const FIRST_VIEW_M = 1_200
const ZOOM_MAX = 18
const CHOSEN_Z = 1_000

const SVG = 'http://www.w3.org/2000/svg'

/** Made of elements: what comes from a page never becomes markup. */
function shape(size: number, paths: [d: string, attributes: Record<string, string>][]): HTMLElement {
  const box = document.createElement('span')
  const svg = document.createElementNS(SVG, 'svg')
  for (const [name, value] of Object.entries({ viewBox: '0 0 24 30', width: size, height: size * 1.25 }))
    svg.setAttribute(name, String(value))
  for (const [d, attributes] of paths) {
    const path = document.createElementNS(SVG, 'path')
    for (const [name, value] of Object.entries({ d, ...attributes })) path.setAttribute(name, value)
    svg.append(path)
  }
  box.append(svg)
  return box
}

const DROP = 'M12 29S22 18.5 22 11A10 10 0 0 0 2 11C2 18.5 12 29 12 29Z'

const placePin = () =>
  divIcon({
    className: 'map-pin',
    iconSize: [26, 33],
    iconAnchor: [13, 32],
    html: shape(26, [
      [DROP, { fill: '#d4af37', stroke: '#0c0c0c', 'stroke-width': '1.4' }],
      ['M12 7a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z', { fill: '#0c0c0c', stroke: 'none' }],
    ]),
  })

const homePin = () =>
  divIcon({
    className: 'map-pin',
    iconSize: [36, 45],
    iconAnchor: [18, 44],
    html: shape(36, [
      [DROP, { fill: '#0c0c0c', stroke: '#d4af37', 'stroke-width': '1.4' }],
      ['M7.5 11 12 7l4.5 4v5h-9z', { fill: 'none', stroke: '#d4af37', 'stroke-width': '1.4' }],
    ]),
  })

function positionOf({ dataset }: HTMLElement): [number, number] | null {
  return dataset.latitude && dataset.longitude ? [Number(dataset.latitude), Number(dataset.longitude)] : null
}

function start(element: HTMLElement, home: [number, number]): void {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  const board = map(element, {
    zoomAnimation: !isCalm,
    fadeAnimation: !isCalm,
    markerZoomAnimation: !isCalm,
    maxZoom: ZOOM_MAX,
    // One finger scrolls the page on a phone's small map only if the map leaves it alone when it is not focused.
    scrollWheelZoom: false,
    attributionControl: Boolean(element.dataset.tiles),
  })
  const center = latLng(home)
  board.fitBounds(center.toBounds(2 * FIRST_VIEW_M))
  if (element.dataset.tiles) tileLayer(element.dataset.tiles, { attribution: credit(element) }).addTo(board)
  for (const radius of RINGS_M) {
    const label = radius < 1_000 ? `${radius} m` : `${radius / 1_000} km`
    circle(home, { radius, color: '#82817b', weight: 1, fill: false, dashArray: '4 6' }).addTo(board)
    // Below: the pins stand above their points, and would stand on it.
    const south = latLng(center.toBounds(2 * radius).getSouth(), center.lng)
    marker(south, {
      icon: divIcon({ className: 'map-ring', iconSize: [0, 0] }),
      interactive: false,
      keyboard: false,
    })
      .bindTooltip(label, { permanent: true, direction: 'center', className: 'map-ring-label' })
      .addTo(board)
  }
  marker(home, { icon: homePin(), title: element.dataset.name ?? 'Your home', zIndexOffset: 500 })
    .bindTooltip(text(element.dataset.name ?? 'Your home'))
    .addTo(board)
  pins(board)
}

const credit = (element: HTMLElement) => text(element.dataset.credit ?? '').innerHTML

function text(words: string): HTMLElement {
  const span = document.createElement('span')
  span.textContent = words
  return span
}

function pins(board: ReturnType<typeof map>): void {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  const byPlace = new Map<HTMLDetailsElement, Marker>()
  const places = document.querySelectorAll<HTMLDetailsElement>('[data-place]')
  for (const place of places) {
    const position = positionOf(place)
    if (!position) continue
    const name = place.dataset.name ?? ''
    const pin = marker(position, { icon: placePin(), title: name }).bindTooltip(text(name)).addTo(board)
    byPlace.set(place, pin)
    pin.on('click', () => {
      place.open = true
      place.scrollIntoView({ block: 'nearest', behavior: isCalm ? 'auto' : 'smooth' })
    })
  }
  const follow = (place: HTMLDetailsElement, isFirst: boolean) => {
    const pin = byPlace.get(place)
    pin?.getElement()?.classList.toggle('map-pin-chosen', place.open)
    pin?.setZIndexOffset(place.open ? CHOSEN_Z : 0)
    if (!place.open) return
    if (!isFirst) history.replaceState(null, '', place.dataset.url)
    if (!pin) return
    if (!board.getBounds().pad(-0.1).contains(pin.getLatLng()))
      board.panTo(pin.getLatLng(), { animate: !isCalm })
  }
  for (const place of places) {
    if (place.open) {
      follow(place, true)
      place.scrollIntoView({ block: 'nearest' })
    }
    place.addEventListener('toggle', () => follow(place, false))
  }
}

const home = canvas && positionOf(canvas)
if (canvas && home) start(canvas, home)

// The site map: every home as a dot, and the chosen one as a pin that can be dragged into its form.
import { type Map as Board, circleMarker, divIcon, latLngBounds, map, marker, tileLayer } from 'leaflet'

/** `[id, number, latitude, longitude, isExact, isClaimed]`, as the address of the pins answers. */
type Pin = [string, string, number, number, boolean, boolean]

const canvas = document.querySelector<HTMLElement>('[data-site-map]')
const ZOOM_MAX = 19
const ZOOM_CHOSEN = 18
const FIRST_VIEW_M = 400
/** Ten centimetres: what a form keeps. */
const DECIMALS = 6
const SVG = 'http://www.w3.org/2000/svg'

const INK = '#0c0c0c'
const GOLD = '#d4af37'
const RED = '#b3261e'

function dragIcon() {
  const svg = document.createElementNS(SVG, 'svg')
  for (const [name, value] of Object.entries({ viewBox: '0 0 24 30', width: '44', height: '55' }))
    svg.setAttribute(name, value)
  for (const [d, fill] of [
    ['M12 29S22 18.5 22 11A10 10 0 0 0 2 11C2 18.5 12 29 12 29Z', RED],
    ['M12 7a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z', '#ffffff'],
  ] as const) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', d)
    path.setAttribute('fill', fill)
    svg.append(path)
  }
  const box = document.createElement('span')
  box.append(svg)
  return divIcon({ className: 'map-pin', iconSize: [44, 55], iconAnchor: [22, 54], html: box })
}

function text(words: string): HTMLElement {
  const span = document.createElement('span')
  span.textContent = words
  return span
}

async function start(element: HTMLElement): Promise<void> {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  const { latitude, longitude, tiles, credit, pins = '', fix = '', chosen } = element.dataset
  const center: [number, number] = [Number(latitude), Number(longitude)]
  const board = map(element, {
    zoomAnimation: !isCalm,
    fadeAnimation: !isCalm,
    markerZoomAnimation: !isCalm,
    maxZoom: ZOOM_MAX,
    scrollWheelZoom: false,
    attributionControl: Boolean(tiles),
    // Thousands of dots are one drawing, not thousands of elements.
    preferCanvas: true,
  })
  board.setView(center, ZOOM_CHOSEN)
  if (tiles) tileLayer(tiles, { attribution: text(credit ?? '').innerHTML, maxZoom: ZOOM_MAX }).addTo(board)
  const answer = await fetch(pins, { headers: { accept: 'application/json' } })
  const found = answer.ok ? ((await answer.json()) as { pins: Pin[] }).pins : []
  for (const pin of found) if (pin[0] !== chosen) dot(board, pin, fix)
  const own = found.find(([id]) => id === chosen)
  if (chosen) return choose(board, own ? [own[2], own[3]] : center, isCalm)
  const bounds = latLngBounds([center, ...found.map(([, , lat, lng]): [number, number] => [lat, lng])])
  if (found.length > 0) board.fitBounds(bounds.pad(0.1), { animate: false })
  else board.fitBounds(board.getCenter().toBounds(2 * FIRST_VIEW_M), { animate: false })
  element.dataset.pinsShown = String(found.length)
}

/** A dot's fill says whether the app was opened, its ring whether the position is certain. */
function dot(board: Board, [id, number, latitude, longitude, isExact, isClaimed]: Pin, fix: string): void {
  circleMarker([latitude, longitude], {
    radius: 8,
    weight: 2,
    fillOpacity: 1,
    color: isExact ? INK : RED,
    fillColor: isClaimed ? GOLD : '#ffffff',
  })
    .bindTooltip(text(`No. ${number}${isExact ? '' : ', position uncertain'}`))
    .on('click', () => location.assign(`${fix.replace('HOME', id)}#pin`))
    .addTo(board)
}

/** What is dragged is typed: the form is what is saved, with or without a map. */
function choose(board: Board, from: [number, number], isCalm: boolean): void {
  const latitude = document.querySelector<HTMLInputElement>('#latitude')
  const longitude = document.querySelector<HTMLInputElement>('#longitude')
  if (!latitude || !longitude) return
  const pin = marker(from, {
    icon: dragIcon(),
    draggable: true,
    autoPan: true,
    keyboard: true,
    zIndexOffset: 1_000,
    title: 'Drag to where the home is',
    alt: 'The home’s pin. Its position can also be typed in the form.',
  }).addTo(board)
  board.setView(from, ZOOM_CHOSEN, { animate: false })
  pin.on('drag dragend', () => {
    const at = pin.getLatLng()
    latitude.value = at.lat.toFixed(DECIMALS)
    longitude.value = at.lng.toFixed(DECIMALS)
  })
  const follow = () => {
    const at: [number, number] = [Number(latitude.value), Number(longitude.value)]
    if (!latitude.value || !longitude.value || at.some(Number.isNaN)) return
    pin.setLatLng(at)
    board.panTo(at, { animate: !isCalm })
  }
  for (const field of [latitude, longitude]) field.addEventListener('change', follow)
}

if (canvas) void start(canvas)

// The list of homes, its cards, and what a home's page is made of, with invented props. Nobody in here exists.
import { CardsPage } from '#views/developer/home-cards.tsx'
import type { HomeDetailsView } from '#views/developer/home-details.tsx'
import type { HomeEventView } from '#views/developer/home-timeline.tsx'
import { HomesPage, type HomesProps } from '#views/developer/homes.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import { paths } from '#views/paths.ts'
import { AT, LONG_NAME, longStaffShell, staffShell } from './invented.ts'

export const homeDetails: HomeDetailsView = {
  saved: { eircode: 'T23AC12', handedOverOn: AT, bedrooms: 3, floorAreaM2: 110.4, hasPosition: true },
  values: {
    address_line: '14 Longview Park, Ballyhooly Road',
    eircode: 'T23AC12',
    handed_over_on: '2026-03-14',
    bedrooms: '3',
    floor_area_m2: '110.4',
  },
  isOpen: false,
  problem: () => undefined,
}

export const homeDetailsRefused: HomeDetailsView = {
  saved: { eircode: null, handedOverOn: null, bedrooms: null, floorAreaM2: null, hasPosition: false },
  values: {
    address_line: '',
    eircode: 'T23',
    handed_over_on: '31/2/2026',
    bedrooms: 'three',
    floor_area_m2: '',
  },
  isOpen: true,
  problem: (field) => (field === 'floor_area_m2' ? undefined : 'This is not what is expected here.'),
}

const KINDS: HomeEventView['kind'][] = [
  'questions',
  'documents',
  'scan',
  'claimed',
  'card_printed',
  'handed_over',
  'changed',
  'code_rotated',
  'link_rotated',
]
export const homeEvents: HomeEventView[] = KINDS.map((kind) => ({
  kind,
  at: AT,
  count: 3,
  outcome: kind === 'scan' ? 'wrong_code' : null,
  ipAddress: kind === 'scan' ? '2001:db8::1' : null,
}))

const home = (id: string, address: string): HomesProps['homes'][number] => ({
  ...{ id, number: id.slice(1), address, houseType: 'BD01', bedrooms: 3, floorAreaM2: 110.4 },
  ...{ hasPosition: id !== 'u2', handedOverOn: AT, claimedAt: id === 'u1' ? AT : null },
})

const list: HomesProps = {
  shell: staffShell,
  developmentName: 'Longview Park',
  homes: [home('u1', '1 Longview Park'), home('u2', LONG_NAME)],
  houseTypes: [{ value: 'BD01', label: 'BD01: Detached' }],
  importUrl: paths.developer.homesImport(),
  list: { development: 'v1', sort: '-claimed' },
  isFiltered: false,
  transfers: [],
  allUrl: paths.developer.homes(),
  csvUrl: paths.developer.homesCsv(),
  sorted: { by: 'claimed', isDescending: true },
  sortUrl: (sort) => paths.developer.homes({ sort }),
  nextUrl: paths.developer.homes({ cursor: 'x' }),
}

const qrSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path fill="#000000" d="M0 0h2v2H0z"/></svg>'
const card = (unitId: string, address: string) => ({
  ...{ unitId, number: '14', address, developmentName: 'Longview Park', qrSvg },
  ...{ url: 'https://openhouseai.ie/h/AAAAAAAAAAAAAAAAAAAAAA', accessCode: 'LP-428-K7QX' },
})

export const HOME_PAGES: Record<string, () => Html> = {
  'developer-homes': () =>
    HomesPage({
      ...list,
      transfers: [
        { unitId: 'u1', address: LONG_NAME, awaits: 'builder' },
        { unitId: 'u2', address: '2 Longview Park', awaits: null },
      ],
    }),
  'developer-homes-none-match': () =>
    HomesPage({
      ...{ ...list, homes: [], isFiltered: true, shell: longStaffShell, nextUrl: undefined },
      list: { ...list.list, q: 'nowhere', missing: 'documents' },
    }),
  'developer-homes-empty': () => HomesPage({ ...list, homes: [], nextUrl: undefined }),
  'developer-home-cards': () =>
    CardsPage({
      cards: [card('u1', '14 Longview Park'), card('u2', LONG_NAME)],
      ...{ backUrl: paths.developer.homes(), cardsMax: 300 },
    }),
  'developer-home-cards-none': () =>
    CardsPage({ cards: [], backUrl: paths.developer.homes(), cardsMax: null }),
}

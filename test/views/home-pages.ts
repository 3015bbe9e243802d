// The list of homes, its cards, and what a home's page is made of, with invented props. Nobody in here exists.
import { CardsPage } from '#views/developer/home-cards.tsx'
import type { HomeDetailsView } from '#views/developer/home-details.tsx'
import type { HomeEventView } from '#views/developer/home-timeline.tsx'
import { HomeownersPage, type HomeownersProps } from '#views/developer/homeowners.tsx'
import { type HomesListing, HomesPage } from '#views/developer/homes.tsx'
import { ListExportPage, type ListExportView, NewListExportPage } from '#views/developer/list-export.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import { paths } from '#views/paths.ts'
import { tenureWords } from '#views/tenure-words.ts'
import { AT, LONG_NAME, longStaffShell, staffShell } from './invented.ts'

export const homeDetails: HomeDetailsView = {
  saved: {
    eircode: 'T23AC12',
    handedOverOn: AT,
    bedrooms: 3,
    floorAreaM2: 110.4,
    hasPosition: true,
    tenure: 'sale',
    phase: '2',
  },
  ...{ isMixed: false, tenure: 'sale' },
  values: {
    address_line: '14 Longview Park, Ballyhooly Road',
    eircode: 'T23AC12',
    handed_over_on: '2026-03-14',
    bedrooms: '3',
    floor_area_m2: '110.4',
    phase: '2',
  },
  isOpen: false,
  problem: () => undefined,
}

export const homeDetailsRefused: HomeDetailsView = {
  saved: {
    eircode: null,
    handedOverOn: null,
    bedrooms: null,
    floorAreaM2: null,
    hasPosition: false,
    tenure: 'rent',
    phase: null,
  },
  ...{ isMixed: true, tenure: 'rent' },
  values: {
    address_line: '',
    eircode: 'T23',
    handed_over_on: '31/2/2026',
    bedrooms: 'three',
    floor_area_m2: '',
    phase: '',
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

const home = (id: string, address: string): HomesListing['homes'][number] => ({
  ...{ id, number: id.slice(1), address, houseType: 'BD01', bedrooms: 3, floorAreaM2: 110.4 },
  ...{ hasPosition: id !== 'u2', handedOverOn: AT, claimedAt: id === 'u1' ? AT : null },
})

const list: HomesListing = {
  developmentId: 'v1',
  developmentName: 'Longview Park',
  words: tenureWords('sale'),
  homes: [home('u1', '1 Longview Park'), home('u2', LONG_NAME)],
  houseTypes: [{ value: 'BD01', label: 'BD01: Detached' }],
  phases: ['1', '2'],
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

const person = (id: string, name: string): HomeownersProps['people'][number] => ({
  ...{ id, name, unitId: 'u1', address: '1 Longview Park', houseType: 'BD01' },
  ...(id === 'p1'
    ? { email: 'aine@homes.example', handedOverOn: AT, joinedAt: AT, lastActiveAt: AT }
    : { email: null, handedOverOn: null, joinedAt: null, lastActiveAt: null }),
})

const homeowners: HomeownersProps = {
  ...{ shell: staffShell, developmentId: 'v1', developmentName: 'Longview Park', words: tenureWords('sale') },
  people: [person('p1', 'Áine Ní Bhriain'), person('p2', LONG_NAME)],
  houseTypes: [{ value: 'BD01', label: 'BD01: Detached' }],
  importUrl: paths.developer.homesImport(),
  list: { development: 'v1', sort: '-joined' },
  isFiltered: false,
  allUrl: paths.developer.homeowners(),
  csvUrl: paths.developer.homeownersCsv(),
  sorted: { by: 'joined', isDescending: true },
  sortUrl: (sort) => paths.developer.homeowners({ sort }),
  nextUrl: paths.developer.homeowners({ cursor: 'x' }),
}

const exporting = { shell: staffShell, developmentName: 'Longview Park', backUrl: paths.developer.homes() }
const exported = (state: ListExportView['state']): ListExportView => ({
  ...{ id: 'e1', state, progress: { done: 2_000, total: 7_500 }, rowCount: 7_500 },
  ...{ sizeBytes: 812_000, expiresAt: AT },
})

const qrSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path fill="#000000" d="M0 0h2v2H0z"/></svg>'
const card = (unitId: string, address: string) => ({
  ...{ unitId, number: '14', address, developmentName: 'Longview Park', qrSvg },
  ...{ url: 'https://openhouseai.ie/h/AAAAAAAAAAAAAAAAAAAAAA', accessCode: 'LP-428-K7QX' },
})

export const HOME_PAGES: Record<string, () => Html> = {
  'developer-homes': () =>
    HomesPage({
      shell: staffShell,
      listing: {
        ...list,
        transfers: [
          { unitId: 'u1', address: LONG_NAME, awaits: 'builder' },
          { unitId: 'u2', address: '2 Longview Park', awaits: null },
        ],
      },
    }),
  'developer-homes-none-match': () =>
    HomesPage({
      shell: longStaffShell,
      listing: {
        ...{ ...list, homes: [], isFiltered: true, nextUrl: undefined },
        list: { ...list.list, q: 'nowhere', missing: 'documents' },
      },
    }),
  'developer-homes-empty': () =>
    HomesPage({ shell: staffShell, listing: { ...list, homes: [], nextUrl: undefined } }),
  'developer-homeowners': () => HomeownersPage(homeowners),
  'developer-homeowners-none-match': () =>
    HomeownersPage({
      ...homeowners,
      people: [],
      isFiltered: true,
      shell: longStaffShell,
      nextUrl: undefined,
    }),
  'developer-homeowners-empty': () =>
    HomeownersPage({ ...homeowners, people: [], words: tenureWords('rent'), nextUrl: undefined }),
  'developer-list-export-new': () =>
    NewListExportPage({ ...exporting, rowsAtOnce: 5_000, fields: { list: 'homes', development: 'v1' } }),
  'developer-list-export-working': () => ListExportPage({ ...exporting, exported: exported('working') }),
  'developer-list-export-ready': () => ListExportPage({ ...exporting, exported: exported('ready') }),
  'developer-list-export-failed': () => ListExportPage({ ...exporting, exported: exported('failed') }),
  'developer-list-export-over': () => ListExportPage({ ...exporting, exported: exported('over') }),
  'developer-home-cards': () =>
    CardsPage({
      cards: [card('u1', '14 Longview Park'), card('u2', LONG_NAME)],
      ...{ backUrl: paths.developer.homes(), cardsMax: 300 },
    }),
  'developer-home-cards-none': () =>
    CardsPage({ cards: [], backUrl: paths.developer.homes(), cardsMax: null }),
}

// Places and the site map with invented props. Nobody in here exists.
import { StaffPlacesPage, type StaffPlacesProps } from '#views/developer/places.tsx'
import { type SiteHomeView, SiteMapPage, type SiteMapProps } from '#views/developer/site-map.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import { paths } from '#views/paths.ts'
import { tenureWords } from '#views/tenure-words.ts'
import { AT, LONG_NAME, longStaffShell, staffShell } from './invented.ts'

const problem = () => undefined
const position = { latitude: 51.92158, longitude: -8.45968 }
const place = { category: 'school', distanceM: 640, at: AT, isShown: true, isRecorded: false }

const places: StaffPlacesProps = {
  ...{ shell: staffShell, developmentId: 'v1', developmentName: 'Longview Park' },
  places: [
    { ...place, id: 'p1', name: 'Scoil Oilibhéir', position, source: '© OpenStreetMap contributors' },
    {
      ...{ ...place, id: 'p2', name: LONG_NAME, position: null, source: 'Recorded by staff' },
      ...{ distanceM: null, isShown: false, isRecorded: true },
    },
  ],
  categories: ['school', 'cafe'],
  hidden: ['cafe'],
  category: undefined,
  form: {
    ...{ id: null, isFetched: false, problem },
    values: { name: '', category: 'school', latitude: '', longitude: '', source: 'Recorded by staff' },
  },
  ...{ updatedAt: AT, failureCode: null, canRefresh: true },
}

const home = (id: string, more: Partial<SiteHomeView> = {}): SiteHomeView => ({
  ...{ id, number: id.slice(1), address: '1 Longview Park', houseType: 'BD01', position, source: 'entered' },
  ...{ quality: null, failureCode: null, isHandedOver: true, isClaimed: true },
  ...more,
})

const map: SiteMapProps = {
  ...{ shell: staffShell, developmentId: 'v1', developmentName: 'Longview Park', words: tenureWords('sale') },
  ...{ center: position, tiles: null, pinsUrl: paths.developer.siteMapPins({ development: 'v1' }) },
  homes: [
    home('u1'),
    home('u2', { source: 'geocoded', quality: 'street', isClaimed: false }),
    home('u3', {
      position: null,
      source: 'development',
      failureCode: 'geocode_no_match',
      address: LONG_NAME,
    }),
    home('u4', { source: 'geocoded', quality: 'exact' }),
  ],
  ...{ list: { development: 'v1' }, isFiltered: false, withoutPosition: 1, canLookUp: true, form: null },
  nextUrl: paths.developer.siteMap({ cursor: 'x' }),
}

export const PLACE_PAGES: Record<string, () => Html> = {
  'developer-places': () => StaffPlacesPage({ ...places, message: 'Saved.' }),
  'developer-places-refused': () =>
    StaffPlacesPage({
      ...{ ...places, shell: longStaffShell, failureCode: 'places_unavailable', canRefresh: false },
      form: {
        ...{ id: 'p1', isFetched: true, problem: () => 'This is not what is expected here.' },
        values: { name: '', category: 'casino', latitude: '91', longitude: '', source: '' },
      },
    }),
  'developer-places-empty': () => StaffPlacesPage({ ...places, places: [], updatedAt: null }),
  'developer-site-map': () => SiteMapPage(map),
  'developer-site-map-pin': () =>
    SiteMapPage({
      ...{ ...map, shell: longStaffShell },
      form: {
        home: home('u3', { position: null, source: null }),
        values: { latitude: '53.3', longitude: '' },
        problem: (field) => (field === 'latitude' ? 'This is far away.' : undefined),
      },
    }),
  'developer-site-map-none-match': () =>
    SiteMapPage({ ...map, homes: [], isFiltered: true, nextUrl: undefined, withoutPosition: 0 }),
  'developer-site-map-empty': () =>
    SiteMapPage({ ...map, homes: [], center: null, nextUrl: undefined, withoutPosition: 0 }),
}

// The pages around a home by name, for the gallery: map, snags, notices, who looks after what, emergency card.

import { ContractorPage } from '#views/contractor.tsx'
import { ContractorLinkFormPage } from '#views/developer/contractor-link-form.tsx'
import { NewContractorLinkPage } from '#views/developer/contractor-links.tsx'
import { StaffNoticesPage } from '#views/developer/notices.tsx'
import { StaffResponsibilitiesPage } from '#views/developer/responsibilities.tsx'
import { SnagBoardPage } from '#views/developer/snag-board.tsx'
import { StaffSnagPage } from '#views/developer/snags.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import { paths } from '#views/paths.ts'
import { EmergencyCardPage, OfflinePage } from '#views/purchaser/emergency.tsx'
import { MapPage, type PlaceView } from '#views/purchaser/map.tsx'
import { NoticesPage } from '#views/purchaser/notices.tsx'
import { ResponsibilitiesPage } from '#views/purchaser/responsibilities.tsx'
import { SnagFormPage, SnagPage, SnagsPage, type SnagView } from '#views/purchaser/snags.tsx'
import { longShell, shell, staffShell } from './invented.ts'

const now = new Date('2026-11-24T12:00:00Z')
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
const development = { developmentId: 'd1', developmentName: 'Longview Park' }
const LONG = 'Llanfair­pwllgwyngyll­gogerychwyrndrobwll­llantysiliogogogoch '.repeat(3).trim()

const snag = (id: string, days: number, more: Partial<SnagView> = {}): SnagView => ({
  ...{ id, room: 'Kitchen', category: 'plumbing', description: 'The tap drips all night.' },
  ...{ status: 'reported', reportedAt: ago(days), closedAt: null, photoUrl: null },
  ...more,
})
const snags = [
  snag('s1', 0),
  snag('s2', 9, { status: 'scheduled', room: 'Hall, stairs and landing', category: 'walls_paint' }),
  snag('s3', 30, { status: 'fixed', closedAt: ago(2), description: LONG }),
]
const staffSnags = snags.map((each, i) => ({
  ...each,
  ...{ address: '14 Longview Park, Ballyhooly Road', houseType: 'BS01', isSaidDone: i === 1 },
}))
const contractor = { days: [7, 14, 30], values: { contractor: '', days: 14 }, errors: {} }
const linkExpiresAt = new Date('2026-12-08T12:00:00Z')
const contractorSnag = (id: string) => ({
  ...{ id, room: 'Kitchen', category: 'plumbing' as const, description: LONG, address: '14 Longview Park' },
  ...{ photoUrl: null, reportedAt: ago(9), doneAt: null, isClosed: false },
})
const steps = [{ status: 'scheduled' as const, note: 'Tuesday morning.', at: ago(1) }]

const place = (id: string, more: Partial<PlaceView> = {}): PlaceView => ({
  ...{
    id,
    name: 'Scoil Oilibhéir',
    categoryLabel: 'School',
    position: { latitude: 51.92, longitude: -8.46 },
  },
  ...{
    distanceM: 680,
    source: 'Site survey',
    recordedOn: ago(200),
    directionsUrl: paths.map(),
    isOpen: false,
  },
  ...more,
})
const map = {
  ...{ shell, tiles: null, filters: [], groups: [], updatedAt: null, isStale: false },
  pin: { latitude: 51.9265, longitude: -8.4532, isApproximate: true },
}
const groups = [
  {
    ...{ key: 'schools' as const, label: 'Schools' },
    places: [
      place('p1', { isOpen: true }),
      place('p2', { name: LONG, position: null, distanceM: null, directionsUrl: null }),
    ],
  },
]

const notices = [
  ...[
    {
      id: 'n1',
      title: 'Water off on Tuesday',
      body: 'From ten to one.',
      category: 'utilities' as const,
      publishedAt: ago(1),
      readAt: null,
    },
  ],
  ...[
    { id: 'n2', title: LONG, body: LONG, category: 'general' as const, publishedAt: ago(9), readAt: ago(3) },
  ],
]
const things = [
  ...[
    {
      id: 't1',
      thing: 'Street lights',
      party: 'unresolved' as const,
      partyName: null,
      evidence: 'Being talked about',
      evidenceOn: ago(90),
    },
  ],
  ...[
    {
      id: 't2',
      thing: LONG.slice(0, 80),
      party: 'management_company' as const,
      partyName: 'Longview Park OMC CLG',
      evidence: 'Agreement',
      evidenceOn: ago(90),
    },
  ],
]
const staffNotice = {
  ...{
    houseTypeCodes: ['BD01'],
    phases: ['2'],
    authorName: 'Máire',
    publishAt: ago(-3),
    withdrawnAt: null,
    homes: 75,
    homesRead: 1,
  },
}
const contacts = [{ label: 'Emergency services', number: '112', note: 'or 999' }]
const shutOffs = [{ label: 'Stopcock', value: 'Under the kitchen sink', note: null }]
const board = {
  ...{ ...development, shell: staffShell, filters: [], category: '', status: 'open', now, contractor },
  ...{ houseType: '', houseTypes: ['BD01', 'BS01'], csvUrl: paths.developer.snagsCsv() },
  clusters: [{ houseType: 'BS01', category: 'plumbing' as const, homes: 9, url: paths.developer.snags() }],
}

export const AROUND_HOME_PAGES: Record<string, () => Html> = {
  map: () => MapPage({ ...map, groups, updatedAt: now, isStale: true }),
  'map-empty': () => MapPage({ ...map, pin: null, shell: longShell }),
  snags: () => SnagsPage({ shell: { ...shell, unreadNotices: 12 }, snags, now, isReported: true }),
  'snags-empty': () => SnagsPage({ shell, snags: [], now, isReported: false }),
  snag: () => SnagPage({ shell, snag: snags[2]!, steps, now }),
  'snag-form-errors': () =>
    SnagFormPage({
      shell,
      formKey: 'k1',
      values: { room: '', category: 'plumbing', description: 'Hm' },
      errors: { room: 'Choose where it is.', description: 'Say more.', photo: 'Not a picture.' },
    }),
  notices: () => NoticesPage({ shell: longShell, notices }),
  'notices-empty': () => NoticesPage({ shell, notices: [] }),
  responsibilities: () => ResponsibilitiesPage({ shell, things }),
  'responsibilities-empty': () => ResponsibilitiesPage({ shell, things: [] }),
  'emergency-card': () => EmergencyCardPage({ address: '14 Longview Park', contacts, shutOffs }),
  offline: () => OfflinePage(),
  'developer-snags': () => SnagBoardPage({ ...board, snags: staffSnags }),
  'developer-snags-empty': () => SnagBoardPage({ ...board, snags: [] }),
  'developer-snag': () =>
    StaffSnagPage({
      ...{ ...development, shell: staffShell, snag: staffSnags[0]!, steps, isMoved: true, contractor },
      links: (['live', 'expired', 'withdrawn'] as const).map((state) => ({
        ...{ id: state, contractor: 'Lee Plumbing', expiresAt: linkExpiresAt, state },
        doneAt: state === 'expired' ? ago(1) : null,
      })),
      form: { status: 'reported', note: '', error: 'Too long.' },
    }),
  'developer-contractor-link': () =>
    NewContractorLinkPage({
      ...{ shell: staffShell, developmentId: 'd1' },
      link: {
        ...{ url: `https://app.example/contractor/${'a'.repeat(43)}`, contractor: 'Lee Plumbing', snags: 2 },
        expiresAt: linkExpiresAt,
      },
    }),
  'developer-contractor-link-refused': () =>
    ContractorLinkFormPage({
      ...{ shell: staffShell, developmentId: 'd1', snagIds: ['s1', 's2'] },
      form: {
        ...contractor,
        errors: { contractor: 'Say who repairs it.', snags: 'Choose at least one snag.' },
      },
    }),
  contractor: () =>
    ContractorPage({
      ...{ token: 'a'.repeat(43), contractor: 'Lee Plumbing', developmentName: 'Longview Park' },
      ...{ expiresAt: linkExpiresAt, isSaid: true },
      snags: [
        contractorSnag('s1'),
        { ...contractorSnag('s2'), note: 'Changed', error: 'Use fewer words.' },
        { ...contractorSnag('s3'), doneAt: ago(1) },
        { ...contractorSnag('s4'), isClosed: true },
      ],
    }),
  'developer-notices': () =>
    StaffNoticesPage({
      ...{ ...development, shell: staffShell, now, houseTypes: [{ code: 'BD01', name: 'Detached' }] },
      notices: notices.map((notice) => ({ ...notice, ...staffNotice })),
      formKey: 'k1',
      values: { title: '', body: '', category: 'works', publishAt: '', houseTypes: ['BD01'], phases: ['2'] },
      phases: ['1', '2'],
      errors: { title: 'Give it a title.' },
    }),
  'developer-responsibilities': () =>
    StaffResponsibilitiesPage({
      ...{ ...development, shell: staffShell, things },
      values: { thing: '', party: 'council', partyName: '', evidence: '', evidenceOn: '' },
      errors: { thing: 'Name the thing.' },
    }),
}

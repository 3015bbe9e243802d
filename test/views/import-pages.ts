// The pages of imports and repairs of homes, with invented props: under way, waiting, wrong, done. Nobody in here exists.
import { DeveloperHomePage, type DeveloperHomeProps } from '#views/developer/home.tsx'
import { ImportPage, type ImportView } from '#views/developer/import.tsx'
import type { ReportRowView } from '#views/developer/import-report.tsx'
import { ImportsPage } from '#views/developer/imports.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import { homeDetails, homeDetailsRefused, homeEvents } from './home-pages.ts'
import { AT, LONG_NAME, longStaffShell, staffShell } from './invented.ts'
import { transfer } from './moving-on-pages.ts'

const list = (changes: Partial<ImportView>): ImportView => ({
  ...{
    id: 'i1',
    fileName: 'Longview Park handover list.xlsx',
    status: 'checked',
    isSettled: true,
    createdAt: AT,
  },
  notes: ['Empty, so nothing to import: rows 5, 6.', 'Not used: the column “Solicitor”.'],
  counts: { create: 1, update: 1, unchanged: 1, error: 0 },
  progress: { stage: 'checking', done: 0, total: 0 },
  ...changes,
})

const rows: ReportRowView[] = [
  {
    ...{ rowNumber: 2, action: 'create', unitNumber: '12A' },
    messages: ['The address is made from the number: 12A Longview Park, Ballyhooly Road.'],
    changes: { houseType: { before: null, after: 'BD01' }, purchasers: { before: null, after: [LONG_NAME] } },
  },
  {
    ...{ rowNumber: 3, action: 'update', unitNumber: '13', messages: [] },
    changes: { bedrooms: { before: 3, after: 4 } },
  },
  { rowNumber: 4, action: 'unchanged', unitNumber: '14', messages: [], changes: {} },
]

const wrongRow: ReportRowView = {
  ...{ rowNumber: 1_204, action: 'error', unitNumber: null, changes: {} },
  messages: [
    'The number of the home is missing: “House No” is empty.',
    '“Handover” is not a day of the calendar: “30/2/2026”.',
  ],
}

const page = {
  shell: staffShell,
  developmentName: 'Longview Park',
  action: null,
  rows,
  homesUrl: '/developer/homes',
  uploadUrl: '/developer/homes/import',
}

const imports = {
  shell: staffShell,
  developmentName: 'Longview Park',
  action: '/developer/homes/import?development=v1',
  fileSizeBytesMax: 5_000_000,
  imports: [list({}), list({ id: 'i2', status: 'failed' }), list({ id: 'i3', status: 'imported' })],
}

const none = { create: 0, update: 0, unchanged: 0, error: 0 }
const checking = {
  ...page,
  rows: [],
  import: list({ status: 'checking', isSettled: false, notes: [], counts: none }),
}
const checked = { ...page, import: list({}), nextUrl: '/developer/homes/import/i1?cursor=x' }
const wrong = {
  ...page,
  rows: [wrongRow, ...rows],
  import: list({ status: 'refused', counts: { create: 1, update: 1, unchanged: 1, error: 1 } }),
}
const done = { ...page, import: list({ status: 'imported' }) }

const home: DeveloperHomeProps = {
  shell: staffShell,
  developmentName: 'Longview Park',
  homesUrl: '/developer/homes',
  home: { id: 'u1', number: '14', address: '14 Longview Park, Ballyhooly Road', houseType: 'BD01' },
  people: [
    { id: 'p1', fullName: 'Áine Ní Bhriain' },
    { id: 'p2', fullName: LONG_NAME },
  ],
  houseTypes: [
    { value: 'BD01', label: 'BD01: Detached' },
    { value: 'BS01', label: 'BS01: Semi-detached' },
  ],
  repairs: [
    {
      id: 'r2',
      kind: 'move',
      reason: 'Contracts were mixed up.',
      createdAt: AT,
      undoneAt: null,
      isUndoable: true,
    },
    {
      id: 'r1',
      kind: 'house_type',
      reason: 'Wrong in the list.',
      createdAt: AT,
      undoneAt: AT,
      isUndoable: false,
    },
  ],
  details: homeDetails,
  accessCode: 'LP-428-K7QX',
  checklists: [{ checklist: 'handover' as const, done: 1, total: 2, open: ['Run every tap'] }],
  events: homeEvents,
  transfer: transfer('awaits_builder'),
  transferError: 'Tick the box.',
  form: null,
  done: 'repaired',
}

const homeRefused: DeveloperHomeProps = {
  ...home,
  ...{ people: [], repairs: [], done: null, events: [], accessCode: null, details: homeDetailsRefused },
  ...{ transfer: transfer('completed'), transferError: null },
  form: {
    ...{
      kind: 'exchange',
      toNumber: '999',
      purchaserIds: [],
      houseType: '',
      reason: 'Contracts were mixed up.',
    },
    problem: (field) => (field === 'to_number' ? 'No home of this development has that number.' : undefined),
  },
}

export const IMPORT_PAGES: Record<string, () => Html> = {
  'developer-import': () => ImportsPage(imports),
  'developer-import-refused': () =>
    ImportsPage({ ...imports, shell: longStaffShell, error: 'The file is empty.', imports: [] }),
  'developer-import-checking': () => ImportPage(checking),
  'developer-import-checked': () => ImportPage(checked),
  'developer-import-wrong': () => ImportPage({ ...wrong, shell: longStaffShell }),
  'developer-import-done': () => ImportPage(done),
  'developer-home': () => DeveloperHomePage(home),
  'developer-home-moving-on': () =>
    DeveloperHomePage({
      ...home,
      transfer: transfer('awaits_household'),
      transferError: null,
      done: 'moving_on',
    }),
  'developer-home-settling': () =>
    DeveloperHomePage({ ...home, transfer: transfer('settling'), transferError: null, done: 'moved_on' }),
  'developer-home-refused': () => DeveloperHomePage({ ...homeRefused, shell: longStaffShell }),
}

// The pages of living in a home by name, for the gallery: what must be read, and how the builder sees it.
import { AcknowledgementsPage } from '#views/developer/acknowledgements.tsx'
import { StaffChecklistsPage } from '#views/developer/checklists.tsx'
import { StaffMaintenancePage } from '#views/developer/maintenance.tsx'
import type { Html } from '#views/jsx-runtime.ts'
import { ChecklistsPage } from '#views/purchaser/checklists.tsx'
import { MaintenancePage, type MaintenanceProps } from '#views/purchaser/maintenance.tsx'
import { MustReadPage } from '#views/purchaser/must-read.tsx'
import { AT, LONG_NAME, longShell, longStaffShell, shell, staffShell } from './invented.ts'

const development = { developmentId: 'd1', developmentName: 'Longview Park' }
const unread = (id: string, title: string, versionNumber: number) => ({
  ...{ id, title, versionNumber, kindLabel: 'User guide', versionId: `${id}-v`, pages: 48 },
})
const reading = {
  ...{ ...development, shell: staffShell, document: null, counts: { required: 75, acknowledged: 30 } },
  filters: [
    { label: 'All', url: '/developer/acknowledgements', isCurrent: true },
    { label: 'Not all read', url: '/developer/acknowledgements?show=missing', isCurrent: false },
  ],
  homes: [
    {
      ...{ id: 'u1', number: '14', address: '14 Longview Park, Ballyhooly Road' },
      people: [
        { name: 'Áine Ní Bhriain', documents: [{ title: 'Fire safety', at: AT }] },
        { name: LONG_NAME, documents: [{ title: 'Fire safety', at: null }] },
      ],
    },
    {
      ...{ id: 'u2', number: '15', address: '15 Longview Park, Ballyhooly Road' },
      people: [{ name: null, documents: [{ title: LONG_NAME, at: AT }] }],
    },
  ],
}

const item = (id: string, title: string, more = {}) => ({
  ...{ id, title, kind: 'task' as const, note: null, months: 12, isOwn: false },
  ...{ documentId: null, documentTitle: null, ...more },
})
const emptyMaintenance: MaintenanceProps = {
  ...{ shell, handedOverOn: null, today: '2026-11-24' },
  ...{ overdue: [], coming: [], running: [], ended: [], undated: [], done: [] },
  own: { values: { title: '', note: '', firstDueOn: '', months: '' }, errors: {} },
  calendar: { reminders: null, madeAt: null, address: null },
}
const warranty = item('w1', 'Structural warranty', { kind: 'warranty', months: 120 })
const maintenance: MaintenanceProps = {
  ...emptyMaintenance,
  handedOverOn: '2026-03-01',
  overdue: [
    {
      item: item('m1', 'Clean the ventilation filters', {
        ...{ months: 3, note: 'Behind the white panel.', documentId: 'd1', documentTitle: LONG_NAME },
      }),
      ...{ dueOn: '2026-11-12', days: -12 },
    },
  ],
  coming: [
    { item: item('m2', LONG_NAME, { isOwn: true, months: null }), dueOn: '2026-11-24', days: 0 },
    { item: item('m3', 'Heat pump service'), dueOn: '2027-03-01', days: 97 },
  ],
  running: [{ item: warranty, endsOn: '2036-03-01', days: 3_385 }],
  ended: [{ item: { ...warranty, id: 'w2' }, endsOn: '2026-03-01', days: -268 }],
  done: [{ id: 'x1', title: 'Clean the ventilation filters', doneOn: '2026-08-12' }],
  calendar: {
    reminders: { email: 'aine@example.ie', isOn: true },
    ...{ madeAt: AT, address: `https://app.openhouseai.ie/calendar/${'x'.repeat(43)}.ics` },
  },
  message: 'Noted. The next date follows from it.',
}
const checks = [
  {
    id: 'c1',
    checklist: 'handover' as const,
    title: 'Run every tap',
    note: 'Look below the sinks.',
    tickedAt: AT,
  },
  { id: 'c2', checklist: 'handover' as const, title: LONG_NAME, note: null, tickedAt: null },
  { id: 'c3', checklist: 'moving_in' as const, title: 'Read the meter', note: null, tickedAt: null },
]
const checklists = {
  ...{ ...development, shell: staffShell, items: checks, edited: null },
  ...{ values: { checklist: 'handover', title: '', note: '' }, errors: { title: 'Say what to check.' } },
}
const plan = {
  ...{ ...development, shell: staffShell, homesWithoutHandover: 12 },
  items: [
    { ...item('m1', 'Heat pump service'), houseTypeCode: null, documentId: 'd1', documentTitle: 'Manual' },
    { ...warranty, houseTypeCode: 'BD01', note: 'Set by the builder.' },
  ],
  houseTypes: [{ value: 'BD01', label: 'BD01: Detached' }],
  documents: [{ value: 'd1', label: LONG_NAME }],
  edited: null,
  values: { kind: 'task', title: '', note: '', months: '0', houseType: '', document: '' },
  errors: { title: 'Name it.', months: 'Give whole months, from 1 to 600.' },
}

export const HOME_LIFE_PAGES: Record<string, () => Html> = {
  checklists: () => ChecklistsPage({ shell, items: checks }),
  'checklists-empty': () => ChecklistsPage({ shell: longShell, items: [] }),
  'developer-checklists': () => StaffChecklistsPage(checklists),
  'developer-checklists-edit': () =>
    StaffChecklistsPage({ ...checklists, edited: checks[1]!, errors: {}, message: 'Changed.' }),
  'developer-checklists-empty': () =>
    StaffChecklistsPage({ ...checklists, shell: longStaffShell, items: [], errors: {} }),
  maintenance: () => MaintenancePage(maintenance),
  'maintenance-undated': () =>
    MaintenancePage({
      ...{ ...emptyMaintenance, shell: longShell, undated: [warranty, item('m3', 'Heat pump service')] },
      own: {
        values: { title: '', note: '', firstDueOn: '', months: '12' },
        errors: { title: 'Say what is to be done.', firstDueOn: 'Choose a day.' },
      },
      calendar: { reminders: { email: null, isOn: false }, madeAt: null, address: null },
      error: 'That day is still to come.',
    }),
  'maintenance-empty': () => MaintenancePage(emptyMaintenance),
  'developer-maintenance': () => StaffMaintenancePage(plan),
  'developer-maintenance-edit': () =>
    StaffMaintenancePage({ ...plan, edited: plan.items[0]!, errors: {}, message: 'Changed.' }),
  'developer-maintenance-empty': () =>
    StaffMaintenancePage({
      ...{ ...plan, shell: longStaffShell, items: [], errors: {}, homesWithoutHandover: 0 },
    }),
  'must-read': () =>
    MustReadPage({
      shell,
      documents: [unread('d1', 'Fire safety in your home', 1), unread('d2', LONG_NAME, 3)],
      error: 'Tick the box to say that you have read it.',
    }),
  'must-read-none': () => MustReadPage({ shell: longShell, documents: [] }),
  'developer-acknowledgements': () => AcknowledgementsPage(reading),
  'developer-acknowledgements-empty': () =>
    AcknowledgementsPage({
      ...reading,
      ...{ shell: longStaffShell, homes: [], counts: { required: 0, acknowledged: 0 } },
    }),
}

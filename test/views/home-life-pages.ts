// The pages of living in a home by name, for the gallery: what must be read, and how the builder sees it.
import { AcknowledgementsPage } from '#views/developer/acknowledgements.tsx'
import type { Html } from '#views/jsx-runtime.ts'
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

export const HOME_LIFE_PAGES: Record<string, () => Html> = {
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

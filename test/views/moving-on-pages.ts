// The pages of moving on and of what one wants to be told, by name, for the gallery: each state.
import type { Html } from '#views/jsx-runtime.ts'
import { MovedOnPage, MovingOnPage, type TransferView } from '#views/purchaser/moving-on.tsx'
import { PreferencesPage } from '#views/purchaser/preferences.tsx'
import { AT, longShell, shell } from './invented.ts'

export const transfer = (state: TransferView['state']): TransferView => ({
  ...{ id: 't1', state, startedBy: 'household', expiresAt: AT },
  endedAt: ['withdrawn', 'expired', 'completed'].includes(state) ? AT : null,
})
const page = { shell, mayConfirm: true }

export const MOVING_ON_PAGES: Record<string, () => Html> = {
  'moving-on': () => MovingOnPage({ ...page, transfer: null }),
  'moving-on-unconfirmed': () =>
    MovingOnPage({ ...page, shell: longShell, transfer: transfer('withdrawn'), error: 'Tick the box.' }),
  'moving-on-waiting': () => MovingOnPage({ ...page, transfer: transfer('awaits_builder') }),
  'moving-on-asked': () => MovingOnPage({ ...page, transfer: transfer('awaits_household') }),
  'moving-on-expired': () => MovingOnPage({ ...page, transfer: transfer('expired'), mayConfirm: false }),
  'moved-on': () => MovedOnPage(),
  preferences: () =>
    PreferencesPage({
      ...{ shell, email: 'aine@homes.example', wanted: ['mail:notices', 'app:answers'] },
      ...{ language: 'ga', isSaved: true },
    }),
  'preferences-no-address': () =>
    PreferencesPage({
      ...{ shell: { ...longShell, language: 'ga', unreadNotices: 12 }, email: null, wanted: [] },
      ...{ language: 'en', isSaved: false },
    }),
}

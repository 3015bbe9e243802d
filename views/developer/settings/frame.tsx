// Heading and ways between the settings; administrators have all of them, others the facts of their developments.
import type { Child } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { FilterLinks } from '#views/parts/filters.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'

export type SettingsView =
  | 'staff'
  | 'facts'
  | 'api-keys'
  | 'webhooks'
  | 'activity'
  | 'branding'
  | 'retention'
  | 'developments'
  | 'second-factor'

type FrameProps = {
  shell: StaffShell
  view: SettingsView
  title: string
  /** Said once after something was done. */
  message?: string | undefined
  /** What stood in the way, when it belongs to no field. */
  problem?: string | undefined
  children: Child
}

const VIEWS: { view: SettingsView; label: string; url: () => string; isForAdmins: boolean }[] = [
  { view: 'staff', label: 'Staff', url: () => paths.developer.settings(), isForAdmins: true },
  {
    view: 'developments',
    label: 'Developments',
    url: () => paths.developer.developments(),
    isForAdmins: true,
  },
  { view: 'facts', label: 'Facts and contacts', url: () => paths.developer.facts(), isForAdmins: false },
  { view: 'api-keys', label: 'API keys', url: () => paths.developer.apiKeys(), isForAdmins: true },
  { view: 'webhooks', label: 'Webhooks', url: () => paths.developer.webhooks(), isForAdmins: true },
  { view: 'branding', label: 'Branding', url: () => paths.developer.branding(), isForAdmins: true },
  { view: 'retention', label: 'Retention', url: () => paths.developer.retention(), isForAdmins: true },
  { view: 'activity', label: 'Activity log', url: () => paths.developer.activity(), isForAdmins: true },
  {
    view: 'second-factor',
    label: 'Your sign-in',
    url: () => paths.developer.secondFactor(),
    isForAdmins: false,
  },
]

export const SettingsFrame = ({ shell, view, title, message, problem, children }: FrameProps) => (
  <StaffPage
    title={title}
    shell={shell}
    active="settings"
    switchAction={view === 'facts' ? paths.developer.facts() : paths.developer.today()}
  >
    <header class="staff-header">
      <p class="eyebrow">{shell.person.organisation}</p>
      <h1>{title}</h1>
    </header>
    <FilterLinks
      label="Settings"
      links={VIEWS.filter(({ isForAdmins }) => !isForAdmins || shell.person.isAdmin).map((each) => ({
        url: each.url(),
        label: each.label,
        isCurrent: each.view === view,
      }))}
    />
    {message && <Notice tone="success">{message}</Notice>}
    {problem && (
      <Notice tone="error">
        <p>{problem}</p>
      </Notice>
    )}
    {children}
  </StaffPage>
)

// The shell of the builder's and the operator's portals: near-black sidebar, white content.
import type { AssetName } from '#views/assets.ts'
import { type Child, Fragment, type Html, raw } from '#views/jsx-runtime.ts'
import { Document } from '#views/layout/document.tsx'
import { type Brand, BrandMark, Icon, type IconName } from '#views/parts/icon.tsx'
import { paths } from '#views/paths.ts'
import { segment } from '#views/url.ts'

export type StaffPerson = {
  name: string
  email: string
  organisation: string
  /** Administrators of a builder have more settings. */
  isAdmin?: boolean
}
export type DevelopmentOption = { id: string; name: string; selected: boolean }

export type StaffShell = {
  portal: 'developer' | 'admin'
  person: StaffPerson
  /** The developments this person may see; the switch is left out when there are none. */
  developments: DevelopmentOption[]
  brand?: Brand | undefined
}

type NavigationItem = { key: string; label: string; icon: IconName; href: string }
/** What is opened every day has no heading. */
type NavigationGroup = { heading: string | null; items: NavigationItem[] }

const operatorNavigation: NavigationGroup[] = [
  {
    heading: null,
    items: [
      { key: 'overview', label: 'Overview', icon: 'today', href: paths.admin.overview() },
      { key: 'incidents', label: 'Incidents', icon: 'report', href: paths.admin.incidents() },
      { key: 'tenants', label: 'Builders', icon: 'building', href: paths.admin.tenants() },
      { key: 'developments', label: 'Developments', icon: 'home', href: paths.admin.developments() },
      { key: 'people', label: 'People', icon: 'user', href: paths.admin.people() },
      { key: 'analytics', label: 'Analytics', icon: 'chart', href: paths.admin.analytics() },
    ],
  },
  {
    heading: 'Watch',
    items: [
      { key: 'system', label: 'System', icon: 'refresh', href: paths.admin.system() },
      { key: 'latency', label: 'Latency', icon: 'clock', href: paths.admin.latency() },
      { key: 'jobs', label: 'Jobs', icon: 'jobs', href: paths.admin.jobs() },
      { key: 'errors', label: 'Errors', icon: 'alert', href: paths.admin.errors() },
      { key: 'logs', label: 'Logs', icon: 'document', href: paths.admin.logs('activity') },
      { key: 'tail', label: 'Live log', icon: 'tail', href: paths.admin.tail() },
      { key: 'anomalies', label: 'Anomalies', icon: 'pulse', href: paths.admin.anomalies() },
      { key: 'quality', label: 'Data quality', icon: 'check', href: paths.admin.quality() },
    ],
  },
  {
    heading: 'Control',
    items: [
      { key: 'limits', label: 'Rate limits', icon: 'gauge', href: paths.admin.limits() },
      { key: 'switches', label: 'Switches', icon: 'toggle', href: paths.admin.switches() },
      { key: 'announcements', label: 'Announcements', icon: 'notice', href: paths.admin.announcements() },
      { key: 'second-factor', label: 'Your sign-in', icon: 'key', href: paths.admin.secondFactor() },
    ],
  },
]

/** The development stays chosen from page to page because it travels in the link. */
const builderNavigation = (query: { development?: string }, isAdmin: boolean): NavigationGroup[] => [
  {
    heading: null,
    items: [
      { key: 'today', label: 'Today', icon: 'today', href: paths.developer.today(query) },
      { key: 'homes', label: 'Homes', icon: 'home', href: paths.developer.homes(query) },
      { key: 'documents', label: 'Documents', icon: 'document', href: paths.developer.documents(query) },
      { key: 'questions', label: 'Questions', icon: 'question', href: paths.developer.questions(query) },
      { key: 'snags', label: 'Snags', icon: 'alert', href: paths.developer.snags(query) },
    ],
  },
  {
    heading: 'Development',
    items: [
      { key: 'insights', label: 'Insights', icon: 'chart', href: paths.developer.insights(query) },
      { key: 'notices', label: 'Notices', icon: 'notice', href: paths.developer.notices(query) },
      { key: 'places', label: 'Places', icon: 'map', href: paths.developer.places(query) },
      { key: 'maintenance', label: 'Maintenance', icon: 'wrench', href: paths.developer.maintenance(query) },
      {
        key: 'responsibilities',
        label: 'Who does what',
        icon: 'users',
        href: paths.developer.responsibilities(query),
      },
    ],
  },
  {
    heading: 'Portal',
    items: [
      { key: 'jobs', label: 'Activity', icon: 'jobs', href: paths.developer.jobs(query) },
      {
        key: 'settings',
        label: 'Settings',
        icon: 'gear',
        href: isAdmin ? paths.developer.settings() : paths.developer.facts(query),
      },
      { key: 'support', label: 'Support access', icon: 'key', href: paths.developer.supportAccess(query) },
      { key: 'whats-new', label: 'What’s new', icon: 'spark', href: paths.developer.whatsNew(query) },
    ],
  },
]

const Navigation = ({ groups, active }: { groups: NavigationGroup[]; active: string }) => (
  <Fragment>
    {groups.map(({ heading, items }) => (
      <Fragment>
        {heading && <p class="sidebar-heading">{heading}</p>}
        {items.map((item) => (
          <a href={item.href} aria-current={item.key === active ? 'page' : undefined}>
            <Icon name={item.icon} />
            <span>{item.label}</span>
          </a>
        ))}
      </Fragment>
    ))}
  </Fragment>
)

/** Stands where the development's id will be: a word of ours, so that nothing of a link can be taken for it. */
const CHOSEN = '--chosen--'
/** As many as there are sections, twice; cut where the id stands, which is all that differs from one to the next. */
const drawn = new Map<string, string[]>()

function navigationOf({ portal, developments, person }: StaffShell, active: string): Html {
  if (portal === 'admin') return <Navigation groups={operatorNavigation} active={active} />
  const id = developments.find((development) => development.selected)?.id
  const isAdmin = person.isAdmin === true
  if (id === undefined) return <Navigation groups={builderNavigation({}, isAdmin)} active={active} />
  const key = `${isAdmin} ${active}`
  let cut = drawn.get(key)
  if (!cut) {
    const groups = builderNavigation({ development: CHOSEN }, isAdmin)
    cut = (<Navigation groups={groups} active={active} />).markup.split(CHOSEN)
    drawn.set(key, cut)
  }
  return raw(cut.join(segment(id)))
}

type StaffPageProps = {
  title: string
  shell: StaffShell
  active: string
  scripts?: AssetName[]
  styles?: AssetName[]
  /** Where the development switch leads; defaults to the page of the active item. */
  switchAction?: string
  children: Child
}

type SidebarProps = { shell: StaffShell; active: string; switchAction: string }

const Sidebar = ({ shell, active, switchAction }: SidebarProps) => (
  <aside class="sidebar" aria-label="Portal">
    <p class="sidebar-brand">
      <BrandMark brand={shell.brand} />
      <span>{shell.person.organisation}</span>
    </p>
    {shell.developments.length > 0 && (
      <DevelopmentSwitch developments={shell.developments} action={switchAction} />
    )}
    <nav class="sidebar-nav" aria-label="Sections">
      {navigationOf(shell, active)}
    </nav>
    <div class="sidebar-person">
      <p>
        <strong>{shell.person.name}</strong>
        <span>{shell.person.email}</span>
      </p>
      <form
        method="post"
        action={shell.portal === 'admin' ? paths.admin.signOut() : paths.developer.signOut()}
      >
        <button type="submit" class="link-button">
          <Icon name="signOut" /> Sign out
        </button>
      </form>
    </div>
  </aside>
)

export const StaffPage = ({
  title,
  shell,
  active,
  scripts,
  styles,
  switchAction,
  children,
}: StaffPageProps) => (
  <Document
    title={title}
    bodyClass="staff"
    themeColor="#0c0c0c"
    scripts={['staff.js', ...(scripts ?? [])]}
    styles={styles ?? []}
    brandUrl={shell.brand?.accent ? paths.brandSheet(shell.brand.accent) : undefined}
  >
    <Sidebar shell={shell} active={active} switchAction={switchAction ?? paths.developer.today()} />
    <main id="main" class="staff-main" tabindex="-1">
      {children}
    </main>
  </Document>
)

/** A plain GET form: staff.js submits it on change and hides the button that others press. */
const DevelopmentSwitch = ({
  developments,
  action,
}: {
  developments: DevelopmentOption[]
  action: string
}) => (
  <form class="switch" method="get" action={action} data-submit-on-change>
    <label for="development">Development</label>
    <span class="switch-row">
      <select id="development" name="development">
        {developments.map((development) => (
          <option value={development.id} selected={development.selected}>
            {development.name}
          </option>
        ))}
      </select>
      <button type="submit">Show</button>
    </span>
  </form>
)

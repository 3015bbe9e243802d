// The shell of the purchaser's app: slim header, content, and the tabs of the sections that exist.
import type { AssetName } from '#views/assets.ts'
import type { Child } from '#views/jsx-runtime.ts'
import { Document } from '#views/layout/document.tsx'
import { type Brand, BrandMark, Icon, type IconName } from '#views/parts/icon.tsx'
import { paths } from '#views/paths.ts'

export type PurchaserShell = {
  developmentName: string
  /** The home's address as one line, e.g. "14 Longview Park". */
  address: string
  /** Full stored names of the household. */
  purchaserNames: string[]
  unreadNotices?: number | undefined
  brand?: Brand | undefined
  /** Whether the home was bought or is let to the household. */
  tenure?: 'sale' | 'rent'
}

export type PurchaserTab = 'chat' | 'home' | 'documents' | 'map'

const TABS: { tab: PurchaserTab; label: string; icon: IconName; href: string }[] = [
  { tab: 'chat', label: 'Chat', icon: 'chat', href: paths.home() },
  { tab: 'home', label: 'Home', icon: 'home', href: paths.myHome() },
  { tab: 'documents', label: 'Documents', icon: 'document', href: paths.documents() },
  { tab: 'map', label: 'Map', icon: 'map', href: paths.map() },
]

type PurchaserPageProps = {
  title: string
  shell: PurchaserShell
  tab?: PurchaserTab
  scripts?: AssetName[]
  styles?: AssetName[]
  /** The chat fills the screen and scrolls inside; every other page scrolls as a whole. */
  fullHeight?: boolean
  children: Child
}

export const PurchaserPage = ({
  title,
  shell,
  tab,
  scripts,
  styles,
  fullHeight,
  children,
}: PurchaserPageProps) => (
  <Document
    title={title}
    bodyClass={fullHeight ? 'app app-full-height' : 'app'}
    scripts={['purchaser.js', ...(scripts ?? [])]}
    styles={styles ?? []}
    brandUrl={shell.brand?.accent ? paths.brandSheet(shell.brand.accent) : undefined}
  >
    <header class="app-header">
      <a class="app-brand" href={paths.home()}>
        <BrandMark brand={shell.brand} />
        <span class="app-place">
          <strong>{shell.developmentName}</strong>
          <span>{shell.address}</span>
        </span>
      </a>
      <Profile shell={shell} />
    </header>
    <nav class="tabs" aria-label="Sections">
      {TABS.map((item) => (
        <a class="tab" href={item.href} aria-current={item.tab === tab ? 'page' : undefined}>
          <Icon name={item.icon} />
          <span>{item.label}</span>
          {item.tab === 'home' && shell.unreadNotices ? (
            <span class="tab-count">
              {shell.unreadNotices > 9 ? '9+' : shell.unreadNotices}
              <span class="visually-hidden"> unread notices</span>
            </span>
          ) : null}
        </a>
      ))}
    </nav>
    <main id="main" class="app-main" tabindex="-1">
      {children}
    </main>
  </Document>
)

const Profile = ({ shell }: { shell: PurchaserShell }) => (
  <details class="profile">
    <summary aria-label="Your profile">
      <Icon name="user" />
    </summary>
    <div class="profile-menu">
      <ul class="profile-names">
        {shell.purchaserNames.map((name) => (
          <li>{name}</li>
        ))}
      </ul>
      <p class="profile-address">{shell.address}</p>
      <a href={paths.myData()}>My data</a>
      <a href={paths.privacy()}>Privacy and AI notice</a>
      <form method="post" action={paths.signOut()}>
        <button type="submit" class="link-button">
          <Icon name="signOut" /> Sign out
        </button>
      </form>
    </div>
  </details>
)

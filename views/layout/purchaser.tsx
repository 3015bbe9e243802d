// The shell of the purchaser's app: slim header, content, and the tabs of the sections that exist.
import type { AssetName } from '#views/assets.ts'
import type { Child } from '#views/jsx-runtime.ts'
import { wordsOf } from '#views/languages/words.tsx'
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
  /** As the person chose, or their browser asked for. */
  language?: string | null | undefined
  brand?: Brand | undefined
  /** Whether the home was bought or is let to the household. */
  tenure?: 'sale' | 'rent'
}

export type PurchaserTab = 'chat' | 'home' | 'documents' | 'map'

const TABS: { tab: PurchaserTab; icon: IconName; href: string }[] = [
  { tab: 'chat', icon: 'chat', href: paths.home() },
  { tab: 'home', icon: 'home', href: paths.myHome() },
  { tab: 'documents', icon: 'document', href: paths.documents() },
  { tab: 'map', icon: 'map', href: paths.map() },
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
    language={shell.language}
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
    <Tabs shell={shell} tab={tab} />
    <main id="main" class="app-main" tabindex="-1">
      {children}
    </main>
  </Document>
)

const Tabs = ({ shell, tab }: { shell: PurchaserShell; tab: PurchaserTab | undefined }) => {
  const { text, say } = wordsOf(shell.language)
  const unread = shell.unreadNotices ?? 0
  return (
    <nav class="tabs" aria-label={text('sections')}>
      {TABS.map((item) => (
        <a class="tab" href={item.href} aria-current={item.tab === tab ? 'page' : undefined}>
          <Icon name={item.icon} />
          <span>{say(`tab_${item.tab}`)}</span>
          {item.tab === 'home' && unread > 0 ? (
            <span class="tab-count">
              <span aria-hidden="true">{unread > 9 ? '9+' : unread}</span>
              <span class="visually-hidden"> {say('unread_notices', { count: unread })}</span>
            </span>
          ) : null}
        </a>
      ))}
    </nav>
  )
}

const Profile = ({ shell }: { shell: PurchaserShell }) => {
  const { text, say } = wordsOf(shell.language)
  return (
    <details class="profile">
      <summary aria-label={text('your_profile')}>
        <Icon name="user" />
      </summary>
      <div class="profile-menu">
        <ul class="profile-names">
          {shell.purchaserNames.map((name) => (
            <li>{name}</li>
          ))}
        </ul>
        <p class="profile-address">{shell.address}</p>
        <a href={paths.myData()}>{say('my_data')}</a>
        <a href={paths.preferences()}>{say('notifications_and_language')}</a>
        <a href={paths.privacy()}>{say('privacy_notice')}</a>
        <form method="post" action={paths.signOut()}>
          <button type="submit" class="link-button">
            <Icon name="signOut" /> {say('sign_out')}
          </button>
        </form>
      </div>
    </details>
  )
}

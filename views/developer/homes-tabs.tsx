// The ways between what there is to see of the homes of a development.
import { paths } from '#views/paths.ts'

type HomesTab = 'homes' | 'homeowners' | 'site-map'

export const HomesTabs = ({
  developmentId: development,
  current,
  people,
}: {
  developmentId: string
  current: HomesTab
  /** What those who live there are called. */
  people: string
}) => (
  <nav class="filters" aria-label="Views of the homes">
    <Tab href={paths.developer.homes({ development })} isCurrent={current === 'homes'}>
      Homes
    </Tab>
    <Tab href={paths.developer.homeowners({ development })} isCurrent={current === 'homeowners'}>
      {people}
    </Tab>
    <Tab href={paths.developer.siteMap({ development })} isCurrent={current === 'site-map'}>
      Site map
    </Tab>
  </nav>
)

const Tab = ({ href, isCurrent, children }: { href: string; isCurrent: boolean; children: string }) => (
  <a href={href} aria-current={isCurrent ? 'page' : undefined}>
    {children}
  </a>
)

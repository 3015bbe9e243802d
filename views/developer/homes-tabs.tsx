// The ways between what there is to see of the homes of a development.
import { FilterLinks } from '#views/parts/filters.tsx'
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
  <FilterLinks
    label="Views of the homes"
    links={[
      { url: paths.developer.homes({ development }), label: 'Homes', isCurrent: current === 'homes' },
      {
        url: paths.developer.homeowners({ development }),
        label: people,
        isCurrent: current === 'homeowners',
      },
      { url: paths.developer.siteMap({ development }), label: 'Site map', isCurrent: current === 'site-map' },
    ]}
  />
)

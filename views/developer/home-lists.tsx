// What the lists of homes and of the people in them share: two filters, and the way to the other pages.
import { count } from '#views/format.ts'
import { Select } from '#views/parts/field.tsx'
import { Pagination } from '#views/parts/table.tsx'

type Option = { value: string; label: string }

/** The choice that filters nothing. */
export const any = (label: string): Option => ({ value: '', label })

export const HouseTypeFilter = ({
  houseTypes,
  value,
}: {
  houseTypes: Option[]
  value: string | undefined
}) => (
  <Select label="House type" name="house_type" value={value} options={[any('Every type'), ...houseTypes]} />
)

/** `label`: what moving in is called where homes are sold, or let. */
export const MovedInFilter = ({ label, value }: { label: string; value: string | undefined }) => (
  <Select
    label={label}
    name="handed_over"
    value={value}
    options={[any('All'), { value: 'yes', label: 'Yes' }, { value: 'no', label: 'Not yet' }]}
  />
)

type HomePagesProps = {
  homes: readonly unknown[]
  firstUrl?: string | undefined
  nextUrl?: string | undefined
}

export const HomePages = ({ homes, firstUrl, nextUrl }: HomePagesProps) => (
  <Pagination
    label="Pages of homes"
    shown={count(homes.length, 'home')}
    firstUrl={firstUrl}
    nextUrl={nextUrl}
    isForMoreOnly
  />
)

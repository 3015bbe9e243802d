// What a list shows: a bar of fields that stands in its address, and links of which each is one choice.
import type { Child } from '#views/jsx-runtime.ts'
import { Button } from '#views/parts/button.tsx'

type FilterBarProps = {
  action: string
  /** What the address says besides the fields, and goes on saying. */
  kept?: Record<string, string | undefined>
  submitLabel?: string
  /** Set where a field that is left half filled must not send the others. */
  waitsForButton?: boolean
  /** Links after the button, such as the one back to everything. */
  more?: Child
  children: Child
}

export const FilterBar = ({
  action,
  kept = {},
  submitLabel = 'Show',
  waitsForButton = false,
  more,
  children,
}: FilterBarProps) => (
  <form class="filter-bar" method="get" action={action} data-submit-on-change={!waitsForButton}>
    {Object.entries(kept).map(([name, value]) => value && <input type="hidden" name={name} value={value} />)}
    {children}
    <Button tone="quiet">{submitLabel}</Button>
    {more}
  </form>
)

type FilterLink = { url: string; label: string; isCurrent?: boolean }

/** `isWithin`: a choice within what other links above have chosen. */
export const FilterLinks = ({
  label,
  links,
  isWithin,
}: {
  label: string
  links: FilterLink[]
  isWithin?: boolean
}) => (
  <nav class={isWithin ? 'filters filters-within' : 'filters'} aria-label={label}>
    {links.map((link) => (
      <a href={link.url} aria-current={link.isCurrent ? 'page' : undefined}>
        {link.label}
      </a>
    ))}
  </nav>
)

// Tables of rows, which scroll inside their own box on narrow screens, and keyset pagination under them.
import { type Child, Fragment } from '#views/jsx-runtime.ts'
import { Icon } from '#views/parts/icon.tsx'

export type Column = {
  label: string
  align?: 'right'
  hiddenLabel?: boolean
  /** Where the label leads when the table can be sorted by it. */
  href?: string
  sorted?: 'ascending' | 'descending' | undefined
}

type TableProps = {
  caption: string
  columns: Column[]
  children: Child
  id?: string
  bodyId?: string
  /** Scrolls in its own box, so that the head stays in sight. */
  isTall?: boolean
  /** Many narrow columns that are compared with each other. */
  isDense?: boolean
}

/** The caption is for screen readers: the page's heading says the same to everybody else. */
export const Table = ({ caption, columns, children, id, bodyId, isTall, isDense }: TableProps) => (
  <section class={isTall ? 'table-box table-tall' : 'table-box'} id={id} tabindex="0" aria-label={caption}>
    <table class={isDense ? 'table table-dense' : 'table'}>
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              scope="col"
              class={column.align === 'right' ? 'cell-right' : undefined}
              aria-sort={column.sorted}
            >
              <ColumnLabel column={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody id={bodyId}>{children}</tbody>
    </table>
  </section>
)

const ColumnLabel = ({ column: { label, hiddenLabel, href, sorted } }: { column: Column }) => {
  if (hiddenLabel) return <span class="visually-hidden">{label}</span>
  if (!href) return <Fragment>{label}</Fragment>
  return (
    <a class="sort-link" href={href}>
      {label}
      {sorted && <span aria-hidden="true">{sorted === 'ascending' ? ' ↑' : ' ↓'}</span>}
    </a>
  )
}

type PaginationProps = {
  label: string
  shown: string
  firstUrl?: string | undefined
  nextUrl?: string | undefined
  /** Where the number of rows is plain to see, and only a way on is worth a line. */
  isForMoreOnly?: boolean
}

/** Keyset pages know where the next one starts, not how many there are. */
export const Pagination = ({ label, shown, firstUrl, nextUrl, isForMoreOnly }: PaginationProps) =>
  isForMoreOnly && !firstUrl && !nextUrl ? (
    <Fragment />
  ) : (
    <nav class="pagination" aria-label={label}>
      <span>
        {shown}
        {(firstUrl || nextUrl) && ' on this page'}
      </span>
      <span class="pagination-links">
        {firstUrl && <a href={firstUrl}>First page</a>}
        {nextUrl && (
          <a href={nextUrl} rel="next">
            Next page <Icon name="chevronRight" />
          </a>
        )}
      </span>
    </nav>
  )

// The documents of this home, grouped by what they are.

import { count, formatBytes, formatDate, formatNumber } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { Badge, EmptyState } from '#views/parts/card.tsx'
import { Field } from '#views/parts/field.tsx'
import { FilterBar, FilterLinks } from '#views/parts/filters.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { LinkItem } from '#views/parts/link-item.tsx'
import { paths } from '#views/paths.ts'
import { tenureWords } from '#views/tenure-words.ts'

export type DocumentItem = {
  id: string
  title: string
  pages: number
  sizeBytes: number
  addedAt: Date
  /** To this person, since their visit before. */
  isNew: boolean
  /** What the document is limited to, e.g. "House type BD01" or "Your home only"; null for the whole development. */
  scopeLabel: string | null
  viewUrl: string
  fileUrl: string
}

export type DocumentGroup = { kind: string; label: string; documents: DocumentItem[] }
export type DocumentsProps = {
  shell: PurchaserShell
  groups: DocumentGroup[]
  /** Before anything was searched or left out. */
  total: number
  newCount: number
  /** Null on the first visit. */
  newSince: Date | null
  search: string
  isNewOnly: boolean
}

export const DocumentsPage = (props: DocumentsProps) => (
  <PurchaserPage title="Documents" shell={props.shell} tab="documents">
    <div class="page">
      <h1>Documents</h1>
      {props.total === 0 ? (
        <EmptyState icon="document" title="No documents yet">
          {tenureWords(props.shell.tenure).Yours} has not added any documents for your home so far. They
          appear here as soon as they are ready.
        </EmptyState>
      ) : (
        <Fragment>
          <Tools {...props} />
          {props.groups.map((group) => (
            <Group group={group} />
          ))}
          {props.groups.length === 0 && <Nothing {...props} />}
        </Fragment>
      )}
    </div>
  </PurchaserPage>
)

const Tools = ({ total, newCount, search, isNewOnly }: DocumentsProps) => (
  <div class="document-tools">
    <FilterBar
      action={paths.documents()}
      kept={{ show: isNewOnly ? 'new' : undefined }}
      submitLabel="Search"
      waitsForButton
    >
      <Field label="Search" name="q" type="search" value={search} maxlength={100} autocomplete="off" />
    </FilterBar>
    <FilterLinks
      label="Which documents"
      links={[
        { url: paths.documents({ q: search }), label: `All (${formatNumber(total)})`, isCurrent: !isNewOnly },
        {
          url: paths.documents({ q: search, show: 'new' }),
          label: `New (${formatNumber(newCount)})`,
          isCurrent: isNewOnly,
        },
      ]}
    />
  </div>
)

const Nothing = ({ search, newSince, isNewOnly }: DocumentsProps) =>
  search ? (
    <EmptyState icon="document" title="No document of that name">
      Try fewer words, or <a href={paths.documents()}>see all documents</a>. The chat looks inside them.
    </EmptyState>
  ) : isNewOnly ? (
    <EmptyState icon="check" title="Nothing new">
      {newSince
        ? `No document has been added or renewed since your last visit on ${formatDate(newSince)}.`
        : 'This is your first visit: from now on what is added or renewed shows here.'}
    </EmptyState>
  ) : null

const Group = ({ group }: { group: DocumentGroup }) => (
  <section class="document-group" aria-labelledby={`kind-${group.kind}`}>
    <h2 id={`kind-${group.kind}`}>{group.label}</h2>
    <ul class="document-list">
      {group.documents.map((document) => (
        <Item document={document} />
      ))}
    </ul>
  </section>
)

const Item = ({ document }: { document: DocumentItem }) => (
  <LinkItem
    href={document.viewUrl}
    icon="document"
    title={document.title}
    after={
      <a class="icon-button" href={document.fileUrl} aria-label={`Download ${document.title}`}>
        <Icon name="download" />
      </a>
    }
  >
    {document.isNew && <Badge tone="gold">New</Badge>}
    <span class="document-meta">
      {count(document.pages, 'page')} · {formatBytes(document.sizeBytes)} · {formatDate(document.addedAt)}
    </span>
    {document.scopeLabel && <Badge>{document.scopeLabel}</Badge>}
  </LinkItem>
)

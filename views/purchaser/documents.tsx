// The documents of this home, grouped by what they are.

import { count, formatBytes, formatDate } from '#views/format.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { Badge, EmptyState } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { tenureWords } from '#views/tenure-words.ts'

export type DocumentItem = {
  id: string
  title: string
  pages: number
  sizeBytes: number
  addedAt: Date
  /** What the document is limited to, e.g. "House type BD01" or "Your home only"; null for the whole development. */
  scopeLabel: string | null
  viewUrl: string
  fileUrl: string
}

export type DocumentGroup = { kind: string; label: string; documents: DocumentItem[] }
export type DocumentsProps = { shell: PurchaserShell; groups: DocumentGroup[] }

export const DocumentsPage = ({ shell, groups }: DocumentsProps) => (
  <PurchaserPage title="Documents" shell={shell} tab="documents">
    <div class="page">
      <h1>Documents</h1>
      {groups.length === 0 ? (
        <EmptyState icon="document" title="No documents yet">
          {tenureWords(shell.tenure).Yours} has not added any documents for your home so far. They appear here
          as soon as they are ready.
        </EmptyState>
      ) : (
        groups.map((group) => <Group group={group} />)
      )}
    </div>
  </PurchaserPage>
)

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
  <li class="document-item">
    <a class="document-link" href={document.viewUrl}>
      <span class="document-icon">
        <Icon name="document" />
      </span>
      <span class="document-text">
        <strong>{document.title}</strong>
        <span class="document-meta">
          {count(document.pages, 'page')} · {formatBytes(document.sizeBytes)} · {formatDate(document.addedAt)}
        </span>
        {document.scopeLabel && <Badge>{document.scopeLabel}</Badge>}
      </span>
    </a>
    <a class="icon-button" href={document.fileUrl} aria-label={`Download ${document.title}`}>
      <Icon name="download" />
    </a>
  </li>
)

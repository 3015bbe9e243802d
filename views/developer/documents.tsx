// The builder's documents: upload them and watch each one become answerable.

import { audienceWords, type DocumentAudience } from '#views/developer/document-audience.ts'
import { DocumentStatusCell, type Ingestion, isFinal } from '#views/developer/document-status.tsx'
import { QualityFlags, type QualityView } from '#views/developer/quality.tsx'
import { UploadForm, type UploadOptions } from '#views/developer/upload-form.tsx'
import { count, formatBytes, formatDateTime, formatNumber } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Badge, EmptyState } from '#views/parts/card.tsx'
import { FilterLinks } from '#views/parts/filters.tsx'
import { waitingLineAttributes } from '#views/parts/live.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'
import { type StorageView, storageWords } from '#views/storage-words.ts'

export type DocumentRowView = DocumentAudience & {
  id: string
  title: string
  kindLabel: string
  ingestion: Ingestion
  pages: number | null
  chunks: number | null
  sizeBytes: number
  addedAt: Date
  /** Not shown to homes any more. */
  isDeprecated: boolean
  /** The version homes see while the one in this row is on its way or has failed. */
  olderLiveVersion: number | null
  flags: QualityView[]
}

export type DocumentsPageProps = {
  shell: StaffShell
  developmentName: string
  upload: UploadOptions
  coverageUrl: string
  acknowledgementsUrl: string
  reindexUrl: string
  renewalUrl: string
  /** Of the whole builder, all developments and versions. */
  storage: StorageView
  documents: DocumentRowView[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
  /** Said once after a form without scripts, e.g. "2 files uploaded." */
  message?: { tone: 'success' | 'error'; text: string }
}

const COLUMNS: Column[] = [
  { label: 'Document' },
  { label: 'Status' },
  { label: 'Pages', align: 'right' },
  { label: 'Passages', align: 'right' },
  { label: 'Size', align: 'right' },
  { label: 'Added' },
]

export const DeveloperDocumentsPage = (props: DocumentsPageProps) => (
  <StaffPage
    title="Documents"
    shell={props.shell}
    active="documents"
    scripts={['upload.js']}
    switchAction={paths.developer.documents()}
  >
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Documents</h1>
    </header>
    {props.message && <Notice tone={props.message.tone}>{props.message.text}</Notice>}
    <FilterLinks
      label="About these documents"
      links={[
        { url: props.coverageUrl, label: 'Coverage by house type' },
        { url: props.acknowledgementsUrl, label: 'Must-read documents' },
        { url: props.reindexUrl, label: 'Search index' },
        { url: props.renewalUrl, label: 'Yearly renewal' },
      ]}
    />
    <UploadForm {...props.upload} isFirst={props.documents.length === 0} />
    <StorageLine {...props.storage} />
    <DocumentsTable {...props} />
  </StaffPage>
)

const FULL_FROM = 0.9

const StorageLine = (storage: StorageView) => {
  const sentence = storageWords(storage)
  return storage.usedBytes >= storage.bytesMax * FULL_FROM ? (
    <Notice tone="warning">{sentence} Deleted documents give their room back after 30 days.</Notice>
  ) : (
    <p class="hint">{sentence}</p>
  )
}

/** Table and empty state stand side by side; CSS shows the one that fits, also after an upload adds a row. */
export const DocumentsTable = ({ documents, nextUrl, firstUrl, developmentName }: DocumentsPageProps) => (
  <div class="documents" id="documents">
    <Table caption={`Documents of ${developmentName}`} columns={COLUMNS} bodyId="document-rows">
      {documents.map((document) => (
        <DocumentRow document={document} />
      ))}
    </Table>
    <EmptyState icon="document" title="No documents yet">
      Upload the first PDF above: a user guide, floor plans, warranties. Homes can ask about it within a
      minute.
    </EmptyState>
    <Pagination
      label="Pages of documents"
      shown={count(documents.length, 'document')}
      firstUrl={firstUrl}
      nextUrl={nextUrl}
      isForMoreOnly
    />
  </div>
)

/** Asks for itself again until the document is final; a deleted one takes its row away, other errors change nothing. */
export const DocumentRow = ({ document }: { document: DocumentRowView }) => {
  const polling = isFinal(document.ingestion.status)
    ? {}
    : waitingLineAttributes(paths.developer.document(document.id))
  return (
    <tr id={`document-${document.id}`} {...polling}>
      <th scope="row" class="cell-title">
        <a href={paths.developer.document(document.id)}>{document.title}</a>
        <small>
          {document.kindLabel} · {audienceWords(document)}
        </small>
      </th>
      <td>
        <DocumentStatusCell ingestion={document.ingestion} />
        {document.olderLiveVersion !== null && (
          <p class="stage">Homes still see version {document.olderLiveVersion}</p>
        )}
        <QualityFlags flags={document.flags} />
        {document.isDeprecated && <Badge tone="warning">Deprecated</Badge>}
      </td>
      <td class="cell-right">{numberOrDash(document.pages)}</td>
      <td class="cell-right">{numberOrDash(document.chunks)}</td>
      <td class="cell-right">{formatBytes(document.sizeBytes)}</td>
      <td class="cell-date">{formatDateTime(document.addedAt)}</td>
    </tr>
  )
}

const numberOrDash = (value: number | null) => (value === null ? '–' : formatNumber(value))

// How a document stands: what homes see, its versions, and what is on its way; asks for itself until nothing is.

import {
  DocumentStatusCell,
  FAILURE_SENTENCE,
  type FailureCode,
  type Ingestion,
  isFinal,
} from '#views/developer/document-status.tsx'
import { formatBytes, formatDateTime, formatNumber } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { Badge, Card, Progress } from '#views/parts/card.tsx'
import { waitingAttributes } from '#views/parts/live.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type VersionView = {
  id: string
  number: number
  isLive: boolean
  ingestion: Ingestion
  pages: number | null
  passages: number | null
  sizeBytes: number
  notes: string | null
  addedAt: Date
}

/** The stored file is being read once more, or that failed; what homes see is not touched by either. */
export type Rereading =
  | { state: 'running'; done: number; total: number }
  | { state: 'failed'; code: string | null }

export type DocumentStateView = {
  id: string
  liveNumber: number | null
  deprecatedAt: Date | null
  versions: VersionView[]
  olderUrl: string | null
  rereading: Rereading | null
}

const COLUMNS: Column[] = [
  { label: 'Version' },
  { label: 'Status' },
  { label: 'Pages', align: 'right' },
  { label: 'Passages', align: 'right' },
  { label: 'Size', align: 'right' },
  { label: 'Added' },
  { label: 'Actions', hiddenLabel: true },
]

const isUnderWay = ({ versions, rereading }: DocumentStateView) =>
  rereading?.state === 'running' || versions.some(({ ingestion }) => !isFinal(ingestion.status))

export const DocumentState = ({ document }: { document: DocumentStateView }) => {
  const polling = isUnderWay(document) ? waitingAttributes(paths.developer.documentState(document.id)) : {}
  return (
    <div id="document-state" class="stack" {...polling}>
      <Standing {...document} />
      <Table caption="Versions, newest first" columns={COLUMNS}>
        {document.versions.map((version) => (
          <VersionRow document={document} version={version} />
        ))}
      </Table>
      {document.olderUrl && (
        <p>
          <a href={document.olderUrl}>Older versions</a>
        </p>
      )}
    </div>
  )
}

const Standing = ({ liveNumber, deprecatedAt, rereading }: DocumentStateView) => (
  <Fragment>
    {deprecatedAt ? (
      <Notice tone="warning">
        <p>Deprecated since {formatDateTime(deprecatedAt)}: homes do not see it and answers do not use it.</p>
      </Notice>
    ) : (
      <p>
        {liveNumber === null
          ? 'Homes do not see this document yet: no version of it is ready.'
          : `Homes see version ${liveNumber}, and answers use it.`}
      </p>
    )}
    {rereading && <RereadingNote rereading={rereading} />}
  </Fragment>
)

const RereadingNote = ({ rereading }: { rereading: Rereading }) =>
  rereading.state === 'running' ? (
    <Card title="Reading the file again">
      <Progress label="Reading again" done={rereading.done} total={rereading.total} />
      <p class="stage">
        {rereading.total > 0
          ? `${formatNumber(rereading.done)} of ${formatNumber(rereading.total)}`
          : 'Waiting or starting'}
        . Homes and answers use what was read before until this is done.
      </p>
    </Card>
  ) : (
    <Notice tone="error">
      <p>
        Reading the file again failed, and what was read before is still used.{' '}
        {FAILURE_SENTENCE[rereading.code as FailureCode] ?? 'Try again in a while.'}
      </p>
    </Notice>
  )

const VersionRow = ({ document, version }: { document: DocumentStateView; version: VersionView }) => {
  const live = document.versions.find(({ isLive }) => isLive)
  const isReady = version.ingestion.status === 'ready'
  return (
    <tr>
      <th scope="row" class="cell-title">
        <a href={paths.developer.documentVersion(document.id, version.id)}>Version {version.number}</a>
        {version.notes && <small class="version-notes">{version.notes}</small>}
      </th>
      <td>
        {version.isLive ? (
          <Badge tone={document.deprecatedAt ? 'plain' : 'success'}>Live</Badge>
        ) : isReady ? (
          <Badge>Ready, not live</Badge>
        ) : (
          <DocumentStatusCell ingestion={version.ingestion} />
        )}
      </td>
      <td class="cell-right">{numberOrDash(version.pages)}</td>
      <td class="cell-right">{numberOrDash(version.passages)}</td>
      <td class="cell-right">{formatBytes(version.sizeBytes)}</td>
      <td class="cell-date">{formatDateTime(version.addedAt)}</td>
      <td>
        <div class="row-actions">
          {!version.isLive && isReady && <PublishForm documentId={document.id} version={version} />}
          {!version.isLive && isReady && live && (
            <ButtonLink
              small
              tone="quiet"
              href={paths.developer.documentComparison(document.id, {
                from: version.number < live.number ? version.id : live.id,
                to: version.number < live.number ? live.id : version.id,
              })}
            >
              Compare
            </ButtonLink>
          )}
        </div>
      </td>
    </tr>
  )
}

export const PublishForm = ({
  documentId,
  version,
}: {
  documentId: string
  version: { id: string; number: number }
}) => (
  <form method="post" action={paths.developer.documentVersionPublication(documentId, version.id)}>
    <Button small tone="quiet">
      Show version {version.number} to homes
    </Button>
  </form>
)

const numberOrDash = (value: number | null) => (value === null ? '–' : formatNumber(value))

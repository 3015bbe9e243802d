// One version of a document: its file, what staff noted about it, its passages; and two of them compared.

import { PublishForm, type VersionView } from '#views/developer/document-state.tsx'
import { DocumentStatusCell } from '#views/developer/document-status.tsx'
import { Passages, type PassageView } from '#views/developer/passages.tsx'
import { count, formatDateTime } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { TextArea } from '#views/parts/field.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { Pagination } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

type VersionPageProps = {
  shell: StaffShell
  documentId: string
  title: string
  version: VersionView
  notesLengthMax: number
  passages: PassageView[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
  message?: string | undefined
}

export const DocumentVersionPage = (props: VersionPageProps) => {
  const { documentId, version } = props
  return (
    <StaffPage
      title={`${props.title}, version ${version.number}`}
      shell={props.shell}
      active="documents"
      switchAction={paths.developer.documents()}
    >
      <header class="staff-header">
        <a class="back-link" href={paths.developer.document(documentId)}>
          <Icon name="chevronLeft" /> {props.title}
        </a>
        <h1>Version {version.number}</h1>
        <p class="eyebrow">Added {formatDateTime(version.addedAt)}</p>
      </header>
      {props.message && <Notice tone="success">{props.message}</Notice>}
      {version.isLive ? (
        <p>
          <Badge tone="success">Live</Badge>
        </p>
      ) : (
        <DocumentStatusCell ingestion={version.ingestion} />
      )}
      <div class="row-actions">
        <ButtonLink
          tone="quiet"
          icon="external"
          href={paths.developer.documentVersionFile(documentId, version.id)}
        >
          Open the PDF
        </ButtonLink>
        {!version.isLive && version.ingestion.status === 'ready' && (
          <PublishForm documentId={documentId} version={version} />
        )}
      </div>
      <Card title="What changed">
        <form
          class="stack"
          method="post"
          action={paths.developer.documentVersionNotes(documentId, version.id)}
        >
          <TextArea
            label="Notes"
            name="notes"
            value={version.notes ?? ''}
            hint="For you and your colleagues; homes do not see it."
            maxlength={props.notesLengthMax}
          />
          <div>
            <Button small>Save</Button>
          </div>
        </form>
      </Card>
      {version.ingestion.status === 'ready' && (
        <Card title="What a question would use">
          <Fragment>
            <Passages passages={props.passages} />
            <Pagination
              label="Pages of passages"
              shown={count(props.passages.length, 'passage')}
              firstUrl={props.firstUrl}
              nextUrl={props.nextUrl}
              isForMoreOnly
            />
          </Fragment>
        </Card>
      )}
    </StaffPage>
  )
}

export type DiffPartView = {
  kind: 'same' | 'removed' | 'added'
  hidden: number
  paragraphs: { page: number; text: string; isHeading: boolean }[]
}

type ComparisonProps = {
  shell: StaffShell
  documentId: string
  title: string
  from: number
  to: number
  removed: number
  added: number
  isExact: boolean
  /** False when there are more changes than are shown. */
  isWhole: boolean
  parts: DiffPartView[]
}

export const DocumentComparisonPage = (props: ComparisonProps) => (
  <StaffPage
    title={`Versions ${props.from} and ${props.to} of ${props.title}`}
    shell={props.shell}
    active="documents"
    switchAction={paths.developer.documents()}
  >
    <header class="staff-header">
      <a class="back-link" href={paths.developer.document(props.documentId)}>
        <Icon name="chevronLeft" /> {props.title}
      </a>
      <h1>
        From version {props.from} to version {props.to}
      </h1>
      <p class="eyebrow">
        {count(props.removed, 'paragraph')} removed, {count(props.added, 'paragraph')} added
      </p>
    </header>
    {!props.isExact && (
      <Notice>
        <p>The two versions differ almost everywhere, so all of the old text stands before all of the new.</p>
      </Notice>
    )}
    {props.removed + props.added === 0 ? (
      <Card>
        <p>The text is the same. Drawings and pictures are not compared.</p>
      </Card>
    ) : (
      <Card>
        <Fragment>
          {props.parts.map((part) => (
            <DiffPart part={part} />
          ))}
          {!props.isWhole && <p class="stage">There are more changes than are shown here.</p>}
        </Fragment>
      </Card>
    )}
  </StaffPage>
)

const MARK = { same: '', removed: 'Removed', added: 'Added' } as const

const DiffPart = ({ part }: { part: DiffPartView }) => (
  <Fragment>
    {part.kind === 'same' && part.hidden > 0 && (
      <p class="diff-hidden">{count(part.hidden, 'unchanged paragraph')}</p>
    )}
    {part.paragraphs.map((paragraph) => (
      <div class={`diff diff-${part.kind}`}>
        <span class="diff-place">
          {MARK[part.kind]} p. {paragraph.page}
        </span>
        <p>{paragraph.isHeading ? <strong>{paragraph.text}</strong> : paragraph.text}</p>
      </div>
    ))}
  </Fragment>
)

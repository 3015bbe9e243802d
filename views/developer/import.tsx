// One import of homes: how far it is, what it would do row by row, and the button that does it.

import { Report, type ReportProps, type RowAction } from '#views/developer/import-report.tsx'
import { count, formatNumber } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { type BadgeTone, Card, Progress } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { waitingAttributes } from '#views/parts/live.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'

export type ImportStatus = 'checking' | 'checked' | 'importing' | 'imported' | 'refused' | 'failed'
export type ImportView = {
  id: string
  fileName: string
  status: ImportStatus
  /** Nothing happens to it any more by itself. */
  isSettled: boolean
  notes: string[]
  counts: Record<RowAction, number>
  progress: { stage: string | null; done: number; total: number }
  createdAt: Date
}

export type ImportStateProps = Omit<ReportProps, 'id' | 'counts'> & {
  import: ImportView
  homesUrl: string
  uploadUrl: string
}

export const IMPORT_STATUS: Record<ImportStatus, { label: string; tone: BadgeTone }> = {
  checking: { label: 'Checking', tone: 'gold' },
  checked: { label: 'Waiting for you', tone: 'warning' },
  importing: { label: 'Importing', tone: 'gold' },
  imported: { label: 'Imported', tone: 'success' },
  refused: { label: 'Not imported', tone: 'error' },
  failed: { label: 'Failed', tone: 'error' },
}

export const ImportPage = (props: ImportStateProps & { shell: StaffShell; developmentName: string }) => (
  <StaffPage
    title={`Import of ${props.import.fileName}`}
    shell={props.shell}
    active="homes"
    switchAction={paths.developer.homesImport()}
  >
    <header class="staff-header">
      <a class="back-link" href={props.uploadUrl}>
        <Icon name="chevronLeft" /> Import homes
      </a>
      <p class="eyebrow">{props.developmentName}</p>
      <h1>{props.import.fileName}</h1>
    </header>
    <ImportState {...props} />
  </StaffPage>
)

/** Asks for itself again until the import is settled; then it is the report. */
export const ImportState = (props: ImportStateProps) => {
  const { id, isSettled, status } = props.import
  const polling = isSettled ? {} : waitingAttributes(paths.developer.import(id))
  return (
    <div id="import" class="stack" {...polling}>
      {isSettled ? <Outcome {...props} /> : <Underway {...props} />}
      {status !== 'checking' && <Report id={id} counts={props.import.counts} {...props} />}
    </div>
  )
}

const Underway = ({ import: { id, status, progress } }: ImportStateProps) => (
  <Card title={status === 'checking' ? 'The list is being checked' : 'The homes are being imported'}>
    <Progress label="Progress" done={progress.done} total={progress.total} />
    <p>
      {progress.total > 0
        ? `${formatNumber(progress.done)} of ${count(progress.total, 'row')}`
        : 'This takes a few seconds.'}{' '}
      <a href={paths.developer.import(id)}>See how far it is</a>
    </p>
  </Card>
)

const Outcome = (props: ImportStateProps) => {
  const { id, status, notes, counts } = props.import
  const touched = counts.create + counts.update
  return (
    <Fragment>
      {status === 'checked' && (
        <Card title="Nothing has been changed yet">
          <p>{summaryOf(counts)}</p>
          {touched > 0 ? (
            <form method="post" action={paths.developer.importConfirmation(id)}>
              <Button tone="gold">{`Import ${count(touched, 'home')}`}</Button>
            </form>
          ) : (
            <p>Every home is recorded as the list has it, so there is nothing to import.</p>
          )}
        </Card>
      )}
      {status === 'imported' && (
        <Notice tone="success" title="Imported">
          <p>
            {count(counts.create, 'home')} created, {count(counts.update, 'home')} changed.{' '}
            <a href={props.homesUrl}>See the homes</a>
          </p>
        </Notice>
      )}
      {status === 'refused' && (
        <Notice tone="error" title="Nothing was imported">
          <p>
            {counts.error > 0
              ? `${count(counts.error, 'row')} cannot be imported. Correct the list and upload it again: all of it is imported, or nothing.`
              : 'The file cannot be read as a list of homes.'}
          </p>
        </Notice>
      )}
      {status === 'failed' && (
        <Notice tone="error" title="This went wrong on our side">
          <p>Nothing was imported, and it has been recorded. Please upload the list again.</p>
        </Notice>
      )}
      {notes.length > 0 && (
        <Notice tone={status === 'refused' && counts.error === 0 ? 'warning' : 'plain'}>
          {notes.map((note) => (
            <p>{note}</p>
          ))}
        </Notice>
      )}
      {(status === 'refused' || status === 'failed') && (
        <p>
          <ButtonLink href={props.uploadUrl} icon="upload">
            Upload another list
          </ButtonLink>
        </p>
      )}
    </Fragment>
  )
}

const summaryOf = (counts: Record<RowAction, number>) =>
  `The list would create ${count(counts.create, 'home')} and change ${formatNumber(counts.update)}; ${formatNumber(counts.unchanged)} stay as they are.`

// The words for where a document is on its way to being answerable, and for why it did not get there.
import { Fragment } from '#views/jsx-runtime.ts'
import { Badge, type BadgeTone, Progress } from '#views/parts/card.tsx'

export type DocumentStatus = 'queued' | 'processing' | 'ready' | 'failed'
export type IngestionStage = 'stored' | 'extracting' | 'chunking' | 'embedding' | 'ready'
export type FailureCode =
  | 'file_empty'
  | 'type_mismatch'
  | 'unreadable'
  | 'password_protected'
  | 'needs_ocr'
  | 'too_complex'
  | 'too_many_pages'
  | 'storage_lost'
  | 'ingestion_failed'

export type Ingestion = {
  status: DocumentStatus
  stage: IngestionStage
  /** Within the stage, e.g. pages read; null when the stage does not count. */
  progress: { done: number; total: number } | null
  failureCode: FailureCode | null
}

const LABEL: Record<DocumentStatus, string> = {
  queued: 'Waiting',
  processing: 'Processing',
  ready: 'Ready',
  failed: 'Failed',
}
const TONE: Record<DocumentStatus, BadgeTone> = {
  queued: 'plain',
  processing: 'gold',
  ready: 'success',
  failed: 'error',
}

const STAGES: IngestionStage[] = ['stored', 'extracting', 'chunking', 'embedding', 'ready']
const STAGE_WORDS: Record<IngestionStage, string> = {
  stored: 'Stored, waiting to be read',
  extracting: 'Reading the pages',
  chunking: 'Splitting into passages',
  embedding: 'Indexing for the chat',
  ready: 'Used in answers',
}

/** One sentence that says what to do, for each way a document can fail. */
export const FAILURE_SENTENCE: Record<FailureCode, string> = {
  file_empty: 'The file is empty. Export it again and upload the new copy.',
  type_mismatch: 'This is not a PDF, whatever its name says. Save it as PDF and upload that.',
  unreadable: 'The PDF is damaged and cannot be opened. Export it again from the original.',
  password_protected: 'The PDF asks for a password. Save a copy without one and upload it.',
  needs_ocr: 'This is a scan without text. Run text recognition (OCR) on it and upload the result.',
  too_complex: 'Reading the PDF took too much time or memory. Split it, or print it to a new PDF.',
  too_many_pages: 'The PDF has too many pages. Split it into parts and upload them one by one.',
  storage_lost: 'The stored file is not there any more. Upload it again.',
  ingestion_failed: 'Reading the file did not finish. Read it again, or upload it again.',
}

export const isFinal = (status: DocumentStatus) => status === 'ready' || status === 'failed'

export const DocumentStatusCell = ({ ingestion }: { ingestion: Ingestion }) => {
  const { status, stage, progress, failureCode } = ingestion
  return (
    <div class="status-cell">
      <Badge tone={TONE[status]}>{LABEL[status]}</Badge>
      {status === 'failed' && (
        <p class="failure">{failureCode ? FAILURE_SENTENCE[failureCode] : 'Upload the file again.'}</p>
      )}
      {!isFinal(status) && (
        <Fragment>
          <Progress
            label="Processing"
            done={STAGES.indexOf(stage) + fraction(progress)}
            total={STAGES.length - 1}
          />
          <p class="stage">
            {STAGE_WORDS[stage]}
            {progress && ` (${progress.done} of ${progress.total})`}
          </p>
        </Fragment>
      )}
    </div>
  )
}

const fraction = (progress: { done: number; total: number } | null) =>
  progress && progress.total > 0 ? progress.done / progress.total : 0

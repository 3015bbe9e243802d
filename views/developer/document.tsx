// One document of the builder: how it stands, its versions, what a question would use, answers from old versions.
import { audienceWords, type DocumentAudience } from '#views/developer/document-audience.ts'
import { DocumentState, type DocumentStateView } from '#views/developer/document-state.tsx'
import { Passages, type PassageView } from '#views/developer/passages.tsx'
import { QualityFlags, type QualityView } from '#views/developer/quality.tsx'
import { count, formatBytes, formatDate } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { Card } from '#views/parts/card.tsx'
import { Choice, Field, FileField, TextArea } from '#views/parts/field.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice, type NoticeTone } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'

export type OldAnswerView = {
  versionNumber: number
  page: number
  quote: string
  home: string
  houseType: string
  answeredAt: Date
}

export type MustReadView = { from: number; live: number | null; required: number; acknowledged: number }

export type DeveloperDocumentProps = DocumentAudience & {
  shell: StaffShell
  id: string
  title: string
  kindLabel: string
  backUrl: string
  state: DocumentStateView
  /** The first passages of the live version, and where all of them are. */
  passages: PassageView[]
  passagesUrl: string | null
  oldAnswers: { count: number; newest: OldAnswerView[] }
  /** The last day that the shown version holds, as it is or as it was typed and refused. */
  expiry: { value: string; problem: string | undefined }
  flags: QualityView[]
  /** How the homes stand that must read it; null when nobody must. */
  mustRead: MustReadView | null
  fileSizeBytesMax: number
  notesLengthMax: number
  message?: { tone: NoticeTone; text: string } | undefined
}

export const DeveloperDocumentPage = (props: DeveloperDocumentProps) => (
  <StaffPage
    title={props.title}
    shell={props.shell}
    active="documents"
    switchAction={paths.developer.documents()}
  >
    <header class="staff-header">
      <a class="back-link" href={props.backUrl}>
        <Icon name="chevronLeft" /> Documents
      </a>
      <h1>{props.title}</h1>
      <p class="eyebrow">
        {props.kindLabel} · {audienceWords(props)}
      </p>
    </header>
    {props.message && (
      <Notice tone={props.message.tone}>
        <p>{props.message.text}</p>
      </Notice>
    )}
    <DocumentState document={props.state} />
    {props.flags.length > 0 && (
      <p class="row-actions">
        <QualityFlags flags={props.flags} />
      </p>
    )}
    <Actions {...props} />
    <ExpiryForm {...props} />
    <MustRead {...props} />
    <VersionForm {...props} />
    {props.passagesUrl && (
      <Card
        title="What a question would use"
        actions={
          <ButtonLink small tone="quiet" href={props.passagesUrl}>
            All passages
          </ButtonLink>
        }
      >
        <Passages passages={props.passages} />
      </Card>
    )}
    {props.oldAnswers.count > 0 && <OldAnswers {...props.oldAnswers} />}
  </StaffPage>
)

const Actions = ({ id, state }: DeveloperDocumentProps) => (
  <div class="row-actions">
    <ButtonLink tone="quiet" icon="external" href={paths.developer.documentFile(id)}>
      Open the PDF
    </ButtonLink>
    <form method="post" action={paths.developer.documentReingestion(id)}>
      <Button tone="quiet" icon="refresh">
        Read the file again
      </Button>
    </form>
    {state.deprecatedAt ? (
      <form method="post" action={paths.developer.documentRestoration(id)}>
        <Button tone="quiet">Restore</Button>
      </form>
    ) : (
      <form method="post" action={paths.developer.documentDeprecation(id)}>
        <Button tone="quiet">Deprecate</Button>
      </form>
    )}
    <ButtonLink tone="quiet" href={paths.developer.documentDeletion(id)}>
      Delete…
    </ButtonLink>
  </div>
)

const ExpiryForm = ({ id, expiry }: DeveloperDocumentProps) => (
  <Card title="Valid until">
    <form class="stack" method="post" action={paths.developer.documentExpiry(id)}>
      <Field
        label="Last day it is valid"
        name="expires_on"
        value={expiry.value}
        maxlength={30}
        autocomplete="off"
        hint="For a BER or a certificate that runs out, such as 3/11/2036. Leave it empty if it does not."
        error={expiry.problem}
      />
      <div>
        <Button tone="quiet">Save the date</Button>
      </div>
    </form>
  </Card>
)

const MustRead = ({ id, mustRead }: DeveloperDocumentProps) => (
  <Card title="Must be read">
    {mustRead === null ? (
      <p>
        Nobody is asked to read it. Marked, every adult of the homes that see it confirms that they have,
        before they go on in the app.
      </p>
    ) : (
      <p>
        {mustRead.required === 0
          ? 'It must be read, but no home sees it at the moment.'
          : `${mustRead.acknowledged} of ${count(mustRead.required, 'home')} have read version ${mustRead.from} or a later one.`}{' '}
        <a href={paths.developer.acknowledgements({ document: id })}>Who has, and who has not</a>
      </p>
    )}
    <form class="row-actions" method="post" action={paths.developer.documentMustRead(id)}>
      {mustRead === null && (
        <Button tone="quiet" name="change" value="begin">
          Mark as must-read
        </Button>
      )}
      {mustRead !== null && mustRead.live !== null && mustRead.live > mustRead.from && (
        <Button tone="quiet" name="change" value="again">
          Ask again for version {String(mustRead.live)}
        </Button>
      )}
      {mustRead !== null && (
        <Button tone="quiet" name="change" value="end">
          Nobody must read it
        </Button>
      )}
    </form>
  </Card>
)

/** The file is the last field: the notes must be known before its first byte arrives. */
const VersionForm = ({ id, fileSizeBytesMax, notesLengthMax, mustRead }: DeveloperDocumentProps) => (
  <Card title="Upload a new version">
    <form
      class="stack"
      method="post"
      action={paths.developer.documentVersions(id)}
      enctype="multipart/form-data"
    >
      <p>Homes see the current version until the new one has been read. If that fails, nothing changes.</p>
      <TextArea
        label="What changed"
        name="notes"
        hint="For you and your colleagues; homes do not see it."
        maxlength={notesLengthMax}
      />
      {mustRead && (
        <Choice
          id="asks-again"
          name="asks_again"
          value="yes"
          label="Ask everybody to read it again"
          hint="Otherwise who has read an earlier version is not asked."
        />
      )}
      <FileField
        id="version-file"
        label={`PDF file, up to ${formatBytes(fileSizeBytesMax)}`}
        name="file"
        accept="application/pdf,.pdf"
        required
      />
      <div>
        <Button icon="upload">Upload version</Button>
      </div>
    </form>
  </Card>
)

const OldAnswers = ({ count: total, newest }: DeveloperDocumentProps['oldAnswers']) => (
  <Card title="Answers given from versions that are not live any more" id="old-answers">
    <p>
      {count(total, 'answer')} quoted a version that homes do not see now. The words are the document’s; what
      was asked stays with the home.
    </p>
    <ul class="passages">
      {newest.map((answer) => (
        <li>
          <p class="passage-place">
            {formatDate(answer.answeredAt)} · {answer.home} ({answer.houseType}) · version{' '}
            {answer.versionNumber}, page {answer.page}
          </p>
          <blockquote>{answer.quote}</blockquote>
        </li>
      ))}
    </ul>
    {total > newest.length && <p class="stage">The newest {newest.length} are shown.</p>}
  </Card>
)

/** Asked before a document goes for good; works without scripts because it is a page. */
export const DocumentDeletionPage = (props: {
  shell: StaffShell
  id: string
  title: string
  versions: number
}) => (
  <StaffPage
    title={`Delete ${props.title}`}
    shell={props.shell}
    active="documents"
    switchAction={paths.developer.documents()}
  >
    <header class="staff-header">
      <a class="back-link" href={paths.developer.document(props.id)}>
        <Icon name="chevronLeft" /> Back to the document
      </a>
      <h1>Delete “{props.title}”?</h1>
    </header>
    <Card>
      <Fragment>
        <p>
          {props.versions === 1 ? 'Its text' : `All ${props.versions} versions of its text`} will be removed.
          Homes and answers will not have it from this moment on, and it cannot be restored here. To take it
          out of the homes for a while, deprecate it instead.
        </p>
        <form class="row-actions" method="post" action={paths.developer.documentDeletion(props.id)}>
          <Button tone="danger">Delete for good</Button>
          <ButtonLink tone="quiet" href={paths.developer.document(props.id)}>
            Keep it
          </ButtonLink>
        </form>
      </Fragment>
    </Card>
  </StaffPage>
)

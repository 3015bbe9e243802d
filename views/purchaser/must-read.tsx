// What the builder asks a person to read before anything else, and where they say that they have.
import { count } from '#views/format.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { Card, EmptyState } from '#views/parts/card.tsx'
import { Choice, TextArea } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'

export type UnreadView = {
  id: string
  title: string
  kindLabel: string
  versionId: string
  versionNumber: number
  pages: number
}

export type MustReadProps = {
  shell: PurchaserShell
  documents: UnreadView[]
  /** What went wrong with saying so, if it did. */
  error?: string | undefined
}

export const MustReadPage = ({ shell, documents, error }: MustReadProps) => (
  <PurchaserPage title="Please read this first" shell={shell}>
    <div class="page">
      <header class="home-header">
        <p class="eyebrow">{shell.developmentName}</p>
        <h1>Please read this first</h1>
        <p class="lead">
          {documents.length === 0
            ? 'There is nothing left to read.'
            : `Your builder asks every adult of the home to read ${count(documents.length, 'document')} before the app opens.`}
        </p>
      </header>
      {error && (
        <Notice tone="error">
          <p>{error}</p>
        </Notice>
      )}
      {documents.length === 0 ? (
        <EmptyState
          icon="check"
          title="All read"
          action={
            <ButtonLink href={paths.home()} tone="gold">
              Go to the app
            </ButtonLink>
          }
        >
          Thank you. You find the documents again under Documents.
        </EmptyState>
      ) : (
        documents.map((document) => <Unread document={document} />)
      )}
      {documents.length > 0 && <Meanwhile />}
    </div>
  </PurchaserPage>
)

const Unread = ({ document }: { document: UnreadView }) => (
  <Card title={document.title}>
    <p class="document-meta">
      {document.kindLabel} · {count(document.pages, 'page')}
      {document.versionNumber > 1 && ` · version ${document.versionNumber}`}
    </p>
    <p class="agenda-actions">
      <ButtonLink href={paths.document(document.id)} icon="document">
        Read it
      </ButtonLink>
      <ButtonLink href={paths.documentFile(document.id)} tone="quiet" icon="external">
        Open the PDF
      </ButtonLink>
    </p>
    <form class="stack" method="post" action={paths.acknowledgement(document.id)}>
      <input type="hidden" name="version" value={document.versionId} />
      <Choice
        id={`read-${document.id}`}
        name="read"
        value="yes"
        label={`I have read “${document.title}”.`}
        required
      />
      <div>
        <Button tone="gold" icon="check">
          Confirm
        </Button>
      </div>
      <p class="hint">
        Kept with your name, the time, the version and the network address. Others of your household confirm
        for themselves.
      </p>
    </form>
  </Card>
)

/** Danger waits for no document. */
const Meanwhile = () => (
  <Card title="Something dangerous?">
    <p>
      Gas, fire, water pouring in: <a href={paths.emergency()}>who to call and what to turn off</a>, or ask
      right here. Everything else can be asked once you have read.
    </p>
    <form class="stack" method="post" action={paths.chat()}>
      <TextArea label="What is happening?" name="question" rows={2} maxlength={2000} required />
      <div>
        <Button tone="quiet">Ask</Button>
      </div>
    </form>
  </Card>
)

// My data: what is recorded of one, who looked at it, a copy of it, where one is signed in, and having it erased.

import { formatBytes, formatDate, formatDateTime } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { SignedOutPage } from '#views/layout/signed-out.tsx'
import { Button, ButtonLink } from '#views/parts/button.tsx'
import { Badge, Card, Progress } from '#views/parts/card.tsx'
import { Confirmation, Field } from '#views/parts/field.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { waitingLineAttributes } from '#views/parts/live.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'
import { tenureWords } from '#views/tenure-words.ts'

export type AccessView = { at: Date; who: string; what: string }
export type ExportView = {
  id: string
  state: 'working' | 'ready' | 'failed'
  progress: { done: number; total: number }
  sizeBytes: number | null
  expiresAt: Date | null
  createdAt: Date
}
export type SessionView = { device: string; since: Date; lastSeenAt: Date; isCurrent: boolean }

export type DetailsView = {
  values: { full_name: string; email: string }
  errors: { full_name?: string; email?: string }
  /** Whether a new address is asked before mails go there. */
  isAsked: boolean
}

export type MyDataProps = {
  shell: PurchaserShell
  /** Null: nobody recorded who this is. */
  details: DetailsView | null
  done?: DetailsDone | undefined
  accesses: AccessView[]
  exports: ExportView[]
  sessions: SessionView[]
}

export type DetailsDone = 'saved' | 'asked' | 'confirmed'

const DONE: Record<DetailsDone, string> = {
  saved: 'Saved.',
  asked:
    'An e-mail is on its way to the new address. Open its link on this device within a day; until then we use the old one.',
  confirmed: 'Confirmed: e-mails about your home come to that address from now on.',
}

const Details = ({ shell, details }: Pick<MyDataProps, 'shell' | 'details'>) => (
  <Card title="My name and e-mail address" className="stack">
    {details === null ? (
      <p>
        Nobody’s name is recorded for this device, so there is nothing to correct.{' '}
        {tenureWords(shell.tenure).Yours} can add your name and address.
      </p>
    ) : (
      <form class="stack" method="post" action={paths.myDataDetails()} novalidate>
        <Field
          label="Name"
          name="full_name"
          value={details.values.full_name}
          hint={`As the app and ${tenureWords(shell.tenure).yours} show it. What you sign stays as it was signed.`}
          error={details.errors.full_name}
          autocomplete="name"
          maxlength={200}
          required
        />
        <Field
          label="E-mail address"
          name="email"
          type="email"
          value={details.values.email}
          hint={
            details.isAsked
              ? 'We write to a new address first, and use it once you have opened the link. Leave it empty to get no e-mails.'
              : 'Leave it empty to get no e-mails.'
          }
          error={details.errors.email}
          autocomplete="email"
          maxlength={254}
        />
        <p class="hint">{tenureWords(shell.tenure).Yours} sees what you change, and what it was before.</p>
        <div>
          <Button>Save</Button>
        </div>
      </form>
    )}
  </Card>
)

export const MyDataPage = ({ shell, details, done, accesses, exports, sessions }: MyDataProps) => (
  <PurchaserPage title="My data" shell={shell}>
    <div class="page">
      <h1>My data</h1>
      {done && <Notice tone="success">{DONE[done]}</Notice>}
      <Details shell={shell} details={details} />
      <Card title="Who looked at my data">
        {accesses.length === 0 ? (
          <p>Nobody outside your household has opened anything of your home.</p>
        ) : (
          <ul class="record-list">
            {accesses.map((access) => (
              <li>
                <strong>{access.who}</strong>
                <span>{access.what}</span>
                <span class="document-meta">{formatDateTime(access.at)}</span>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title="A copy of my data">
        <p>
          A ZIP file with your questions and answers, your devices and everything else kept about you, as a
          page to read and as JSON. It can be downloaded for 7 days.
        </p>
        {exports.length > 0 && (
          <ul class="record-list">
            {exports.map((each) => (
              <ExportItem copy={each} />
            ))}
          </ul>
        )}
        <form method="post" action={paths.myDataExports()}>
          <Button icon="download">Make a copy</Button>
        </form>
      </Card>
      <Card title="Where I am signed in">
        <ul class="record-list">
          {sessions.map((session) => (
            <li>
              <strong>
                {session.device} {session.isCurrent && <Badge tone="gold">This device</Badge>}
              </strong>
              <span class="document-meta">
                Since {formatDate(session.since)}, last used {formatDateTime(session.lastSeenAt)}
              </span>
            </li>
          ))}
        </ul>
        <form method="post" action={paths.myDataSignOut()}>
          <Button tone="quiet" icon="signOut">
            Sign out everywhere
          </Button>
        </form>
      </Card>
      <Card title="Erase my data">
        <p>
          Removes your name, your questions and their answers, and everything else kept about you. It cannot
          be undone.
        </p>
        <ButtonLink href={paths.erasure()} tone="danger">
          Erase my data
        </ButtonLink>
      </Card>
    </div>
  </PurchaserPage>
)

const COPY_LOOK_EVERY_SECONDS = 2

/** Asks for itself again until the copy is made; a copy that is gone takes its line away. */
export const ExportItem = ({ copy }: { copy: ExportView }) => {
  const polling =
    copy.state === 'working'
      ? waitingLineAttributes(paths.myDataExport(copy.id), COPY_LOOK_EVERY_SECONDS)
      : {}
  return (
    <li id={`copy-${copy.id}`} {...polling}>
      <strong>Copy of {formatDateTime(copy.createdAt)}</strong>
      {copy.state === 'working' && (
        <Fragment>
          <Progress label="Making the copy" done={copy.progress.done} total={copy.progress.total} />
          <span class="document-meta">
            Being made. <a href={paths.myData()}>Look again</a>
          </span>
        </Fragment>
      )}
      {copy.state === 'failed' && <span>This copy could not be made. Please ask for another one.</span>}
      {copy.state === 'ready' && (
        <Fragment>
          <a class="download-link" href={paths.myDataExportFile(copy.id)}>
            <Icon name="download" /> Download
            {copy.sizeBytes !== null && ` (${formatBytes(copy.sizeBytes)})`}
          </a>
          {copy.expiresAt && <span class="document-meta">Until {formatDateTime(copy.expiresAt)}</span>}
        </Fragment>
      )}
    </li>
  )
}

export const ErasurePage = ({ shell, error }: { shell: PurchaserShell; error?: string }) => (
  <PurchaserPage title="Erase my data" shell={shell}>
    <div class="page">
      <a class="back-link" href={paths.myData()}>
        <Icon name="chevronLeft" /> My data
      </a>
      <h1>Erase my data</h1>
      <Notice tone="warning" title="This cannot be undone">
        <p>
          Your name, your questions and their answers, your devices and the list of what you opened are
          removed from the app, and you are signed out at once. Your home’s documents stay, because they
          belong to the home.
        </p>
      </Notice>
      <p>
        You may want to <a href={paths.myData()}>make a copy</a> first.
      </p>
      <form class="stack" method="post" action={paths.erasure()}>
        <Confirmation name="confirmed" label="I want my data to be erased for good." error={error} />
        <Button tone="danger">Erase my data now</Button>
      </form>
    </div>
  </PurchaserPage>
)

export const ErasedPage = ({ dueOn }: { dueOn: Date | null }) => (
  <SignedOutPage
    title="Your data is being erased"
    heading="Your data is being erased"
    footer={<a href={paths.privacy()}>Privacy and AI notice</a>}
  >
    <div class="prose">
      <p>
        You have been signed out. The rest happens within minutes
        {dueOn && ` and at the latest by ${formatDate(dueOn)}, as the law requires`}.
      </p>
    </div>
  </SignedOutPage>
)

/** `email` null: the link has run out, was altered, or is somebody else's. */
export const AddressPage = ({
  shell,
  email,
  token,
}: {
  shell: PurchaserShell
  email: string | null
  token: string
}) => (
  <PurchaserPage title="Your e-mail address" shell={shell}>
    <div class="page">
      <a class="back-link" href={paths.myData()}>
        <Icon name="chevronLeft" /> My data
      </a>
      <h1>Your e-mail address</h1>
      {email === null ? (
        <Notice tone="warning" title="This link does not work here">
          <p>
            It has run out, or it was made for somebody else. Your address is as it was; under{' '}
            <a href={paths.myData()}>My data</a> you can ask for a new e-mail.
          </p>
        </Notice>
      ) : (
        <form class="stack" method="post" action={paths.myDataAddress()}>
          <p>
            E-mails about your home are to come to <strong>{email}</strong>.
          </p>
          <input type="hidden" name="token" value={token} />
          <Button>Use this address</Button>
        </form>
      )}
    </div>
  </PurchaserPage>
)

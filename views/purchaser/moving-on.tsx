// Moving on: handing the home's record to its next owner; what goes along, what does not, and who still has to confirm.

import { formatDate } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { SignedOutPage } from '#views/layout/signed-out.tsx'
import { Button } from '#views/parts/button.tsx'
import { Card, CardForm } from '#views/parts/card.tsx'
import { Confirmation } from '#views/parts/field.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'
import { tenureWords } from '#views/tenure-words.ts'

export type TransferView = {
  id: string
  state: 'awaits_household' | 'awaits_builder' | 'settling' | 'withdrawn' | 'expired' | 'completed'
  startedBy: 'household' | 'builder'
  expiresAt: Date
  endedAt: Date | null
}

export type MovingOnProps = {
  shell: PurchaserShell
  transfer: TransferView | null
  /** Whether this person is on the contract, where names are recorded. */
  mayConfirm: boolean
  error?: string
}

export const MovingOnPage = (props: MovingOnProps) => (
  <PurchaserPage title="Moving on" shell={props.shell} tab="home">
    <div class="page">
      <a class="back-link" href={paths.myHome()}>
        <Icon name="chevronLeft" /> Your home
      </a>
      <header class="home-header">
        <h1>Moving on</h1>
        <p class="lead">
          When others move in, hand its record on. You and {tenureWords(props.shell.tenure).yours} confirm it
          together.
        </p>
      </header>
      <State {...props} />
      <Card title={`What the ${tenureWords(props.shell.tenure).next} gets`}>
        <ul class="bullets">
          <li>The documents of the home: manuals, drawings, certificates and warranties.</li>
          <li>What is recorded about its rooms, systems and maintenance.</li>
          <li>A new link and access code, which {tenureWords(props.shell.tenure).yours} gives to them.</li>
        </ul>
      </Card>
      <Card title="What stays yours">
        <p>
          Your names, your questions and their answers, the photos and words of your snags, and the list of
          what you opened are never handed on. They are erased once both of you have confirmed, so{' '}
          <a href={paths.myData()}>make a copy of your data</a> before, if you want to keep them.
        </p>
      </Card>
      <Decision {...props} />
    </div>
  </PurchaserPage>
)

const State = ({ transfer, shell }: MovingOnProps) => {
  const { yours, Yours } = tenureWords(shell.tenure)
  if (transfer?.state === 'awaits_builder')
    return (
      <Notice title={`Waiting for ${yours}`}>
        <p>
          Your household has confirmed. Without a confirmation of {yours} by {formatDate(transfer.expiresAt)}{' '}
          it ends by itself, and nothing changes.
        </p>
      </Notice>
    )
  if (transfer?.state === 'awaits_household')
    return (
      <Notice tone="warning" title={`${Yours} asks you to confirm`}>
        <p>
          {Yours} has started to hand over this home. Nothing happens unless you confirm it by{' '}
          {formatDate(transfer.expiresAt)}.
        </p>
      </Notice>
    )
  if (transfer?.state === 'withdrawn' && transfer.endedAt)
    return (
      <Notice>
        <p>The last handing over was withdrawn on {formatDate(transfer.endedAt)}. Nothing has changed.</p>
      </Notice>
    )
  if (transfer?.state === 'expired' && transfer.endedAt)
    return (
      <Notice>
        <p>
          The last handing over ended on {formatDate(transfer.endedAt)}, because it was not confirmed in time.
          Nothing has changed.
        </p>
      </Notice>
    )
  return null
}

const Decision = (props: MovingOnProps) => {
  const { transfer, mayConfirm } = props
  if (!mayConfirm) return <p class="hint">Only those who are named on the contract can hand over the home.</p>
  if (transfer?.state === 'awaits_builder')
    return <WithdrawalForm transferId={transfer.id} label="Withdraw it" />
  if (transfer?.state === 'awaits_household')
    return (
      <Fragment>
        <ConfirmForm
          action={paths.transferConfirmation(transfer.id)}
          button="Confirm and leave"
          note="You and everybody else of your household are signed out at once. It cannot be undone."
          error={props.error}
        />
        <WithdrawalForm transferId={transfer.id} label="Refuse it" />
      </Fragment>
    )
  return (
    <ConfirmForm
      action={paths.movingOn()}
      button="Start handing over"
      note={`Nothing changes before ${tenureWords(props.shell.tenure).yours} has confirmed it too. Then everybody of your household is signed out, and it cannot be undone.`}
      error={props.error}
    />
  )
}

type ConfirmProps = { action: string; button: string; note: string; error: string | undefined }

const ConfirmForm = ({ action, button, note, error }: ConfirmProps) => (
  <CardForm action={action}>
    <p>{note}</p>
    <Confirmation name="confirmed" label="Our household hands this home over for good." error={error} />
    <Button tone="danger">{button}</Button>
  </CardForm>
)

const WithdrawalForm = ({ transferId, label }: { transferId: string; label: string }) => (
  <form method="post" action={paths.transferWithdrawal(transferId)}>
    <Button tone="quiet">{label}</Button>
  </form>
)

export const MovedOnPage = () => (
  <SignedOutPage
    title="You have moved on"
    heading="You have moved on"
    lead="The record of your home is now for those who live there next."
    footer={<a href={paths.privacy()}>Privacy and AI notice</a>}
  >
    <div class="prose">
      <p>
        Everybody of your household is signed out. Your questions, photos and everything else about you are
        being erased within minutes. We wish you well in your next home.
      </p>
    </div>
  </SignedOutPage>
)

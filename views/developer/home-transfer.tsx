// Moving on, as the builder sees it on the page of a home: started, confirmed by both, or withdrawn.

import { formatDate } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card } from '#views/parts/card.tsx'
import { Confirmation } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'
import type { TransferView } from '#views/purchaser/moving-on.tsx'

type Props = { homeId: string; transfer: TransferView | null; error: string | null }

export const HomeTransfer = (props: Props) => (
  <Card title="Moving on" id="moving-on" className="stack" actions={<StateBadge {...props} />}>
    <p>
      When the home is sold on, its record goes to the next owner: documents, facts, maintenance, nothing
      personal. Household and builder both confirm; then everybody is signed out, the home gets a new link and
      code, and what the household asked, wrote and photographed is erased.
    </p>
    <Step {...props} />
  </Card>
)

const WAITING = { awaits_household: 'Waits for the household', awaits_builder: 'Waits for you' } as const

const StateBadge = ({ transfer }: Props) =>
  transfer?.state === 'awaits_household' || transfer?.state === 'awaits_builder' ? (
    <Badge tone="gold">{WAITING[transfer.state]}</Badge>
  ) : null

const Step = ({ homeId, transfer, error }: Props) => {
  if (transfer?.state === 'settling')
    return (
      <Notice>
        <p>
          Both have confirmed. The old household’s data is being taken out; within minutes the new link and
          code open the home.
        </p>
      </Notice>
    )
  if (transfer?.state === 'awaits_household')
    return (
      <Fragment>
        <p>
          You started it. The household has until {formatDate(transfer.expiresAt)} to confirm it in its app,
          under Home, Moving on.
        </p>
        <Withdrawal homeId={homeId} transferId={transfer.id} label="Withdraw it" />
      </Fragment>
    )
  if (transfer?.state === 'awaits_builder')
    return (
      <Fragment>
        <p>
          The household started it, and has confirmed. You have until {formatDate(transfer.expiresAt)}.
          Confirm once the sale is closed: it cannot be undone.
        </p>
        <ConfirmForm
          action={paths.developer.homeTransferConfirmation(homeId, transfer.id)}
          button="Confirm the handover"
          error={error}
        />
        <Withdrawal homeId={homeId} transferId={transfer.id} label="Refuse it" />
      </Fragment>
    )
  return (
    <Fragment>
      {transfer?.endedAt && <p class="hint">{lastWords(transfer, transfer.endedAt)}</p>}
      <ConfirmForm action={paths.developer.homeTransfers(homeId)} button="Start moving on" error={error} />
    </Fragment>
  )
}

function lastWords({ state }: TransferView, endedAt: Date): string {
  if (state === 'completed') return `Handed to the next owner on ${formatDate(endedAt)}.`
  if (state === 'expired') return `The last one ran out on ${formatDate(endedAt)} without both confirming.`
  return `The last one was withdrawn on ${formatDate(endedAt)}.`
}

const ConfirmForm = ({ action, button, error }: { action: string; button: string; error: string | null }) => (
  <form class="stack" method="post" action={action}>
    <Confirmation
      id="transfer"
      name="confirmed"
      label="The home has a new owner, and the household agrees."
      error={error}
    />
    <Button tone="danger" small>
      {button}
    </Button>
  </form>
)

const Withdrawal = ({ homeId, transferId, label }: { homeId: string; transferId: string; label: string }) => (
  <form method="post" action={paths.developer.homeTransferWithdrawal(homeId, transferId)}>
    <Button tone="quiet" small>
      {label}
    </Button>
  </form>
)

// Webhooks: where events are told to, and what came of it.
import { SettingsFrame } from '#views/developer/settings/frame.tsx'
import { count, formatDateTime } from '#views/format.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState } from '#views/parts/card.tsx'
import { Checkboxes, Field } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type WebhookView = { id: string; url: string; events: string[]; isDisabled: boolean }

export type WebhooksProps = {
  shell: StaffShell
  webhooks: WebhookView[]
  allEvents: readonly string[]
  /** Shown this once. */
  secret: string | null
  form: { url: string; events: string[]; problem(field: string): string | undefined }
  message?: string | undefined
}

const State = ({ isDisabled }: { isDisabled: boolean }) =>
  isDisabled ? <Badge tone="error">Switched off</Badge> : <Badge tone="success">On</Badge>

const COLUMNS: Column[] = [{ label: 'Address' }, { label: 'Events' }, { label: 'State' }]

export const WebhooksPage = ({ shell, webhooks, allEvents, secret, form, message }: WebhooksProps) => (
  <SettingsFrame shell={shell} view="webhooks" title="Webhooks" message={message}>
    {secret && (
      <Notice tone="success" title="The webhook is made" id="new-secret">
        <p>With this secret its deliveries are signed. Copy it now, it is not shown again:</p>
        <p class="one-time">{secret}</p>
      </Notice>
    )}
    {webhooks.length === 0 ? (
      <EmptyState icon="external" title="No webhooks yet">
        OpenHouse can tell another program as soon as something happens: a home is claimed, a document is
        ready.
      </EmptyState>
    ) : (
      <Table caption="Webhooks" columns={COLUMNS}>
        {webhooks.map((webhook) => (
          <tr>
            <th scope="row" class="cell-title">
              <a href={paths.developer.webhook(webhook.id)}>{webhook.url}</a>
            </th>
            <td>{webhook.events.join(', ')}</td>
            <td>
              <State isDisabled={webhook.isDisabled} />
            </td>
          </tr>
        ))}
      </Table>
    )}
    <Card title="Add a webhook" id="add-webhook">
      <form class="stack" method="post" action={paths.developer.webhooks()}>
        <Field
          label="Address"
          name="url"
          hint="Starts with https://"
          value={form.url}
          error={form.problem('url')}
          maxlength={2_000}
          autocomplete="off"
          required
        />
        <Checkboxes
          legend="Events"
          name="events"
          options={allEvents.map((event) => ({ value: event, label: event }))}
          checked={form.events}
          error={form.problem('events')}
        />
        <Button>Add</Button>
      </form>
    </Card>
  </SettingsFrame>
)

export type DeliveryView = {
  id: string
  event: string
  state: string
  attempts: number
  status: number | null
  failure: string | null
  at: Date
}

export type WebhookProps = {
  shell: StaffShell
  webhook: WebhookView
  deliveries: DeliveryView[]
  message?: string | undefined
  problem?: string | undefined
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

const DELIVERY_COLUMNS: Column[] = [
  { label: 'When' },
  { label: 'Event' },
  { label: 'State' },
  { label: 'Again', hiddenLabel: true },
]

export const WebhookPage = ({
  shell,
  webhook,
  deliveries,
  message,
  problem,
  nextUrl,
  firstUrl,
}: WebhookProps) => (
  <SettingsFrame shell={shell} view="webhooks" title="Webhook" message={message} problem={problem}>
    <Card title={webhook.url} id="webhook" className="stack">
      <p>
        <State isDisabled={webhook.isDisabled} /> {webhook.events.join(', ')}
      </p>
      <div class="bulk-actions">
        {webhook.isDisabled && (
          <form method="post" action={paths.developer.webhookEnabling(webhook.id)}>
            <Button small>Switch on again</Button>
          </form>
        )}
        <form method="post" action={paths.developer.webhookDeletion(webhook.id)}>
          <Button tone="danger" small>
            Remove
          </Button>
        </form>
      </div>
    </Card>
    {deliveries.length === 0 ? (
      <EmptyState icon="clock" title="Nothing delivered yet">
        What happens from now on is told to this address.
      </EmptyState>
    ) : (
      <Table caption="Deliveries" columns={DELIVERY_COLUMNS}>
        {deliveries.map((delivery) => (
          <DeliveryRow webhookId={webhook.id} delivery={delivery} />
        ))}
      </Table>
    )}
    <Pagination
      label="Pages of deliveries"
      shown={count(deliveries.length, 'delivery', 'deliveries')}
      firstUrl={firstUrl}
      nextUrl={nextUrl}
      isForMoreOnly
    />
  </SettingsFrame>
)

const DeliveryRow = ({ webhookId, delivery }: { webhookId: string; delivery: DeliveryView }) => (
  <tr>
    <td class="cell-date">{formatDateTime(delivery.at)}</td>
    <th scope="row">{delivery.event}</th>
    <td>
      <DeliveryState delivery={delivery} />
    </td>
    <td>
      <form method="post" action={paths.developer.webhookReplay(webhookId, delivery.id)}>
        <Button tone="quiet" small>
          Send again
        </Button>
      </form>
    </td>
  </tr>
)

const DeliveryState = ({ delivery: { state, status, failure, attempts } }: { delivery: DeliveryView }) => {
  if (state === 'delivered') return <Badge tone="success">{`Taken, ${status ?? ''}`}</Badge>
  const why = failure ? `: ${failure.replaceAll('_', ' ')}` : ''
  if (state === 'failed') return <Badge tone="error">{`Given up${why}`}</Badge>
  return <Badge>{attempts > 0 ? `Tried ${count(attempts, 'time')}${why}` : 'Waiting'}</Badge>
}

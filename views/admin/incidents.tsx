// Incidents: the list with the form for one that no rule sees, and one with all that became of it.
import { IncidentStatus, type IncidentView } from '#views/admin/alerts.tsx'
import { AdminPage } from '#views/admin/page.tsx'
import { count, formatDateTime, formatDuration, formatNumber } from '#views/format.ts'
import type { Html } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Card, EmptyState } from '#views/parts/card.tsx'
import { Field, TextArea } from '#views/parts/field.tsx'
import { Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type IncidentsProps = { shell: StaffShell; alerts: Html; incidents: Html }

export const IncidentsPage = ({ shell, alerts, incidents }: IncidentsProps) => (
  <AdminPage title="Incidents" shell={shell} active="incidents">
    {alerts}
    <h2 class="section-heading">All incidents</h2>
    {incidents}
    <Card title="Open an incident">
      <form class="stack" method="post" action={paths.admin.incidents()}>
        <Field label="What is wrong" name="title" maxlength={200} required />
        <TextArea label="What is known so far" name="note" rows={3} maxlength={2000} />
        <Button>Open the incident</Button>
      </form>
    </Card>
  </AdminPage>
)

export type IncidentListProps = {
  incidents: IncidentView[]
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

export const IncidentList = ({ incidents, nextUrl, firstUrl }: IncidentListProps) =>
  incidents.length === 0 ? (
    <EmptyState icon="check" title="No incidents yet">
      An alert rule that fires opens one by itself, and you can open one by hand.
    </EmptyState>
  ) : (
    <div class="stack">
      <Table
        caption="Incidents"
        columns={[{ label: 'Incident' }, { label: 'Status' }, { label: 'Since' }, { label: 'Lasted' }]}
      >
        {incidents.map((incident) => (
          <tr id={`incident-${incident.id}`}>
            <th scope="row" class="cell-title">
              <a href={paths.admin.incident(incident.id)}>{incident.title}</a>
              <small>{incident.rule ? 'Opened by its rule' : 'Opened by hand'}</small>
            </th>
            <td>
              <IncidentStatus incident={incident} />
            </td>
            <td class="cell-date">{formatDateTime(incident.createdAt)}</td>
            <td>{incident.resolvedAt ? lasted(incident.createdAt, incident.resolvedAt) : 'Still open'}</td>
          </tr>
        ))}
      </Table>
      <Pagination
        label="Pages of incidents"
        shown={count(incidents.length, 'incident')}
        firstUrl={firstUrl}
        nextUrl={nextUrl}
      />
    </div>
  )

export type IncidentEventView = {
  id: string
  kind: string
  actorName: string | null
  note: string
  figures: Record<string, unknown>
  createdAt: Date
}

export type IncidentProps = { shell: StaffShell; incident: IncidentView; events: IncidentEventView[] }

export const IncidentPage = ({ shell, incident, events }: IncidentProps) => (
  <AdminPage
    title={incident.title}
    shell={shell}
    active="incidents"
    back={{ label: 'Incidents', href: paths.admin.incidents() }}
  >
    <p>
      <IncidentStatus incident={incident} /> since {formatDateTime(incident.createdAt)}
      {incident.resolvedAt ? `, lasted ${lasted(incident.createdAt, incident.resolvedAt)}` : ''}
    </p>
    <Card title="What happened">
      <ol class="timeline">
        {events.map((event) => (
          <li id={`event-${event.id}`}>
            <time datetime={event.createdAt.toISOString()}>{formatDateTime(event.createdAt)}</time>
            <div>
              {' '}
              <p>
                <strong>{EVENT_WORDS[event.kind] ?? event.kind}</strong>
                {event.actorName ? ` by ${event.actorName}` : ''}
              </p>
              {figuresOf(event) && <p>{figuresOf(event)}</p>}
              {event.note && <p class="cell-message">{event.note}</p>}
            </div>{' '}
          </li>
        ))}
      </ol>
    </Card>
    {!incident.resolvedAt && <Actions incident={incident} />}
  </AdminPage>
)

const Actions = ({ incident }: { incident: IncidentView }) => (
  <div class="stack">
    {!incident.acknowledgedAt && (
      <form method="post" action={paths.admin.incidentAcknowledgement(incident.id)}>
        <Button>Take it on</Button>
      </form>
    )}
    <Card title="Add a note">
      <form class="stack" method="post" action={paths.admin.incidentNotes(incident.id)}>
        <TextArea label="Note" name="note" id="added-note" rows={3} maxlength={2000} required />
        <Button tone="quiet">Add the note</Button>
      </form>
    </Card>
    <Card title="End it">
      <form class="stack" method="post" action={paths.admin.incidentResolution(incident.id)}>
        <TextArea label="What it was" name="note" id="last-note" rows={3} maxlength={2000} />
        <Button tone="danger">It is over</Button>
      </form>
    </Card>
  </div>
)

const EVENT_WORDS: Record<string, string> = {
  opened: 'Opened',
  calm: 'Calm',
  again: 'Wrong again',
  acknowledged: 'Taken on',
  note: 'Note',
  resolved: 'Over',
  told: 'You were told',
  not_told: 'You could not be told',
}

function figuresOf({ figures }: IncidentEventView): string | null {
  const { bad, total, burnShort, burnLong, by } = figures
  if (typeof by === 'string') return `By ${by}.`
  if (typeof bad !== 'number' || typeof total !== 'number') return null
  return `${formatNumber(bad)} bad of ${formatNumber(total)}; burn rate ${String(burnLong)}× over the longer window, ${String(burnShort)}× over the shorter.`
}

const lasted = (from: Date, to: Date) => formatDuration(to.getTime() - from.getTime())

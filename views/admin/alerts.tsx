// The alert rules as they stand, with the incidents that are open; asks for itself again while it is looked at.
import { formatDateTime, formatNumber } from '#views/format.ts'
import { Badge, Card } from '#views/parts/card.tsx'
import { liveAttributes } from '#views/parts/live.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type IncidentView = {
  id: string
  rule: string | null
  title: string
  createdAt: Date
  acknowledgedAt: Date | null
  resolvedAt: Date | null
}

export type RuleView = {
  name: string
  title: string
  meaning: string
  reading: {
    evaluatedAt: Date
    firingSince: Date | null
    burnShort: number
    burnLong: number
    badCount: number
    totalCount: number
  } | null
}

export type AlertsProps = { rules: RuleView[]; incidents: IncidentView[]; toldBy: string[] }

const LIVE_EVERY_MS = 5_000

const COLUMNS: Column[] = [
  { label: 'Rule' },
  { label: 'State' },
  { label: 'Bad', align: 'right' },
  { label: 'Of', align: 'right' },
  { label: 'Burn rate, longer window', align: 'right' },
  { label: 'Shorter', align: 'right' },
]

export const Alerts = ({ rules, incidents, toldBy }: AlertsProps) => (
  <div class="stack" id="alerts" {...liveAttributes(paths.admin.alerts(), LIVE_EVERY_MS)}>
    <Card
      title="Incidents"
      actions={<a href={paths.admin.incidents()}>All incidents</a>}
      className={incidents.length > 0 ? 'card-alert' : ''}
    >
      {incidents.length === 0 ? (
        <p>Nothing is wrong that anybody knows of.</p>
      ) : (
        <ul class="incident-list">
          {incidents.map((incident) => (
            <li>
              <IncidentStatus incident={incident} />{' '}
              <a href={paths.admin.incident(incident.id)}>{incident.title}</a>, since{' '}
              {formatDateTime(incident.createdAt)}
            </li>
          ))}
        </ul>
      )}
      <p class="field-hint">
        {toldBy.length > 0
          ? `You are told by ${toldBy.join(' and ')} as well.`
          : 'Nobody is told outside this page: ALERT_WEBHOOK_URL and ALERT_MAIL_TO are not set.'}
      </p>
    </Card>
    <Table caption="Alert rules" columns={COLUMNS}>
      {rules.map((rule) => (
        <Rule rule={rule} />
      ))}
    </Table>
  </div>
)

const Rule = ({ rule: { name, title, meaning, reading } }: { rule: RuleView }) => (
  <tr id={`rule-${name}`}>
    <th scope="row" class="cell-title">
      {title}
      <small>{meaning}</small>
    </th>
    <td>
      {!reading ? (
        <Badge>Not judged yet</Badge>
      ) : reading.firingSince ? (
        <Badge tone="error">Firing since {formatDateTime(reading.firingSince)}</Badge>
      ) : (
        <Badge tone="success">Well</Badge>
      )}
    </td>
    <td class="cell-right">{reading ? formatNumber(reading.badCount) : '–'}</td>
    <td class="cell-right">{reading ? formatNumber(reading.totalCount) : '–'}</td>
    <td class="cell-right">{reading ? burn(reading.burnLong) : '–'}</td>
    <td class="cell-right">{reading ? burn(reading.burnShort) : '–'}</td>
  </tr>
)

export const IncidentStatus = ({ incident }: { incident: IncidentView }) =>
  incident.resolvedAt ? (
    <Badge tone="success">Over</Badge>
  ) : incident.acknowledgedAt ? (
    <Badge tone="gold">Taken on</Badge>
  ) : (
    <Badge tone="error">Open</Badge>
  )

const burn = (rate: number) => `${formatNumber(Math.round(rate * 10) / 10)}×`

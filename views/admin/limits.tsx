// Rate limits: every policy with what passed it and what did not, the keys that were denied most, and letting one go.
import { AdminPage } from '#views/admin/page.tsx'
import { formatDateTime, formatDuration, formatNumber } from '#views/format.ts'
import type { Html } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { liveAttributes } from '#views/parts/live.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type PolicyView = {
  policy: string
  burst: number
  perMinute: number
  lastMinute: { allowed: number; limited: number }
  lastHour: { allowed: number; limited: number }
}

export type DenialsView = {
  keys: { policy: string; subject: string; times: number; lastAt: Date }[]
  last: { id: string; at: Date; requestId: string | null; fields: Record<string, unknown> }[]
}

const LIVE_EVERY_MS = 5_000

const COLUMNS: Column[] = [
  { label: 'Policy' },
  { label: 'At once', align: 'right' },
  { label: 'Then a minute', align: 'right' },
  { label: 'Passed, this minute', align: 'right' },
  { label: 'Denied, this minute', align: 'right' },
  { label: 'Passed, last hour', align: 'right' },
  { label: 'Denied, last hour', align: 'right' },
]

type LimitsProps = {
  shell: StaffShell
  figures: Html
  delays: Html
  denials: Html
  message?: string | undefined
}

export const LimitsPage = ({ shell, figures, delays, denials, message }: LimitsProps) => (
  <AdminPage title="Rate limits" shell={shell} active="limits">
    {message && <Notice tone="success">{message}</Notice>}
    {figures}
    {delays}
    {denials}
  </AdminPage>
)

/** Counted where requests arrive, so these are of one process; denials below are of all. */
export const PolicyTable = ({ policies }: { policies: PolicyView[] }) => (
  <div class="stack" id="limit-figures" {...liveAttributes(paths.admin.limitsLive(), LIVE_EVERY_MS)}>
    <p class="field-hint">What this process let pass and did not. A plan may give an API key more or less.</p>
    <Table caption="Policies" columns={COLUMNS}>
      {policies.map(({ policy, burst, perMinute, lastMinute, lastHour }) => (
        <tr id={`policy-${policy}`}>
          <th scope="row">
            <a href={paths.admin.logs('rate-limits', { kind: policy })}>{policy}</a>
          </th>
          <td class="cell-right">{formatNumber(burst)}</td>
          <td class="cell-right">{formatNumber(perMinute)}</td>
          <td class="cell-right">{formatNumber(lastMinute.allowed)}</td>
          <Denied count={lastMinute.limited} />
          <td class="cell-right">{formatNumber(lastHour.allowed)}</td>
          <Denied count={lastHour.limited} />
        </tr>
      ))}
    </Table>
  </div>
)

const Denied = ({ count }: { count: number }) => (
  <td class={count > 0 ? 'cell-right failure' : 'cell-right'}>{formatNumber(count)}</td>
)

export type DelayView = { id: string; kind: string; who: string; failureCount: number; waitMs: number }

const DELAY_COLUMNS: Column[] = [
  { label: 'Waiting after wrong codes or passwords' },
  { label: 'What' },
  { label: 'Failures', align: 'right' },
  { label: 'Must wait', align: 'right' },
  { label: 'Let it begin anew', hiddenLabel: true },
]

/** Of the process that answers; letting one begin anew is told to all. */
export const Delays = ({ delays }: { delays: DelayView[] }) =>
  delays.length === 0 ? (
    <p class="field-hint">Nobody waits in this process after wrong codes or passwords.</p>
  ) : (
    <Table caption="Waiting after wrong codes or passwords" columns={DELAY_COLUMNS}>
      {delays.map(({ id, kind, who, failureCount, waitMs }) => (
        <tr id={`delay-${id}`}>
          <th scope="row" class="cell-text">
            {who}
          </th>
          <td>{kind}</td>
          <td class="cell-right">{formatNumber(failureCount)}</td>
          <td class="cell-right">{waitMs > 0 ? formatDuration(waitMs) : 'No longer'}</td>
          <td>
            <form method="post" action={paths.admin.delayRelease()}>
              <input type="hidden" name="delay" value={id} />
              <Button tone="quiet" small>
                Unblock<span class="visually-hidden"> {who}</span>
              </Button>
            </form>
          </td>
        </tr>
      ))}
    </Table>
  )

export const Denials = ({ keys, last }: DenialsView) =>
  last.length === 0 ? (
    <EmptyState icon="check" title="Nobody was told to slow down">
      Whoever is appears here, once in ten seconds and key.
    </EmptyState>
  ) : (
    <div class="stack">
      {keys.length > 0 && (
        <Table
          caption="Keys denied most often in the last day"
          columns={[
            { label: 'Denied most in the last day' },
            { label: 'Policy' },
            { label: 'Times', align: 'right' },
            { label: 'Last' },
            { label: 'Let it begin anew', hiddenLabel: true },
          ]}
        >
          {keys.map(({ policy, subject, times, lastAt }) => (
            <tr>
              <th scope="row" class="cell-text">
                {subject}
              </th>
              <td>{policy}</td>
              <td class="cell-right">{formatNumber(times)}</td>
              <td class="cell-date">{formatDateTime(lastAt)}</td>
              <td>
                <form method="post" action={paths.admin.limitRelease()}>
                  <input type="hidden" name="policy" value={policy} />
                  <input type="hidden" name="key" value={subject} />
                  <Button tone="quiet" small>
                    Unblock
                  </Button>
                </form>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Table
        caption="Last denials"
        columns={[
          { label: 'Last denials' },
          { label: 'Policy' },
          { label: 'Key' },
          { label: 'Address' },
          { label: 'Request' },
        ]}
      >
        {last.map(({ id, at, requestId, fields }) => (
          <tr id={`denial-${id}`}>
            <th scope="row" class="cell-date">
              {formatDateTime(at)}
            </th>
            <td>{String(fields.policy)}</td>
            <td class="cell-text">{String(fields.subject)}</td>
            <td class="cell-text">{String(fields.route)}</td>
            <td>
              {requestId && (
                <a class="code-link" href={paths.admin.request(requestId)}>
                  {requestId.slice(-8)}
                </a>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </div>
  )

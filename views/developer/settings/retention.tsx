// Settings: how long a builder keeps what it may keep for less time, and what is the same for everybody.
import { SettingsFrame } from '#views/developer/settings/frame.tsx'
import { count } from '#views/format.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Card } from '#views/parts/card.tsx'
import { Field } from '#views/parts/field.tsx'
import { paths } from '#views/paths.ts'

export type RetentionProps = {
  shell: StaffShell
  periods: { rule: string; value: string; least: number; most: number }[]
  fixed: { rule: string; days: number }[]
  problem(field: string): string | undefined
  message?: string | undefined
}

const WORDS: Record<string, string> = {
  qr_scans: 'Scans of printed cards',
  rag_log: 'How answers came about',
  ingestion_log: 'How documents were read',
  imports: 'Reports of imported lists',
  mails: 'E-mails that were sent',
  data_access_log: 'Who looked at the data of a home',
  raw_addresses: 'Whole network addresses, before they are shortened',
  request_log: 'Requests to this server',
  ended_sessions: 'Sessions that ended',
  deleted_documents: 'Documents that were deleted, so that they can be asked back',
}

export const RetentionPage = (props: RetentionProps) => (
  <SettingsFrame
    shell={props.shell}
    view="retention"
    title="Retention"
    message={props.message}
    problem={props.problem('')}
  >
    <Card title="What you may keep for less time">
      <p class="hint">
        Every night what is older goes, and how much went is on record. What a person asked is theirs: it goes
        with their erasure, not by age.
      </p>
      <form class="form-grid" method="post" action={paths.developer.retention()}>
        {props.periods.map(({ rule, value, least, most }) => (
          <Field
            label={WORDS[rule] ?? rule}
            name={rule}
            value={value}
            inputmode="numeric"
            hint={`Days, ${least} to ${most}`}
            error={props.problem(rule)}
          />
        ))}
        <div class="row-actions">
          <Button>Save</Button>
        </div>
      </form>
    </Card>
    <Card title="The same for everybody">
      <dl class="facts">
        {props.fixed.map(({ rule, days }) => (
          <div class="fact">
            <dt>{WORDS[rule] ?? rule}</dt>
            <dd>{count(days, 'day')}</dd>
          </div>
        ))}
      </dl>
    </Card>
  </SettingsFrame>
)

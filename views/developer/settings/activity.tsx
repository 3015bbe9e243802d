// The activity log: who did what and when, narrowed to an area or to one member of staff.
import { SettingsFrame } from '#views/developer/settings/frame.tsx'
import { count, formatDateTime } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { EmptyState } from '#views/parts/card.tsx'
import { Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { type Column, Pagination, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type ActivityView = {
  id: string
  action: string
  targetType: string
  targetId: string
  actorType: string
  actorName: string | null
  ipAddress: string | null
  at: Date
}

export type ActivityProps = {
  shell: StaffShell
  entries: ActivityView[]
  areas: readonly string[]
  area: string | undefined
  staff: { value: string; label: string }[]
  who: string | undefined
  nextUrl?: string | undefined
  firstUrl?: string | undefined
}

const COLUMNS: Column[] = [{ label: 'When' }, { label: 'What' }, { label: 'Who' }, { label: 'From' }]

const AREA_LABEL: Record<string, string> = {
  homes: 'Homes and imports',
  people: 'People’s data',
  documents: 'Documents',
  questions: 'Answers and facts',
  staff: 'Staff',
  programs: 'API keys and webhooks',
  settings: 'Settings and notices',
  operator: 'What the operator did',
  jobs: 'Jobs',
}

const ACTOR: Record<string, string> = {
  purchaser: 'Somebody of the household',
  api_client: 'A program with an API key',
  system: 'OpenHouse itself',
  super_admin: 'The operator of OpenHouse',
}

export const ActivityPage = (props: ActivityProps) => (
  <SettingsFrame shell={props.shell} view="activity" title="Activity log">
    <FilterBar action={paths.developer.activity()}>
      <Select
        label="Area"
        name="area"
        value={props.area}
        options={[
          { value: '', label: 'Everything' },
          ...props.areas.map((area) => ({ value: area, label: AREA_LABEL[area] ?? area })),
        ]}
      />
      <Select
        label="Who"
        name="who"
        value={props.who}
        options={[{ value: '', label: 'Everybody' }, ...props.staff]}
      />
    </FilterBar>
    {props.entries.length === 0 ? (
      <EmptyState icon="clock" title="Nothing of that kind">
        Nothing has happened that these filters would show.
      </EmptyState>
    ) : (
      <Fragment>
        <Table caption="Activity" columns={COLUMNS} isTall>
          {props.entries.map((entry) => (
            <EntryRow entry={entry} />
          ))}
        </Table>
        <Pagination
          label="Pages of the activity log"
          shown={count(props.entries.length, 'entry', 'entries')}
          firstUrl={props.firstUrl}
          nextUrl={props.nextUrl}
        />
      </Fragment>
    )}
  </SettingsFrame>
)

const EntryRow = ({ entry }: { entry: ActivityView }) => (
  <tr>
    <td class="cell-date">{formatDateTime(entry.at)}</td>
    <th scope="row" class="cell-title">
      <Target entry={entry} />
      <small>{`${entry.targetType.replaceAll('_', ' ')} ${entry.targetId.slice(0, 36)}`}</small>
    </th>
    <td>{entry.actorName ?? ACTOR[entry.actorType] ?? entry.actorType}</td>
    <td>{entry.ipAddress ?? '–'}</td>
  </tr>
)

/** A home can be opened from here; what else it was about may be gone. */
const Target = ({ entry }: { entry: ActivityView }) => {
  const words = wordsOf(entry.action)
  if (entry.targetType !== 'unit') return <Fragment>{words}</Fragment>
  return <a href={paths.developer.homeDetails(entry.targetId)}>{words}</a>
}

/** `home.code_rotated` is "Home: code rotated". */
function wordsOf(action: string): string {
  const [noun = '', verb = ''] = action.replaceAll('_', ' ').split('.')
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}: ${verb}`.replace('Api key', 'API key')
}

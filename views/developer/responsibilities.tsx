// Who looks after what in a development: what is recorded, and the form that records or replaces one thing.
import { formatDate } from '#views/format.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Badge, Card, EmptyState } from '#views/parts/card.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'
import { PARTIES, type ResponsibilityView } from '#views/responsibility-words.ts'

export type ThingValues = {
  thing: string
  party: string
  partyName: string
  evidence: string
  evidenceOn: string
}

export type StaffResponsibilitiesProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  things: ResponsibilityView[]
  values: ThingValues
  errors: Partial<Record<keyof ThingValues, string>>
  message?: string | undefined
}

const COLUMNS: Column[] = [
  { label: 'Thing' },
  { label: 'Who' },
  { label: 'Evidence' },
  { label: 'Remove', hiddenLabel: true },
]

export const StaffResponsibilitiesPage = (props: StaffResponsibilitiesProps) => (
  <StaffPage
    title="Who looks after what"
    shell={props.shell}
    active="responsibilities"
    switchAction={paths.developer.responsibilities()}
  >
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Who looks after what</h1>
    </header>
    {props.message && <Notice tone="success">{props.message}</Notice>}
    <div class="snag-columns">
      {props.things.length === 0 ? (
        <EmptyState icon="question" title="Nothing recorded yet">
          Households read here who keeps the green, the lights and the walls in order.
        </EmptyState>
      ) : (
        <Table caption={`Who looks after what in ${props.developmentName}`} columns={COLUMNS}>
          {props.things.map((thing) => (
            <Row thing={thing} />
          ))}
        </Table>
      )}
      <Form {...props} />
    </div>
  </StaffPage>
)

const Row = ({ thing }: { thing: ResponsibilityView }) => (
  <tr>
    <th scope="row" class="cell-title">
      {thing.thing}
    </th>
    <td>
      <Badge tone={thing.party === 'unresolved' ? 'error' : 'gold'}>
        {thing.party === 'owner' ? 'The owner' : PARTIES[thing.party]}
      </Badge>{' '}
      {thing.partyName}
    </td>
    <td>
      {thing.evidence} · <span class="cell-date">{formatDate(thing.evidenceOn)}</span>
    </td>
    <td>
      <form method="post" action={paths.developer.responsibilityRemoval(thing.id)}>
        <button type="submit" class="link-button">
          Remove<span class="visually-hidden"> {thing.thing}</span>
        </button>
      </form>
    </td>
  </tr>
)

const Form = ({ developmentId, values, errors }: StaffResponsibilitiesProps) => (
  <Card title="Record one thing">
    <form
      class="stack"
      method="post"
      action={paths.developer.responsibilities({ development: developmentId })}
    >
      <Field
        label="Thing"
        name="thing"
        hint="e.g. Street lights. One that is listed already is replaced."
        value={values.thing}
        error={errors.thing}
        maxlength={80}
        required
      />
      <Select
        label="Who looks after it"
        name="party"
        options={Object.entries(PARTIES).map(([value, label]) => ({
          value,
          label: value === 'owner' ? 'The owner of the home' : label,
        }))}
        value={values.party}
      />
      <Field
        label="Name, if it says more"
        name="party_name"
        value={values.partyName}
        error={errors.partyName}
        maxlength={120}
      />
      <Field
        label="Evidence"
        name="evidence"
        hint="e.g. Planning condition 14, or the lease."
        value={values.evidence}
        error={errors.evidence}
        maxlength={300}
        required
      />
      <Field
        label="Date of it"
        name="evidence_on"
        type="date"
        value={values.evidenceOn}
        error={errors.evidenceOn}
        required
      />
      <Button>Save</Button>
    </form>
  </Card>
)

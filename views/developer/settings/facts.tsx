// Facts of a development or a house type, and the emergency numbers the chat gives: listed, recorded, corrected.
import { SettingsFrame } from '#views/developer/settings/frame.tsx'
import { formatDate } from '#views/format.ts'
import { Fragment } from '#views/jsx-runtime.ts'
import type { StaffShell } from '#views/layout/staff.tsx'
import { Button } from '#views/parts/button.tsx'
import { Card, EmptyState } from '#views/parts/card.tsx'
import { Field, Select } from '#views/parts/field.tsx'
import { FilterBar } from '#views/parts/filters.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { type FactsQuery, paths } from '#views/paths.ts'

export type FactView = {
  id: string
  topic: string
  label: string
  value: string
  source: string
  recordedOn: Date
  /** Of those whom the chat names when somebody is in danger. */
  isEmergency: boolean
}

export type FactFormView = {
  topic: string
  label: string
  value: string
  source: string
  problem(field: string): string | undefined
}

export type FactsProps = {
  shell: StaffShell
  developmentName: string
  /** The list that is shown, as it stands in the address. */
  list: FactsQuery
  houseTypes: { value: string; label: string }[]
  topics: readonly string[]
  facts: FactView[]
  /** The fact that is being corrected; null while a new one can be recorded. */
  edited: FactView | null
  form: FactFormView
  charsMax: { label: number; value: number; source: number }
  message?: string | undefined
}

const COLUMNS: Column[] = [
  { label: 'What' },
  { label: 'Value' },
  { label: 'Source' },
  { label: 'Correct', hiddenLabel: true },
]

const topicLabel = (topic: string) =>
  `${topic.charAt(0).toUpperCase()}${topic.slice(1)}`.replaceAll('_', ' ').replace('Ber', 'BER')

export const FactsPage = (props: FactsProps) => {
  const emergency = props.facts.filter(({ isEmergency }) => isEmergency)
  const others = props.facts.filter(({ isEmergency }) => !isEmergency)
  return (
    <SettingsFrame
      shell={props.shell}
      view="facts"
      title="Facts and contacts"
      message={props.message}
      problem={props.edited ? undefined : props.form.problem('')}
    >
      <p>
        What the app knows of {props.developmentName} without reading a document. Answers give facts before
        documents, and name the source.
      </p>
      <FilterBar action={paths.developer.facts()} kept={{ development: props.list.development }}>
        <Select
          label="Facts of"
          name="house_type"
          value={props.list.house_type}
          options={[{ value: '', label: 'The whole development' }, ...props.houseTypes]}
        />
      </FilterBar>
      <FactForm {...props} />
      {emergency.length > 0 && (
        <Fragment>
          <h2 class="section-heading">Emergency contacts</h2>
          <FactsTable caption="Emergency contacts" facts={emergency} list={props.list} />
        </Fragment>
      )}
      {others.length > 0 && (
        <Fragment>
          <h2 class="section-heading">Facts</h2>
          <FactsTable caption="Facts" facts={others} list={props.list} />
        </Fragment>
      )}
      {props.facts.length === 0 && (
        <EmptyState icon="home" title="Nothing recorded yet">
          Start with what people ask first: heating, parking, bins, whom to call.
        </EmptyState>
      )}
    </SettingsFrame>
  )
}

const FactForm = ({ list, topics, edited, form, charsMax }: FactsProps) => (
  <Card title={edited ? `Correct “${edited.label}”` : 'Record a fact'} id="fact" className="stack">
    <form
      class="stack"
      method="post"
      action={edited ? paths.developer.fact(edited.id) : paths.developer.facts(list)}
    >
      {!edited && (
        <Select
          label="Topic"
          name="topic"
          value={form.topic}
          options={topics.map((topic) => ({ value: topic, label: topicLabel(topic) }))}
        />
      )}
      <FactField
        name="label"
        label="What it is about"
        hint="Such as Bin collection"
        form={form}
        maxlength={charsMax.label}
      />
      <FactField
        name="value"
        label="Value"
        hint="As it should be told"
        form={form}
        maxlength={charsMax.value}
      />
      <FactField
        name="source"
        label="Source"
        hint="Where it can be checked"
        form={form}
        maxlength={charsMax.source}
      />
      <div class="bulk-actions">
        <Button>{edited ? 'Save' : 'Record'}</Button>
        {edited && <a href={paths.developer.facts({ ...list, edit: undefined })}>Leave it as it is</a>}
      </div>
    </form>
    {edited && !edited.isEmergency && (
      <form method="post" action={paths.developer.factDeletion(edited.id)}>
        <Button tone="danger" small>
          Remove the fact
        </Button>
      </form>
    )}
  </Card>
)

const FactField = (props: {
  name: 'label' | 'value' | 'source'
  label: string
  hint: string
  form: FactFormView
  maxlength: number
}) => (
  <Field
    name={props.name}
    label={props.label}
    hint={props.hint}
    maxlength={props.maxlength}
    value={props.form[props.name]}
    error={props.form.problem(props.name)}
    autocomplete="off"
    required
  />
)

const FactsTable = ({ caption, facts, list }: { caption: string; facts: FactView[]; list: FactsQuery }) => (
  <Table caption={caption} columns={COLUMNS}>
    {facts.map((fact) => (
      <tr>
        <th scope="row" class="cell-title">
          {fact.label}
          <small>{topicLabel(fact.topic)}</small>
        </th>
        <td>{fact.value}</td>
        <td>
          {fact.source}, {formatDate(fact.recordedOn)}
        </td>
        <td>
          <a class="table-link" href={paths.developer.facts({ ...list, edit: fact.id })}>
            Correct<span class="visually-hidden"> {fact.label}</span>
          </a>
        </td>
      </tr>
    ))}
  </Table>
)

// The plan of warranties and maintenance of a development, and the form that adds or changes one item of it.

import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import {
  endsAfterWords,
  everyWords,
  MAINTENANCE_KINDS,
  type MaintenanceKindKey,
} from '#views/maintenance-words.ts'
import { ButtonLink, SaveOrAdd } from '#views/parts/button.tsx'
import { Card, EmptyState } from '#views/parts/card.tsx'
import { Field, Select, TextArea } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type PlanItemView = {
  id: string
  kind: MaintenanceKindKey
  title: string
  note: string | null
  months: number | null
  houseTypeCode: string | null
  documentId: string | null
  documentTitle: string | null
}

export type PlanValues = {
  kind: string
  title: string
  note: string
  months: string
  houseType: string
  document: string
}

export type StaffMaintenanceProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  /** Homes whose day of handover is not recorded: for them the plan has no dates. */
  homesWithoutHandover: number
  items: PlanItemView[]
  houseTypes: { value: string; label: string }[]
  documents: { value: string; label: string }[]
  edited: PlanItemView | null
  values: PlanValues
  errors: Partial<Record<keyof PlanValues, string>>
  message?: string | undefined
}

const COLUMNS: Column[] = [
  { label: 'What' },
  { label: 'When' },
  { label: 'For' },
  { label: 'Document' },
  { label: 'Change', hiddenLabel: true },
]

export const StaffMaintenancePage = (props: StaffMaintenanceProps) => (
  <StaffPage
    title="Maintenance plan"
    shell={props.shell}
    active="maintenance"
    switchAction={paths.developer.maintenance()}
  >
    <header class="staff-header">
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Warranties and maintenance</h1>
      <p>
        Each home sees the dates that follow from its own handover, ticks off what it has done and adds items
        of its own.{' '}
        <a href={paths.developer.checklists({ development: props.developmentId })}>
          Checklists for handover and moving in
        </a>
      </p>
    </header>
    {props.message && <Notice tone="success">{props.message}</Notice>}
    {props.homesWithoutHandover > 0 && (
      <Notice tone="warning">
        <p>
          <a href={paths.developer.homes({ development: props.developmentId, handed_over: 'no' })}>
            Homes without a recorded handover: {String(props.homesWithoutHandover)}
          </a>
          . They see this plan without dates.
        </p>
      </Notice>
    )}
    <div class="snag-columns">
      {props.items.length === 0 ? (
        <EmptyState icon="clock" title="Nothing planned yet">
          Add the services, the warranties and the periods that your homes live by.
        </EmptyState>
      ) : (
        <Table caption={`Warranties and maintenance of ${props.developmentName}`} columns={COLUMNS}>
          {props.items.map((item) => (
            <Row item={item} developmentId={props.developmentId} />
          ))}
        </Table>
      )}
      <Form {...props} />
    </div>
  </StaffPage>
)

const Row = ({ item, developmentId }: { item: PlanItemView; developmentId: string }) => (
  <tr>
    <th scope="row" class="cell-title">
      {item.title}
      {item.note && <small>{item.note}</small>}
    </th>
    <td>{item.kind === 'warranty' ? endsAfterWords(item.months ?? 0) : everyWords(item.months)}</td>
    <td>{item.houseTypeCode ?? 'All homes'}</td>
    <td>
      {item.documentId && item.documentTitle ? (
        <a href={paths.developer.document(item.documentId)}>{item.documentTitle}</a>
      ) : (
        '–'
      )}
    </td>
    <td>
      <div class="row-actions">
        <ButtonLink
          small
          tone="quiet"
          href={paths.developer.maintenance({ development: developmentId, edit: item.id })}
        >
          Change<span class="visually-hidden"> {item.title}</span>
        </ButtonLink>
        <form method="post" action={paths.developer.maintenanceRemoval(item.id)}>
          <button type="submit" class="link-button">
            Remove<span class="visually-hidden"> {item.title}</span>
          </button>
        </form>
      </div>
    </td>
  </tr>
)

const Form = (props: StaffMaintenanceProps) => {
  const { developmentId, values, errors, edited } = props
  const listUrl = paths.developer.maintenance({ development: developmentId })
  return (
    <Card title={edited ? `Change “${edited.title}”` : 'Add to the plan'}>
      <form
        class="stack"
        method="post"
        action={edited ? paths.developer.maintenanceItem(edited.id) : listUrl}
      >
        <Select
          label="Kind"
          name="kind"
          options={Object.entries(MAINTENANCE_KINDS).map(([value, label]) => ({ value, label }))}
          value={values.kind}
        />
        <Field
          label="What"
          name="title"
          hint="e.g. Heat pump service, or Structural warranty"
          value={values.title}
          error={errors.title}
          maxlength={120}
          required
        />
        <Field
          label="Months"
          name="months"
          hint="To do: every so many months after handover. A warranty: how long it lasts."
          value={values.months}
          error={errors.months}
          inputmode="numeric"
          maxlength={3}
          required
        />
        <Select
          label="For"
          name="house_type"
          options={[{ value: '', label: 'All homes' }, ...props.houseTypes]}
          value={values.houseType}
          error={errors.houseType}
        />
        <Select
          label="Document that says so"
          name="document"
          options={[{ value: '', label: 'None' }, ...props.documents]}
          value={values.document}
          error={errors.document}
        />
        <TextArea
          label="Note for the household"
          name="note"
          rows={2}
          value={values.note}
          error={errors.note}
          maxlength={500}
        />
        <SaveOrAdd isEdited={edited !== null} listUrl={listUrl} />
      </form>
    </Card>
  )
}

// The checklists of a development as its staff keep them, and how far one home is with them.

import { CHECKLISTS, type ChecklistKey } from '#views/checklist-words.ts'
import { StaffPage, type StaffShell } from '#views/layout/staff.tsx'
import { ButtonLink, SaveOrAdd } from '#views/parts/button.tsx'
import { Card, EmptyState, Progress } from '#views/parts/card.tsx'
import { Field, Select, TextArea } from '#views/parts/field.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { type Column, Table } from '#views/parts/table.tsx'
import { paths } from '#views/paths.ts'

export type StaffChecklistItemView = {
  id: string
  checklist: ChecklistKey
  title: string
  note: string | null
}

export type ChecklistValues = { checklist: string; title: string; note: string }

export type StaffChecklistsProps = {
  shell: StaffShell
  developmentId: string
  developmentName: string
  items: StaffChecklistItemView[]
  edited: StaffChecklistItemView | null
  values: ChecklistValues
  errors: Partial<Record<keyof ChecklistValues, string>>
  message?: string | undefined
}

const KEYS = Object.keys(CHECKLISTS) as ChecklistKey[]
const COLUMNS: Column[] = [{ label: 'What to check' }, { label: 'Change', hiddenLabel: true }]

export const StaffChecklistsPage = (props: StaffChecklistsProps) => (
  <StaffPage
    title="Checklists"
    shell={props.shell}
    active="maintenance"
    switchAction={paths.developer.checklists()}
  >
    <header class="staff-header">
      <a class="back-link" href={paths.developer.maintenance({ development: props.developmentId })}>
        <Icon name="chevronLeft" /> Warranties and maintenance
      </a>
      <p class="eyebrow">{props.developmentName}</p>
      <h1>Checklists</h1>
      <p>Each household ticks them off in its app. How far it is stands on the page of the home.</p>
    </header>
    {props.message && <Notice tone="success">{props.message}</Notice>}
    <div class="snag-columns">
      <div class="stack">
        {props.items.length === 0 && (
          <EmptyState icon="check" title="Nothing to check yet">
            Add what a household should look at on handover day, and what it should do when it moves in.
          </EmptyState>
        )}
        {KEYS.map((key) => (
          <List name={key} {...props} />
        ))}
      </div>
      <Form {...props} />
    </div>
  </StaffPage>
)

const List = (props: StaffChecklistsProps & { name: ChecklistKey }) => {
  const items = props.items.filter(({ checklist }) => checklist === props.name)
  return items.length === 0 ? null : (
    <Card title={CHECKLISTS[props.name]}>
      <Table caption={`${CHECKLISTS[props.name]}, in order`} columns={COLUMNS}>
        {items.map((item) => (
          <Row item={item} developmentId={props.developmentId} isFirst={item === items[0]} />
        ))}
      </Table>
    </Card>
  )
}

type RowProps = { item: StaffChecklistItemView; developmentId: string; isFirst: boolean }

const Row = ({ item, developmentId, isFirst }: RowProps) => (
  <tr>
    <td>
      <strong>{item.title}</strong>
      {item.note && <p class="hint">{item.note}</p>}
    </td>
    <td>
      <div class="row-actions">
        {!isFirst && (
          <form method="post" action={paths.developer.checklistRaising(item.id)}>
            <button type="submit" class="link-button">
              Move up<span class="visually-hidden">: {item.title}</span>
            </button>
          </form>
        )}
        <ButtonLink
          small
          tone="quiet"
          href={paths.developer.checklists({ development: developmentId, edit: item.id })}
        >
          Change<span class="visually-hidden">: {item.title}</span>
        </ButtonLink>
        <form method="post" action={paths.developer.checklistRemoval(item.id)}>
          <button type="submit" class="link-button">
            Remove<span class="visually-hidden">: {item.title}</span>
          </button>
        </form>
      </div>
    </td>
  </tr>
)

const Form = ({ developmentId, values, errors, edited }: StaffChecklistsProps) => {
  const listUrl = paths.developer.checklists({ development: developmentId })
  return (
    <Card title={edited ? `Change “${edited.title}”` : 'Add to a checklist'}>
      <form class="stack" method="post" action={edited ? paths.developer.checklistItem(edited.id) : listUrl}>
        {!edited && (
          <Select
            label="Checklist"
            name="checklist"
            options={KEYS.map((value) => ({ value, label: CHECKLISTS[value] }))}
            value={values.checklist}
          />
        )}
        <Field
          label="What to check"
          name="title"
          value={values.title}
          error={errors.title}
          maxlength={160}
          required
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

export type ChecklistProgressView = {
  checklist: ChecklistKey
  done: number
  total: number
  /** What is not ticked yet. */
  open: string[]
}

/** On the page of one home. */
export const HomeChecklists = ({ checklists }: { checklists: ChecklistProgressView[] }) =>
  checklists.length === 0 ? null : (
    <Card title="Checklists">
      <div class="stack">
        {checklists.map(({ checklist, done, total, open }) => (
          <section class="stack" aria-label={CHECKLISTS[checklist]}>
            <p>
              <strong>{CHECKLISTS[checklist]}</strong>: {done} of {total} done
            </p>
            <Progress label={CHECKLISTS[checklist]} done={done} total={total} />
            {open.length > 0 && done > 0 && (
              <details>
                <summary>What is open</summary>
                <ul>
                  {open.map((title) => (
                    <li>{title}</li>
                  ))}
                </ul>
              </details>
            )}
          </section>
        ))}
      </div>
    </Card>
  )

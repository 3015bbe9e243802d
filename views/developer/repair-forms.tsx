// The three ways a home is corrected, each an ordinary form that says what it does to people.
import { Button } from '#views/parts/button.tsx'
import { Card } from '#views/parts/card.tsx'
import { Checkboxes, Field, Select } from '#views/parts/field.tsx'
import { paths } from '#views/paths.ts'

type Kind = 'move' | 'exchange' | 'house_type'

export type RepairFormView = {
  kind: Kind
  toNumber: string
  purchaserIds: string[]
  houseType: string
  reason: string
  problem(field: string): string | undefined
}

type Props = {
  home: { id: string; houseType: string }
  people: { id: string; fullName: string }[]
  houseTypes: { value: string; label: string }[]
  form: RepairFormView | null
}

const REASON_CHARS_MAX = 500
const NUMBER_CHARS_MAX = 20

export const RepairForms = (props: Props) => (
  <section class="stack" aria-label="Correct this home">
    {props.people.length > 0 && <MoveForm {...props} />}
    <ExchangeForm {...props} />
    <HouseTypeForm {...props} />
  </section>
)

const sentOf = ({ form }: Props, kind: Kind) => (form?.kind === kind ? form : null)

const MoveForm = (props: Props) => {
  const sent = sentOf(props, 'move')
  return (
    <Card title="Move purchasers to another home">
      <form class="stack" method="post" action={paths.developer.homeRepairs(props.home.id)}>
        <input type="hidden" name="kind" value="move" />
        <p>
          They are signed out of this home at once, and their earlier conversations stay closed with it. Both
          homes get a new link and code.
        </p>
        <Checkboxes
          legend="Who moves"
          name="purchaser_ids"
          options={props.people.map((person) => ({ value: person.id, label: person.fullName }))}
          checked={sent?.purchaserIds ?? []}
          error={sent?.problem('purchaser_ids')}
        />
        <NumberField id="move-to" label="Number of the home they belong to" sent={sent} />
        <ReasonField id="move-reason" sent={sent} />
        <Button tone="danger">Move them</Button>
      </form>
    </Card>
  )
}

const ExchangeForm = (props: Props) => {
  const sent = sentOf(props, 'exchange')
  return (
    <Card title="Exchange the households of two homes">
      <form class="stack" method="post" action={paths.developer.homeRepairs(props.home.id)}>
        <input type="hidden" name="kind" value="exchange" />
        <p>For two homes that were mixed up: everybody of both is signed out and changes places.</p>
        <NumberField id="exchange-with" label="Number of the other home" sent={sent} />
        <ReasonField id="exchange-reason" sent={sent} />
        <Button tone="danger">Exchange them</Button>
      </form>
    </Card>
  )
}

const HouseTypeForm = (props: Props) => {
  const sent = sentOf(props, 'house_type')
  return (
    <Card title="Correct the house type">
      <form class="stack" method="post" action={paths.developer.homeRepairs(props.home.id)}>
        <input type="hidden" name="kind" value="house_type" />
        <p>
          The app shows the documents of the right type at once. Conversations so far are closed, because they
          were answered for another type.
        </p>
        <Select
          label="House type"
          name="house_type"
          options={props.houseTypes}
          value={sent?.houseType ?? props.home.houseType}
          error={sent?.problem('house_type')}
        />
        <ReasonField id="type-reason" sent={sent} />
        <Button tone="danger">Correct it</Button>
      </form>
    </Card>
  )
}

const NumberField = ({ id, label, sent }: { id: string; label: string; sent: RepairFormView | null }) => (
  <Field
    id={id}
    label={label}
    name="to_number"
    value={sent?.toNumber}
    error={sent?.problem('to_number')}
    maxlength={NUMBER_CHARS_MAX}
    autocomplete="off"
    required
  />
)

const ReasonField = ({ id, sent }: { id: string; sent: RepairFormView | null }) => (
  <Field
    id={id}
    label="Reason"
    name="reason"
    hint="Kept in the activity log. At least 10 characters."
    value={sent?.reason}
    error={sent?.problem('reason')}
    maxlength={REASON_CHARS_MAX}
    autocomplete="off"
    required
  />
)

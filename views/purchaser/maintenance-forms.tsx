// What a person sets up around maintenance: an item of their own, reminders by mail, a private calendar.
import { formatDate } from '#views/format.ts'
import { Button } from '#views/parts/button.tsx'
import { Card } from '#views/parts/card.tsx'
import { Field, Select, TextArea } from '#views/parts/field.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'

export type OwnItemView = {
  values: { title: string; note: string; firstDueOn: string; months: string }
  errors: { title?: string; note?: string; firstDueOn?: string; months?: string }
}

const EVERY = [
  { value: '', label: 'Once' },
  { value: '1', label: 'Every month' },
  { value: '3', label: 'Every 3 months' },
  { value: '6', label: 'Every 6 months' },
  { value: '12', label: 'Every year' },
  { value: '24', label: 'Every 2 years' },
  { value: '60', label: 'Every 5 years' },
]

export const OwnItemForm = ({ own, today }: { own: OwnItemView; today: string }) => (
  <Card title="Add your own" id="own">
    <form class="stack" method="post" action={paths.maintenance()}>
      <Field
        label="What needs doing?"
        name="title"
        hint="e.g. Oil the worktop. Everybody of your household sees it."
        value={own.values.title}
        error={own.errors.title}
        maxlength={120}
        required
      />
      <Field
        label="First due"
        name="first_due_on"
        type="date"
        value={own.values.firstDueOn || today}
        error={own.errors.firstDueOn}
        required
      />
      <Select
        label="Repeats"
        name="months"
        options={EVERY}
        value={own.values.months}
        error={own.errors.months}
      />
      <TextArea
        label="Note (optional)"
        name="note"
        rows={2}
        value={own.values.note}
        error={own.errors.note}
        maxlength={500}
      />
      <div>
        <Button>Add</Button>
      </div>
    </form>
  </Card>
)

export type CalendarView = {
  /** Null where no name of the person is recorded: then there is nobody to write to. */
  reminders: { email: string | null; isOn: boolean } | null
  /** When the calendar address in force was made; null when there is none. */
  madeAt: Date | null
  /** Shown once, right after it was made. */
  address: string | null
}

export const CalendarCard = ({ reminders, madeAt, address }: CalendarView) => (
  <Card title="Reminders and calendar" id="calendar">
    <div class="stack">
      {reminders && <Reminders {...reminders} />}
      <p>
        A private calendar address shows the same dates in the calendar of your phone. Whoever has the address
        can read them, so keep it to yourself. It ends when you sign out everywhere.
      </p>
      {address && (
        <Notice tone="success" title="Your private calendar address">
          <p class="calendar-address">{address}</p>
          <p>It is shown only now: add it in your calendar as a subscription by its address.</p>
        </Notice>
      )}
      {madeAt && !address && <p class="hint">There is one, made on {formatDate(madeAt)}.</p>}
      <div class="agenda-actions">
        <form method="post" action={paths.calendarAddress()}>
          <Button tone="quiet" icon="key">
            {madeAt ? 'Replace the address' : 'Create a calendar address'}
          </Button>
        </form>
        {madeAt && (
          <form method="post" action={paths.calendarAddressRemoval()}>
            <Button tone="quiet">End it</Button>
          </form>
        )}
      </div>
    </div>
  </Card>
)

const Reminders = ({ email, isOn }: { email: string | null; isOn: boolean }) => (
  <form class="stack" method="post" action={paths.reminders()}>
    <p>
      {email === null
        ? 'Reminders by e-mail need your e-mail address, and your builder has none on record. Ask them to add it.'
        : isOn
          ? `You are reminded by e-mail at ${email}, two weeks before something is due and two months before a warranty ends.`
          : `You are not reminded by e-mail. If you choose to be, reminders go to ${email}.`}
    </p>
    {email !== null && (
      <div>
        <Button tone="quiet" name="by_mail" value={isOn ? 'no' : 'yes'}>
          {isOn ? 'Stop reminding me' : 'Remind me by e-mail'}
        </Button>
      </div>
    )}
  </form>
)

// Warranties and maintenance of the home: what is overdue, coming, done, and which warranties run.
import { formatDate } from '#views/format.ts'
import type { Child } from '#views/jsx-runtime.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import {
  dueWords,
  endsAfterWords,
  everyWords,
  lengthWords,
  type MaintenanceKindKey,
} from '#views/maintenance-words.ts'
import { Button } from '#views/parts/button.tsx'
import { Badge, type BadgeTone, Card, EmptyState } from '#views/parts/card.tsx'
import { Field } from '#views/parts/field.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { Notice } from '#views/parts/notice.tsx'
import { paths } from '#views/paths.ts'
import {
  CalendarCard,
  type CalendarView,
  OwnItemForm,
  type OwnItemView,
} from '#views/purchaser/maintenance-forms.tsx'

type ItemView = {
  id: string
  kind: MaintenanceKindKey
  title: string
  note: string | null
  months: number | null
  isOwn: boolean
  documentId: string | null
  documentTitle: string | null
}

export type TaskView = { item: ItemView; dueOn: string; days: number }
export type WarrantyView = { item: ItemView; endsOn: string; days: number }
export type DoneView = { id: string; title: string; doneOn: string }

export type MaintenanceProps = {
  shell: PurchaserShell
  /** ISO date; null when the builder has not recorded it. */
  handedOverOn: string | null
  today: string
  overdue: TaskView[]
  coming: TaskView[]
  running: WarrantyView[]
  ended: WarrantyView[]
  undated: ItemView[]
  done: DoneView[]
  own: OwnItemView
  calendar: CalendarView
  message?: string | undefined
  /** What was wrong with saying that something is done. */
  error?: string | undefined
}

const day = (iso: string) => formatDate(new Date(`${iso}T12:00:00Z`))

export const MaintenancePage = (props: MaintenanceProps) => {
  const { overdue, coming, running, ended, undated, done, handedOverOn, today } = props
  const isEmpty = [overdue, coming, running, ended, undated, done].every((list) => list.length === 0)
  return (
    <PurchaserPage title="Warranties and maintenance" shell={props.shell} tab="home">
      <div class="page">
        <a class="back-link" href={paths.myHome()}>
          <Icon name="chevronLeft" /> Your home
        </a>
        <header class="home-header">
          <h1>Warranties and maintenance</h1>
          <p class="lead">What your builder plans for homes like yours, and what you add yourselves.</p>
        </header>
        {props.message && <Notice tone="success">{props.message}</Notice>}
        {props.error && (
          <Notice tone="error">
            <p>{props.error}</p>
          </Notice>
        )}
        {handedOverOn === null && !isEmpty && (
          <Notice tone="warning" title="The day of your handover is not recorded">
            <p>
              Services and warranties count from it, so they have no dates yet. Your builder can add it; what
              you add yourselves works meanwhile.
            </p>
          </Notice>
        )}
        {handedOverOn !== null && handedOverOn > today && (
          <Notice>
            <p>Counted from your handover, planned for {day(handedOverOn)}.</p>
          </Notice>
        )}
        {isEmpty && (
          <EmptyState icon="clock" title="Nothing planned yet">
            Your builder has not set up services and warranties for your home. You can add your own below.
          </EmptyState>
        )}
        <Tasks title="Overdue" tasks={overdue} today={today} tone="error" />
        <Tasks title="Coming up" tasks={coming} today={today} tone="gold" />
        <Warranties title="Warranties" warranties={running} />
        <Undated items={undated} />
        <Done done={done} />
        <Warranties title="Warranties that ended" warranties={ended} />
        <OwnItemForm own={props.own} today={today} />
        <CalendarCard {...props.calendar} />
      </div>
    </PurchaserPage>
  )
}

const Tasks = (props: { title: string; tasks: TaskView[]; today: string; tone: BadgeTone }) =>
  props.tasks.length === 0 ? null : (
    <Card title={props.title}>
      <ul class="agenda">
        {props.tasks.map((task) => (
          <TaskRow task={task} today={props.today} tone={props.tone} />
        ))}
      </ul>
    </Card>
  )

const TaskRow = ({ task, today, tone }: { task: TaskView; today: string; tone: BadgeTone }) => (
  <li>
    <Entry item={task.item} when={`${day(task.dueOn)} · ${everyWords(task.item.months)}`}>
      <Badge tone={tone}>{dueWords(task.days)}</Badge>
    </Entry>
    <div class="agenda-actions">
      <form method="post" action={paths.maintenanceDone(task.item.id)}>
        <input type="hidden" name="due_on" value={task.dueOn} />
        <Button small tone="quiet" icon="check">
          Done<span class="visually-hidden">: {task.item.title}</span>
        </Button>
      </form>
      <details>
        <summary>
          Another day<span class="visually-hidden"> for {task.item.title}</span>
        </summary>
        <form class="stack" method="post" action={paths.maintenanceDone(task.item.id)}>
          <input type="hidden" name="due_on" value={task.dueOn} />
          <Field
            label="Done on"
            name="done_on"
            id={`done-on-${task.item.id}`}
            type="date"
            value={today}
            required
          />
          <Button small tone="quiet">
            Save
          </Button>
        </form>
      </details>
      {task.item.isOwn && (
        <form method="post" action={paths.maintenanceRemoval(task.item.id)}>
          <button type="submit" class="link-button">
            Remove<span class="visually-hidden"> {task.item.title}</span>
          </button>
        </form>
      )}
    </div>
  </li>
)

const Entry = ({ item, when, children }: { item: ItemView; when: string; children?: Child }) => (
  <div class="agenda-entry">
    <p class="agenda-title">
      <strong>{item.title}</strong> {children}
    </p>
    <p class="document-meta">
      {when}
      {item.isOwn && ' · your own'}
    </p>
    {item.note && <p class="hint">{item.note}</p>}
    {item.documentId && (
      <p>
        <a href={paths.document(item.documentId)}>{item.documentTitle}</a>
      </p>
    )}
  </div>
)

const Warranties = ({ title, warranties }: { title: string; warranties: WarrantyView[] }) =>
  warranties.length === 0 ? null : (
    <Card title={title}>
      <ul class="agenda">
        {warranties.map(({ item, endsOn, days }) => (
          <li>
            <Entry item={item} when={`${days < 0 ? 'Ended' : 'Until'} ${day(endsOn)}`}>
              {days >= 0 && (
                <Badge tone="success">{days === 0 ? 'last day' : `${lengthWords(days)} left`}</Badge>
              )}
            </Entry>
          </li>
        ))}
      </ul>
    </Card>
  )

const Undated = ({ items }: { items: ItemView[] }) =>
  items.length === 0 ? null : (
    <Card title="Without a date">
      <ul class="agenda">
        {items.map((item) => (
          <li>
            <Entry
              item={item}
              when={
                item.kind === 'warranty' && item.months !== null
                  ? endsAfterWords(item.months)
                  : `${everyWords(item.months)}, from handover`
              }
            />
          </li>
        ))}
      </ul>
    </Card>
  )

const Done = ({ done }: { done: DoneView[] }) =>
  done.length === 0 ? null : (
    <Card title="Done">
      <ul class="agenda">
        {done.map((entry) => (
          <li>
            <div class="agenda-entry">
              <p class="agenda-title">
                <strong>{entry.title}</strong>
              </p>
              <p class="document-meta">{day(entry.doneOn)}</p>
            </div>
            <form class="agenda-actions" method="post" action={paths.maintenanceTakenBack(entry.id)}>
              <button type="submit" class="link-button">
                Not done after all<span class="visually-hidden">: {entry.title}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </Card>
  )

// The checklists of a home: handover and moving in, ticked by anybody of the household.
import { CHECKLISTS, type ChecklistKey } from '#views/checklist-words.ts'
import { formatDate } from '#views/format.ts'
import { PurchaserPage, type PurchaserShell } from '#views/layout/purchaser.tsx'
import { Card, EmptyState, Progress } from '#views/parts/card.tsx'
import { Icon } from '#views/parts/icon.tsx'
import { paths } from '#views/paths.ts'

export type ChecklistItemView = {
  id: string
  checklist: ChecklistKey
  title: string
  note: string | null
  tickedAt: Date | null
}

export type ChecklistsProps = { shell: PurchaserShell; items: ChecklistItemView[] }

const KEYS = Object.keys(CHECKLISTS) as ChecklistKey[]

export const ChecklistsPage = ({ shell, items }: ChecklistsProps) => (
  <PurchaserPage title="Checklists" shell={shell} tab="home">
    <div class="page">
      <a class="back-link" href={paths.myHome()}>
        <Icon name="chevronLeft" /> Your home
      </a>
      <header class="home-header">
        <h1>Checklists</h1>
        <p class="lead">For your handover and for moving in. Your builder sees how far you are.</p>
      </header>
      {items.length === 0 && (
        <EmptyState icon="check" title="No checklists">
          Your builder has not set up checklists for your home.
        </EmptyState>
      )}
      {KEYS.map((key) => (
        <Checklist name={key} items={items.filter(({ checklist }) => checklist === key)} />
      ))}
    </div>
  </PurchaserPage>
)

const Checklist = ({ name, items }: { name: ChecklistKey; items: ChecklistItemView[] }) => {
  const done = items.filter(({ tickedAt }) => tickedAt !== null).length
  return items.length === 0 ? null : (
    <Card title={CHECKLISTS[name]} id={name}>
      <div class="stack">
        <p class="document-meta">
          {done} of {items.length} done
        </p>
        <Progress label={CHECKLISTS[name]} done={done} total={items.length} />
      </div>
      <ul class="checklist">
        {items.map((item) => (
          <Item item={item} />
        ))}
      </ul>
    </Card>
  )
}

/** A button, not a checkbox: it works without scripts, and of two people none takes back what the other ticked. */
const Item = ({ item }: { item: ChecklistItemView }) => (
  <li>
    <form method="post" action={paths.checklistTick(item.id)}>
      <button
        type="submit"
        class={item.tickedAt ? 'tick tick-done' : 'tick'}
        name="done"
        value={item.tickedAt ? 'no' : 'yes'}
        aria-pressed={item.tickedAt ? 'true' : 'false'}
      >
        <span class="tick-box">{item.tickedAt && <Icon name="check" />}</span>
        <span class="tick-text">
          <strong>{item.title}</strong>
          {item.note && <span>{item.note}</span>}
          {item.tickedAt && <span class="document-meta">Done {formatDate(item.tickedAt)}</span>}
        </span>
      </button>
    </form>
  </li>
)

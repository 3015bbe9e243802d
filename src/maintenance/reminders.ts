// Reminders by mail, for people who chose them: what is due soon in their home, and warranties about to end.

import { tenantsAfter } from '#db/analytics.ts'
import { itemsOfHome } from '#db/maintenance.ts'
import { peopleToRemind, type Reminded } from '#db/maintenance-people.ts'
import type { Db, Scope } from '#db/scope.ts'
import { enqueueMany } from '#jobs/queue.ts'
import { irishToday } from '../analytics.ts'
import { config } from '../config.ts'
import { sendMailLater } from '../mail.ts'
import { type Task, timelineOf, type Warranty } from './schedule.ts'

const TASK_DAYS_BEFORE = 14
const WARRANTY_DAYS_BEFORE = 60
const PEOPLE_A_BATCH = 100
const BATCHES_MAX = 1_000
const TENANTS_A_BATCH = 500

export type ReminderContext = {
  signal: AbortSignal
  requestId: string
  progress(stage: string, done: number, total: number): void
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/** Enqueues the reminders of every tenant. */
export async function sweepReminders({ fenced, signal, requestId }: ReminderContext): Promise<void> {
  let after: string | null = null
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    signal.throwIfAborted()
    const tenants: string[] = await fenced(async (db) => {
      const found = await tenantsAfter(db, after, TENANTS_A_BATCH)
      const entries = found.map((tenantId) => ({ payload: { tenantId }, dedupeKey: 'daily' }))
      await enqueueMany(db, 'remind-homes', entries, { requestId })
      return found
    })
    if (tenants.length < TENANTS_A_BATCH) return
    after = tenants.at(-1) ?? null
  }
}

/**
 * Writes the mails that are due today. One a person and day of the year: the mail's own key says what was written
 * before, so a run that is repeated, or is a day late, writes nothing twice.
 */
export async function remindHomes(scope: Scope, context: ReminderContext): Promise<void> {
  let after: string | null = null
  let done = 0
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    context.signal.throwIfAborted()
    const people: Reminded[] = await context.fenced(async (db) => {
      const found = await peopleToRemind(db, after, PEOPLE_A_BATCH)
      for (const person of found) await remind(db, scope, person)
      return found
    })
    done += people.length
    context.progress('people', done, done)
    if (people.length < PEOPLE_A_BATCH) return
    after = people.at(-1)?.purchaserId ?? null
  }
}

async function remind(db: Db, scope: Scope, person: Reminded): Promise<void> {
  const { ahead, running } = timelineOf(await itemsOfHome(db, person), person.handedOverOn, irishToday())
  const tasks = ahead.filter(({ days }) => days >= 0 && days <= TASK_DAYS_BEFORE)
  for (const [dueOn, due] of Map.groupBy(tasks, (task) => task.dueOn))
    await send(db, scope, person, `maintenance ${person.purchaserId} ${dueOn}`, taskMail(dueOn, due))
  const ending = running.filter(({ days }) => days <= WARRANTY_DAYS_BEFORE)
  for (const [endsOn, ends] of Map.groupBy(ending, (warranty) => warranty.endsOn))
    await send(db, scope, person, `warranty ${person.purchaserId} ${endsOn}`, warrantyMail(endsOn, ends))
}

const send = (
  db: Db,
  scope: Scope,
  { email, unitId, purchaserId }: Reminded,
  uniqueKey: string,
  mail: { subject: string; body: string },
) => sendMailLater(db, scope, { uniqueKey, to: email, ...mail, about: { unitId, purchaserId } })

const taskMail = (dueOn: string, due: Task[]) => ({
  subject: `Your home: due on ${written(dueOn)}`,
  body: bodyOf(`This is due in your home on ${written(dueOn)}:`, due),
})

const warrantyMail = (endsOn: string, ends: Warranty[]) => ({
  subject: `Your home: a warranty ends on ${written(endsOn)}`,
  body: bodyOf(
    `This ends on ${written(endsOn)}. If something it covers is not right, report it before then:`,
    ends,
  ),
})

const bodyOf = (opening: string, entries: { item: { title: string; note: string | null } }[]) =>
  [
    opening,
    entries.map(({ item }) => `- ${item.title}${item.note ? `: ${item.note}` : ''}`).join('\n'),
    `See it, or say that it is done: ${config().publicUrl}/maintenance`,
    'You chose these reminders in the app of your home, and can switch them off there.',
  ].join('\n\n')

const written = (day: string) =>
  new Intl.DateTimeFormat('en-IE', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

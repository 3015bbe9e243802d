// What a person chose about maintenance: reminders by mail, and whether there is a calendar address.
import { feedOfPerson, reminderChoice, setReminders } from '#db/calendar-feeds.ts'
import type { Person } from '#db/person-data.ts'
import { type HomeScope, within } from '#db/scope.ts'
import { noteActivity } from '../activity.ts'
import { failure } from '../failure.ts'

export type MaintenanceChoices = {
  /** Null for somebody whose name is not recorded. */
  reminders: { email: string | null; isOn: boolean } | null
  /** When the calendar address in force was made. */
  madeAt: Date | null
}

export const remindersOf = (home: HomeScope, person: Person): Promise<MaintenanceChoices> =>
  within(home, async (db) => {
    const reminders = await reminderChoice(db, person)
    const feed = await feedOfPerson(db, person)
    return { reminders, madeAt: feed?.createdAt ?? null }
  })

/** @throws Failure `not_found` for somebody whose name is not recorded */
export async function chooseReminders(home: HomeScope, person: Person, isOn: boolean): Promise<void> {
  const { purchaserId } = person
  if (!purchaserId) throw failure('not_found')
  await within(home, async (db) => {
    await setReminders(db, purchaserId, isOn)
    await noteActivity(db, home, {
      action: 'person.reminders_chosen',
      targetType: 'person',
      targetId: purchaserId,
      changes: { byMail: isOn },
    })
  })
}

// What a person wants to be told and in which language: their own choice, which everything that tells them asks first.

import { actorIdOf, type Person } from '#db/person-data.ts'
import {
  emailOfPerson,
  type Notification,
  type NotificationTopic,
  type Preferences,
  preferencesOf,
  setPreferences,
} from '#db/preferences.ts'
import { type HomeScope, within } from '#db/scope.ts'
import { noteActivity } from './activity.ts'

export type { Notification, NotificationTopic, Preferences }

export const notifications = [
  'mail:notices',
  'mail:answers',
  'mail:snags',
  'app:notices',
  'app:answers',
] as const satisfies readonly Notification[]

const UNCHOSEN: Preferences = { language: null, muted: [] }

export async function readPreferences(
  home: HomeScope,
  person: Person,
): Promise<Preferences & { email: string | null }> {
  return within(home, async (db) => {
    const chosen = await preferencesOf(db, actorIdOf(person))
    return { ...(chosen ?? UNCHOSEN), email: await emailOfPerson(db, person) }
  })
}

/** `wanted`: what is ticked; everything else is not wanted. */
export async function choosePreferences(
  home: HomeScope,
  person: Person,
  chosen: { wanted: readonly string[]; language: string | null },
): Promise<void> {
  const muted = notifications.filter((each) => !chosen.wanted.includes(each))
  const { tenantId } = home
  const { language } = chosen
  await within(home, async (db) => {
    await setPreferences(db, {
      tenantId,
      unitId: person.unitId,
      readerId: actorIdOf(person),
      language,
      muted,
    })
    await noteActivity(db, home, {
      action: 'person.preferences_chosen',
      targetType: 'person',
      targetId: actorIdOf(person),
      changes: { muted, language },
    })
  })
}

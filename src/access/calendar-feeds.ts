// Private calendar addresses: made, replaced and ended by a person; opened by whoever holds one.
import { createHash, randomBytes } from 'node:crypto'
import { deleteFeed, homeOfFeed, replaceFeed } from '#db/calendar-feeds.ts'
import type { Person } from '#db/person-data.ts'
import { type Db, type HomeScope, mintHomeScope, throughDoor, within } from '#db/scope.ts'
import { noteActivity } from '../activity.ts'

const TOKEN_BYTES = 32
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** A new address in the place of the one before. It is shown once: only its hash is kept. */
export async function makeFeed(home: HomeScope, person: Person): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  await within(home, async (db) => {
    await replaceFeed(db, { ...person, tenantId: home.tenantId, tokenHash: hashOf(token) })
    await note(db, home, 'calendar.address_made')
  })
  return token
}

export async function endFeed(home: HomeScope, person: Person): Promise<void> {
  await within(home, async (db) => {
    if ((await deleteFeed(db, person)) > 0) await note(db, home, 'calendar.address_ended')
  })
}

/** The scope of the home behind an address, for reading only; null for an address that is not one, or no more. */
export async function homeScopeOfFeed(token: string, requestId: string): Promise<HomeScope | null> {
  const found = TOKEN_SHAPE.test(token) ? await throughDoor((db) => homeOfFeed(db, hashOf(token))) : null
  if (!found) return null
  const { tenantId, ...home } = found
  const actor = { type: 'system', id: 'calendar' } as const
  return mintHomeScope(
    { tenantId, actor, requestId, developmentIds: [home.developmentId], readOnly: true },
    home,
  )
}

const note = (db: Db, home: HomeScope, action: string) =>
  noteActivity(db, home, { action, targetType: 'person', targetId: home.actor.id })

// What the operator tells everybody: banners over the pages for a while, and notes on what is new.
import { LRUCache } from 'lru-cache'
import * as rows from '#db/announcements.ts'
import { tellProcesses } from '#db/flags.ts'
import { type AdminScope, acrossTenants, type Db, type Scope, throughDoor, within } from '#db/scope.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'

export type { Announcement, Audience, ReleaseNote } from '#db/announcements.ts'

export const MESSAGE_CHARS_MAX = 500
export const NOTE_TITLE_CHARS_MAX = 120
export const NOTE_BODY_CHARS_MAX = 5_000

/** Processes hear of a change at once; this is for a notification that was lost. */
const KEPT_MS = 30_000
const SESSIONS_MAX = 10_000

let kept: { untilMs: number; live: Promise<rows.Announcement[]> } | null = null
const dismissed = new LRUCache<string, Set<string>>({ max: SESSIONS_MAX, ttl: KEPT_MS })

export function forgetAnnouncements(): void {
  kept = null
  dismissed.clear()
}

/** What is shown over the pages of this session now. Nothing is read for it while nothing is announced. */
export async function announcementsFor(
  portal: 'staff' | 'purchasers',
  sessionId: string,
): Promise<rows.Announcement[]> {
  const now = Date.now()
  const live = (await keptLive()).filter(
    ({ audience, startsAt, endsAt }) =>
      (audience === 'everyone' || audience === portal) && startsAt.getTime() <= now && endsAt.getTime() > now,
  )
  if (live.length === 0) return live
  const away = await dismissedBy(sessionId)
  return live.filter(({ id }) => !away.has(id))
}

function keptLive(): Promise<rows.Announcement[]> {
  if (kept && performance.now() < kept.untilMs) return kept.live
  const mine = { untilMs: performance.now() + KEPT_MS, live: throughDoor(rows.liveAnnouncements) }
  kept = mine
  mine.live.catch(() => {
    if (kept === mine) kept = null
  })
  return mine.live
}

async function dismissedBy(sessionId: string): Promise<Set<string>> {
  const known = dismissed.get(sessionId)
  if (known) return known
  const read = new Set(await throughDoor((db) => rows.dismissedBy(db, sessionId)))
  dismissed.set(sessionId, read)
  return read
}

/** Puts it away for this session. @throws Failure `not_found` */
export async function dismissAnnouncement(sessionId: string, id: string): Promise<void> {
  if (!(await throughDoor((db) => rows.insertDismissal(db, sessionId, id)))) throw failure('not_found')
  dismissed.delete(sessionId)
}

export const listAnnouncements = (scope: AdminScope): Promise<rows.Announcement[]> =>
  acrossTenants(scope, 'announcements', rows.listAnnouncements)

export type NewAnnouncement = {
  message: string
  audience: rows.Audience
  tone: 'plain' | 'warning'
  startsAt: Date
  endsAt: Date
  isDismissable: boolean
}

export async function announceToAll(scope: AdminScope, asked: NewAnnouncement): Promise<void> {
  const id = Bun.randomUUIDv7()
  const { isDismissable, ...row } = asked
  await acrossTenants(scope, 'a new announcement', async (db) => {
    await rows.insertAnnouncement(db, { ...row, id, dismissableAt: isDismissable ? new Date() : null })
    await happened(db, scope, 'announcement.made', id, { ...row })
  })
  forgetAnnouncements()
}

/** @throws Failure `not_found` */
export async function withdrawAnnouncement(scope: AdminScope, id: string): Promise<void> {
  await acrossTenants(scope, 'an announcement', async (db) => {
    if (!(await rows.setAnnouncementWithdrawn(db, id))) throw failure('not_found')
    await happened(db, scope, 'announcement.withdrawn', id, {})
  })
  forgetAnnouncements()
}

/** All of them for the operator; staff see those that were not withdrawn. */
export const listReleaseNotes = (scope: AdminScope): Promise<rows.ReleaseNote[]> =>
  acrossTenants(scope, 'release notes', (db) => rows.listReleaseNotes(db, { withdrawn: true }))

export const whatIsNew = (scope: Scope): Promise<rows.ReleaseNote[]> =>
  within(scope, (db) => rows.listReleaseNotes(db, { withdrawn: false }))

export async function writeReleaseNote(scope: AdminScope, title: string, body: string): Promise<void> {
  const id = Bun.randomUUIDv7()
  await acrossTenants(scope, 'a release note', async (db) => {
    await rows.insertReleaseNote(db, { id, title, body })
    await happened(db, scope, 'release_note.written', id, { title })
  })
}

/** @throws Failure `not_found` */
export async function withdrawReleaseNote(scope: AdminScope, id: string): Promise<void> {
  await acrossTenants(scope, 'a release note', async (db) => {
    if (!(await rows.setReleaseNoteWithdrawn(db, id))) throw failure('not_found')
    await happened(db, scope, 'release_note.withdrawn', id, {})
  })
}

async function happened(
  db: Db,
  scope: AdminScope,
  action: string,
  targetId: string,
  changes: Record<string, unknown>,
): Promise<void> {
  const [targetType] = action.split('.') as [string]
  await noteActivity(db, scope, { action, targetType, targetId, changes })
  await tellProcesses(db, 'announcements')
}

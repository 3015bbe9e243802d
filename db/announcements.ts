// Announcements of the operator, who has put one away, and release notes.
import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { announcements, releaseNotes } from './schema/index.ts'

export type Audience = 'everyone' | 'staff' | 'purchasers'

export type Announcement = {
  id: string
  message: string
  audience: Audience
  tone: 'plain' | 'warning'
  startsAt: Date
  endsAt: Date
  isDismissable: boolean
  withdrawnAt: Date | null
}

type Texts = Omit<Announcement, 'startsAt' | 'endsAt' | 'withdrawnAt'> & {
  startsAt: string
  endsAt: string
  withdrawnAt: string | null
}

const columns = sql`id, message, audience, tone, starts_at as "startsAt", ends_at as "endsAt",
  dismissable_at is not null as "isDismissable", withdrawn_at as "withdrawnAt"`

const announcementOf = (row: Texts): Announcement => ({
  ...row,
  startsAt: new Date(row.startsAt),
  endsAt: new Date(row.endsAt),
  withdrawnAt: row.withdrawnAt ? new Date(row.withdrawnAt) : null,
})

const SHOWN = 100
/** More banners than these would hide the page. */
const LIVE_MAX = 3

/** Those that run or will begin within the time a process keeps them. */
export async function liveAnnouncements(db: Db): Promise<Announcement[]> {
  const rows = await db.execute<Texts>(sql`
    select ${columns} from announcements
    where withdrawn_at is null and ends_at > now() and starts_at < now() + interval '1 hour'
    order by starts_at desc, id desc limit ${LIVE_MAX}`)
  return rows.map(announcementOf)
}

export async function listAnnouncements(db: Db): Promise<Announcement[]> {
  const rows = await db.execute<Texts>(
    sql`select ${columns} from announcements order by starts_at desc, id desc limit ${SHOWN}`,
  )
  return rows.map(announcementOf)
}

export async function insertAnnouncement(db: Db, row: typeof announcements.$inferInsert): Promise<void> {
  await db.insert(announcements).values(row)
}

/** False when it was so already, or is not there. */
export async function setAnnouncementWithdrawn(db: Db, id: string): Promise<boolean> {
  const rows = await db.execute(
    sql`update announcements set withdrawn_at = now() where id = ${id} and withdrawn_at is null returning 1`,
  )
  return rows.length > 0
}

/** What this session has put away. */
export async function dismissedBy(db: Db, sessionId: string): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select announcement_id as id from announcement_dismissals where session_id = ${sessionId} limit ${SHOWN}`)
  return rows.map(({ id }) => id)
}

/** False for one that does not run or may not be put away. */
export async function insertDismissal(db: Db, sessionId: string, announcementId: string): Promise<boolean> {
  const rows = await db.execute(sql`
    with known as (
      select id from announcements
      where id = ${announcementId} and dismissable_at is not null and withdrawn_at is null
    ), away as (
      insert into announcement_dismissals (session_id, announcement_id)
      select ${sessionId}::uuid, id from known on conflict do nothing
    )
    select 1 from known`)
  return rows.length > 0
}

export type ReleaseNote = {
  id: string
  title: string
  body: string
  createdAt: Date
  withdrawnAt: Date | null
}

export async function listReleaseNotes(db: Db, of: { withdrawn: boolean }): Promise<ReleaseNote[]> {
  const rows = await db.execute<
    Omit<ReleaseNote, 'createdAt' | 'withdrawnAt'> & { createdAt: string; withdrawnAt: string | null }
  >(sql`
    select id, title, body, created_at as "createdAt", withdrawn_at as "withdrawnAt" from release_notes
    where ${of.withdrawn ? sql`true` : sql`withdrawn_at is null`} order by id desc limit ${SHOWN}`)
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    withdrawnAt: row.withdrawnAt ? new Date(row.withdrawnAt) : null,
  }))
}

export async function insertReleaseNote(db: Db, row: typeof releaseNotes.$inferInsert): Promise<void> {
  await db.insert(releaseNotes).values(row)
}

export async function setReleaseNoteWithdrawn(db: Db, id: string): Promise<boolean> {
  const rows = await db.execute(
    sql`update release_notes set withdrawn_at = now() where id = ${id} and withdrawn_at is null returning 1`,
  )
  return rows.length > 0
}

// What the platform's operator tells everybody: banners for a while, and what is new in a release.
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id } from './columns.ts'
import { sessions } from './sessions.ts'

export const announcements = pgTable(
  'announcements',
  {
    id: id(),
    message: text('message').notNull(),
    audience: text('audience').$type<'everyone' | 'staff' | 'purchasers'>().notNull(),
    tone: text('tone').$type<'plain' | 'warning'>().notNull().default('plain'),
    startsAt: at('starts_at').notNull(),
    endsAt: at('ends_at').notNull(),
    /** Null: it stays until it ends. */
    dismissableAt: at('dismissable_at'),
    withdrawnAt: at('withdrawn_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('announcements_live').on(t.endsAt).where(sql`${t.withdrawnAt} is null`),
    check('announcements_message_length', sql`length(${t.message}) between 1 and 500`),
    check('announcements_span_forward', sql`${t.startsAt} < ${t.endsAt}`),
    check('announcements_audience_known', sql`${t.audience} in ('everyone','staff','purchasers')`),
    check('announcements_tone_known', sql`${t.tone} in ('plain','warning')`),
  ],
)

/** By session and not by person: it goes with the session, and says nothing of anybody. */
export const announcementDismissals = pgTable(
  'announcement_dismissals',
  {
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    announcementId: uuid('announcement_id').notNull(),
    dismissedAt: at('dismissed_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'announcement_dismissals_pkey', columns: [t.sessionId, t.announcementId] }),
    index('announcement_dismissals_announcement').on(t.announcementId),
    foreignKey({
      name: 'announcement_dismissals_announcement_fkey',
      columns: [t.announcementId],
      foreignColumns: [announcements.id],
    }).onDelete('cascade'),
  ],
)

export const releaseNotes = pgTable(
  'release_notes',
  {
    id: id(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    withdrawnAt: at('withdrawn_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('release_notes_shown').on(t.id.desc().nullsFirst()).where(sql`${t.withdrawnAt} is null`),
    check('release_notes_title_length', sql`length(${t.title}) between 1 and 120`),
    check('release_notes_body_length', sql`length(${t.body}) between 1 and 5000`),
  ],
)

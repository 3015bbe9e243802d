// Statements about mails.
import { eq, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { mails } from './schema/index.ts'

export type MailRow = {
  id: string
  toAddress: string
  subject: string
  body: string
  state: (typeof mails.$inferSelect)['state']
  failureCode: string | null
  sentAt: Date | null
  createdAt: Date
}

const columns = {
  id: mails.id,
  toAddress: mails.toAddress,
  subject: mails.subject,
  body: mails.body,
  state: mails.state,
  failureCode: mails.failureCode,
  sentAt: mails.sentAt,
  createdAt: mails.createdAt,
}

/** False when there is a mail for this occasion already. */
export async function insertMail(db: Db, row: typeof mails.$inferInsert): Promise<boolean> {
  const inserted = await db
    .insert(mails)
    .values(row)
    .onConflictDoNothing({ target: [mails.tenantId, mails.uniqueKey] })
    .returning({ id: mails.id })
  return inserted.length > 0
}

/** Those of them that were not there already. */
export const insertMails = (
  db: Db,
  rows: (typeof mails.$inferInsert)[],
): Promise<{ id: string; state: MailRow['state'] }[]> =>
  db
    .insert(mails)
    .values(rows)
    .onConflictDoNothing({ target: [mails.tenantId, mails.uniqueKey] })
    .returning({ id: mails.id, state: mails.state })

export async function mailById(db: Db, id: string): Promise<MailRow | null> {
  const [row] = await db.select(columns).from(mails).where(eq(mails.id, id)).limit(1)
  return row ?? null
}

export async function setMailJob(db: Db, id: string, jobId: string): Promise<void> {
  await db.update(mails).set({ jobId }).where(eq(mails.id, id))
}

export async function setMailState(
  db: Db,
  id: string,
  state: MailRow['state'],
  failureCode: string | null,
): Promise<void> {
  await db
    .update(mails)
    .set({ state, failureCode, sentAt: state === 'sent' ? sql`now()` : null })
    .where(eq(mails.id, id))
}

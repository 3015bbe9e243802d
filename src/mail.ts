// Mails: written down in the transaction of their occasion, sent by a job, never twice if it can be avoided.
import { insertMail, insertMails, mailById, setMailJob, setMailState } from '#db/mails.ts'
import type { Person } from '#db/person-data.ts'
import type { Db, Scope } from '#db/scope.ts'
import { enqueue, enqueueMany } from '#jobs/queue.ts'
import { deliverMail, MailFailure, mailIsSetUp } from './clients/mail.ts'

const SUBJECT_CHARS_MAX = 200
const RETRIED = new Set(['mail_unavailable', 'mail_deferred'])

export type NewMail = {
  /** Names the occasion, such as `invitation <id>`: the same again makes no second mail. */
  uniqueKey: string
  to: string
  subject: string
  body: string
  /** The purchaser whose data it holds. */
  about?: Person
}

/** Adds a mail to the caller's transaction. Where mail is not set up it is kept as not sent. */
export async function sendMailLater(db: Db, scope: Scope, mail: NewMail): Promise<void> {
  const row = rowOf(scope, mail)
  const isNew = await insertMail(db, row)
  if (!isNew || row.state !== 'queued') return
  const { tenantId, requestId } = scope
  await setMailJob(db, row.id, await enqueue(db, 'send-mail', { tenantId, mailId: row.id }, { requestId }))
}

/** The same for many, in two statements. */
export async function sendMailsLater(db: Db, scope: Scope, mails: readonly NewMail[]): Promise<void> {
  if (mails.length === 0) return
  const { tenantId, requestId } = scope
  const added = await insertMails(
    db,
    mails.map((mail) => rowOf(scope, mail)),
  )
  const jobs = added
    .filter(({ state }) => state === 'queued')
    .map(({ id }) => ({ payload: { tenantId, mailId: id }, dedupeKey: id }))
  await enqueueMany(db, 'send-mail', jobs, { requestId })
}

function rowOf({ tenantId }: Scope, mail: NewMail) {
  const isSetUp = mailIsSetUp()
  return {
    id: Bun.randomUUIDv7(),
    tenantId,
    uniqueKey: mail.uniqueKey,
    toAddress: mail.to,
    subject: mail.subject.replace(/\s+/g, ' ').slice(0, SUBJECT_CHARS_MAX),
    body: mail.body,
    unitId: mail.about?.unitId ?? null,
    purchaserId: mail.about?.purchaserId ?? null,
    state: isSetUp ? ('queued' as const) : ('not_sent' as const),
    failureCode: isSetUp ? null : 'mail_not_set_up',
  }
}

export type MailContext = { signal: AbortSignal; fenced<T>(work: (db: Db) => Promise<T>): Promise<T> }

export type MailSent = { outcome: 'sent' | 'gone' | 'not_set_up' } | { outcome: 'failed'; code: string }

/**
 * Sends a mail that is written down. The row says when the text is about to go over: a run that died after that
 * leaves it `sending`, and the next one does not send it again, because it may have arrived.
 */
export async function sendMail(mailId: string, { signal, fenced }: MailContext): Promise<MailSent> {
  const mail = await fenced((db) => mailById(db, mailId))
  if (!mail) return { outcome: 'gone' }
  if (mail.state === 'sent') return { outcome: 'sent' }
  if (mail.state === 'sending') return failed(mailId, 'mail_uncertain', fenced)
  if (!mailIsSetUp()) {
    await fenced((db) => setMailState(db, mailId, 'not_sent', 'mail_not_set_up'))
    return { outcome: 'not_set_up' }
  }
  try {
    const { toAddress: to, subject, body: text } = mail
    await deliverMail(
      { id: mailId, to, subject, text },
      { signal, beforeText: () => fenced((db) => setMailState(db, mailId, 'sending', null)) },
    )
  } catch (error) {
    if (!(error instanceof MailFailure)) throw error
    return failed(mailId, error.code, fenced)
  }
  await fenced((db) => setMailState(db, mailId, 'sent', null))
  return { outcome: 'sent' }
}

async function failed(mailId: string, code: string, fenced: MailContext['fenced']): Promise<MailSent> {
  await fenced((db) => setMailState(db, mailId, RETRIED.has(code) ? 'queued' : 'failed', code))
  return { outcome: 'failed', code }
}

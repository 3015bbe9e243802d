// Mails to people of a household about what they follow, to those only who want them. The words stay in the app.
import { listNotices } from '#db/notices.ts'
import { askerOfGap, type Recipient, recipientsOfNotice, reporterOfSnag } from '#db/preferences.ts'
import type { Db, Scope } from '#db/scope.ts'
import type { SnagStatus } from '#db/snags.ts'
import { config } from './config.ts'
import { sendMailLater, sendMailsLater } from './mail.ts'

const RECIPIENTS_A_READ = 200
/** Two on each contract of the largest estates. */
const RECIPIENTS_MAX = 20_000

const footer = () =>
  `\nYou get this e-mail because your home has an app, OpenHouse. Choose what you want to be told: ${config().publicUrl}/preferences\n`

/** "Your question has an answer now", in the transaction that closes the gap. */
export async function tellOfAnswer(db: Db, scope: Scope, gapId: string): Promise<void> {
  const asker = await askerOfGap(db, gapId)
  if (!asker) return
  await sendMailLater(db, scope, {
    ...addressed(asker, `answer ${gapId}`),
    subject: 'There is an answer to your question',
    body: `You asked in the app of your home:\n\n${asker.question}\n\nThere is an answer now: ${config().publicUrl}/\n${footer()}`,
  })
}

const MOVED: Record<SnagStatus, string> = {
  reported: 'is open again',
  seen: 'has been seen',
  scheduled: 'is going to be repaired: a repair is arranged',
  fixed: 'is noted as fixed',
  declined: 'will not be repaired',
}

/** What the builder did or said about a snag, in the transaction of that. */
export async function tellOfSnag(
  db: Db,
  scope: Scope,
  snagId: string,
  change: { id: string; status: SnagStatus; isMoved: boolean },
): Promise<void> {
  const reporter = await reporterOfSnag(db, snagId)
  if (!reporter) return
  const what = change.isMoved ? MOVED[change.status] : 'has a new note'
  await sendMailLater(db, scope, {
    ...addressed(reporter, `snag ${change.id}`),
    subject: `What you reported (${reporter.room})`,
    body: `What you reported (${reporter.room}) ${what}.\n\nRead more: ${config().publicUrl}/snags/${snagId}\n${footer()}`,
  })
}

export type NoticeContext = { signal: AbortSignal; fenced<T>(work: (db: Db) => Promise<T>): Promise<T> }

/** Mails a published notice to the homes it is for. Repeated, it reaches whom it did not reach. */
export async function mailNotice(
  scope: Scope,
  noticeId: string,
  { signal, fenced }: NoticeContext,
): Promise<{ outcome: 'mailed' | 'gone' } | { outcome: 'early'; waitMs: number }> {
  const [notice] = await fenced((db) => listNotices(db, { id: noticeId, limit: 1 }))
  if (!notice || notice.withdrawnAt) return { outcome: 'gone' }
  const waitMs = notice.publishAt.getTime() - Date.now()
  if (waitMs > 0) return { outcome: 'early', waitMs }
  let count = 0
  for (let after: string | null = null; count < RECIPIENTS_MAX; ) {
    signal.throwIfAborted()
    const page: Recipient[] = await fenced(async (db) => {
      const rows = await recipientsOfNotice(db, noticeId, { after, limit: RECIPIENTS_A_READ })
      await sendMailsLater(
        db,
        scope,
        rows.map((row) => ({
          ...addressed(row, `notice ${noticeId}`),
          subject: `${row.developmentName}: ${row.title}`,
          body: `There is a notice for your home:\n\n${row.title}\n\nRead it: ${config().publicUrl}/notices\n${footer()}`,
        })),
      )
      return rows
    })
    count += page.length
    if (page.length < RECIPIENTS_A_READ) break
    after = page.at(-1)?.purchaserId ?? null
  }
  return { outcome: 'mailed' }
}

const addressed = ({ unitId, purchaserId, email }: Recipient, occasion: string) => ({
  uniqueKey: `${occasion} ${purchaserId}`,
  to: email,
  about: { unitId, purchaserId },
})

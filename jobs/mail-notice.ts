// Mails a notice, once it is published, to the people of the homes it is for.
import { mailNotice } from '#src/notifications.ts'
import type { Run } from './context.ts'
import { snooze } from './outcome.ts'

/** The database says what is published, and its clock is not ours. */
const CLOCKS_DIFFER_MS = 1_000

export const run: Run<'mail-notice'> = async (scope, { noticeId }, context) => {
  const mailed = await mailNotice(scope, noticeId, context)
  return mailed.outcome === 'early' ? snooze(mailed.waitMs + CLOCKS_DIFFER_MS) : undefined
}

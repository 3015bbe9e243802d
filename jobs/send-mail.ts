// Hands a mail to the SMTP server.
import { sendMail } from '#src/mail.ts'
import type { Run } from './context.ts'
import { cancel, JobFailure } from './outcome.ts'

export const run: Run<'send-mail'> = async (_scope, { mailId }, context) => {
  const sent = await sendMail(mailId, context)
  if (sent.outcome === 'failed') throw new JobFailure(sent.code)
  if (sent.outcome === 'gone') return cancel('deleted')
  return sent.outcome === 'not_set_up' ? cancel('mail_not_set_up') : undefined
}

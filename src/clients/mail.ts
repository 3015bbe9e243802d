// The SMTP server: hands over one mail, and says exactly how far it came when it fails.
import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { z } from 'zod'
import { config } from '../config.ts'

const CONNECT_TIMEOUT_MS = 10_000
const SILENCE_TIMEOUT_MS = 30_000
const TOTAL_TIMEOUT_MS = 60_000

export type OutgoingMail = { id: string; to: string; subject: string; text: string }

/**
 * `mail_unavailable`, `mail_deferred`: certainly not sent, try again. `mail_denied`, `mail_rejected`: not sent, and
 * trying again will not help. `mail_uncertain`: the text had begun to go over and no answer came.
 */
export type MailCode =
  | 'mail_unavailable'
  | 'mail_deferred'
  | 'mail_denied'
  | 'mail_rejected'
  | 'mail_uncertain'

export class MailFailure extends Error {
  constructor(
    readonly code: MailCode,
    options?: { cause?: unknown },
  ) {
    super(`the mail was not sent: ${code}`, options)
  }
}

export const mailIsSetUp = (): boolean => config().SMTP_URL !== undefined

/**
 * Sends the mail. `beforeText` runs when everything but the text has been accepted: what it notes down is what a
 * later run must know to not send twice. When it fails, nothing was sent.
 * @throws MailFailure, or what `beforeText` threw
 */
export async function deliverMail(
  mail: OutgoingMail,
  options: { signal: AbortSignal; beforeText: () => Promise<void> },
): Promise<void> {
  // The composer would find an address in almost anything, and not the one that was meant.
  if (!z.email().safeParse(mail.to).success) throw new MailFailure('mail_rejected')
  const { envelope, content } = await compose(mail)
  const connection = new SMTPConnection(connectionOptions())
  let textFailed: unknown = null
  let isTextUnderWay = false
  const text = new Readable({
    // Read for the first time only after the server asked for the text.
    read() {
      options.beforeText().then(
        () => {
          isTextUnderWay = true
          this.push(content)
          this.push(null)
        },
        (error) => {
          textFailed = error
          this.destroy(error)
          connection.close()
        },
      )
    },
  })
  try {
    await withDeadline(options.signal, connection, async () => {
      await step((done) => connection.connect(done as never), connection)
      const login = credentials()
      if (login) await step((done) => connection.login(login, done as never), connection)
      await step((done) => connection.send(envelope, text, done as never), connection)
    })
    connection.quit()
  } catch (error) {
    connection.close()
    if (textFailed) throw textFailed
    throw new MailFailure(codeOf(error, isTextUnderWay), { cause: error })
  }
}

/**
 * Connects, says hello, signs in and leaves, without a mail.
 * @throws MailFailure
 */
export async function greetMailServer(signal: AbortSignal): Promise<void> {
  const connection = new SMTPConnection(connectionOptions())
  try {
    await withDeadline(signal, connection, async () => {
      await step((done) => connection.connect(done as never), connection)
      const login = credentials()
      if (login) await step((done) => connection.login(login, done as never), connection)
    })
    connection.quit()
  } catch (error) {
    connection.close()
    throw new MailFailure(codeOf(error, false), { cause: error })
  }
}

async function compose(mail: OutgoingMail) {
  const from = config().MAIL_FROM ?? ''
  const host = new URL(config().publicUrl).hostname
  const message = new MailComposer({
    from,
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    // The same for every try, so that a server or reader can tell a repetition.
    messageId: `<${mail.id}@${host}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile()
  return { envelope: message.getEnvelope(), content: await message.build() }
}

function connectionOptions() {
  const url = new URL(config().SMTP_URL ?? '')
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    ...(url.port ? { port: Number(url.port) } : {}),
    secure: url.protocol === 'smtps:',
    // A password never goes over the open network in production.
    requireTLS: config().isProduction && url.username !== '' && url.protocol === 'smtp:',
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
  }
}

function credentials() {
  const { username, password } = new URL(config().SMTP_URL ?? '')
  return username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : null
}

/** One step of the conversation; a connection that breaks outside of a call fails it as well. */
function step(begin: (done: (error?: unknown) => void) => void, connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    connection.once('end', () =>
      reject(Object.assign(new Error('the connection ended'), { code: 'ECONNECTION' })),
    )
    begin((error) => (error ? reject(error) : resolve()))
  })
}

async function withDeadline(
  signal: AbortSignal,
  connection: SMTPConnection,
  work: () => Promise<void>,
): Promise<void> {
  const ended = AbortSignal.any([signal, AbortSignal.timeout(TOTAL_TIMEOUT_MS)])
  ended.throwIfAborted()
  const late = Promise.withResolvers<never>()
  const stop = () => {
    late.reject(ended.reason)
    connection.close()
  }
  ended.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([work(), late.promise])
  } finally {
    ended.removeEventListener('abort', stop)
  }
}

/** A reply of the server is certain whatever it says; silence is not, once the text was under way. */
function codeOf(error: unknown, isTextUnderWay: boolean): MailCode {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  if (code === 'EAUTH') return responseCode && responseCode < 500 ? 'mail_deferred' : 'mail_denied'
  if (responseCode && responseCode >= 500) return 'mail_rejected'
  if (responseCode && responseCode >= 400) return 'mail_deferred'
  return isTextUnderWay ? 'mail_uncertain' : 'mail_unavailable'
}

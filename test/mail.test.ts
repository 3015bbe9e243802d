// Mails over a real SMTP conversation: sent once, tried again when that is safe, and honest when it is not known.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import type postgres from 'postgres'
import { type Scope, within } from '#db/scope.ts'
import { type Jobs, startJobs } from '#jobs/runner.ts'
import { type NewMail, sendMail, sendMailLater } from '#src/mail.ts'
import { eventually } from './jobs/drills.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { type SmtpDouble, type SmtpFault, smtpDouble } from './support/doubles/smtp.ts'
import { openLongview } from './support/longview.ts'
import { prepareTestProcess } from './support/process.ts'

setDefaultTimeout(60_000)

let smtp: SmtpDouble
let database: TestDatabase
let look: postgres.Sql
let scope: Scope
let jobs: Jobs

beforeAll(async () => {
  smtp = await smtpDouble()
  database = await createTestDatabase()
  const estate = await openLongview(database)
  look = estate.look
  scope = estate.scope
  const config = prepareTestProcess({
    ...{ SMTP_URL: smtp.url, MAIL_FROM: 'OpenHouse <app@homes.example>' },
    ...{ DATABASE_URL: database.url, JOB_BACKOFF_BASE_MS: '15', JOB_THREADS: '1' },
  })
  jobs = await startJobs(config, { cronTasks: [] })
})
afterAll(async () => {
  await jobs.stop(2_000)
  prepareTestProcess({ JOB_THREADS: '2' })
  await look.end()
  await database.drop()
  await smtp.stop()
})
beforeEach(async () => {
  smtp.forget()
  await look`truncate mails, job_status, job_attempts`
})

const invitation: NewMail = {
  uniqueKey: 'invitation 1',
  to: 'aoife@homes.example',
  subject: 'Fáilte, Áine',
  body: 'Dia duit!\n.\nA line with one full stop above.\n',
}
const add = (mail: Partial<NewMail> = {}) =>
  within(scope, (db) => sendMailLater(db, scope, { ...invitation, ...mail }))
const settled = () =>
  eventually('every job is final', async () => {
    const rows = await look`select 1 from job_status where finalized_at is null`
    return rows.length === 0
  })
const state = async () => {
  const [row] =
    await look`select m.state, m.failure_code, j.state as job, j.attempt from mails m join job_status j on j.id = m.job_id`
  return { ...row }
}

test('a mail is sent once, however often its occasion comes', async () => {
  await Promise.all([add(), add(), add()])
  await settled()
  await add()
  await settled()
  expect(await state()).toEqual({ state: 'sent', failure_code: null, job: 'completed', attempt: 1 })
  const [mail, ...others] = smtp.mails()
  expect(others).toEqual([])
  expect(mail).toContain('From: OpenHouse <app@homes.example>')
  expect(mail).toContain('To: aoife@homes.example')
  expect(mail).toMatch(/Message-ID: <[0-9a-f-]{36}@localhost>/i)
  expect(mail).toContain('Auto-Submitted: auto-generated')
  // Dot-stuffed on the wire, so that the text does not end early.
  expect(mail).toContain('\r\n..\r\n')
})

test('a mail of a transaction that is undone is never sent', async () => {
  await within(scope, async (db) => {
    await sendMailLater(db, scope, invitation)
    throw new Error('undo')
  }).catch(() => {})
  expect((await look`select 1 from job_status`).length).toBe(0)
})

test('nothing in a subject becomes a header', async () => {
  await add({ subject: 'Hello\r\nBcc: everybody@homes.example' })
  await settled()
  expect(smtp.mails().length).toBe(1)
  expect(smtp.mails()[0]).toContain('Subject: Hello Bcc: everybody@homes.example')
  expect(smtp.mails()[0]).not.toMatch(/^Bcc:/m)
})

test('nothing in an address becomes a command', async () => {
  await add({ to: 'a@homes.example\r\nRCPT TO:<b@homes.example>' })
  await settled()
  expect(smtp.commands()).toEqual([])
  expect(await state()).toMatchObject({ state: 'failed', failure_code: 'mail_rejected' })
})

const early: SmtpFault[] = [
  { at: 'connect', does: 'drop' },
  { at: 'helo', does: 'drop' },
  { at: 'auth', does: { reply: '454 try later' } },
  { at: 'mail', does: { reply: '451 busy' } },
  { at: 'rcpt', does: { reply: '450 greylisted' } },
  { at: 'rcpt', does: 'drop' },
  { at: 'data', does: 'drop' },
  { at: 'text', does: { reply: '452 disk full' } },
]
test.each(early.map((fault) => [JSON.stringify(fault), fault] as const))(
  'after %s it is tried again and sent once',
  async (_, fault) => {
    smtp.fails(fault, fault)
    await add()
    await settled()
    expect(await state()).toEqual({ state: 'sent', failure_code: null, job: 'completed', attempt: 3 })
    expect(smtp.mails().length).toBe(1)
  },
)

test.each([
  ['the password is refused', { at: 'auth', does: { reply: '535 no' } }, 'mail_denied'],
  ['the address does not exist', { at: 'rcpt', does: { reply: '550 no such user' } }, 'mail_rejected'],
  ['the text is refused', { at: 'text', does: { reply: '554 spam' } }, 'mail_rejected'],
] as [string, SmtpFault, string][])('when %s it is not tried again', async (_, fault, code) => {
  smtp.fails(fault)
  await add()
  await settled()
  expect(await state()).toEqual({ state: 'failed', failure_code: code, job: 'discarded', attempt: 1 })
  expect(smtp.mails()).toEqual([])
})

test.each([
  ['before it was kept', 'drop'],
  ['after it was kept', 'drop after keeping'],
] as const)(
  'a connection that breaks after the text, %s, is never answered by a second mail',
  async (_, does) => {
    smtp.fails({ at: 'text', does })
    await add()
    await settled()
    expect(await state()).toEqual({
      ...{ state: 'failed', failure_code: 'mail_uncertain' },
      ...{ job: 'discarded', attempt: 1 },
    })
    expect(smtp.mails().length).toBe(does === 'drop' ? 0 : 1)
  },
)

test('a run that died with the text on its way is not repeated by the next', async () => {
  await jobs.stop(2_000)
  await add()
  await look`update mails set state = 'sending'`
  const [mail] = await look`select id from mails`
  const fenced = <T>(work: Parameters<typeof within<T>>[1]) => within(scope, work)
  const sent = await sendMail(mail?.id, { signal: new AbortController().signal, fenced })
  expect(sent).toEqual({ outcome: 'failed', code: 'mail_uncertain' })
  expect(smtp.mails()).toEqual([])
  // A run that may not write any more, because another one has the job, sends nothing.
  await look`update mails set state = 'queued'`
  let calls = 0
  const lost = <T>(work: Parameters<typeof within<T>>[1]) => {
    if (calls++ > 0) throw new Error('lost')
    return within(scope, work)
  }
  const late = await sendMail(mail?.id, {
    signal: new AbortController().signal,
    fenced: async (w) => lost(w),
  }).catch((error) => error.message)
  expect(late).toBe('lost')
  expect(smtp.mails()).toEqual([])
})

test('a server that says nothing is given up when the run is told to stop', async () => {
  smtp.fails({ at: 'rcpt', does: 'stay silent' })
  await look`truncate job_status, job_attempts`
  await add()
  const [mail] = await look`select id from mails`
  const fenced = <T>(work: Parameters<typeof within<T>>[1]) => within(scope, work)
  const sent = await sendMail(mail?.id, { signal: AbortSignal.timeout(300), fenced })
  expect(sent).toEqual({ outcome: 'failed', code: 'mail_unavailable' })
  expect((await look`select state from mails`)[0]?.state).toBe('queued')
})

test('without a server mails are kept and say that they were not sent', async () => {
  prepareTestProcess({ JOB_THREADS: '2' })
  await add()
  const [row] = await look`select state, failure_code, job_id from mails`
  expect(row).toEqual({ state: 'not_sent', failure_code: 'mail_not_set_up', job_id: null })
})

// Every page of the gallery keeps the rules that no single view can promise for all of them.
import { expect, test } from 'bun:test'
import { COMMON_CODES } from '#jobs/failure-codes.ts'
import { kinds } from '#jobs/kinds.ts'
import { DocumentRow } from '#views/developer/documents.tsx'
import { JobProgress, JobsTable } from '#views/developer/jobs.tsx'
import { formatBytes, formatDateTime, formatDistance, formatWait, telephoneUrl } from '#views/format.ts'
import { hasSentence } from '#views/job-words.ts'
import { ErrorFragment, ErrorPage } from '#views/layout/error.tsx'
import { paths } from '#views/paths.ts'
import {
  AnswerDone,
  AnswerToken,
  AssistantMessageShell,
  ConversationStarted,
} from '#views/purchaser/answer-stream.tsx'
import { Message, UserMessage } from '#views/purchaser/message.tsx'
import { heatingAnswer, otherAnswers, question, row, staffShell } from './invented.ts'
import { job } from './job-pages.ts'
import { PAGES } from './pages.ts'

const occurrences = (markup: string, pattern: RegExp) =>
  [...markup.matchAll(pattern)].map((match) => match[1] ?? match[0])
const pages = Object.entries(PAGES)

test.each(pages)('the page %s is a whole document with one heading and no inline code', (_name, render) => {
  const { markup } = render()
  expect(markup).toStartWith('<!doctype html><html lang="en-IE">')
  expect(occurrences(markup, /<h1[\s>]/g)).toHaveLength(1)
  expect(occurrences(markup, /<main[\s>]/g)).toHaveLength(1)
  expect(markup).not.toMatch(/\sstyle=|\son[a-z]+=|hx-on|javascript:|<style/)
  expect(occurrences(markup, /<script[^>]*>([^<]+)</g)).toEqual([])
})

test.each(pages)('the page %s shows nobody an undefined value', (_name, render) => {
  const text = render().markup.replace(/<[^>]*>/g, ' ')
  expect(text).not.toMatch(/\b(?:undefined|null|NaN|Invalid Date|\[object)\b/)
})

test.each(pages)('ids on the page %s are unique and every label finds its field', (_name, render) => {
  const { markup } = render()
  const ids = occurrences(markup, / id="([^"]+)"/g)
  expect(new Set(ids).size).toBe(ids.length)
  const referred = [
    ...occurrences(markup, / for="([^"]+)"/g),
    ...occurrences(markup, / aria-(?:describedby|labelledby)="([^"]+)"/g).flatMap((list) => list.split(' ')),
  ]
  for (const id of referred) expect(ids).toContain(id)
})

test('a password is hidden while it is typed, and managers may fill it in', () => {
  const fields = pages.flatMap(([, render]) =>
    occurrences(render().markup, /<input[^>]* name="password"[^>]*>/g),
  )
  expect(fields.length).toBeGreaterThan(2)
  for (const field of fields) {
    expect(field).toContain(' type="password"')
    expect(field).toMatch(/ autocomplete="(?:current|new)-password"/)
    expect(field).not.toMatch(/onpaste|readonly|disabled/)
  }
})

test('every page of a portal or of a home that has a menu has the way to sign out in it', () => {
  const menus = pages
    .map(([, render]) => render().markup)
    .filter((markup) => /class="(?:sidebar|profile)"/.test(markup))
  expect(menus.length).toBeGreaterThan(50)
  for (const markup of menus) expect(markup).toMatch(/action="(?:\/developer|\/admin)?\/sign-out"/)
})

test.each([400, 401, 403, 404, 405, 409, 413, 415, 421, 422, 429, 500, 503, 507])(
  'status %p has a sentence and a request id, as a page and as a fragment',
  (status) => {
    for (const view of [ErrorPage, ErrorFragment]) {
      const text = view({ status, requestId: 'r-77' }).markup.replace(/<[^>]*>/g, ' ')
      expect(text).toContain('r-77')
      expect(text).toMatch(/[A-Z][^.]{15,}\./)
    }
    expect(ErrorFragment({ status, requestId: 'r-77', sentence: 'Wait 4 seconds.' }).markup).toContain(
      'Wait 4 seconds.',
    )
  },
)

test('what a person typed is shown as text', () => {
  const evil = '<img src=x onerror=alert(1)>'
  expect(UserMessage({ message: question('1', evil) }).markup).toContain('&lt;img')
  expect(AnswerToken({ id: '1', text: evil }).markup).not.toContain('<img')
  expect(DocumentRow({ document: row('1', { title: evil }) }).markup).not.toContain('<img')
})

test('a citation mark is a link to its page and a mark without a citation stays text', () => {
  const { markup } = Message({
    message: {
      ...heatingAnswer('1'),
      paragraphs: [{ kind: 'paragraph', text: 'See [1] and [7], not [x].' }],
    },
  })
  expect(markup).toContain(`href="${paths.document('d1', { page: 12, quote: 'c1' }).replace('&', '&amp;')}"`)
  expect(markup).toContain('and [7], not [x].')
})

test('an answer that broke off says so', () => {
  expect(Message({ message: { ...heatingAnswer('1'), incomplete: true } }).markup).toContain('broke off here')
  expect(Message({ message: heatingAnswer('1') }).markup).not.toContain('broke off here')
})

test('the sources name the printed page where it differs', () => {
  const text = Message({ message: heatingAnswer('1') }).markup.replace(/<[^>]*>/g, '')
  expect(text).toContain('Based on[1]Home user guide, p. 12[2]Heating guide, p. 3')
})

test('an answer without a model shows its quote apart, and pages it does not quote after its sources', () => {
  const { markup } = Message({ message: otherAnswers.at(-1)! })
  expect(markup).toContain('<blockquote><p>“The heat pump is covered for seven years from handover.” <a ')
  const text = markup.replace(/<[^>]*>/g, '')
  expect(text).toMatch(/Based on\[1\]Warranty terms .*, p. 128Also on this\[2\]Home user guide, p. 12$/)
})

test('a quoted row of a table reads as a name with its values', () => {
  const quote = { kind: 'quote' as const, text: '“E9\u2003Frost protection is active\u2003No fault” [1]' }
  const { markup } = Message({ message: { ...heatingAnswer('1'), paragraphs: [quote] } })
  expect(markup).toContain('<strong>“E9</strong>: Frost protection is active; No fault” <a class="cite"')
})

test.each([
  ['999 or 112', 'tel:999'],
  ['+353 21 555 0100', 'tel:+353215550100'],
  ['(021) 555-0100 (office)', 'tel:0215550100'],
])('a link to call %p dials %p', (number, url) => {
  expect(telephoneUrl(number)).toBe(url)
})

test('the frames of a streamed answer aim at the shell that the first frame brought', () => {
  const shellMarkup = AssistantMessageShell({ id: '1' }).markup
  const target = occurrences(AnswerToken({ id: '1', text: 'x' }).markup, /hx-target="#([^"]+)"/g)[0]
  expect(occurrences(shellMarkup, / id="([^"]+)"/g)).toContain(target!)
  const done = AnswerDone({ message: heatingAnswer('1') }).markup
  expect(occurrences(done, /<hx-partial hx-target="#([^"]+)"/g)).toEqual(['message-1'])
  expect(shellMarkup).toContain('aria-busy="true"')
  expect(done).toContain('aria-busy="false"')
  const started = ConversationStarted({ conversationId: 'c9' }).markup
  expect(occurrences(started, /hx-target="#([^"]+)"/g)).toEqual(['conversation'])
  expect(started).toContain('name="conversation_id" value="c9" data-url="/conversations/c9"')
})

test('a row asks for itself again while it is processed and never once it is final', () => {
  const processing = {
    status: 'processing' as const,
    stage: 'chunking' as const,
    progress: null,
    failureCode: null,
  }
  const failed = {
    status: 'failed' as const,
    stage: 'stored' as const,
    progress: null,
    failureCode: 'needs_ocr' as const,
  }
  expect(DocumentRow({ document: row('1', { ingestion: processing }) }).markup).toContain(
    'hx-trigger="every 1s"',
  )
  expect(DocumentRow({ document: row('1') }).markup).not.toContain('hx-')
  const markup = DocumentRow({ document: row('1', { ingestion: failed }) }).markup
  expect(markup).not.toContain('hx-')
  expect(markup).toContain('Run text recognition (OCR)')
})

test('sizes, distances, waits and times read as people in Ireland write them', () => {
  const spaced = (text: string) => text.replace('\u00a0', ' ')
  const sizes = [0, 999, 999_600, 1_500_000, 26_000_000].map(formatBytes)
  expect(sizes.map(spaced)).toEqual(['0 B', '999 B', '1 MB', '1.5 MB', '26 MB'])
  expect([4, 994, 995, 1_234].map(formatDistance).map(spaced)).toEqual(['0 m', '990 m', '1.0 km', '1.2 km'])
  expect([0, 1, 59.2, 61, 3_601].map(formatWait)).toEqual([
    '1 second',
    '1 second',
    '1 minute',
    '2 minutes',
    '2 hours',
  ])
  expect(formatDateTime(new Date('2026-07-01T22:30:00Z'))).toBe('1 Jul 2026, 23:30')
  expect(formatDateTime(new Date('2026-12-31T23:30:00Z'))).toBe('31 Dec 2026, 23:30')
})

test('every URL of the application is what links and redirects rely on', () => {
  const built = {
    conversation: paths.conversation('c1', 'm1'),
    document: paths.document('d1', { page: 12, quote: 'c1' }),
    file: paths.documentFile('d1', { page: 12 }),
    gap: paths.gapRequest('g1'),
    claim: paths.claim('a/b?c'),
    chat: [
      paths.home(),
      paths.chat(),
      paths.documents(),
      paths.myHome(),
      paths.intro(),
      paths.privacy(),
      paths.signOut(),
    ],
    developer: [
      paths.developer.today(),
      paths.developer.signIn({ next: '/developer/documents' }),
      paths.developer.signOut(),
      paths.developer.documents({ development: 'v1', cursor: 'x y' }),
      paths.developer.document('d1'),
    ],
    admin: [paths.admin.overview(), paths.admin.signIn(), paths.admin.signOut()],
    api: Object.values(paths.api).map((build) => build('1')),
    other: [paths.docs(), paths.openApi(), paths.manifest(), paths.asset('app.css')],
  }
  expect(built).toMatchSnapshot()
})

test('every way that work of any kind can fail has a sentence', () => {
  const codes = [...COMMON_CODES, ...Object.values(kinds).flatMap(({ codes }) => codes)]
  expect(codes.filter((code) => !hasSentence(code))).toEqual([])
})

test('a list of work asks for itself until all of it is over, and so does one job', () => {
  const list = { shell: staffShell, filters: [], url: '/developer/jobs' }
  expect(JobsTable({ ...list, jobs: [job('1'), job('2', { state: 'retryable' })] }).markup).toContain(
    'data-live-ms',
  )
  expect(JobsTable({ ...list, jobs: [job('1'), job('2', { state: 'discarded' })] }).markup).not.toContain(
    'hx-get',
  )
  expect(JobProgress({ job: job('1', { state: 'running' }), attempts: [] }).markup).toContain('data-live-ms')
  expect(JobProgress({ job: job('1'), attempts: [] }).markup).not.toContain('hx-get')
})

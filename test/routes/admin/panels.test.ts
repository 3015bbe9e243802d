// One part of an admin page breaks for real: it says so with the request's id, and the rest of the page is there.
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from 'bun:test'
import postgres from 'postgres'
import { recordError } from '#src/errors.ts'
import { forgetLimits } from '#src/http/limits.ts'
import { eventually } from '../../jobs/drills.ts'
import { signIn, startTestApp, type TestApp, withCookies } from '../../support/app.ts'

setDefaultTimeout(60_000)

let app: TestApp
let look: postgres.Sql
let operator: string
let fingerprint: string

beforeAll(async () => {
  app = await startTestApp()
  look = postgres(app.database.superuserUrl, { max: 2, onnotice: () => {} })
  operator = await signIn(app, app.demo.super_admin, '/admin')
  recordError({ source: 'http', error: new Error('planted'), requestId: 'r', tenantId: null, context: {} })
  await eventually('the error is on record', async () => {
    const [group] = await look`select fingerprint from error_groups`
    fingerprint = group?.fingerprint
    return fingerprint !== undefined
  })
})
beforeEach(() => forgetLimits())
afterAll(async () => {
  await look.end()
  await app.stop()
})

/** Page, the table or column that is taken from it, the part that cannot be shown, and what must still be there. */
const cases: [path: string, taken: string, part: string, rest: string[]][] = [
  ['/admin/jobs', 'cron_ticks', 'Recurring tasks', ['Kinds of work', 'Worker processes', 'No jobs here']],
  ['/admin/jobs', 'job_workers', 'Worker processes', ['Kinds of work', 'Recurring tasks', 'No jobs here']],
  ['/admin/jobs/monitor', 'cron_ticks', 'Recurring tasks', ['data-live-ms="5000"', 'Kinds of work']],
  ['/admin/errors', 'error_groups', 'The list of errors', ['name="status"', '>Errors</h1>']],
  ['/admin/errors/:fingerprint', 'error_log.context', 'Occurrences', ['Mark as resolved', 'First seen']],
  ['/admin/latency', 'request_log', 'Routes', ['name="span"', '>Latency</h1>']],
  [
    '/admin/logs/requests',
    'request_log',
    'The log',
    ['name="kind"', 'Longview Estates', 'aria-label="Logs"'],
  ],
  ['/admin/logs/rate-limits', 'rate_limit_log', 'Keys denied most', ['Longview Estates', 'name="request"']],
  ['/admin/incidents', 'incidents', 'The list of incidents', ['Open an incident']],
  ['/admin/developments', 'units', 'The list of developments', ['Longview Estates', '>Developments</h1>']],
]

function rename(name: string, to: string) {
  const [table = '', column] = name.split('.')
  return column
    ? look`alter table ${look(table)} rename column ${look(column)} to ${look(to)}`
    : look`alter table ${look(table)} rename to ${look(to)}`
}

test.each(cases)('%s without %s', async (path, taken, part, rest) => {
  await rename(taken, 'hidden_for_a_test')
  const response = await app.call(path.replace(':fingerprint', fingerprint), withCookies(operator))
  await rename(taken.replace(/\w+$/, 'hidden_for_a_test'), taken.split('.').at(-1) ?? '')
  const html = await response.text()
  const id = response.headers.get('x-request-id') ?? 'none'
  expect(response.status).toBe(200)
  const wanted = [`${part} cannot be shown`, `href="/admin/requests/${id}"`, ...rest]
  expect(wanted.filter((each) => !html.includes(each))).toEqual([])
})

// The logs for the operator: pages of each, what all of them hold of one request, one question from end to end.

import * as rows from '#db/log-pages.ts'
import { type AdminScope, acrossTenants } from '#db/scope.ts'
import { tenantById } from '#db/tenants.ts'
import { noteActivity } from './activity.ts'
import { csvCell } from './csv.ts'
import { noteOperatorAccess } from './data-access.ts'
import { failure } from './failure.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export type { DeniedKey, LogFilter, LogName, LogRow, RagRun } from '#db/log-pages.ts'
export { logNames } from '#db/log-pages.ts'

/** Logs that tell what people and staff did: who reads them is put on record, once a page that is turned to. */
const ABOUT_PEOPLE: ReadonlySet<rows.LogName> = new Set(['activity', 'data-access', 'scans', 'mails'])

export async function logPage(
  scope: AdminScope,
  name: rows.LogName,
  query: rows.LogFilter & { cursor?: string | undefined; limit: number },
): Promise<Page<rows.LogRow>> {
  const { cursor, limit, ...filter } = query
  const list = `log ${name} ${filter.tenantId ?? ''} ${filter.requestId ?? ''} ${filter.kind ?? ''}`
  const [at, id] = readCursor(list, cursor, 2) ?? []
  const after = at && id ? { at, id } : null
  return acrossTenants(scope, `the log ${name}`, async (db) => {
    const found = await rows.readLog(db, name, filter, { after, limit: limit + 1 })
    if (ABOUT_PEOPLE.has(name) && !after) {
      // Of a builder that does not exist nothing was read; a row cannot even name it.
      const { tenantId = null } = filter
      const isKnown = found.length > 0 || (tenantId !== null && (await tenantById(db, tenantId)) !== null)
      await noteActivity(db, scope, {
        tenantId: isKnown ? tenantId : null,
        action: 'log.read',
        targetType: 'log',
        targetId: name,
      })
    }
    return pageOf(list, found, limit, (row) => [row.at.toISOString(), row.id])
  })
}

/** As many as a spreadsheet bears with comfort. */
export const CSV_ROWS_MAX = 100_000
const CSV_ROWS_A_READING = 1_000

/**
 * The log as lines of CSV, newest first; a last line says so when it ends before the log does. Read piece by piece,
 * each in a transaction of its own, so that a slow reader holds nothing; who takes it away is put on record.
 */
export async function* logCsv(
  scope: AdminScope,
  name: rows.LogName,
  filter: rows.LogFilter,
  rowsMax = CSV_ROWS_MAX,
): AsyncGenerator<string> {
  await noteReading(scope, name, filter, 'log.exported')
  let fields: string[] | null = null
  let after: { at: string; id: string } | null = null
  const next = (limit: number): Promise<rows.LogRow[]> =>
    acrossTenants(scope, `the log ${name}`, (db) => rows.readLog(db, name, filter, { after, limit }))
  for (let read = 0; read < rowsMax; read += CSV_ROWS_A_READING) {
    const page = await next(CSV_ROWS_A_READING)
    const [first] = page
    if (!fields) {
      fields = Object.keys(first?.fields ?? {})
      yield lineOf(['time', 'builder', 'request', ...fields])
    }
    const names: string[] = fields
    yield page
      .map(({ at, tenantName, requestId, fields: of }) =>
        lineOf([at.toISOString(), tenantName, requestId, ...names.map((field) => textOf(of[field]))]),
      )
      .join('')
    const last = page.at(-1)
    if (!last || page.length < CSV_ROWS_A_READING) return
    after = { at: last.at.toISOString(), id: last.id }
  }
  if ((await next(1)).length > 0) yield lineOf([cutShort(rowsMax)])
}

const cutShort = (rowsMax: number) =>
  `This file ends here: it holds the newest ${rowsMax.toLocaleString('en-IE')} rows that match. Filter by builder, kind or request for older ones.`

const lineOf = (values: (string | null)[]) => `${values.map(csvCell).join(',')}\r\n`

const textOf = (value: unknown): string | null =>
  value === null || value === undefined
    ? null
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

const TAIL_ROWS = 100

/** The newest rows of a log again and again, those first that came first; each is told once. */
export async function* tailOf(
  scope: AdminScope,
  name: rows.LogName,
  filter: rows.LogFilter,
  pause: () => Promise<void>,
): AsyncGenerator<rows.LogRow[]> {
  await noteReading(scope, name, filter, 'log.followed')
  let told = new Set<string>()
  for (;;) {
    const page = await acrossTenants(scope, `the log ${name}`, (db) =>
      rows.readLog(db, name, filter, { after: null, limit: TAIL_ROWS }),
    )
    const fresh = page.filter(({ id }) => !told.has(id)).reverse()
    told = new Set(page.map(({ id }) => id))
    if (fresh.length > 0) yield fresh
    await pause()
  }
}

const noteReading = (scope: AdminScope, name: rows.LogName, filter: rows.LogFilter, action: string) =>
  acrossTenants(scope, `the log ${name}`, (db) =>
    noteActivity(db, scope, { tenantId: filter.tenantId ?? null, action, targetType: 'log', targetId: name }),
  )

export const logTenants = (scope: AdminScope) =>
  acrossTenants(scope, 'the names of builders', rows.tenantNames)

export const traceOf = (scope: AdminScope, requestId: string) =>
  acrossTenants(scope, 'what became of a request', (db) => rows.traceRequest(db, requestId))

/** Shows what somebody asked, and says so in the home's own log. @throws Failure `not_found` */
export async function openRagRun(scope: AdminScope, id: string): Promise<rows.RagRun> {
  const run = await acrossTenants(scope, 'a question and its answer', (db) => rows.ragRun(db, id))
  if (!run) throw failure('not_found')
  await noteOperatorAccess(scope, run, 'questions.read')
  return run
}

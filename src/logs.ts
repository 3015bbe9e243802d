// The logs for the operator: pages of each, what all of them hold of one request, one question from end to end.

import * as rows from '#db/log-pages.ts'
import { insertActivity } from '#db/logs.ts'
import { type AdminScope, acrossTenants } from '#db/scope.ts'
import { noteOperatorAccess } from './data-access.ts'
import { failure } from './failure.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export type { DeniedKey, LogFilter, LogName, LogRow, RagRun } from '#db/log-pages.ts'
export { logNames } from '#db/log-pages.ts'

/** Logs that tell what people and staff did: who reads them is put on record, once a page that is turned to. */
const ABOUT_PEOPLE: ReadonlySet<rows.LogName> = new Set(['activity', 'data-access', 'scans', 'mails'])

export type LogPage = Page<rows.LogRow> & {
  tenants: { id: string; name: string }[]
  mostDenied: rows.DeniedKey[]
}

export async function logPage(
  scope: AdminScope,
  name: rows.LogName,
  query: rows.LogFilter & { cursor?: string | undefined; limit: number },
): Promise<LogPage> {
  const { cursor, limit, ...filter } = query
  const list = `log ${name} ${filter.tenantId ?? ''} ${filter.requestId ?? ''} ${filter.kind ?? ''}`
  const [at, id] = readCursor(list, cursor, 2) ?? []
  const after = at && id ? { at, id } : null
  return acrossTenants(scope, `the log ${name}`, async (db) => {
    const found = await rows.readLog(db, name, filter, { after, limit: limit + 1 })
    const tenants = await rows.tenantNames(db)
    const mostDenied = name === 'rate-limits' && !after ? await rows.mostDenied(db) : []
    // Of a builder that does not exist nothing was read; a row cannot even name it.
    const isKnown = found.length > 0 || tenants.some((tenant) => tenant.id === filter.tenantId)
    if (ABOUT_PEOPLE.has(name) && !after)
      await insertActivity(db, {
        tenantId: (isKnown && filter.tenantId) || null,
        actorType: scope.actor.type,
        actorId: scope.actor.id,
        action: 'log.read',
        targetType: 'log',
        targetId: name,
        requestId: scope.requestId,
      })
    return { ...pageOf(list, found, limit, (row) => [row.at.toISOString(), row.id]), tenants, mostDenied }
  })
}

export const traceOf = (scope: AdminScope, requestId: string) =>
  acrossTenants(scope, 'what became of a request', (db) => rows.traceRequest(db, requestId))

/** Shows what somebody asked, and says so in the home's own log. @throws Failure `not_found` */
export async function openRagRun(scope: AdminScope, id: string): Promise<rows.RagRun> {
  const run = await acrossTenants(scope, 'a question and its answer', (db) => rows.ragRun(db, id))
  if (!run) throw failure('not_found')
  await noteOperatorAccess(scope, run, 'questions.read')
  return run
}

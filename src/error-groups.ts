// Errors as the operator works through them: grouped, looked at, resolved, open again when they come back.
import * as rows from '#db/errors.ts'
import { type AdminScope, acrossTenants } from '#db/scope.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export type { ErrorFilter, ErrorGroup, ErrorOccurrence, ErrorSource } from '#db/errors.ts'

export const errorSources = ['http', 'job', 'worker', 'stream', 'browser'] as const
const REASON = 'the errors of the platform'

export function errorGroupsPage(
  scope: AdminScope,
  query: rows.ErrorFilter & { cursor?: string | undefined; limit: number },
): Promise<Page<rows.ErrorGroup>> {
  const { source, status, cursor, limit } = query
  const list = `error-groups ${source ?? ''} ${status}`
  const [lastSeenAt, fingerprint] = readCursor(list, cursor, 2) ?? []
  const after = lastSeenAt && fingerprint ? { lastSeenAt, fingerprint } : null
  return acrossTenants(scope, REASON, async (db) => {
    const found = await rows.listErrorGroups(db, { source, status }, { after, limit: limit + 1 })
    return pageOf(list, found, limit, (row) => [row.lastSeenAt.toISOString(), row.fingerprint])
  })
}

/** @throws Failure `not_found` */
export async function openErrorGroup(scope: AdminScope, fingerprint: string): Promise<rows.ErrorGroup> {
  const group = await acrossTenants(scope, REASON, (db) => rows.errorGroup(db, fingerprint))
  if (!group) throw failure('not_found')
  return group
}

export function occurrencesPage(
  scope: AdminScope,
  fingerprint: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<rows.ErrorOccurrence>> {
  const list = `error ${fingerprint}`
  const [after] = readCursor(list, query.cursor, 1) ?? []
  return acrossTenants(scope, REASON, async (db) => {
    const page = { after: after ?? null, limit: query.limit + 1 }
    const found = await rows.listOccurrences(db, fingerprint, page)
    return pageOf(list, found, query.limit, (row) => [row.id])
  })
}

/** Marks it as dealt with until it comes back. @throws Failure `not_found` */
export async function resolveError(scope: AdminScope, fingerprint: string): Promise<void> {
  await acrossTenants(scope, REASON, async (db) => {
    if (!(await rows.errorGroup(db, fingerprint))) throw failure('not_found')
    if (!(await rows.resolveErrorGroup(db, fingerprint))) return
    await noteActivity(db, scope, { action: 'error.resolved', targetType: 'error', targetId: fingerprint })
  })
}

// What looks wrong in the data of builders, counted and row by row.
import * as rows from '#db/quality.ts'
import { type AdminScope, acrossTenants } from '#db/scope.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export { COUNTED_MAX, checkNames } from '#db/quality.ts'

export const readFindings = (scope: AdminScope) =>
  acrossTenants(scope, 'the quality of the data', rows.countFindings)

export async function findingsPage(
  scope: AdminScope,
  check: rows.CheckName,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<rows.QualityRow>> {
  const list = `quality ${check}`
  const [after = null] = readCursor(list, query.cursor, 1) ?? []
  const found = await acrossTenants(scope, list, (db) =>
    rows.listFindings(db, check, { after, limit: query.limit + 1 }),
  )
  return pageOf(list, found, query.limit, (row) => [row.id])
}

// Developments and people of all builders, page by page.

import * as rows from '#db/operator-lists.ts'
import { type AdminScope, acrossTenants } from '#db/scope.ts'
import { tenantById } from '#db/tenants.ts'
import { noteActivity } from './activity.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

type Query = { tenantId: string | undefined; cursor?: string | undefined; limit: number }

const positionOf = (list: string, cursor: string | undefined) => {
  const [name, id] = readCursor(list, cursor, 2) ?? []
  return name !== undefined && id ? { name, id } : null
}

export async function allDevelopmentsPage(
  scope: AdminScope,
  query: Query,
): Promise<Page<rows.OperatorDevelopment>> {
  const list = `all developments ${query.tenantId ?? ''}`
  const after = positionOf(list, query.cursor)
  const found = await acrossTenants(scope, 'developments of all builders', (db) =>
    rows.listDevelopmentsOfAll(db, { ...query, after, limit: query.limit + 1 }),
  )
  return pageOf(list, found, query.limit, (row) => [row.name, row.id])
}

/** Names and addresses of people: who reads them is put on record, once a page that is turned to. */
export async function allPeoplePage(
  scope: AdminScope,
  query: Query & { words: string | undefined },
): Promise<Page<rows.OperatorPerson>> {
  const list = `all people ${query.tenantId ?? ''} ${query.words ?? ''}`
  const after = positionOf(list, query.cursor)
  return acrossTenants(scope, 'people of all builders', async (db) => {
    // Reading is noted in the builder's name; one that is not there has nobody to read about.
    if (query.tenantId && !(await tenantById(db, query.tenantId)))
      return pageOf(list, [], query.limit, () => [])
    const found = await rows.listPeopleOfAll(db, { ...query, after, limit: query.limit + 1 })
    if (!after)
      await noteActivity(db, scope, {
        tenantId: query.tenantId ?? null,
        action: 'people.read',
        targetType: 'staff',
        targetId: 'many',
      })
    return pageOf(list, found, query.limit, (row) => [row.name, row.id])
  })
}

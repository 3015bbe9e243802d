// The activity log of a builder: what is put into it, and who did what, a page at a time.
import { type ActivityEntry, listActivity } from '#db/activity.ts'
import { type Activity, insertActivity } from '#db/logs.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export type { ActivityEntry }

/** What the log can be narrowed to, with the first words of the actions that belong there. */
export const ACTIVITY_AREAS = {
  homes: ['home', 'homes', 'unit', 'units', 'import'],
  people: ['person', 'purchaser', 'export', 'erasure', 'homeowners'],
  documents: ['document', 'version', 'development', 'place'],
  questions: ['gap', 'knowledge', 'fact'],
  staff: ['staff'],
  programs: ['api_key', 'webhook'],
  settings: ['branding', 'retention', 'notice', 'responsibility'],
  /** And whatever else an operator did. */
  operator: ['impersonation'],
  jobs: ['job'],
} as const

export type ActivityArea = keyof typeof ACTIVITY_AREAS

/** Of the scope's builder, unless it names another; what an operator does to nobody in particular has none. */
type Noted = Pick<Activity, 'action' | 'targetType' | 'targetId' | 'changes'> & { tenantId?: string | null }

/** Puts on record what the scope's actor did, in the transaction that did it. */
export const noteActivity = (
  db: Db,
  { tenantId = null, actor, requestId }: Pick<Scope, 'actor' | 'requestId'> & { tenantId?: string | null },
  noted: Noted,
): Promise<void> =>
  insertActivity(db, { tenantId, actorType: actor.type, actorId: actor.id, requestId, ...noted })

export async function activityPage(
  scope: Scope,
  filter: { area?: ActivityArea | undefined; staffId?: string | undefined },
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<ActivityEntry>> {
  const list = `activity ${filter.area ?? ''} ${filter.staffId ?? ''}`
  const position = readCursor(list, page.cursor, 2)
  const after = position ? { at: position[0] as string, id: position[1] as string } : undefined
  const rows = await within(scope, (db) =>
    listActivity(
      db,
      {
        areas: filter.area && ACTIVITY_AREAS[filter.area],
        actorType: filter.area === 'operator' ? 'super_admin' : undefined,
        actorId: filter.staffId,
      },
      { after, limit: page.limit },
    ),
  )
  return pageOf(list, rows, page.limit, (row) => [row.createdAt, row.id])
}

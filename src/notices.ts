// Notices: staff write them to the homes of a development, households read them and say so.

import { developmentById } from '#db/developments.ts'
import {
  type HomeNotice,
  insertNotice,
  insertNoticeHouseTypes,
  insertNoticeRead,
  listNotices,
  type NoticeCategory,
  type NoticeRow,
  noticesOfHome,
  setNoticeWithdrawn,
} from '#db/notices.ts'
import { type Db, type HomeScope, type Scope, within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'
import { houseTypeIdsOf } from './house-types.ts'
import { keptRead } from './kept-reads.ts'
import { type Page, pageOf, readCursor } from './paging.ts'
import { readPhases } from './phases.ts'

export type { HomeNotice, NoticeRow } from '#db/notices.ts'

export const NOTICE_TITLE_CHARS_MAX = 120
export const NOTICE_BODY_CHARS_MAX = 4_000
export const NOTICE_PHASES_MAX = 50

export const noticeCategories = [
  'general',
  'works',
  'utilities',
  'safety',
  'event',
] as const satisfies readonly NoticeCategory[]

export type NewNotice = {
  developmentId: string
  title: string
  body: string
  category: NoticeCategory
  /** Empty: every home of the development. */
  houseTypeCodes: readonly string[]
  /** Empty: of every phase. “Phase 2” and “2” are one; a phase need have no homes yet. */
  phases?: readonly string[]
  /** Null: at once. */
  publishAt: Date | null
  /** Of the form it came by, if by one: the same again is the same notice. */
  formHash?: string | null
}

/** @throws Failure `not_found`, `unknown_house_type`, `invalid` for a phase that cannot be read */
export async function writeNotice(scope: Scope, authorName: string, notice: NewNotice): Promise<string> {
  const id = Bun.randomUUIDv7()
  const { developmentId, houseTypeCodes, phases: named = [], ...row } = notice
  const phases = readPhases(named)
  const { tenantId } = scope
  await within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    const codes = [...new Set(houseTypeCodes)]
    const houseTypeIds = await houseTypeIdsOf(db, developmentId, codes)
    if (!(await insertNotice(db, { id, tenantId, developmentId, authorName, phases, ...row }))) return
    await insertNoticeHouseTypes(db, { tenantId, developmentId, noticeId: id }, houseTypeIds)
    const delayMs = Math.max(0, (row.publishAt?.getTime() ?? 0) - Date.now())
    const { requestId } = scope
    await enqueue(db, 'mail-notice', { tenantId, developmentId, noticeId: id }, { delayMs, requestId })
    await note(db, scope, 'notice.written', id, { title: row.title, houseTypes: codes, phases })
  })
  return id
}

/** No home sees it any more. @throws Failure `not_found`, `conflict` when it was withdrawn already */
export async function withdrawNotice(scope: Scope, id: string): Promise<NoticeRow> {
  return within(scope, async (db) => {
    const [notice] = await listNotices(db, { id, limit: 1 })
    if (!notice) throw failure('not_found')
    if (!(await setNoticeWithdrawn(db, id))) throw failure('conflict')
    await note(db, scope, 'notice.withdrawn', id, {})
    return notice
  })
}

export async function noticesPage(
  scope: Scope,
  query: { developmentId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<NoticeRow>> {
  const { developmentId, limit } = query
  const list = `notices ${developmentId ?? ''}`
  const before = readCursor(list, query.cursor, 1)?.[0]
  const rows = await keptRead(scope, {
    name: list,
    parts: [query.cursor ?? '', limit],
    tables: ['notices', 'notice_reads', 'units', 'house_types'],
    read: () => within(scope, (db) => listNotices(db, { developmentId, before, limit })),
  })
  return pageOf(list, rows, limit, (row) => [row.id])
}

/** @throws Failure `not_found` */
export async function findNotice(scope: Scope, id: string): Promise<NoticeRow> {
  const [row] = await within(scope, (db) => listNotices(db, { id, limit: 1 }))
  if (!row) throw failure('not_found')
  return row
}

const readerOf = (
  { developmentId, houseTypeId, unitId, tenantId }: HomeScope,
  purchaserId: string | null,
) => ({
  developmentId,
  houseTypeId,
  unitId,
  tenantId,
  readerId: purchaserId ?? unitId,
})

export const noticesFor = (home: HomeScope, purchaserId: string | null): Promise<HomeNotice[]> =>
  within(home, (db) => noticesOfHome(db, readerOf(home, purchaserId)))

/** @throws Failure `not_found`, also for a notice to other homes */
export async function readNotice(home: HomeScope, purchaserId: string | null, id: string): Promise<void> {
  const isTheirs = await within(home, (db) => insertNoticeRead(db, readerOf(home, purchaserId), id))
  if (!isTheirs) throw failure('not_found')
}

const note = (db: Db, scope: Scope, action: string, targetId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'notice', targetId, changes })

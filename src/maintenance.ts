// Maintenance of a home: its timeline from the builder's plan and its own items, and saying what was done.
import { developmentById } from '#db/developments.ts'
import { documentOfTenant } from '#db/documents.ts'
import { lockMaintenanceItem } from '#db/locks.ts'
import {
  countOwnItems,
  countWithoutHandover,
  type DoneRow,
  deleteDone,
  deleteOwnItem,
  doneOfHome,
  hasDone,
  insertDone,
  insertItem,
  itemOfHome,
  itemsOfHome,
  type MaintenanceKind,
  type PlanItem,
  planItems,
  setPlanItem,
} from '#db/maintenance.ts'
import { type Db, type HomeScope, type Scope, within } from '#db/scope.ts'
import { unitById } from '#db/units.ts'
import { noteActivity } from './activity.ts'
import { irishToday } from './analytics.ts'
import { failure } from './failure.ts'
import { houseTypeIdOf } from './house-types.ts'
import { addMonths, nextDue, type Timeline, timelineOf } from './maintenance/schedule.ts'
import { type Page, pageOf, readCursor } from './paging.ts'

export type { DoneRow, MaintenanceKind, PlanItem } from '#db/maintenance.ts'
export type { Timeline } from './maintenance/schedule.ts'

export const MAINTENANCE_TITLE_CHARS_MAX = 120
export const MAINTENANCE_NOTE_CHARS_MAX = 500
export const MAINTENANCE_MONTHS_MAX = 600
const OWN_ITEMS_MAX = 50
const PLAN_ITEMS_MAX = 200
/** Nobody knows to the day what was done longer ago. */
const DONE_MONTHS_BACK_MAX = 60
export const maintenanceKinds = ['task', 'warranty'] as const satisfies readonly MaintenanceKind[]

export type HomeMaintenance = {
  /** Null: the builder has not recorded it, so most things have no date. */
  handedOverOn: string | null
  today: string
  timeline: Timeline
  done: DoneRow[]
}

export const maintenanceOf = (home: HomeScope): Promise<HomeMaintenance> =>
  within(home, (db) => readMaintenance(db, home))

async function readMaintenance(db: Db, home: HomeScope): Promise<HomeMaintenance> {
  const today = irishToday()
  const [unit, items, done] = await Promise.all([
    unitById(db, home.unitId),
    itemsOfHome(db, home),
    doneOfHome(db, home.unitId),
  ])
  const handedOverOn = unit?.handedOverOn ?? null
  return { handedOverOn, today, timeline: timelineOf(items, handedOverOn, today), done }
}

/**
 * Says that what was due on a day has been done. Said twice it is said once.
 * @throws Failure `not_found`, `invalid` for a day in the future, `conflict` when it is due on another day by now
 */
export async function markDone(
  home: HomeScope,
  purchaserId: string | null,
  itemId: string,
  said: { dueOn: string; doneOn: string | null },
): Promise<void> {
  const today = irishToday()
  const doneOn = said.doneOn ?? today
  if (doneOn > today) throw refusedDay('That day is still to come.')
  if (doneOn < addMonths(today, -DONE_MONTHS_BACK_MAX)) throw refusedDay('That day is too long ago.')
  const { tenantId, developmentId, unitId } = home
  await within(home, async (db) => {
    const item = await itemOfHome(db, home, itemId)
    if (item?.kind !== 'task') throw failure('not_found')
    if (await hasDone(db, unitId, itemId, said.dueOn)) return
    const unit = await unitById(db, unitId)
    if (nextDue(item, unit?.handedOverOn ?? null, today) !== said.dueOn) throw failure('conflict')
    if (item.lastDoneOn && doneOn <= item.lastDoneOn)
      throw refusedDay('It is on record as done on that day or a later one.')
    const row = { tenantId, developmentId, unitId, itemId, purchaserId, dueOn: said.dueOn, doneOn }
    if (await insertDone(db, row)) await note(db, home, 'maintenance.done', itemId, { due: said.dueOn })
  })
}

const refusedDay = (message: string) => failure('invalid', { fields: [{ path: 'done_on', message }] })

/** @throws Failure `not_found` */
export async function takeBackDone(home: HomeScope, id: string): Promise<void> {
  await within(home, async (db) => {
    if (!(await deleteDone(db, home.unitId, id))) throw failure('not_found')
    await note(db, home, 'maintenance.done_taken_back', id, {})
  })
}

export type OwnItem = { title: string; note: string | null; months: number | null; firstDueOn: string }

/** @throws Failure `invalid` when the home has as many as it may */
export async function addOwnItem(home: HomeScope, purchaserId: string | null, item: OwnItem): Promise<void> {
  const { tenantId, developmentId, unitId } = home
  await within(home, async (db) => {
    if ((await countOwnItems(db, unitId)) >= OWN_ITEMS_MAX)
      throw failure('invalid', {
        fields: [{ path: 'title', message: `A home keeps at most ${OWN_ITEMS_MAX} of its own.` }],
      })
    const id = Bun.randomUUIDv7()
    await insertItem(db, { id, tenantId, developmentId, unitId, purchaserId, kind: 'task', ...item })
    await note(db, home, 'maintenance.own_added', id, {})
  })
}

/** Anybody of the household may. @throws Failure `not_found` */
export async function removeOwnItem(home: HomeScope, id: string): Promise<void> {
  await within(home, async (db) => {
    if (!(await deleteOwnItem(db, home.unitId, id))) throw failure('not_found')
    await note(db, home, 'maintenance.own_removed', id, {})
  })
}

export type NewPlanItem = {
  kind: MaintenanceKind
  title: string
  note: string | null
  months: number
  houseTypeCode: string | null
  documentId: string | null
}

/** @throws Failure `not_found`, `unknown_house_type`, `invalid` when the plan is as long as it may be */
export async function planMaintenance(
  scope: Scope,
  developmentId: string,
  item: NewPlanItem,
): Promise<PlanItem> {
  const id = Bun.randomUUIDv7()
  return within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    const present = await planItems(db, { developmentId, limit: PLAN_ITEMS_MAX })
    if (present.length >= PLAN_ITEMS_MAX)
      throw failure('invalid', {
        fields: [{ path: 'title', message: `A plan has at most ${PLAN_ITEMS_MAX} items.` }],
      })
    const row = await rowOf(db, developmentId, item)
    await insertItem(db, { id, tenantId: scope.tenantId, developmentId, ...row })
    await note(db, scope, 'maintenance.planned', id, { title: item.title, months: item.months })
    return one(db, id)
  })
}

/** @throws Failure `not_found`, `unknown_house_type`; what `check` throws */
export async function changePlan(
  scope: Scope,
  id: string,
  item: NewPlanItem,
  check: (before: PlanItem) => void = () => {},
): Promise<PlanItem> {
  return within(scope, async (db) => {
    await lockMaintenanceItem(db, id)
    const before = await one(db, id)
    check(before)
    const { developmentId } = before
    await setPlanItem(db, id, await rowOf(db, developmentId, item))
    await note(db, scope, 'maintenance.plan_changed', id, { title: item.title, months: item.months })
    return one(db, id)
  })
}

/** No home sees it any more; what homes did stays on their record. @throws Failure `not_found` */
export async function retirePlanItem(scope: Scope, id: string): Promise<PlanItem> {
  return within(scope, async (db) => {
    const item = await one(db, id)
    await setPlanItem(db, id, { retiredAt: new Date() })
    await note(db, scope, 'maintenance.plan_retired', id, { title: item.title })
    return item
  })
}

export const planOf = (scope: Scope, developmentId: string): Promise<PlanItem[]> =>
  within(scope, (db) => planItems(db, { developmentId, limit: PLAN_ITEMS_MAX }))

/** For them the plan has no dates. */
export const homesWithoutHandover = (scope: Scope, developmentId: string): Promise<number> =>
  within(scope, (db) => countWithoutHandover(db, developmentId))

/** @throws Failure `not_found` */
export const findPlanItem = (scope: Scope, id: string): Promise<PlanItem> =>
  within(scope, (db) => one(db, id))

export async function planPage(
  scope: Scope,
  query: { developmentId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<PlanItem>> {
  const { developmentId, limit } = query
  const list = `maintenance ${developmentId ?? ''}`
  const after = readCursor(list, query.cursor, 1)?.[0]
  const rows = await within(scope, (db) => planItems(db, { developmentId, after, limit }))
  return pageOf(list, rows, limit, (row) => [row.id])
}

async function one(db: Db, id: string): Promise<PlanItem> {
  const [item] = await planItems(db, { id, limit: 1 })
  if (!item) throw failure('not_found')
  return item
}

async function rowOf(db: Db, developmentId: string, { houseTypeCode, ...item }: NewPlanItem) {
  const houseTypeId = await houseTypeIdOf(db, developmentId, houseTypeCode)
  if (item.documentId) {
    const document = await documentOfTenant(db, item.documentId)
    if (document?.developmentId !== developmentId) throw failure('not_found')
  }
  return { ...item, houseTypeId }
}

const note = (db: Db, scope: Scope, action: string, targetId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'maintenance', targetId, changes })

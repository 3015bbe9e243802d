// Checklists of handover and moving in: kept by staff, gone through by a household, seen on the home's page.
import {
  type ChecklistItem,
  type ChecklistKey,
  checklistItemById,
  deleteTick,
  type HomeChecklistItem,
  insertChecklistItem,
  insertTick,
  itemsOfDevelopment,
  itemsOfHome,
  setChecklistItem,
} from '#db/checklists.ts'
import { developmentById } from '#db/developments.ts'
import { type Db, type HomeScope, type Scope, within } from '#db/scope.ts'
import { unitById } from '#db/units.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'

export type { ChecklistItem, ChecklistKey, HomeChecklistItem } from '#db/checklists.ts'

export const CHECKLIST_TITLE_CHARS_MAX = 160
export const CHECKLIST_NOTE_CHARS_MAX = 500
const CHECKLIST_ITEMS_MAX = 100
export const checklistKeys = ['handover', 'moving_in'] as const satisfies readonly ChecklistKey[]

export const checklistsOf = (home: HomeScope): Promise<HomeChecklistItem[]> =>
  within(home, (db) => itemsOfHome(db, home))

/** Of a home as its builder sees it. @throws Failure `not_found` */
export const checklistsOfUnit = (scope: Scope, unitId: string): Promise<HomeChecklistItem[]> =>
  within(scope, async (db) => {
    const unit = await unitById(db, unitId)
    if (!unit) throw failure('not_found')
    return itemsOfHome(db, { developmentId: unit.developmentId, unitId })
  })

/** Ticks or unticks; saying what is so already changes nothing. @throws Failure `not_found` */
export async function tick(
  home: HomeScope,
  purchaserId: string | null,
  itemId: string,
  isDone: boolean,
): Promise<ChecklistItem> {
  const { tenantId, developmentId, unitId } = home
  return within(home, async (db) => {
    const item = await checklistItemById(db, itemId)
    if (item?.developmentId !== developmentId) throw failure('not_found')
    const isChanged = isDone
      ? await insertTick(db, { tenantId, developmentId, unitId, itemId, purchaserId })
      : await deleteTick(db, unitId, itemId)
    if (isChanged) await note(db, home, isDone ? 'checklist.ticked' : 'checklist.unticked', itemId, {})
    return item
  })
}

export const checklistItemsOf = (scope: Scope, developmentId: string): Promise<ChecklistItem[]> =>
  within(scope, (db) => itemsOfDevelopment(db, developmentId))

export type ChecklistWords = { title: string; note: string | null }

/** @throws Failure `not_found`, `invalid` when there are as many as there may be */
export async function addChecklistItem(
  scope: Scope,
  developmentId: string,
  checklist: ChecklistKey,
  words: ChecklistWords,
): Promise<void> {
  const id = Bun.randomUUIDv7()
  await within(scope, async (db) => {
    if (!(await developmentById(db, developmentId))) throw failure('not_found')
    if ((await itemsOfDevelopment(db, developmentId)).length >= CHECKLIST_ITEMS_MAX)
      throw failure('invalid', {
        fields: [{ path: 'title', message: `Keep at most ${CHECKLIST_ITEMS_MAX} items.` }],
      })
    await insertChecklistItem(db, { id, tenantId: scope.tenantId, developmentId, checklist, ...words })
    await note(db, scope, 'checklist.item_added', id, { title: words.title })
  })
}

/** @throws Failure `not_found` */
export async function findChecklistItem(scope: Scope, id: string): Promise<ChecklistItem> {
  const item = await within(scope, (db) => checklistItemById(db, id))
  if (!item) throw failure('not_found')
  return item
}

/** @throws Failure `not_found` */
export const changeChecklistItem = (
  scope: Scope,
  id: string,
  words: ChecklistWords,
): Promise<ChecklistItem> =>
  change(scope, id, 'checklist.item_changed', (db) => setChecklistItem(db, id, words))

/** No home sees it any more; what was ticked stays on record. @throws Failure `not_found` */
export const retireChecklistItem = (scope: Scope, id: string): Promise<ChecklistItem> =>
  change(scope, id, 'checklist.item_retired', (db) => setChecklistItem(db, id, { retiredAt: new Date() }))

/** One place up in its list; the first one stays. @throws Failure `not_found` */
export const raiseChecklistItem = (scope: Scope, id: string): Promise<ChecklistItem> =>
  change(scope, id, 'checklist.item_raised', async (db, item) => {
    const others = (await itemsOfDevelopment(db, item.developmentId)).filter(
      ({ checklist }) => checklist === item.checklist,
    )
    const above = others[others.findIndex((other) => other.id === id) - 1]
    if (!above) return
    await setChecklistItem(db, id, { position: above.position })
    await setChecklistItem(db, above.id, { position: item.position })
  })

async function change(
  scope: Scope,
  id: string,
  action: string,
  work: (db: Db, item: ChecklistItem) => Promise<void>,
): Promise<ChecklistItem> {
  return within(scope, async (db) => {
    const item = await checklistItemById(db, id)
    if (!item) throw failure('not_found')
    await work(db, item)
    await note(db, scope, action, id, { title: item.title })
    return item
  })
}

const note = (db: Db, scope: Scope, action: string, targetId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'checklist', targetId, changes })

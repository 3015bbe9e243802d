// Snags: faults that a household reports, with the builder's answers; the home's own and the builder's view of them.

import { lockSnag } from '#db/locks.ts'
import { type Db, type HomeScope, type Scope, within } from '#db/scope.ts'
import { type SnagFrame, snagFrame } from '#db/snag-figures.ts'
import {
  changesOfSnag,
  insertSnag,
  insertSnagChange,
  listSnags,
  momentOfNextPhoto,
  ownSnagById,
  type SnagCategory,
  type SnagChange,
  type SnagFilter,
  type SnagRow,
  type SnagStatus,
  setSnagStatus,
  snagById,
  snagsOfHome,
} from '#db/snags.ts'
import { unitById } from '#db/units.ts'
import { noteActivity } from './activity.ts'
import { type StoredFile, storage, storageKey } from './clients/storage.ts'
import { noteAccess } from './data-access.ts'
import { failure } from './failure.ts'
import { keptRead } from './kept-reads.ts'
import { tellOfSnag } from './notifications.ts'
import { type Page, pageOf, readCursor } from './paging.ts'
import type { Photo } from './snags/photo.ts'
import { addToUse } from './storage-use.ts'
import { announce } from './webhooks.ts'

export type { SnagCategory, SnagChange, SnagFilter, SnagRow, SnagStatus } from '#db/snags.ts'

export const SNAG_ROOM_CHARS_MAX = 60
export const SNAG_DESCRIPTION_CHARS_MIN = 5
export const SNAG_DESCRIPTION_CHARS_MAX = 2_000
export const SNAG_NOTE_CHARS_MAX = 1_000

/** Of one home in any 24 hours: a new home with a fault in every room has fewer, and the store stays bounded. */
export const SNAG_PHOTOS_A_DAY_MAX = 100

export const snagStatuses = ['reported', 'seen', 'scheduled', 'fixed', 'declined'] as const
export const snagCategories = [
  'plumbing',
  'electrical',
  'heating',
  'doors_windows',
  'walls_paint',
  'floors',
  'kitchen',
  'outside',
  'other',
] as const satisfies readonly SnagCategory[]

const SNAG_TABLES = ['snags', 'units', 'house_types', 'contractor_link_snags'] as const

export type NewSnag = { room: string; category: SnagCategory; description: string }

/**
 * Reports a snag of the home; the same form sent twice reports one. The picture is stored first: a row never names one
 * that is not there. @throws Failure `too_many_photos` with the seconds until the next may be sent
 */
export async function reportSnag(
  home: HomeScope,
  purchaserId: string | null,
  snag: NewSnag,
  photo: Photo | null,
  formHash: string | null = null,
): Promise<void> {
  const id = Bun.randomUUIDv7()
  const photoId = photo ? crypto.randomUUID() : null
  if (photo && photoId) await storage().store(storageKey(home, id, photoId), photo.path, photo.type)
  const { developmentId, unitId } = home
  const row = { id, developmentId, unitId, purchaserId, photoId, photoBytes: photo?.sizeBytes, formHash }
  let isNew = false
  try {
    isNew = await within(home, async (db) => {
      if (!(await keep(db, home, { ...row, ...snag }))) return false
      if (photo) await countPhoto(db, home, photo)
      return true
    })
  } finally {
    if (!isNew && photoId) await storage().remove(storageKey(home, id, photoId))
  }
}

/** Last, because from here on others of the builder wait: so two at once cannot both be the last of a day. */
async function countPhoto(db: Db, home: HomeScope, photo: Photo): Promise<void> {
  await addToUse(db, home, photo.sizeBytes, 'pictures')
  const nextAt = await momentOfNextPhoto(db, home.unitId, SNAG_PHOTOS_A_DAY_MAX + 1)
  if (nextAt) throw failure('too_many_photos', { retryAfterS: secondsUntil(nextAt) })
}

/** When the home may send a picture again; null: now. Asked before one is received and drawn. */
export const nextPhotoAt = (home: HomeScope): Promise<Date | null> =>
  within(home, (db) => momentOfNextPhoto(db, home.unitId, SNAG_PHOTOS_A_DAY_MAX))

export const secondsUntil = (at: Date): number => Math.max(1, Math.ceil((at.getTime() - Date.now()) / 1_000))

/** The same by a program of the builder, without a picture. @throws Failure `not_found` for a home that is not theirs */
export async function reportSnagFor(scope: Scope, unitId: string, snag: NewSnag): Promise<string> {
  const id = Bun.randomUUIDv7()
  await within(scope, async (db) => {
    const unit = await unitById(db, unitId)
    if (!unit) throw failure('not_found')
    const { developmentId } = unit
    await keep(db, scope, { id, developmentId, unitId, purchaserId: null, photoId: null, ...snag })
  })
  return id
}

type Kept = Omit<Parameters<typeof insertSnag>[1], 'tenantId'> & { id: string }

async function keep(db: Db, scope: Scope, row: Kept): Promise<boolean> {
  if (!(await insertSnag(db, { ...row, tenantId: scope.tenantId }))) return false
  const { unitId, developmentId, room, category } = row
  await note(db, scope, 'snag.reported', row.id, { unitId, room, category })
  await announce(db, scope, 'snag.reported', {
    snag_id: row.id,
    unit_id: unitId,
    development_id: developmentId,
  })
  return true
}

export const snagsOf = (home: HomeScope): Promise<SnagRow[]> =>
  within(home, (db) => snagsOfHome(db, home.unitId))

export type OpenedSnag = { snag: SnagRow; changes: SnagChange[] }

/** @throws Failure `not_found`, also for a snag of another home */
export const openOwnSnag = (home: HomeScope, id: string): Promise<OpenedSnag> =>
  within(home, async (db) => {
    const snag = await ownSnagById(db, home.unitId, id)
    if (!snag) throw failure('not_found')
    return { snag, changes: await changesOfSnag(db, id) }
  })

/** @throws Failure `not_found` */
export const openSnag = (scope: Scope, id: string): Promise<OpenedSnag> =>
  within(scope, async (db) => {
    const snag = await snagById(db, id)
    if (!snag) throw failure('not_found')
    await noteAccess(db, scope, snag.unitId, 'snag.read')
    return { snag, changes: await changesOfSnag(db, id) }
  })

export async function snagsPage(
  scope: Scope,
  query: SnagFilter & { cursor?: string | undefined; limit: number },
): Promise<Page<SnagRow>> {
  const { cursor, limit, ...filter } = query
  const list = `snags ${JSON.stringify(filter)}`
  const after = readCursor(list, cursor, 1)?.[0]
  const rows = await keptRead(scope, {
    name: list,
    parts: [cursor ?? '', limit],
    tables: SNAG_TABLES,
    read: () => within(scope, (db) => listSnags(db, { ...filter, after, limit })),
  })
  return pageOf(list, rows, limit, (row) => [row.id])
}

export const frameOfBoard = (scope: Scope, developmentId: string): Promise<SnagFrame> =>
  keptRead(scope, {
    name: 'snag frame',
    parts: [developmentId],
    tables: SNAG_TABLES,
    read: () => within(scope, (db) => snagFrame(db, developmentId)),
  })

/**
 * Moves a snag along, or says something about it without moving it. The household reads both.
 * @throws Failure `not_found`, `conflict` when somebody else moved it meanwhile; what `check` throws
 */
export async function moveSnag(
  scope: Scope,
  id: string,
  move: { status: SnagStatus; note: string | null },
  check: (before: OpenedSnag) => void = () => {},
): Promise<void> {
  const { status, note: words } = move
  await within(scope, async (db) => {
    await lockSnag(db, id)
    const snag = await snagById(db, id)
    if (!snag) throw failure('not_found')
    check({ snag, changes: await changesOfSnag(db, id) })
    if (!(await setSnagStatus(db, id, snag.status, status))) throw failure('conflict')
    const { tenantId, actor } = scope
    const { developmentId } = snag
    const changeId = Bun.randomUUIDv7()
    await insertSnagChange(db, {
      id: changeId,
      tenantId,
      developmentId,
      snagId: id,
      status,
      note: words,
      actorType: actor.type,
      actorId: actor.id,
    })
    await tellOfSnag(db, scope, id, { id: changeId, status, isMoved: status !== snag.status })
    await note(db, scope, 'snag.moved', id, { from: snag.status, to: status, note: words })
  })
}

/** A picture's bytes. @throws Failure `not_found` */
export async function snagPhoto(scope: Scope, snag: Pick<SnagRow, 'id' | 'photoId'>): Promise<StoredFile> {
  if (!snag.photoId) throw failure('not_found')
  return storage().open(storageKey(scope, snag.id, snag.photoId))
}

const note = (db: Db, scope: Scope, action: string, targetId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'snag', targetId, changes })

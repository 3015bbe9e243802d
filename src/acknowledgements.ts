// Must-read documents: what staff require, what a person meets before anything else, and who has said they read it.
import { LRUCache } from 'lru-cache'
import {
  type AcknowledgementRow,
  type HomeReading,
  homesReading,
  insertAcknowledgement,
  listAcknowledgements,
  type ReadingFilter,
  readingCounts,
  setMustRead,
  type UnreadDocument,
  unreadOf,
} from '#db/acknowledgements.ts'
import { lockDocument, versionOfDocument } from '#db/document-versions.ts'
import { type Db, type HomeScope, type Scope, within } from '#db/scope.ts'
import { noteActivity } from './activity.ts'
import { failure } from './failure.ts'
import { type Page, pageOf, readCursor } from './paging.ts'
import { announce } from './webhooks.ts'

export type { AcknowledgementRow, HomeReading, UnreadDocument } from '#db/acknowledgements.ts'

/** Who has nothing to read is not looked up again for so long: what is marked meanwhile waits no longer than this. */
const CLEAR_MS = 30_000
const CLEAR_MAX = 50_000

const clear = new LRUCache<string, true>({ max: CLEAR_MAX, ttl: CLEAR_MS })

export const forgetReading = (): void => clear.clear()

/** Each adult acknowledges for themself; where no names are recorded, or for a further phone, the home does. */
const readerOf = ({ unitId }: HomeScope, purchaserId: string | null): string => purchaserId ?? unitId

export const unreadDocuments = (home: HomeScope, purchaserId: string | null): Promise<UnreadDocument[]> =>
  within(home, (db) => unreadOf(db, { unitId: home.unitId, readerId: readerOf(home, purchaserId) }))

/**
 * Whether something must be read first. Whoever may only look, such as an operator, could not acknowledge it and is
 * let through.
 */
async function hasToRead(home: HomeScope, purchaserId: string | null): Promise<boolean> {
  if (home.readOnly) return false
  const key = `${home.unitId} ${readerOf(home, purchaserId)}`
  if (clear.has(key)) return false
  const hasUnread = (await unreadDocuments(home, purchaserId)).length > 0
  if (!hasUnread) clear.set(key, true)
  return hasUnread
}

/** @throws Failure `must_read_first` */
export async function requireReading(home: HomeScope, purchaserId: string | null): Promise<void> {
  if (await hasToRead(home, purchaserId)) throw failure('must_read_first')
}

/**
 * Keeps that the person read the version. Twice is once.
 * @throws Failure `not_found` for what the home does not see, `conflict` when another version took its place
 */
export async function acknowledge(
  home: HomeScope,
  purchaserId: string | null,
  asked: { documentId: string; versionId: string },
  ipAddress: string,
): Promise<void> {
  const { tenantId, developmentId, unitId } = home
  const readerId = readerOf(home, purchaserId)
  await within(home, async (db) => {
    const unread = await unreadOf(db, { unitId, readerId })
    const found = unread.find(({ id }) => id === asked.documentId)
    if (!found) throw failure('not_found')
    if (found.versionId !== asked.versionId) throw failure('conflict')
    const { id: documentId, versionId, versionNumber } = found
    const isNew = await insertAcknowledgement(db, {
      tenantId,
      developmentId,
      documentId,
      versionId,
      versionNumber,
      unitId,
      readerId,
      ipAddress,
    })
    if (!isNew) return
    await note(db, home, 'document.acknowledged', documentId, { version: versionNumber })
    const told = { document_id: documentId, version_id: versionId, unit_id: unitId }
    await announce(db, home, 'document.acknowledged', { ...told, development_id: developmentId })
  })
}

/**
 * Has every home that sees the document read it. Marked again it changes nothing, unless it `asksAgain`: then only
 * the version that is live now, or a later one, counts.
 * @throws Failure `not_found`
 */
export async function markMustRead(scope: Scope, documentId: string, asksAgain: boolean): Promise<void> {
  await within(scope, async (db) => {
    const document = await lockDocument(db, documentId)
    if (!document) throw failure('not_found')
    if (document.mustReadFrom !== null && !asksAgain) return
    const live = document.liveVersionId
      ? await versionOfDocument(db, documentId, document.liveVersionId)
      : null
    const from = live?.number ?? 1
    await setMustRead(db, documentId, from)
    await note(db, scope, 'document.must_read', documentId, { version: from })
  })
  forgetReading()
}

/** Nobody must read it any more; who did stays on record. @throws Failure `not_found` */
export async function unmarkMustRead(scope: Scope, documentId: string): Promise<void> {
  await within(scope, async (db) => {
    const document = await lockDocument(db, documentId)
    if (!document) throw failure('not_found')
    if (document.mustReadFrom === null) return
    await setMustRead(db, documentId, null)
    await note(db, scope, 'document.must_read_ended', documentId, {})
  })
}

export type ReadingCounts = { required: number; acknowledged: number }

export const countReading = (
  scope: Scope,
  filter: Pick<ReadingFilter, 'developmentId' | 'documentId'>,
): Promise<ReadingCounts> => within(scope, (db) => readingCounts(db, filter))

/** Homes by number, with who of each has read what. */
export async function readingPage(
  scope: Scope,
  filter: ReadingFilter,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<HomeReading> & { counts: ReadingCounts }> {
  const list = `reading ${JSON.stringify(filter)}`
  const position = readCursor(list, page.cursor, 2)
  const after = position ? { key: position[0] as string, id: position[1] as string } : undefined
  return within(scope, async (db) => {
    const rows = await homesReading(db, filter, { after, limit: page.limit })
    const counts = await readingCounts(db, filter)
    return { ...pageOf(list, rows, page.limit, (row) => [row.sortKey, row.id]), counts }
  })
}

export async function acknowledgementsPage(
  scope: Scope,
  query: {
    developmentId?: string | undefined
    documentId?: string | undefined
    unitId?: string | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<Page<AcknowledgementRow>> {
  const { cursor, limit, ...filter } = query
  const list = `acknowledgements ${JSON.stringify(filter)}`
  const after = readCursor(list, cursor, 1)?.[0]
  const rows = await within(scope, (db) => listAcknowledgements(db, { ...filter, after, limit }))
  return pageOf(list, rows, limit, (row) => [row.id])
}

const note = (db: Db, scope: Scope, action: string, targetId: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'document', targetId, changes })

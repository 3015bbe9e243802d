// Lists as files: streamed at once when they are short, written by a job and kept for a day when they are not.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { jobById } from '#db/jobs.ts'
import * as rows from '#db/list-exports.ts'
import { insertAccessesOncePerDay } from '#db/person-data.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { noteActivity } from './activity.ts'
import { storage, storageKey } from './clients/storage.ts'
import { config } from './config.ts'
import { type CsvPart, csvParts, csvStream } from './csv.ts'
import { noteAccesses } from './data-access.ts'
import { failure, isFailure } from './failure.ts'
import { countHomes, HOME_COLUMNS, type HomeFilter, type HomeOrder, readHomes } from './home-list.ts'
import {
  countHomeowners,
  HOMEOWNER_COLUMNS,
  type HomeownerFilter,
  type HomeownerOrder,
  readHomeowners,
} from './homeowner-list.ts'
import { checkRoom, takeRoom } from './storage-use.ts'

/** Rows that one waits for; more are written by a job. */
export const ROWS_AT_ONCE_MAX = 5_000
const KEPT_HOURS = 24
const UNDER_WAY_MAX = 3
const RECENT_LOOKED_AT = 10
const HOUR_MS = 3_600_000

export type ListRequest =
  | { list: 'homes'; filter: HomeFilter; order: HomeOrder }
  | { list: 'homeowners'; filter: HomeownerFilter; order: HomeownerOrder }

export const isLargeList = async (scope: Scope, request: ListRequest): Promise<boolean> =>
  (await countRows(scope, request, ROWS_AT_ONCE_MAX + 1)) > ROWS_AT_ONCE_MAX

const countRows = (scope: Scope, request: ListRequest, max: number) =>
  request.list === 'homes'
    ? countHomes(scope, request.filter, max)
    : countHomeowners(scope, request.filter, max)

/** Every row that matches, as it is read. Noted, and so are the homes whose names it holds. */
export async function listCsv(scope: Scope, request: ListRequest): Promise<ReadableStream<Uint8Array>> {
  if (!scope.readOnly)
    await within(scope, (db) => note(db, scope, `${request.list}.exported`, request.filter.developmentId))
  const parts = partsOf(scope, request, (db, unitIds) => noteAccesses(db, scope, unitIds, 'household.read'))
  return csvStream(parts)
}

function partsOf(
  scope: Scope,
  request: ListRequest,
  noteHomes: (db: Db, unitIds: string[]) => Promise<void>,
): AsyncGenerator<CsvPart> {
  if (request.list === 'homes') {
    const { filter, order } = request
    return csvParts(HOME_COLUMNS, (after, limit) => readHomes(scope, filter, order, { after, limit }))
  }
  const { filter, order } = request
  return csvParts(HOMEOWNER_COLUMNS, (after, limit) =>
    readHomeowners(scope, filter, order, { after, limit }, noteHomes),
  )
}

export type ListExport = {
  id: string
  developmentId: string
  list: 'homes' | 'homeowners'
  /** `working` covers waiting and running; `failed` will not be tried again by itself; `over`: its day is past. */
  state: 'working' | 'ready' | 'failed' | 'over'
  progress: { done: number; total: number }
  rowCount: number | null
  sizeBytes: number | null
  expiresAt: Date | null
}

/** Has the file written by a job. @throws Failure `too_many_requests`, `storage_full` */
export async function requestListExport(
  scope: Scope,
  staffId: string,
  { list, filter, order }: ListRequest,
): Promise<string> {
  const { tenantId, requestId } = scope
  const id = Bun.randomUUIDv7()
  await within(scope, async (db) => {
    await checkRoom(db, scope)
    const recent = await rows.listExportsOf(db, staffId, RECENT_LOOKED_AT)
    const states = await Promise.all(recent.map((row) => withState(db, row)))
    if (states.filter(({ state }) => state === 'working').length >= UNDER_WAY_MAX)
      throw failure('too_many_requests', { retryAfterS: 60 })
    const { developmentId } = filter
    const jobId = await enqueue(db, 'export-list', { tenantId, developmentId, exportId: id }, { requestId })
    await rows.insertListExport(db, {
      id,
      tenantId,
      developmentId,
      list,
      staffId,
      jobId,
      request: { filter, order },
    })
    await note(db, scope, `${list}.exported`, developmentId)
  })
  return id
}

/** @throws Failure `not_found` for anybody else's */
export const findListExport = (scope: Scope, staffId: string, id: string): Promise<ListExport> =>
  within(scope, async (db) => withState(db, await ownExport(db, staffId, id)))

/** The file of a list that is ready; taking it is noted. @throws Failure `not_found` */
export async function takeListFile(
  scope: Scope,
  staffId: string,
  id: string,
): Promise<{ storageKey: string; sizeBytes: number; fileName: string }> {
  return within(scope, async (db) => {
    const {
      list,
      developmentId,
      storageKey: key,
      sizeBytes,
      readyAt,
      expiresAt,
    } = await ownExport(db, staffId, id)
    if (!key || !sizeBytes || !readyAt || !expiresAt || expiresAt.getTime() < Date.now())
      throw failure('not_found')
    if (!scope.readOnly) await note(db, scope, `${list}.downloaded`, developmentId)
    return { storageKey: key, sizeBytes, fileName: `${list}-${readyAt.toISOString().slice(0, 10)}.csv` }
  })
}

export type ListExportContext = {
  signal: AbortSignal
  requestId: string
  progress(stage: string, done: number, total: number): void
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/** Writes the file. `gone`: it is wanted no more; `full`: its builder has no room. A run that is repeated replaces what the one before it stored. */
export async function writeListExport(
  scope: Scope,
  exportId: string,
  { signal, requestId, progress, fenced }: ListExportContext,
): Promise<'ready' | 'gone' | 'full'> {
  const asked = await fenced((db) => rows.listExportById(db, exportId))
  if (!asked) return 'gone'
  if (asked.readyAt) return 'ready'
  const request = { list: asked.list, ...asked.request } as ListRequest
  const total = await countRows(scope, request, Number.MAX_SAFE_INTEGER)
  const reader = { tenantId: scope.tenantId, actorType: 'staff', actorId: asked.staffId, requestId }
  const parts = partsOf(scope, request, (db, unitIds) =>
    insertAccessesOncePerDay(db, unitIds, { ...reader, action: 'household.read' }),
  )
  const folder = join(config().dataDir, 'tmp')
  await mkdir(folder, { recursive: true })
  const path = join(folder, crypto.randomUUID())
  let rowCount = 0
  try {
    const writer = Bun.file(path).writer()
    try {
      for await (const part of parts) {
        signal.throwIfAborted()
        writer.write(part.text)
        await writer.flush()
        rowCount += part.rows
        progress('writing', rowCount, total)
      }
    } finally {
      await writer.end()
    }
  } catch (error) {
    // Half a list of names is not left lying about until the next start.
    await rm(path, { force: true })
    throw error
  }
  const sizeBytes = Bun.file(path).size
  const key = storageKey(scope, exportId, exportId)
  await storage().store(key, path, 'text/csv')
  const expiresAt = new Date(Date.now() + KEPT_HOURS * HOUR_MS)
  const file = { storageKey: key, sizeBytes, rowCount, expiresAt }
  const outcome = await fenced(async (db) => {
    if (!(await rows.setListExportReady(db, exportId, file))) return 'gone'
    await takeRoom(db, scope, sizeBytes, 'exports')
    return 'ready'
  }).catch((error) => {
    if (isFailure(error, 'storage_full')) return 'full' as const
    throw error
  })
  if (outcome !== 'ready') await storage().remove(key)
  return outcome
}

async function ownExport(db: Db, staffId: string, id: string): Promise<rows.ListExportRow> {
  const row = await rows.listExportById(db, id)
  if (row?.staffId !== staffId) throw failure('not_found')
  return row
}

async function withState(db: Db, row: rows.ListExportRow): Promise<ListExport> {
  const job = row.readyAt || !row.jobId ? null : await jobById(db, row.jobId)
  const isOver = job === null || job.finalizedAt !== null
  const isPast = row.expiresAt !== null && row.expiresAt.getTime() < Date.now()
  const { id, developmentId, list, rowCount, sizeBytes, expiresAt } = row
  return {
    id,
    developmentId,
    list,
    rowCount,
    sizeBytes,
    expiresAt,
    state: isPast ? 'over' : row.readyAt ? 'ready' : isOver ? 'failed' : 'working',
    progress: { done: job?.progressDone ?? 0, total: job?.progressTotal ?? 0 },
  }
}

const note = (db: Db, scope: Scope, action: string, developmentId: string) =>
  noteActivity(db, scope, { action, targetType: 'development', targetId: developmentId })

// Imports of units: upload a list, read what it would do, confirm it, see what it did.
import { developmentById } from '#db/developments.ts'
import {
  confirmImport as confirmRow,
  type ImportRow,
  importById,
  insertImport,
  listImports,
  type ReportRow,
  reportRows,
  setImportJob,
} from '#db/imports.ts'
import { type Db, type Scope, within } from '#db/scope.ts'
import { enqueue } from '#jobs/queue.ts'
import { noteActivity } from './activity.ts'
import { printableName } from './documents/file-names.ts'
import { failure } from './failure.ts'
import { formatOf } from './imports/format.ts'
import { IMPORT_BYTES_MAX } from './imports/limits.ts'
import { type Page, pageOf, readCursor } from './paging.ts'
import { receiveBytes } from './uploads.ts'

export type { ImportRow, ReportRow }
export { IMPORT_BYTES_MAX }

/** Nothing happens to it any more unless somebody does something. */
export const isSettled = ({ status }: Pick<ImportRow, 'status'>): boolean =>
  status !== 'checking' && status !== 'importing'

/** What must hold before the first byte is read. @throws Failure `not_found` */
export async function checkImportTarget(scope: Scope, developmentId: string): Promise<void> {
  if (!(await within(scope, (db) => developmentById(db, developmentId)))) throw failure('not_found')
}

/** @throws Failure `file_empty`, `too_large`, `upload_incomplete`, `old_workbook` or `not_a_table` */
export async function receiveTable(
  body: AsyncIterable<Uint8Array> | null,
  declaredBytes: number | null,
): Promise<Uint8Array> {
  const bytes = await receiveBytes(body, declaredBytes, IMPORT_BYTES_MAX)
  const format = formatOf(bytes)
  if (format === 'old_excel') throw failure('old_workbook')
  if (format === 'other') throw failure('not_a_table')
  return bytes
}

/** Keeps the file and enqueues its check, both or neither. */
export async function startImport(
  scope: Scope,
  asked: { developmentId: string; fileName: string; isDryRun: boolean },
  content: Uint8Array,
): Promise<{ importId: string; jobId: string }> {
  const id = Bun.randomUUIDv7()
  const { developmentId, isDryRun } = asked
  return within(scope, async (db) => {
    await insertImport(db, {
      id,
      tenantId: scope.tenantId,
      developmentId,
      isDryRun,
      content,
      fileName: printableName(asked.fileName, 'homes'),
      sizeBytes: content.byteLength,
    })
    const jobId = await runLater(db, scope, id)
    await note(db, scope, id, 'import.uploaded', { developmentId, isDryRun })
    return { importId: id, jobId }
  })
}

/** @throws Failure `not_found`, `import_not_waiting` */
export async function confirmImport(scope: Scope, id: string): Promise<{ jobId: string }> {
  return within(scope, async (db) => {
    const found = await importById(db, id)
    if (!found) throw failure('not_found')
    if (!(await confirmRow(db, id))) throw failure('import_not_waiting')
    const jobId = await runLater(db, scope, id)
    const { developmentId, createCount, updateCount } = found
    await note(db, scope, id, 'import.confirmed', { developmentId, createCount, updateCount })
    return { jobId }
  })
}

async function runLater(db: Db, scope: Scope, importId: string): Promise<string> {
  const { tenantId, requestId } = scope
  const jobId = await enqueue(db, 'import-units', { tenantId, importId }, { requestId })
  await setImportJob(db, importId, jobId)
  return jobId
}

const note = (db: Db, scope: Scope, targetId: string, action: string, changes: Record<string, unknown>) =>
  noteActivity(db, scope, { action, targetType: 'import', targetId, changes })

/** @throws Failure `not_found` */
export async function findImport(scope: Scope, id: string): Promise<ImportRow> {
  const found = await within(scope, (db) => importById(db, id))
  if (!found) throw failure('not_found')
  return found
}

export async function importsPage(
  scope: Scope,
  query: { developmentId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<ImportRow>> {
  const list = `imports ${query.developmentId ?? ''}`
  const position = readCursor(list, query.cursor, 2)
  const after = position ? { at: new Date(position[0] as string), id: position[1] as string } : undefined
  const rows = await within(scope, (db) => listImports(db, { ...query, after }))
  return pageOf(list, rows, query.limit, (row) => [row.createdAt.toISOString(), row.id])
}

/** The import and a page of its report, from one moment. @throws Failure `not_found` */
export async function openReport(
  scope: Scope,
  id: string,
  query: { action?: ReportRow['action'] | undefined; cursor?: string | undefined; limit: number },
): Promise<{ import: ImportRow; report: Page<ReportRow> }> {
  const list = `import ${id} ${query.action ?? ''}`
  const position = readCursor(list, query.cursor, 1)
  const after = position ? Number(position[0]) : undefined
  return within(scope, async (db) => {
    const found = await importById(db, id)
    if (!found) throw failure('not_found')
    const rows = await reportRows(db, id, { action: query.action, after, limit: query.limit })
    return { import: found, report: pageOf(list, rows, query.limit, (row) => [String(row.rowNumber)]) }
  })
}

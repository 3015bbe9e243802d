// The work of the job: reads the file, writes the report, and imports the rows, all of them or none.
import {
  houseTypesToCompare,
  insertHouseTypes,
  insertUnits,
  replaceHouseholds,
  UNITS_COMPARED_MAX,
  type UnitChange,
  unitsToCompare,
  updateUnits,
} from '#db/imported-units.ts'
import {
  forgetImportValues,
  type ImportToRun,
  importToRun,
  lockImportsOf,
  replaceImportRows,
  reportRows,
  updateImport,
  valuesOfImport,
} from '#db/imports.ts'
import type { Db, Scope } from '#db/scope.ts'
import { encryptAccessCode, makeAccessCode, makePublicId } from '../access/access-codes.ts'
import { noteActivity } from '../activity.ts'
import { config } from '../config.ts'
import { geocodeUnitsLater } from '../geocoding.ts'
import { announce } from '../webhooks.ts'
import { type FirstType, firstTypes, noteOfFirstTypes } from './first-types.ts'
import { formatOf } from './format.ts'
import { ImportRefusal, ROWS_MAX } from './limits.ts'
import { type PlannedRow, planImport } from './plan.ts'
import { type ReadRow, readRows, type UnitValues } from './rows.ts'
import { readTable } from './table.ts'

export type ImportContext = {
  progress(stage: string, done: number, total: number): void
  /** A transaction that only commits while the job is still ours. */
  fenced<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/** Null: there is nothing (any more) to do. Running it again changes nothing that it has done. */
export async function runImport(
  scope: Scope,
  importId: string,
  context: ImportContext,
): Promise<'done' | 'gone'> {
  const waiting = await context.fenced((db) => importToRun(db, importId))
  if (!waiting) return 'gone'
  if (waiting.status === 'importing') await carryOut(scope, importId, context)
  if (waiting.status === 'checking') await check(scope, importId, waiting, context)
  return 'done'
}

async function check(
  scope: Scope,
  importId: string,
  waiting: ImportToRun,
  context: ImportContext,
): Promise<void> {
  context.progress('reading', 0, 0)
  const read = readFile(waiting.content)
  await context.fenced(async (db) => {
    if (read instanceof ImportRefusal) {
      await refuse(db, importId, read)
      const finished = { import_id: importId, development_id: waiting.developmentId, status: 'refused' }
      return announce(db, scope, 'import.finished', finished)
    }
    context.progress('checking', 0, read.rows.length)
    await lockImportsOf(db, waiting.developmentId)
    const { planned, added } = await plan(db, waiting, read.rows)
    const notes = added.length > 0 ? [...read.notes, noteOfFirstTypes(added)] : read.notes
    await writeReport(db, scope, importId, waiting, planned, notes)
    if (waiting.isDryRun || planned.some((row) => row.action === 'error')) return
    await addHouseTypes(db, scope, waiting.developmentId, added)
    await apply(db, scope, importId, waiting, planned, context)
  })
}

/** Before the homes that are built to them. */
async function addHouseTypes(
  db: Db,
  { tenantId }: Scope,
  developmentId: string,
  added: readonly FirstType[],
): Promise<void> {
  const rows = added.map(({ id, code }) => ({ id, tenantId, developmentId, code, name: code }))
  if (rows.length > 0) await insertHouseTypes(db, rows)
}

function readFile(content: Uint8Array | null): { rows: ReadRow[]; notes: string[] } | ImportRefusal {
  try {
    const bytes = content ?? new Uint8Array(0)
    const format = formatOf(bytes)
    if (format !== 'csv' && format !== 'xlsx')
      throw new ImportRefusal('unreadable', 'The file is neither CSV nor an Excel workbook (.xlsx).')
    const table = readTable(bytes, format)
    return { rows: readRows(table), notes: table.notes }
  } catch (error) {
    if (error instanceof ImportRefusal) return error
    throw error
  }
}

const refuse = (db: Db, importId: string, { code, sentence }: ImportRefusal) =>
  updateImport(db, importId, {
    status: 'refused',
    failureCode: code,
    notes: [sentence],
    content: null,
    checkedAt: new Date(),
  })

async function plan(
  db: Db,
  { developmentId, developmentName, developmentAddressLine, developmentTenure }: ImportToRun,
  rows: readonly ReadRow[],
): Promise<{ planned: PlannedRow[]; added: FirstType[] }> {
  const [known, units] = [
    await houseTypesToCompare(db, developmentId),
    await unitsToCompare(db, developmentId),
  ]
  if (units.length > UNITS_COMPARED_MAX)
    throw new Error(`development ${developmentId} has too many units to compare`)
  const development = {
    name: developmentName,
    addressLine: developmentAddressLine,
    tenure: developmentTenure,
  }
  const added = known.length === 0 ? firstTypes(rows) : []
  return { planned: planImport(rows, { development, houseTypes: [...known, ...added], units }), added }
}

async function writeReport(
  db: Db,
  scope: Scope,
  importId: string,
  { developmentId }: ImportToRun,
  planned: readonly PlannedRow[],
  notes: string[],
): Promise<void> {
  const count = (action: PlannedRow['action']) => planned.filter((row) => row.action === action).length
  const errorCount = count('error')
  await replaceImportRows(
    db,
    importId,
    planned.map(({ rowNumber, action, unitNumber, unitId, messages, changes, values }) => ({
      tenantId: scope.tenantId,
      developmentId,
      importId,
      rowNumber,
      action,
      unitNumber,
      unitId,
      messages,
      changes,
      // Nothing will ever be imported of a file with errors, so nothing of it is kept.
      values: errorCount > 0 ? null : values,
    })),
  )
  await updateImport(db, importId, {
    status: errorCount > 0 ? 'refused' : 'checked',
    failureCode: errorCount > 0 ? 'rows_invalid' : null,
    notes,
    content: null,
    checkedAt: new Date(),
    createCount: count('create'),
    updateCount: count('update'),
    unchangedCount: count('unchanged'),
    errorCount,
  })
}

/**
 * Imports what was confirmed, if it still is what the report says. Homes that were changed in between make a new
 * report instead, for the person to look at again.
 */
async function carryOut(scope: Scope, importId: string, context: ImportContext): Promise<void> {
  await context.fenced(async (db) => {
    const confirmed = await importToRun(db, importId)
    if (confirmed?.status !== 'importing') return
    await lockImportsOf(db, confirmed.developmentId)
    const rows = (await valuesOfImport(db, importId, ROWS_MAX)).map((row) => ({
      ...row,
      values: row.values as UnitValues | null,
      messages: [],
    }))
    const { planned, added } = await plan(db, confirmed, rows)
    if (await isAsReported(db, importId, planned)) {
      await addHouseTypes(db, scope, confirmed.developmentId, added)
      return apply(db, scope, importId, confirmed, planned, context)
    }
    const notes = [...confirmed.notes.filter((note) => note !== OUTDATED), OUTDATED]
    await writeReport(db, scope, importId, confirmed, planned, notes)
  })
}

const OUTDATED =
  'Homes were changed after this report was made, so nothing was imported. This is the report as things are now.'

async function isAsReported(db: Db, importId: string, planned: readonly PlannedRow[]): Promise<boolean> {
  const reported = await reportRows(db, importId, { limit: ROWS_MAX })
  const essence = (row: { rowNumber: number; action: string; unitId: string | null; changes: unknown }) => ({
    rowNumber: row.rowNumber,
    action: row.action,
    unitId: row.unitId,
    changes: row.changes,
  })
  return Bun.deepEquals(reported.map(essence), planned.map(essence))
}

async function apply(
  db: Db,
  scope: Scope,
  importId: string,
  { developmentId, codePrefix }: ImportToRun,
  planned: readonly PlannedRow[],
  context: ImportContext,
): Promise<void> {
  const total = planned.length
  context.progress('importing', 0, total)
  const { tenantId } = scope
  const created = planned
    .filter((row) => row.action === 'create')
    .map((row) => ({ ...row, unitId: Bun.randomUUIDv7() }))
  await insertUnits(
    db,
    created.map((row) => newUnit(row, { tenantId, developmentId, codePrefix })),
  )
  context.progress('importing', created.length, total)
  const updated = planned.filter((row) => row.action === 'update')
  const changes = updated.map((row): UnitChange => ({ id: row.unitId as string, ...row.set }))
  await updateUnits(
    db,
    changes.filter((change) => Object.keys(change).length > 1),
  )
  context.progress('importing', created.length + updated.length, total)
  await replaceHouseholds(
    db,
    [...created, ...updated].flatMap((row) => householdOf(row, tenantId)),
  )
  const moved = updated.filter((row) => row.set.addressLine !== undefined || row.set.eircode !== undefined)
  await geocodeUnitsLater(db, scope, { unitIds: [...created, ...moved].map((row) => row.unitId as string) })
  await noteActivity(db, scope, {
    action: 'units.imported',
    targetType: 'import',
    targetId: importId,
    changes: { developmentId, created: created.length, updated: updated.length },
  })
  await forgetImportValues(db, importId)
  await updateImport(db, importId, { status: 'imported', importedAt: new Date() })
  const finished = { import_id: importId, development_id: developmentId, status: 'imported' }
  await announce(db, scope, 'import.finished', finished)
  context.progress('importing', total, total)
}

function newUnit(
  row: PlannedRow & { unitId: string },
  of: { tenantId: string; developmentId: string; codePrefix: string },
) {
  const { houseTypeId, addressLine, ...columns } = row.set
  const code = makeAccessCode(of.codePrefix)
  return {
    id: row.unitId,
    tenantId: of.tenantId,
    developmentId: of.developmentId,
    number: row.unitNumber as string,
    houseTypeId: houseTypeId as string,
    addressLine: addressLine as string,
    ...columns,
    publicId: makePublicId(),
    accessCodeEncrypted: encryptAccessCode(code, row.unitId, config().encryptionKey),
  }
}

function householdOf(row: PlannedRow, tenantId: string) {
  const unitId = row.unitId as string
  if (!row.purchasers) return []
  const people = row.purchasers.map((person, index) => ({ tenantId, unitId, ...person, position: index + 1 }))
  return [{ unitId, people }]
}

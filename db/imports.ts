// Statements about imports of units: the file, and its report row by row.
import { and, asc, desc, eq, gt, lt, or, sql } from 'drizzle-orm'
import { batches } from './batches.ts'
import type { Db } from './client.ts'
import { developments, importRows, imports, jobStatus } from './schema/index.ts'

export type ImportStatus = 'checking' | 'checked' | 'importing' | 'imported' | 'refused' | 'failed'

export type ImportRow = {
  id: string
  developmentId: string
  fileName: string
  sizeBytes: number
  isDryRun: boolean
  status: ImportStatus
  failureCode: string | null
  notes: string[]
  createCount: number
  updateCount: number
  unchangedCount: number
  errorCount: number
  jobId: string | null
  stage: string | null
  progressDone: number
  progressTotal: number
  createdAt: Date
  checkedAt: Date | null
  confirmedAt: Date | null
  importedAt: Date | null
}

const importColumns = {
  id: imports.id,
  developmentId: imports.developmentId,
  fileName: imports.fileName,
  sizeBytes: imports.sizeBytes,
  isDryRun: imports.isDryRun,
  status: imports.status,
  failureCode: imports.failureCode,
  notes: imports.notes,
  createCount: imports.createCount,
  updateCount: imports.updateCount,
  unchangedCount: imports.unchangedCount,
  errorCount: imports.errorCount,
  jobId: imports.jobId,
  stage: jobStatus.stage,
  progressDone: sql<number>`coalesce(${jobStatus.progressDone}, 0)`,
  progressTotal: sql<number>`coalesce(${jobStatus.progressTotal}, 0)`,
  createdAt: imports.createdAt,
  checkedAt: imports.checkedAt,
  confirmedAt: imports.confirmedAt,
  importedAt: imports.importedAt,
}

const importingJob = and(eq(jobStatus.tenantId, imports.tenantId), eq(jobStatus.id, imports.jobId))

export async function insertImport(db: Db, row: typeof imports.$inferInsert): Promise<void> {
  await db.insert(imports).values(row)
}

export async function setImportJob(db: Db, id: string, jobId: string): Promise<void> {
  await db.update(imports).set({ jobId }).where(eq(imports.id, id))
}

export async function importById(db: Db, id: string): Promise<ImportRow | null> {
  const [row] = await db
    .select(importColumns)
    .from(imports)
    .leftJoin(jobStatus, importingJob)
    .where(eq(imports.id, id))
    .limit(1)
  return row ?? null
}

/** Newest first; one row more than `limit` when there is a next page. */
export const listImports = (
  db: Db,
  page: {
    developmentId?: string | undefined
    after?: { at: Date; id: string } | undefined
    limit: number
  },
): Promise<ImportRow[]> =>
  db
    .select(importColumns)
    .from(imports)
    .leftJoin(jobStatus, importingJob)
    .where(
      and(
        page.developmentId ? eq(imports.developmentId, page.developmentId) : undefined,
        page.after
          ? or(
              lt(imports.createdAt, page.after.at),
              and(eq(imports.createdAt, page.after.at), lt(imports.id, page.after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(page.limit + 1)

export type ImportToRun = {
  developmentId: string
  status: ImportStatus
  isDryRun: boolean
  content: Uint8Array | null
  notes: string[]
  developmentName: string
  developmentAddressLine: string
  developmentTenure: 'sale' | 'rent' | 'mixed'
  codePrefix: string
}

/** What the job needs, with the row locked: a person who confirms waits until the check is written. */
export async function importToRun(db: Db, id: string): Promise<ImportToRun | null> {
  const [row] = await db
    .select({
      developmentId: imports.developmentId,
      status: imports.status,
      isDryRun: imports.isDryRun,
      content: imports.content,
      notes: imports.notes,
      developmentName: developments.name,
      developmentAddressLine: developments.addressLine,
      developmentTenure: developments.tenure,
      codePrefix: developments.codePrefix,
    })
    .from(imports)
    .innerJoin(
      developments,
      and(eq(developments.tenantId, imports.tenantId), eq(developments.id, imports.developmentId)),
    )
    .where(eq(imports.id, id))
    .limit(1)
    .for('update', { of: imports })
  return row ?? null
}

/** Two imports into one development are compared and carried out one after the other. */
export async function lockImportsOf(db: Db, developmentId: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`imports ${developmentId}`}, 0))`)
}

export async function updateImport(
  db: Db,
  id: string,
  set: Partial<typeof imports.$inferInsert>,
): Promise<void> {
  await db.update(imports).set(set).where(eq(imports.id, id))
}

/** Only a report that was read may be confirmed, and only once. */
export async function confirmImport(db: Db, id: string): Promise<boolean> {
  const rows = await db
    .update(imports)
    .set({ status: 'importing', confirmedAt: new Date() })
    .where(and(eq(imports.id, id), eq(imports.status, 'checked')))
    .returning({ id: imports.id })
  return rows.length === 1
}

export async function replaceImportRows(
  db: Db,
  importId: string,
  rows: (typeof importRows.$inferInsert)[],
): Promise<void> {
  await db.delete(importRows).where(eq(importRows.importId, importId))
  for (const batch of batches(rows)) await db.insert(importRows).values(batch)
}

/** What was read of the rows that are to be imported; forgotten once they are. */
export const valuesOfImport = (
  db: Db,
  importId: string,
  limit: number,
): Promise<{ rowNumber: number; unitNumber: string | null; values: unknown; messages: string[] }[]> =>
  db
    .select({
      rowNumber: importRows.rowNumber,
      unitNumber: importRows.unitNumber,
      values: importRows.values,
      messages: importRows.messages,
    })
    .from(importRows)
    .where(eq(importRows.importId, importId))
    .orderBy(asc(importRows.rowNumber))
    .limit(limit)

export async function forgetImportValues(db: Db, importId: string): Promise<void> {
  await db.update(importRows).set({ values: null }).where(eq(importRows.importId, importId))
}

export type ReportRow = {
  rowNumber: number
  action: 'create' | 'update' | 'unchanged' | 'error'
  unitNumber: string | null
  unitId: string | null
  messages: string[]
  changes: Record<string, { before: unknown; after: unknown }>
}

/** In the order of the file; one row more than `limit` when there is a next page. */
export const reportRows = (
  db: Db,
  importId: string,
  page: { action?: ReportRow['action'] | undefined; after?: number | undefined; limit: number },
): Promise<ReportRow[]> =>
  db
    .select({
      rowNumber: importRows.rowNumber,
      action: importRows.action,
      unitNumber: importRows.unitNumber,
      unitId: importRows.unitId,
      messages: importRows.messages,
      changes: sql<ReportRow['changes']>`${importRows.changes}`,
    })
    .from(importRows)
    .where(
      and(
        eq(importRows.importId, importId),
        page.action ? eq(importRows.action, page.action) : undefined,
        page.after === undefined ? undefined : gt(importRows.rowNumber, page.after),
      ),
    )
    .orderBy(asc(importRows.rowNumber))
    .limit(page.limit + 1)

// Statements about files of long lists: one asked for, one that is ready, those of a person who is erased.
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { listExports } from './schema/index.ts'

export type ListExportRow = {
  id: string
  developmentId: string
  list: 'homes' | 'homeowners'
  request: Record<string, unknown>
  staffId: string
  jobId: string | null
  storageKey: string | null
  sizeBytes: number | null
  rowCount: number | null
  readyAt: Date | null
  expiresAt: Date | null
  createdAt: Date
}

const columns = {
  id: listExports.id,
  developmentId: listExports.developmentId,
  list: listExports.list,
  request: listExports.request,
  staffId: listExports.staffId,
  jobId: listExports.jobId,
  storageKey: listExports.storageKey,
  sizeBytes: listExports.sizeBytes,
  rowCount: listExports.rowCount,
  readyAt: listExports.readyAt,
  expiresAt: listExports.expiresAt,
  createdAt: listExports.createdAt,
}

export async function insertListExport(db: Db, row: typeof listExports.$inferInsert): Promise<void> {
  await db.insert(listExports).values(row)
}

export async function listExportById(db: Db, id: string): Promise<ListExportRow | null> {
  const [row] = await db.select(columns).from(listExports).where(eq(listExports.id, id)).limit(1)
  return row ?? null
}

/** Newest first. */
export const listExportsOf = (db: Db, staffId: string, limit: number): Promise<ListExportRow[]> =>
  db
    .select(columns)
    .from(listExports)
    .where(eq(listExports.staffId, staffId))
    .orderBy(desc(listExports.createdAt), desc(listExports.id))
    .limit(limit)

/** False when it is wanted no more. */
export async function setListExportReady(
  db: Db,
  id: string,
  file: { storageKey: string; sizeBytes: number; rowCount: number; expiresAt: Date },
): Promise<boolean> {
  const rows = await db
    .update(listExports)
    .set({ ...file, readyAt: sql`now()` })
    .where(and(eq(listExports.id, id), isNull(listExports.readyAt)))
    .returning({ id: listExports.id })
  return rows.length > 0
}

const ERASED_MAX = 1_000

/** Files and orders that may hold a name: those of lists of people. */
export const exportsOfPeople = (db: Db): Promise<{ id: string }[]> =>
  db
    .select({ id: listExports.id })
    .from(listExports)
    .where(eq(listExports.list, 'homeowners'))
    .orderBy(desc(listExports.id))
    .limit(ERASED_MAX)

export async function deleteExportsOfPeople(db: Db): Promise<number> {
  const rows = await db
    .delete(listExports)
    .where(eq(listExports.list, 'homeowners'))
    .returning({ id: listExports.id })
  return rows.length
}

// Holding a row until the transaction ends, so that what was read of it is still so when it is written.
import { eq } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Db } from './client.ts'
import {
  developments,
  documentVersions,
  houseTypes,
  maintenanceItems,
  snags,
  units,
  webhooks,
} from './schema/index.ts'

const lockRow = async (db: Db, table: PgTable & { id: PgColumn }, id: string): Promise<void> => {
  await db.select({ id: table.id }).from(table).where(eq(table.id, id)).for('update').limit(1)
}

export const lockDevelopment = (db: Db, id: string) => lockRow(db, developments, id)
export const lockDocumentVersion = (db: Db, id: string) => lockRow(db, documentVersions, id)
export const lockHouseType = (db: Db, id: string) => lockRow(db, houseTypes, id)
export const lockMaintenanceItem = (db: Db, id: string) => lockRow(db, maintenanceItems, id)
export const lockSnag = (db: Db, id: string) => lockRow(db, snags, id)
export const lockUnit = (db: Db, id: string) => lockRow(db, units, id)
export const lockWebhook = (db: Db, id: string) => lockRow(db, webhooks, id)

// Rows of the logs: each is written by the door that saw the thing happen.
import type { Db } from './client.ts'
import {
  activityLog,
  dataAccessLog,
  errorLog,
  ingestionLog,
  llmErrorLog,
  qrScans,
  rateLimitLog,
} from './schema/index.ts'

export async function insertActivity(db: Db, row: typeof activityLog.$inferInsert): Promise<void> {
  await db.insert(activityLog).values(row)
}

export async function insertQrScan(db: Db, row: typeof qrScans.$inferInsert): Promise<void> {
  await db.insert(qrScans).values(row)
}

export async function insertError(db: Db, row: typeof errorLog.$inferInsert): Promise<void> {
  await db.insert(errorLog).values(row)
}

export async function insertLlmError(db: Db, row: typeof llmErrorLog.$inferInsert): Promise<void> {
  await db.insert(llmErrorLog).values(row)
}

export async function insertRateLimitDenial(db: Db, row: typeof rateLimitLog.$inferInsert): Promise<void> {
  await db.insert(rateLimitLog).values(row)
}

export async function insertIngestion(db: Db, row: typeof ingestionLog.$inferInsert): Promise<void> {
  await db.insert(ingestionLog).values(row)
}

export async function insertDataAccess(db: Db, row: typeof dataAccessLog.$inferInsert): Promise<void> {
  await db.insert(dataAccessLog).values(row)
}

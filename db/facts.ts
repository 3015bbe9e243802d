// Statements about facts as staff record them: of a development, or typical of a house type.
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { facts, houseTypes } from './schema/index.ts'

export type StaffFact = {
  id: string
  developmentId: string
  houseTypeCode: string | null
  topic: string
  key: string
  label: string
  value: string
  source: string
  recordedOn: string
}

const columns = {
  id: facts.id,
  developmentId: facts.developmentId,
  houseTypeCode: houseTypes.code,
  topic: facts.topic,
  key: facts.key,
  label: facts.label,
  value: facts.value,
  source: facts.source,
  recordedOn: facts.recordedOn,
}

const ofHouseType = and(eq(houseTypes.tenantId, facts.tenantId), eq(houseTypes.id, facts.houseTypeId))
/** Facts of one home are corrected with the home, not here. */
const isShared = isNull(facts.unitId)

export const sharedFacts = (
  db: Db,
  developmentId: string,
  houseTypeCode: string | null,
  limit: number,
): Promise<StaffFact[]> =>
  db
    .select(columns)
    .from(facts)
    .leftJoin(houseTypes, ofHouseType)
    .where(
      and(
        eq(facts.developmentId, developmentId),
        isShared,
        houseTypeCode === null ? isNull(facts.houseTypeId) : eq(houseTypes.code, houseTypeCode),
      ),
    )
    .orderBy(asc(facts.topic), asc(facts.key), asc(facts.id))
    .limit(limit)

export async function sharedFactById(db: Db, id: string): Promise<StaffFact | null> {
  const [row] = await db
    .select(columns)
    .from(facts)
    .leftJoin(houseTypes, ofHouseType)
    .where(and(eq(facts.id, id), isShared))
    .limit(1)
  return row ?? null
}

/** False when the same thing is recorded for these homes already. */
export async function insertFact(db: Db, row: typeof facts.$inferInsert): Promise<boolean> {
  const rows = await db.insert(facts).values(row).onConflictDoNothing().returning({ id: facts.id })
  return rows.length > 0
}

const irishToday = sql`(now() at time zone 'Europe/Dublin')::date`

export async function setFact(
  db: Db,
  id: string,
  fact: { label: string; value: string; source: string },
): Promise<void> {
  await db
    .update(facts)
    .set({ ...fact, recordedOn: irishToday })
    .where(and(eq(facts.id, id), isShared))
}

export async function deleteFact(db: Db, id: string): Promise<void> {
  await db.delete(facts).where(and(eq(facts.id, id), isShared))
}

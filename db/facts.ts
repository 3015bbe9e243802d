// Statements about facts: what is recorded of a development, a house type or a home, with its source.
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { facts, houseTypes } from './schema/index.ts'

export type RecordedFact = {
  id: string
  developmentId: string
  houseTypeId: string | null
  houseTypeCode: string | null
  unitId: string | null
  topic: string
  key: string
  label: string
  value: string
  lengthM: number | null
  widthM: number | null
  areaM2: number | null
  source: string
  recordedOn: string
}

const columns = {
  id: facts.id,
  developmentId: facts.developmentId,
  houseTypeId: facts.houseTypeId,
  houseTypeCode: houseTypes.code,
  unitId: facts.unitId,
  topic: facts.topic,
  key: facts.key,
  label: facts.label,
  value: facts.value,
  lengthM: facts.lengthM,
  widthM: facts.widthM,
  areaM2: facts.areaM2,
  source: facts.source,
  recordedOn: facts.recordedOn,
}

const ofHouseType = and(eq(houseTypes.tenantId, facts.tenantId), eq(houseTypes.id, facts.houseTypeId))
const factRows = (db: Db) => db.select(columns).from(facts).leftJoin(houseTypes, ofHouseType)

/** In the order they were first recorded; one row more than `limit` when there is a next page. */
export const listFacts = (
  db: Db,
  filter: {
    developmentId?: string | undefined
    houseTypeId?: string | undefined
    unitId?: string | undefined
    after?: string | undefined
    limit: number
  },
): Promise<RecordedFact[]> =>
  factRows(db)
    .where(
      and(
        filter.developmentId ? eq(facts.developmentId, filter.developmentId) : undefined,
        filter.houseTypeId ? eq(facts.houseTypeId, filter.houseTypeId) : undefined,
        filter.unitId ? eq(facts.unitId, filter.unitId) : undefined,
        filter.after ? gt(facts.id, filter.after) : undefined,
      ),
    )
    .orderBy(asc(facts.id))
    .limit(filter.limit + 1)

/** Those of a development, or typical of one of its house types; facts of one home are not among them. */
export const sharedFacts = (
  db: Db,
  developmentId: string,
  houseTypeCode: string | null,
  limit: number,
): Promise<RecordedFact[]> =>
  factRows(db)
    .where(
      and(
        eq(facts.developmentId, developmentId),
        isNull(facts.unitId),
        houseTypeCode === null ? isNull(facts.houseTypeId) : eq(houseTypes.code, houseTypeCode),
      ),
    )
    .orderBy(asc(facts.topic), asc(facts.key), asc(facts.id))
    .limit(limit)

/** Recorded of these homes themselves: of each the first by topic and key, at most `aHomeMax`. */
export const factsOfUnits = (
  db: Db,
  unitIds: readonly string[],
  aHomeMax: number,
): Promise<(RecordedFact & { unitId: string })[]> => {
  const first = sql`(select k.id from jsonb_array_elements_text(${JSON.stringify(unitIds)}::jsonb) h(id)
    cross join lateral (select f.id from facts f where f.unit_id = h.id::uuid
      order by f.topic, f.key, f.id limit ${aHomeMax}) k)`
  return db
    .select({ ...columns, unitId: sql<string>`${facts.unitId}` })
    .from(facts)
    .leftJoin(houseTypes, ofHouseType)
    .where(inArray(facts.id, first))
    .orderBy(asc(facts.unitId), asc(facts.topic), asc(facts.key), asc(facts.id))
    .limit(unitIds.length * aHomeMax)
}

export async function factById(db: Db, id: string): Promise<RecordedFact | null> {
  const [row] = await factRows(db).where(eq(facts.id, id)).limit(1)
  return row ?? null
}

/** The fact of that key in exactly that place, whose row a new reading replaces. */
export async function factByKey(
  db: Db,
  of: { developmentId: string; houseTypeId: string | null; unitId: string | null; key: string },
): Promise<{ id: string } | null> {
  const [row] = await db
    .select({ id: facts.id })
    .from(facts)
    .where(
      and(
        eq(facts.developmentId, of.developmentId),
        eq(facts.key, of.key),
        of.houseTypeId ? eq(facts.houseTypeId, of.houseTypeId) : isNull(facts.houseTypeId),
        of.unitId ? eq(facts.unitId, of.unitId) : isNull(facts.unitId),
      ),
    )
    .for('update')
    .limit(1)
  return row ?? null
}

export async function insertFact(db: Db, row: typeof facts.$inferInsert): Promise<void> {
  await db.insert(facts).values(row)
}

export async function setFact(db: Db, id: string, set: Partial<typeof facts.$inferInsert>): Promise<void> {
  await db.update(facts).set(set).where(eq(facts.id, id))
}

export async function deleteFact(db: Db, id: string): Promise<void> {
  await db.delete(facts).where(eq(facts.id, id))
}

/** Two writers of one key wait for each other, until the transaction ends. */
export async function lockFactKey(db: Db, of: { developmentId: string; key: string }): Promise<void> {
  await db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`fact ${of.developmentId} ${of.key}`}, 0))`,
  )
}

// Facts as a home sees them: its own, those typical of its type, those of its development.
import { and, asc, eq, isNull, or } from 'drizzle-orm'
import type { Db } from './client.ts'
import { facts } from './schema/index.ts'
import { type Given, statement } from './statement.ts'

const FACTS_MAX = 500

export type FactRow = {
  topic: string
  key: string
  label: string
  value: string
  lengthM: number | null
  widthM: number | null
  areaM2: number | null
  unitId: string | null
  houseTypeId: string | null
  source: string
  recordedOn: string
}

/** Facts that hold for this home: its own, those typical of its type, those of its development. */
export const factsOfHome = (
  db: Db,
  { developmentId, unitId, houseTypeId }: { developmentId: string; unitId: string; houseTypeId: string },
): Promise<FactRow[]> => factsFor(db, { developmentId, unitId, houseTypeId })

const factsFor = statement(
  (db, home: Given<{ developmentId: string; unitId: string; houseTypeId: string }>) =>
    db
      .select({
        topic: facts.topic,
        key: facts.key,
        label: facts.label,
        value: facts.value,
        lengthM: facts.lengthM,
        widthM: facts.widthM,
        areaM2: facts.areaM2,
        unitId: facts.unitId,
        houseTypeId: facts.houseTypeId,
        source: facts.source,
        recordedOn: facts.recordedOn,
      })
      .from(facts)
      .where(
        and(
          eq(facts.developmentId, home.developmentId),
          or(
            eq(facts.unitId, home.unitId),
            and(isNull(facts.unitId), eq(facts.houseTypeId, home.houseTypeId)),
            and(isNull(facts.unitId), isNull(facts.houseTypeId)),
          ),
        ),
      )
      .orderBy(asc(facts.topic), asc(facts.key), asc(facts.id))
      .limit(FACTS_MAX),
)

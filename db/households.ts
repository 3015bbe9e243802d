// Statements about households: who lives in a home, in the order of the contract.
import { asc, eq, inArray } from 'drizzle-orm'
import type { Db } from './client.ts'
import { purchasers } from './schema/index.ts'

const HOUSEHOLD_MAX = 4

export const householdOfUnit = (
  db: Db,
  unitId: string,
): Promise<{ id: string; fullName: string; email: string | null; position: number }[]> =>
  db
    .select({
      id: purchasers.id,
      fullName: purchasers.fullName,
      email: purchasers.email,
      position: purchasers.position,
    })
    .from(purchasers)
    .where(eq(purchasers.unitId, unitId))
    .orderBy(asc(purchasers.position))
    .limit(HOUSEHOLD_MAX)

export type HouseholdPerson = { unitId: string; id: string; fullName: string; email: string | null }

/** Of all these homes at once. */
export const householdsOfUnits = (db: Db, unitIds: readonly string[]): Promise<HouseholdPerson[]> =>
  db
    .select({
      unitId: purchasers.unitId,
      id: purchasers.id,
      fullName: purchasers.fullName,
      email: purchasers.email,
    })
    .from(purchasers)
    .where(inArray(purchasers.unitId, [...unitIds]))
    .orderBy(asc(purchasers.unitId), asc(purchasers.position))
    .limit(unitIds.length * HOUSEHOLD_MAX)

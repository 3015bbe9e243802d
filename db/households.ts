// Statements about households: who lives in a home, in the order of the contract.
import { asc, eq } from 'drizzle-orm'
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

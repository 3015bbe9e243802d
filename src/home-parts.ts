// What a list of homes brings along: who lives in each, and what is recorded of it; a statement for each, not for each home.
import { factsOfUnits, type RecordedFact } from '#db/facts.ts'
import { type HouseholdPerson, householdsOfUnits } from '#db/households.ts'
import { type Scope, within } from '#db/scope.ts'
import { noteAccesses } from './data-access.ts'

export type { HouseholdPerson } from '#db/households.ts'

/** The rest of a home's facts are in their own list. */
export const FACTS_A_HOME_MAX = 100

export type HomePart = 'household' | 'facts'
export type HomeParts = { household: HouseholdPerson[] | undefined; facts: RecordedFact[] | undefined }

/** By the home's id; a part that was not asked for is not there. Whose household was opened is noted. */
export async function partsOfHomes(
  scope: Scope,
  unitIds: readonly string[],
  asked: readonly HomePart[],
): Promise<(unitId: string) => HomeParts> {
  if (unitIds.length === 0 || asked.length === 0) return () => ({ household: undefined, facts: undefined })
  const [people, facts] = await within(scope, async (db) => {
    if (asked.includes('household')) await noteAccesses(db, scope, unitIds, 'household.read')
    return Promise.all([
      asked.includes('household') ? householdsOfUnits(db, unitIds) : undefined,
      asked.includes('facts') ? factsOfUnits(db, unitIds, FACTS_A_HOME_MAX) : undefined,
    ])
  })
  const [household, recorded] = [people && byHome(people), facts && byHome(facts)]
  return (unitId) => ({
    household: household && (household.get(unitId) ?? []),
    facts: recorded && (recorded.get(unitId) ?? []),
  })
}

const byHome = <Row extends { unitId: string }>(rows: readonly Row[]): Map<string, Row[]> =>
  Map.groupBy(rows, (row) => row.unitId)

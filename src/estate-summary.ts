// The house types, phases and open transfers of a development, read together because its pages show them together.
import * as rows from '#db/estate-summary.ts'
import { type Scope, within } from '#db/scope.ts'
import { keptRead } from './kept-reads.ts'

const summaryOf = (scope: Scope, developmentId: string): Promise<rows.EstateSummary> =>
  keptRead(scope, {
    name: 'estate summary',
    parts: [developmentId],
    tables: ['house_types', 'units', 'home_transfers'],
    read: async () => {
      const summary = await within(scope, (db) => rows.estateSummary(db, developmentId))
      return { ...summary, phases: summary.phases.toSorted(inOrderOfBuilding) }
    },
  })

/** "2" before "10". */
const inOrderOfBuilding = (a: string, b: string) => a.localeCompare(b, 'en-IE', { numeric: true })

export const houseTypeOptions = async (
  scope: Scope,
  developmentId: string,
): Promise<{ code: string; name: string }[]> => (await summaryOf(scope, developmentId)).houseTypes

/** Whatever its homes say; none where no home has one. */
export const phasesOf = async (scope: Scope, developmentId: string): Promise<string[]> =>
  (await summaryOf(scope, developmentId)).phases

/** Those that wait for somebody or are being settled, the oldest first. */
export async function openTransfersOf(scope: Scope, developmentId: string): Promise<rows.OpenTransfer[]> {
  const { transfers } = await summaryOf(scope, developmentId)
  const now = new Date()
  return transfers.filter(({ expiresAt }) => expiresAt === null || new Date(expiresAt) > now)
}

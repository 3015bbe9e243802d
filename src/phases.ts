// The phases of a development: whatever its homes say, in the order of building.
import { phasesOfDevelopment } from '#db/phases.ts'
import { type Scope, within } from '#db/scope.ts'
import { failure } from './failure.ts'
import { readPhase, textOf } from './imports/values.ts'
import { keptRead } from './kept-reads.ts'

export { PHASE_CHARS_MAX } from './imports/values.ts'

/** "2" before "10"; none where no home has one. */
export const phasesOf = (scope: Scope, developmentId: string): Promise<string[]> =>
  keptRead(scope, {
    name: 'phases',
    parts: [developmentId],
    tables: ['units'],
    read: async () => {
      const phases = await within(scope, (db) => phasesOfDevelopment(db, developmentId))
      return phases.toSorted((a, b) => a.localeCompare(b, 'en-IE', { numeric: true }))
    },
  })

/** As a home's own phase is read, each once; one that no home has yet is fine. @throws Failure `invalid`, naming the place */
export function readPhases(named: readonly string[]): string[] {
  const read = named.map((text, index) => {
    const result = readPhase(textOf(text))
    if ('value' in result) return result.value
    throw failure('invalid', { fields: [{ path: `phases.${index}`, message: result.problem }] })
  })
  return [...new Set(read)]
}

// The phases of a development as people write them.
import { failure } from './failure.ts'
import { readPhase, textOf } from './imports/values.ts'

export { PHASE_CHARS_MAX } from './imports/values.ts'

/** As a home's own phase is read, each once; one that no home has yet is fine. @throws Failure `invalid`, naming the place */
export function readPhases(named: readonly string[]): string[] {
  const read = named.map((text, index) => {
    const result = readPhase(textOf(text))
    if ('value' in result) return result.value
    throw failure('invalid', { fields: [{ path: `phases.${index}`, message: result.problem }] })
  })
  return [...new Set(read)]
}

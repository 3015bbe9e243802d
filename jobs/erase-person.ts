// Takes a person out of every table and file.
import { erasePerson } from '#src/people/erasure.ts'
import type { Run } from './context.ts'

export const run: Run<'erase-person'> = async (scope, { erasureId, unitId, purchaserId }, context) => {
  await erasePerson(scope, erasureId, { unitId, purchaserId }, context)
  return undefined
}

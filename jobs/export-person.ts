// Makes the copy of a person's data that they asked for.
import { exportPerson } from '#src/people/archive.ts'
import type { Run } from './context.ts'
import { cancel } from './outcome.ts'

export const run: Run<'export-person'> = async (scope, { exportId }, context) =>
  (await exportPerson(scope, exportId, context)) === 'gone' ? cancel('deleted') : undefined

// Writes a long list to a file.
import { writeListExport } from '#src/list-exports.ts'
import type { Run } from './context.ts'
import { cancel } from './outcome.ts'

export const run: Run<'export-list'> = async (scope, { exportId }, context) =>
  (await writeListExport(scope, exportId, context)) === 'gone' ? cancel('deleted') : undefined

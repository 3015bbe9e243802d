// Writes a long list to a file.
import { writeListExport } from '#src/list-exports.ts'
import type { Run } from './context.ts'
import { cancel } from './outcome.ts'

export const run: Run<'export-list'> = async (scope, { exportId }, context) => {
  const outcome = await writeListExport(scope, exportId, context)
  if (outcome === 'gone') return cancel('deleted')
  return outcome === 'full' ? cancel('storage_full') : undefined
}

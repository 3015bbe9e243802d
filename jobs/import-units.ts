// Checks an uploaded list of homes, or imports one that was confirmed.
import { runImport } from '#src/imports/run.ts'
import type { Run } from './context.ts'
import { cancel } from './outcome.ts'

export const run: Run<'import-units'> = async (scope, { importId }, context) =>
  (await runImport(scope, importId, context)) === 'gone' ? cancel('deleted') : undefined

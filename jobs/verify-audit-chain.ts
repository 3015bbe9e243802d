// Checks that nobody altered the activity log, and anchors its heads outside the database.

import { verifyChains } from '#src/audit/verification.ts'
import { sealActivity } from '#src/audit.ts'
import type { Run } from './context.ts'

export const run: Run<'verify-audit-chain'> = async (_scope, _payload, context) => {
  await sealActivity()
  await verifyChains(context)
  return undefined
}
